/**
 * Gaps: events that a program has not received, by the numbers of those that it has.
 *
 * Within a life `seq` rises by one (docs/broker.md, event), so a number that is left out is an event that
 * a broker or the program's absence has lost. Events that the lamp itself gave up are one `eventsLost`
 * with their range, and are no gap.
 */
import { HOUR } from "../lib/spans.js";
import type { Place } from "./contract.js";

/** The number of the latest event of a controller. */
export interface Latest {
	readonly life: number;
	readonly seq: number;
}

export class Gaps {
	/** Events that are missing since the start. */
	missing = 0;
	readonly #latest = new Map<string, Latest>();
	readonly #say: (line: string) => void;
	readonly #now: () => number;
	#saidAt = -Infinity;

	/** `say` gets a line when an event is missing, once an hour at most. */
	constructor(say: (line: string) => void, now: () => number) {
		this.#say = say;
		this.#now = now;
	}

	/** Whether it knows an event of that controller. */
	knows(place: Place, serial: unknown): boolean {
		return this.#latest.has(keyOf(place, serial));
	}

	/** The latest event before the start. */
	begin(place: Place, serial: unknown, latest: Latest): void {
		this.#latest.set(keyOf(place, serial), latest);
	}

	/** `body`: of a message of any kind. */
	take(place: Place, body: { readonly [field: string]: unknown }): void {
		const { life, seq, serial, type, attributes } = body;
		if (place.kind !== "event" || !isCount(life) || !isCount(seq)) return;
		const key = keyOf(place, serial);
		const before = this.#latest.get(key);
		if (before && (life < before.life || (life === before.life && seq <= before.seq))) return;
		this.#latest.set(key, { life, seq });
		if (!before) return; // the first that is seen: what came earlier is not known
		const { from } = ((type === "eventsLost" ? attributes : undefined) as { from?: unknown }) ?? {};
		const first = isCount(from) ? Math.min(from, seq) : seq;
		const gap = first - (life === before.life ? before.seq : 0) - 1;
		if (gap <= 0) return;
		this.missing += gap;
		if (this.#now() < this.#saidAt + HOUR) return;
		this.#saidAt = this.#now();
		this.#say(
			`events missing since the start: ${this.missing}; the latest before number ${seq} of ` +
				`${place.site}/${place.node}, life ${life}`,
		);
	}
}

const keyOf = ({ site, node }: Place, serial: unknown) => `${site}/${node}/${String(serial)}`;

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}
