/** Updates: an image of the street's image server for a lamp or all, and what becomes of it. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { utcOf } from "../state/localtime.js";
import { ask } from "../state/requests.js";
import { useModel, useSpeech } from "../state/street.js";
import { Rollout, sizeOf } from "./rollout.js";

/** Seconds over which the turns of a watched street are spread. */
const SPREAD = "60";

interface Sent {
	readonly topic: string;
	readonly lamps: number;
	readonly payload: string;
}

const FIELDS = [
	["notBefore", "datetime-local"],
	["spread", "number"],
	["canary", "text"],
	["canaryLead", "number"],
	["whileOccupied", "checkbox"],
	["again", "checkbox"],
] as const;

export function Updates({ lamp }: { readonly lamp: number }): JSX.Element {
	const speech = useSpeech();
	const images = useModel(({ welcome }) => welcome?.images) ?? [];
	const [image, setImage] = useState(images[0]?.name ?? "");
	const [to, setTo] = useState("all");
	const [sent, setSent] = useState<Sent | "notSent">();
	const form = useRef<HTMLFormElement>(null);
	const send = async (what: object) => {
		const answer = await ask("/offer", { ...what, ...(to === "lamp" ? { lamp } : {}) });
		setSent(answer ?? "notSent");
	};
	const offer = (event: Event) => {
		event.preventDefault();
		const fields: Record<string, unknown> = {};
		for (const { name, type, value, checked } of form.current!.querySelectorAll<HTMLInputElement>(
			"input[name]",
		)) {
			if (type === "checkbox") {
				if (checked) fields[name] = true;
			} else if (value !== "")
				fields[name] =
					type === "number" ? Number(value) : type === "text" ? value : utcOf(value, speech.zone);
		}
		void send({ image, fields });
	};
	return (
		<div class="two">
			<form class="ordering" ref={form} onSubmit={offer}>
				<label class="field">
					<span>{speech.say("image")}</span>
					<select
						id="image"
						value={image}
						onChange={({ currentTarget }) => setImage(currentTarget.value)}
					>
						{images.map(({ bytes, ...details }) => (
							<option key={details.name} value={details.name}>
								{speech.say("imageSays", { ...details, bytes: sizeOf(bytes, speech) })}
							</option>
						))}
					</select>
				</label>
				<label class="field">
					<span>{speech.say("offerTo")}</span>
					<select
						id="offerTo"
						value={to}
						onChange={({ currentTarget }) => setTo(currentTarget.value)}
					>
						<option value="all">{speech.say("offerTo.all")}</option>
						<option value="lamp">{speech.say("offerTo.lamp", { lamp })}</option>
					</select>
				</label>
				{FIELDS.map(([name, type]) => (
					<label class={`field${type === "checkbox" ? " check" : ""}`} key={name}>
						<span>{speech.say(`field.${name}`)}</span>
						<input
							name={name}
							type={type as "text"}
							defaultValue={name === "spread" ? SPREAD : undefined}
							autocomplete="off"
						/>
					</label>
				))}
				<p>
					<button type="submit" class="main">
						{speech.say("offer")}
					</button>{" "}
					<button type="button" onClick={() => void send({ stop: true })}>
						{speech.say("stop")}
					</button>
				</p>
				<p role="status" id="sent">
					{sent === "notSent" && speech.say("notSent")}
					{typeof sent === "object" &&
						speech.say("sentTo", {
							to: speech.say(to === "lamp" ? "sentOne" : "sentAll", { lamp, lamps: sent.lamps }),
						})}
				</p>
				{typeof sent === "object" && (
					<details>
						<summary>{speech.say("payload")}</summary>
						<pre id="payload">{sent.payload}</pre>
					</details>
				)}
			</form>
			<Rollout />
		</div>
	);
}
