/**
 * Lamp view: which lamp it is, the way in, and the reasons of its light.
 */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Trouble } from "../../../lib/text/trouble.js";
import { lampsCalled } from "../../../lib/vault/vaultcontent.js";
import { refusalOf } from "../../laptop/text/lampwords.js";
import type { Desk } from "./desk.js";
import { SecretInput } from "./secretinput.js";
import { say } from "./words.js";

/** A technician's questions, each with the console's word that answers it. */
const QUESTIONS = [
	["litByDay", "why"],
	["darkAtNight", "why"],
	["whyOffline", "offline"],
	["sensorAlive", "sensors"],
	["whatChanged", "changes"],
] as const;

export function LampView({ desk }: { readonly desk: Desk }): JSX.Element {
	const { language, lamp, isOpen, vault, run, change } = desk;
	const [secret, setSecret] = useState("");
	const [why, setWhy] = useState<readonly string[]>([]);
	const state = lamp?.talk.state;
	const ask = async (...commands: readonly string[]) => {
		if (!lamp) return;
		await lamp.ask(`language ${language}`);
		const lines: string[] = [];
		for (const command of commands) lines.push(...(await lamp.lines(command)));
		setWhy(lines);
	};
	const look = async () => {
		await ask("why", "tonight");
		if (lamp) change({ values: await lamp.settings() });
	};
	const login = (event: Event) => {
		event.preventDefault();
		run(async () => {
			if (!secret) await vault?.refresh();
			const known = vault ? lampsCalled(vault.read(), lamp?.talk.node ?? "")[0]?.secret : undefined;
			const { reason, text } = await lamp!.ask(`login ${secret || known}`, "login");
			setSecret("");
			if (reason !== undefined) throw new Trouble(refusalOf(reason, text));
			change({ isOpen: true });
			await look();
		});
	};
	return (
		<section aria-label={say(language, "lamp")}>
			<h2>{say(language, "lamp")}</h2>
			{!lamp && <p>{say(language, "offline")}</p>}
			{lamp && <p>{lamp.talk.node}</p>}
			{lamp && !isOpen && state === "new" && <p>{say(language, "isNew")}</p>}
			{lamp && !isOpen && state !== "new" && (
				<form class="row" onSubmit={login}>
					<SecretInput
						name="secret"
						label={say(language, "secret")}
						value={secret}
						onValue={setSecret}
					/>
					<button type="submit">{say(language, "login")}</button>
				</form>
			)}
			{lamp && isOpen && (
				<>
					<h3>{say(language, "why")}</h3>
					<div class="row">
						{QUESTIONS.map(([question, command]) => (
							<button key={question} type="button" onClick={() => run(() => ask(command))}>
								{say(language, question)}
							</button>
						))}
						<button type="button" onClick={() => run(look)}>
							{say(language, "refresh")}
						</button>
					</div>
					<pre id="why">{why.join("\n")}</pre>
				</>
			)}
		</section>
	);
}
