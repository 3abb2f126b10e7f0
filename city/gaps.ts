/**
 * Gaps: events that a program has not received, by the numbers of those that it has.
 *
 * Within a life `seq` rises by one (docs/broker.md, event), so a number that is left out is an event that
 * a broker or the program's absence has lost. Events that the lamp itself gave up are one `eventsLost`
 * with their range, and are no gap.
 */
import { HOUR } from "../lib/spans.js";
import { isCount, type Place } from "./contract.js";

/** The number of the latest event of a controller. */
export interface Latest {
	readonly life: number;
	readonly seq: number;
}

/** Of one pole: its controller, and the latest event; undefined: none is known. */
interface Known {
	readonly serial: unknown;
	readonly latest: Latest | undefined;
}

/** No lamp has so many events between two deliveries: its flash holds about 530 (docs/broker.md). */
const GAP_MAX = 1_000_000;

export class Gaps {
	/** Events that are missing since the start. */
	missing = 0;
	/** By site and node: an account writes under its own name alone, so it is as large as the fleet. */
	readonly #known = new Map<string, Known>();
	readonly #say: (line: string) => void;
	readonly #now: () => number;
	#saidAt = -Infinity;

	/** `say` gets a line when an event is missing, once an hour at most. */
	constructor(say: (line: string) => void, now: () => number) {
		this.#say = say;
		this.#now = now;
	}

	/** Whether `begin` or an event has told of that controller. */
	knows(place: Place, serial: unknown): boolean {
		return this.#known.get(keyOf(place))?.serial === serial;
	}

	/** The latest event before the start; undefined: there is none. */
	begin(place: Place, serial: unknown, latest: Latest | undefined): void {
		this.#known.set(keyOf(place), { serial, latest });
	}

	/** `body`: of a message of any kind. */
	take(place: Place, body: object): void {
		const { life, seq, serial, type, attributes } = body as Readonly<Record<string, unknown>>;
		if (place.kind !== "event" || !isCount(life) || !isCount(seq)) return;
		const known = this.#known.get(keyOf(place));
		const before = known?.serial === serial ? known?.latest : undefined;
		if (before && (life < before.life || (life === before.life && seq <= before.seq))) return;
		this.begin(place, serial, { life, seq });
		if (!before) return; // the first that is seen: what came earlier is not known
		const { from } = ((type === "eventsLost" ? attributes : undefined) as { from?: unknown }) ?? {};
		const first = isCount(from) ? Math.min(from, seq) : seq;
		const gap = first - (life === before.life ? before.seq : 0) - 1;
		if (gap <= 0 || gap > GAP_MAX) return;
		this.missing += gap;
		if (this.#now() < this.#saidAt + HOUR) return;
		this.#saidAt = this.#now();
		this.#say(
			`events missing since the start: ${this.missing}; the latest before number ${seq} of ` +
				`${place.site}/${place.node}, life ${life}`,
		);
	}
}

const keyOf = ({ site, node }: Place) => `${site}/${node}`;
