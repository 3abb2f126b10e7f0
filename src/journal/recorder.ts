/**
 * Recorder: the latest inputs of the node, in a ring in memory; a flight recorder.
 *
 * The behaviour of a lamp follows from its inputs. Each input takes two numbers of 32 bits, a date
 * four: its instant (27 bits of milliseconds, 37 hours) with its kind (5 bits), then its value.
 * After a long time without inputs, a gap holds the span. Only numbers are stored: no text, so no
 * secret either.
 */
import type { ActingOrder } from "../command/orders.js";
import { frozen } from "../frozen.js";
import type { Millis } from "../units.js";

/** Kinds of inputs. Their positions are part of the text (docs/console.md): append only. */
const KINDS = frozen([
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
type InputKind = (typeof KINDS)[number];

/** Kinds of orders, stored by position: append only. */
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
	"trafficVolume",
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
/** Beyond half the range of 27 bits, two instants could be confused. */
const GAP_AFTER: Millis = 0x4000000;
/** 24 days; a longer span is shown as that. */
const MOST: Millis = 0x7fffffff;
/** Factor of the level; the position of the order's kind is below it. */
export const ORDER_LEVEL = 256;
/** Thousandths of a lux and of a degree. */
export const FINE = 1000;

/** An input as read. */
export interface Recorded {
	readonly at: Millis;
	readonly kind: InputKind;
	/** As recorded, in its own unit. */
	readonly value: number;
}

export class Recorder {
	/** Inputs ever recorded in this life. */
	count = 0;
	private readonly ring = new Int32Array(2 * RECORDED);
	/** Instant of the latest input. */
	private latest: Millis;

	constructor(now: Millis) {
		this.latest = now;
	}

	edge(isMovement: boolean, now: Millis): void {
		this.note(isMovement ? MOVEMENT : STILLNESS, now, 0);
	}

	illuminance(now: Millis, lux: number): void {
		this.note(ILLUMINANCE, now, (lux * FINE + 0.5) | 0);
	}

	temperature(now: Millis, celsius: number): void {
		this.note(TEMPERATURE, now, Math.round(celsius * FINE));
	}

	/** Records a date: its seconds, then its milliseconds. */
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

	/** Records an accepted order: its kind, its level where it has one, and how long it holds. */
	order(now: Millis, kind: ActingOrder["kind"], level: number, duration: Millis): void {
		this.note(ORDER, now, ORDERED.indexOf(kind) + ORDER_LEVEL * Math.round(level));
		this.note(DURATION, now, Math.min(duration, MOST));
	}

	/** Records an attempt to log in. */
	login(now: Millis, isRight: boolean): void {
		this.note(LOGIN, now, isRight ? 1 : 0);
	}

	/** Records that other settings are in force. */
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

	/** Number of inputs in the ring. */
	get held(): number {
		return Math.min(this.count, RECORDED);
	}

	/** Instant of the oldest input in the ring. */
	get oldestAt(): Millis {
		let at = this.latest;
		for (let nth = this.held - 1; nth > 0; nth -= 1) at -= this.since(nth);
		return at;
	}

	/** The `nth` input in the ring, oldest first. `before`: instant of the previous one. */
	read(nth: number, before: Millis): Recorded {
		const kind = KINDS[this.wordOf(nth) & KIND_MASK] ?? "gap";
		const at = nth === 0 ? this.oldestAt : before + this.since(nth);
		return { at, kind, value: this.ring[this.placeOf(nth) + 1]! };
	}

	/** Span from the previous input to the `nth`. */
	private since(nth: number): Millis {
		const word = this.wordOf(nth);
		if ((word & KIND_MASK) === GAP) return this.ring[this.placeOf(nth) + 1]!;
		return ((word >>> KIND_BITS) - (this.wordOf(nth - 1) >>> KIND_BITS)) & TIME_MASK;
	}

	private wordOf(nth: number): number {
		return this.ring[this.placeOf(nth)]!;
	}

	private placeOf(nth: number): number {
		return (2 * (this.count - this.held + nth)) & PLACES;
	}
}
