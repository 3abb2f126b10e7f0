/**
 * Certificate view: subject, last day and days left of a certificate's file, and whether it is the one
 * in the lamp, by its fingerprint.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Text } from "../../../lib/text/bilingual.js";
import {
	certificateFactsOf,
	isOver,
	validityText,
} from "../../laptop/provision/certificatefacts.js";
import type { Desk } from "./desk.js";
import { chosen } from "./files.js";
import type { Lamp } from "./lamp.js";
import { say, type Word } from "./words.js";

interface Shown {
	readonly facts: Text;
	readonly isOver: boolean;
	/** Where the lamp has it; undefined: no session. */
	readonly place: Word | undefined;
}

export function CertificateView({ desk }: { readonly desk: Desk }): JSX.Element {
	const { language, lamp, isOpen, run } = desk;
	const [shown, setShown] = useState<Shown>();
	const open = (event: Event) => {
		const picked = chosen(event);
		if (!picked) return;
		run(async () => {
			setShown(undefined);
			const facts = certificateFactsOf(await picked.text());
			const now = new Date();
			setShown({
				facts: validityText(facts, now),
				isOver: isOver(facts, now),
				place: lamp && isOpen ? await placeOf(lamp, facts.der) : undefined,
			});
		});
	};
	return (
		<section aria-label={say(language, "certificate")}>
			<h2>{say(language, "certificate")}</h2>
			<label>
				{say(language, "certificateFile")}{" "}
				<input type="file" name="certificate" accept=".pem,.crt,.cer" onChange={open} />
			</label>
			{shown && (
				<p id="certificate" class={shown.isOver ? "trouble" : undefined}>
					{shown.facts[language]}
					{shown.place && `. ${say(language, shown.place)}`}
				</p>
			)}
		</section>
	);
}

async function placeOf(lamp: Lamp, der: Uint8Array<ArrayBuffer>): Promise<Word> {
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", der));
	const print = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
	const { body } = await lamp.talk.do("certificate");
	for (const line of body) {
		const { name, sha256, newSha256 } = JSON.parse(line) as Readonly<Record<string, string>>;
		if (sha256 === print || newSha256 === print) return name === "ca" ? "isCa" : "isOwn";
	}
	return "isNeither";
}
