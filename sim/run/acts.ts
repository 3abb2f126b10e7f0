/**
 * Acts: what a person does to a run while it goes on, each at an instant of its own, and the options that
 * repeat it. What only looks is not among it.
 */
import { bytesOf } from "../../lib/bytes.js";
import { joined, type Values } from "../options/values.js";
import type { UserKind } from "../world/timetable.js";
import type { Run } from "./run.js";
import type { StreetNetwork } from "./streetnetwork.js";

/** More would be too long for an address; they happen, but nothing repeats them. */
const MOST = 500;

const spanOf = (ms: number): string => `${ms / 1000}s`;

export class Acts {
	readonly #input: string[] = [];
	readonly #person: string[] = [];
	#last = 0;
	/** So many so far. */
	count = 0;

	constructor(
		private readonly run: Run,
		private readonly network: Pick<StreetNetwork, "publish" | "serial">,
	) {}

	/** The options that repeat these acts, besides `values`. */
	addedTo(values: Values): Values {
		const fault = this.run.faults.byHand.map(({ name, at, until, lamp }) => {
			const span = until === Infinity ? "" : `+${spanOf(until - at)}`;
			return `${name}@${spanOf(at)}${span}${lamp === undefined ? "" : `/${lamp}`}`;
		});
		return joined(values, { fault, input: this.#input, person: this.#person });
	}

	/** A message to a topic; `isKept`: by the broker. */
	publish(topic: string, payload: string, isKept = false): void {
		const at = this.#instant();
		const kind = isKept ? "retainedMessage" : "message";
		this.#note(this.#input, `${kind}@${spanOf(at)}:${topic} ${payload}`);
		this.run.schedule(at, () => this.network.publish(topic, payload, { retain: isKept }));
	}

	/** A line, or a part of one, at a lamp's serial line; an empty line only asks for the prompt. */
	type(lamp: number, typed: string): void {
		const at = this.#instant();
		if (typed.endsWith("\r") && typed !== "\r")
			this.#note(this.#input, `type@${spanOf(at)}/${lamp}:${typed.slice(0, -1)}`);
		this.run.schedule(at, () => this.network.serial.type(lamp, bytesOf(typed)));
	}

	/** A road user is set down, `x_m` from the first lamp. */
	put(kind: UserKind, x_m: number, forth: boolean): void {
		const [at, place] = [this.#instant(), Math.round(10 * x_m) / 10];
		this.#note(this.#person, `${kind}@${spanOf(at)}/${place}m${forth ? "" : "/back"}`);
		this.run.putUser(at, kind, place, forth);
	}

	beginFault(name: string, lamp: number | undefined): void {
		this.run.faults.begin(this.#instant(), name, lamp);
	}

	/** @returns whether there was such a fault */
	endFault(id: number): boolean {
		return this.run.faults.end(this.#instant(), id);
	}

	/** The next instant: no two acts share one, so that their order is that of the options. */
	#instant(): number {
		this.count++;
		this.#last = Math.max(this.run.soon, this.#last + 1);
		return this.#last;
	}

	#note(words: string[], word: string): void {
		if (this.#input.length + this.#person.length < MOST) words.push(word);
	}
}
