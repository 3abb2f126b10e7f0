/**
 * Recorder: the inputs that reached the node, in a ring in memory; a flight recorder.
 *
 * What a lamp does follows from what reached it. Each input takes two numbers of 32 bits, a date four:
 * when it came (27 bits of milliseconds, 37 hours) and what it was (5 bits), then its value. Where
 * nothing came for long, a gap says how long. Only numbers are held: no text, so no secret either.
 */
import type { ActingOrder } from "../command/orders.js";
import { frozen } from "../frozen.js";
import type { Millis } from "../units.js";

/** What an input was. Positions are part of the text (docs/console.md): append only. */
export const KINDS = frozen([
	"gap",
	"movement",
	"stillness",
	"illuminance",
	"temperature",
	"time",
	"date",
	"network",
	"datagram",
	"streamOpen",
	"streamClosed",
	"fault",
	"order",
	"duration",
	"login",
	"configured",
	"streamReached",
] as const);
export type InputKind = (typeof KINDS)[number];

/** Which order it was, by its place here: append only. */
export const ORDERED: readonly ActingOrder["kind"][] = frozen([
	"override",
	"emergency",
	"clearOverride",
	"identify",
	"selfTest",
	"maintenanceMode",
	"endMaintenance",
	"restart",
	"assign",
	"nodeReplaced",
	"luminaireReplaced",
	"factoryReset",
]);

const GAP = KINDS.indexOf("gap");
const MOVEMENT = KINDS.indexOf("movement");
const STILLNESS = KINDS.indexOf("stillness");
const ILLUMINANCE = KINDS.indexOf("illuminance");
const TEMPERATURE = KINDS.indexOf("temperature");
const TIME = KINDS.indexOf("time");
const DATE = KINDS.indexOf("date");
const NETWORK = KINDS.indexOf("network");
const DATAGRAM = KINDS.indexOf("datagram");
const STREAM_OPEN = KINDS.indexOf("streamOpen");
const STREAM_CLOSED = KINDS.indexOf("streamClosed");
const FAULT = KINDS.indexOf("fault");
const ORDER = KINDS.indexOf("order");
const DURATION = KINDS.indexOf("duration");
const LOGIN = KINDS.indexOf("login");
const CONFIGURED = KINDS.indexOf("configured");
const STREAM_REACHED = KINDS.indexOf("streamReached");

/** 2 KB: a busy hour, or a quiet night and the day before it. */
export const RECORDED = 256;
const KIND_BITS = 5;
const KIND_MASK = 31;
const TIME_MASK = 0x7ffffff;
const PLACES = 2 * RECORDED - 1;
/** Beyond half of what 27 bits hold, two instants could be taken for each other. */
const GAP_AFTER: Millis = 0x4000000;
/** 24 days; a longer span is told as that. */
const MOST: Millis = 0x7fffffff;
/** Below it stands which order it was. */
export const ORDER_LEVEL = 256;
/** Thousandths of a lux and of a degree. */
export const FINE = 1000;

/** An input as it is read. */
export interface Recorded {
	readonly at: Millis;
	readonly kind: InputKind;
	/** As it was noted, in its own unit. */
	readonly value: number;
}

export class Recorder {
	/** Ever noted in this life. */
	count = 0;
	private readonly ring = new Int32Array(2 * RECORDED);
	/** When the latest came. */
	private latest: Millis;

	constructor(now: Millis) {
		this.latest = now;
	}

	movement(now: Millis): void {
		this.note(MOVEMENT, now, 0);
	}

	stillness(now: Millis): void {
		this.note(STILLNESS, now, 0);
	}

	illuminance(now: Millis, lux: number): void {
		this.note(ILLUMINANCE, now, Math.round(lux * FINE));
	}

	temperature(now: Millis, celsius: number): void {
		this.note(TEMPERATURE, now, Math.round(celsius * FINE));
	}

	/** Its seconds, then what is left in milliseconds. */
	time(now: Millis, utc: number): void {
		const seconds = Math.floor(utc / FINE);
		this.note(TIME, now, seconds);
		this.note(DATE, now, utc - seconds * FINE);
	}

	network(now: Millis, isUp: boolean): void {
		this.note(NETWORK, now, isUp ? 1 : 0);
	}

	datagram(now: Millis): void {
		this.note(DATAGRAM, now, 0);
	}

	reached(now: Millis): void {
		this.note(STREAM_REACHED, now, 0);
	}

	stream(now: Millis, isOpen: boolean): void {
		this.note(isOpen ? STREAM_OPEN : STREAM_CLOSED, now, 0);
	}

	/** An order that was obeyed: which one, its level where it has one, and how long it holds. */
	order(now: Millis, kind: ActingOrder["kind"], level: number, duration: Millis): void {
		this.note(ORDER, now, ORDERED.indexOf(kind) + ORDER_LEVEL * Math.round(level));
		this.note(DURATION, now, Math.min(duration, MOST));
	}

	/** Someone tried the lamp's secret. */
	login(now: Millis, isRight: boolean): void {
		this.note(LOGIN, now, isRight ? 1 : 0);
	}

	/** Other settings are in force. */
	configured(now: Millis): void {
		this.note(CONFIGURED, now, 0);
	}

	fault(now: Millis): void {
		this.note(FAULT, now, 0);
	}

	private note(kind: number, now: Millis, value: number): void {
		const gap = now - this.latest;
		this.latest = now;
		if (gap > GAP_AFTER) this.note(GAP, now, Math.min(gap, MOST));
		const place = (2 * this.count) & PLACES;
		this.ring[place] = ((now & TIME_MASK) << KIND_BITS) | kind;
		this.ring[place + 1] = value;
		this.count += 1;
	}

	/** How many are held. */
	get held(): number {
		return Math.min(this.count, RECORDED);
	}

	/** When the oldest that is held came. */
	get oldestAt(): Millis {
		let at = this.latest;
		for (let nth = this.held - 1; nth > 0; nth -= 1) at -= this.since(nth);
		return at;
	}

	/** The `nth` of those held, oldest first; `before`: when the one before came, if there is one. */
	read(nth: number, before: Millis): Recorded {
		const kind = KINDS[this.wordOf(nth) & KIND_MASK] ?? "gap";
		const at = nth === 0 ? this.oldestAt : before + this.since(nth);
		return { at, kind, value: this.ring[this.placeOf(nth) + 1] as number };
	}

	/** From the one before to the `nth`. */
	private since(nth: number): Millis {
		const word = this.wordOf(nth);
		if ((word & KIND_MASK) === GAP) return this.ring[this.placeOf(nth) + 1] as number;
		return ((word >>> KIND_BITS) - (this.wordOf(nth - 1) >>> KIND_BITS)) & TIME_MASK;
	}

	private wordOf(nth: number): number {
		return this.ring[this.placeOf(nth)] as number;
	}

	private placeOf(nth: number): number {
		return (2 * (this.count - this.held + nth)) & PLACES;
	}
}
