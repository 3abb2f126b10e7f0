/**
 * Sender: gives the inputs of a run at their times: orders, messages and typed lines.
 */
import { bytesOf } from "../../lib/bytes.js";
import type { StreetImage } from "../images/catalogue.js";
import { payloadOf } from "../images/offers.js";
import type { PlannedInput } from "../options/inputs.js";
import type { Part } from "../options/outside.js";
import type { Network, OrderSent } from "../street/network.js";
import type { Agenda } from "../util/agenda.js";
import { fieldsIn } from "../util/fields.js";
import { nodeOf, ROOT } from "./install.js";

/** Orders typed at the pole: an override's level and minutes, its end, seconds of blinking. */
const OVERRIDE = /^override (\d+) (\d+)$/;
const IDENTIFY = /^identify (\d+)$/;
const CLEAR = "clear";
const MINUTE = 60_000;

/** A topic, and the payload behind the first blank. */
function split(text: string): [topic: string, payload: string] {
	const [topic = ""] = text.split(" ", 1);
	return [topic, text.slice(topic.length + 1)];
}

export class Sender {
	#orders = 0;

	/** `onTyped`: an order given at the pole, lamps counted from 1. */
	constructor(
		inputs: readonly PlannedInput[],
		private readonly lamps: number,
		private readonly epochUtc: number,
		agenda: Agenda,
		private readonly network: Network,
		private readonly part: Part,
		private readonly onTyped: (order: OrderSent) => void,
		private readonly images: readonly StreetImage[],
	) {
		for (const input of inputs) agenda.add(input.at, { due: (at) => this.#send(at, input) });
	}

	#send(at: number, { kind, lamp, text }: PlannedInput): void {
		const { first: base } = this.part;
		const isMessage = kind === "message" || kind === "retainedMessage";
		// a whole topic, whose message goes to the broker once
		const isOfMany = isMessage || text.startsWith("/");
		const [first, last] = lamp === undefined ? [1, isOfMany ? 1 : this.lamps] : [lamp, lamp];
		for (let n = base + first - 1; n < base + last; n++) {
			const topic = `${ROOT}/${this.part.site}/${nodeOf(n)}`;
			const issued = new Date(this.epochUtc + at).toISOString();
			const datedText = text.replace(/"\+(\d+)m"/g, (_, minutes) => {
				return `"${new Date(this.epochUtc + at + Number(minutes) * MINUTE).toISOString()}"`;
			});
			if (kind === "type") this.#type(at, n, text);
			else if (kind === "offer") this.#offer(at, topic, text);
			else if (isMessage) {
				const [name, payload] = split(text);
				this.network.publish?.(name, payload, { retain: kind === "retainedMessage" });
			} else if (kind === "order") {
				const head = `"id":"input-${++this.#orders}","issued":"${issued}"`;
				this.network.publish?.(`${topic}/command`, datedText.replace(/^\{/, `{${head},`));
			} else {
				const [suffix, rest] = split(datedText);
				const payload = rest.replace(/^\{"id":/, `{"issued":"${issued}","id":`);
				const name = suffix.startsWith("/") ? suffix.slice(1) : `${topic}/${suffix}`;
				this.network.publish?.(name, payload, { retain: kind === "retained" });
			}
		}
	}

	/** An image that is not there is not offered. */
	#offer(at: number, topic: string, text: string): void {
		const [image, ...more] = text.split(" ");
		const fields = more.length === 0 ? {} : fieldsIn(bytesOf(more.join(" ")));
		const id = `input-${++this.#orders}`;
		const offer = { image, fields };
		const payload = payloadOf(id, offer, this.images, this.epochUtc + at);
		if (payload !== undefined) this.network.publish?.(`${topic}/update`, payload, { retain: true });
	}

	#type(at: number, lamp: number, text: string): void {
		this.network.type?.(lamp, bytesOf(`${text}\r`));
		const [, level, minutes] = OVERRIDE.exec(text) ?? [];
		const [, seconds] = IDENTIFY.exec(text) ?? [];
		const about = { lamp, at, inhibitSensors: false, belowFloor: false, typed: true } as const;
		if (level !== undefined) {
			const until = at + Number(minutes) * MINUTE;
			this.onTyped({ ...about, command: "override", until, level: Number(level) });
		} else if (seconds !== undefined)
			this.onTyped({
				...about,
				command: "identify",
				until: at + 1000 * Number(seconds),
				level: 0,
			});
		else if (text === CLEAR)
			this.onTyped({ ...about, command: "clearOverride", until: at, level: 0 });
	}
}
