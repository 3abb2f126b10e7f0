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
import type { LightSource } from "../node/light/lightpath.js";
import type { Millis, Percent } from "../units.js";

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
	"asked",
	"streamOpen",
	"streamClosed",
	"fault",
	"order",
	"duration",
	"login",
	"configured",
	"streamReached",
	"boot",
	"vouched",
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

/** Sources of requests for light that no edge made, stored by position: append only. */
export const ASKERS = "neighbours handshake update erase doubt";

const GAP = KINDS.indexOf("gap");
const MOVEMENT = KINDS.indexOf("movement");
const STILLNESS = KINDS.indexOf("stillness");
const ILLUMINANCE = KINDS.indexOf("illuminance");
const TEMPERATURE = KINDS.indexOf("temperature");
const TIME = KINDS.indexOf("time");
const DATE = KINDS.indexOf("date");
const NETWORK = KINDS.indexOf("network");
const ASKED = KINDS.indexOf("asked");
const STREAM_OPEN = KINDS.indexOf("streamOpen");
const STREAM_CLOSED = KINDS.indexOf("streamClosed");
const FAULT = KINDS.indexOf("fault");
const ORDER = KINDS.indexOf("order");
const DURATION = KINDS.indexOf("duration");
const LOGIN = KINDS.indexOf("login");
const CONFIGURED = KINDS.indexOf("configured");
const STREAM_REACHED = KINDS.indexOf("streamReached");
const BOOT = KINDS.indexOf("boot");
const VOUCHED = KINDS.indexOf("vouched");

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
/** Bits of an order: its kind, three flags, its level in tenths or its volume, its ramp. */
export const ORDER_KINDS = 15;
const BELOW_FLOOR = 16;
const INHIBIT = 32;
const MAXIMUM = 64;
export const ORDER_LEVEL_SHIFT = 7;
export const ORDER_LEVEL_MASK = 1023;
const RAMP_SHIFT = 17;
/** Of a request for light: where its duration begins, and the longest, ms. */
export const ASKED_SHIFT = 3;
const ASKED_MOST = 0xfffffff;
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

	/** Records the start of a life, its first level, and the date of a clock that ran on. */
	boot(now: Millis, level: Percent, utc: number | undefined): void {
		this.note(BOOT, now, Math.round(level * FINE));
		if (utc !== undefined) this.time(now, utc);
	}

	/**
	 * Records a date: its seconds, then its milliseconds. `error`: a witness vouches for it to so many
	 * ms, the city or a technician; absent: it came from a time server or a clock.
	 */
	time(now: Millis, utc: number, error?: Millis): void {
		const seconds = Math.floor(utc / FINE);
		this.note(TIME, now, seconds);
		this.note(DATE, now, utc - seconds * FINE);
		if (error !== undefined) this.note(VOUCHED, now, error);
	}

	network(now: Millis, isUp: boolean): void {
		this.note(NETWORK, now, isUp ? 1 : 0);
	}

	/** Records a request for light, for how long; 0: it ends. */
	asked(now: Millis, source: LightSource, until: Millis): void {
		const span = until > now ? Math.min(until - now, ASKED_MOST) : 0;
		this.note(ASKED, now, ASKERS.split(" ").indexOf(source) | (span << ASKED_SHIFT));
	}

	reached(now: Millis): void {
		this.note(STREAM_REACHED, now, 0);
	}

	stream(now: Millis, isOpen: boolean): void {
		this.note(isOpen ? STREAM_OPEN : STREAM_CLOSED, now, 0);
	}

	/** Records an accepted order, and how long it holds. */
	order(now: Millis, order: ActingOrder): void {
		this.note(ORDER, now, ORDERED.indexOf(order.kind) | detailsOf(order));
		this.note(DURATION, now, "duration" in order ? Math.min(order.duration, MOST) : 0);
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

	/** Instant of the `nth` input in the ring. */
	private instantOf(index: number): Millis {
		let at = this.latest;
		for (let later = this.held - 1; later > index; later -= 1) at -= this.since(later);
		return at;
	}

	/**
	 * The `nth` input in the ring, oldest first. `before`: instant of the previous one, if known.
	 */
	read(index: number, before?: Millis): Recorded {
		const kind = KINDS[this.wordOf(index) & KIND_MASK] ?? "gap";
		const at =
			index === 0 || before === undefined ? this.instantOf(index) : before + this.since(index);
		return { at, kind, value: this.ring[this.placeOf(index) + 1]! };
	}

	/** Span from the previous input to the `nth`. */
	private since(index: number): Millis {
		const word = this.wordOf(index);
		if ((word & KIND_MASK) === GAP) return this.ring[this.placeOf(index) + 1]!;
		return ((word >>> KIND_BITS) - (this.wordOf(index - 1) >>> KIND_BITS)) & TIME_MASK;
	}

	private wordOf(index: number): number {
		return this.ring[this.placeOf(index)]!;
	}

	private placeOf(index: number): number {
		return (2 * (this.count - this.held + index)) & PLACES;
	}
}

function detailsOf(order: ActingOrder): number {
	if (order.kind === "trafficVolume") return order.volume << ORDER_LEVEL_SHIFT;
	if (order.kind === "emergency") return order.extent ? MAXIMUM : 0;
	if (order.kind !== "override") return 0;
	const { level, rampToLevelTime: ramp, inhibitSensors, belowFloor } = order;
	const flags = (belowFloor ? BELOW_FLOOR : 0) | (inhibitSensors ? INHIBIT : 0);
	const seconds = ramp === undefined ? 0 : 1 + Math.round(ramp / FINE);
	return flags | (Math.round(level * 10) << ORDER_LEVEL_SHIFT) | (seconds << RAMP_SHIFT);
}
