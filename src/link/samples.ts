/**
 * Samples: telemetry and traffic with their own times, until the broker has them.
 *
 * A ring of numbers, taken at construction. When it is full the two oldest become one: meters are
 * running totals, so the younger sample holds for both, and road users are added up. A longer
 * outage thus costs resolution, oldest first, and no kilowatt-hour. What waits goes into one text for
 * the store and back in the next life; it keeps the life and the times it was taken in.
 */
import type { ClockSource } from "../time/clock.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { Writer } from "./writer.js";
import { fixedText } from "./writer.js";

/** Three hours at 900 s in full detail, older ones merged; 2 KB. */
export const SAMPLES = 12;
/** What the broker has within this time of its taking is not stored: with a broker there, nothing is. */
export const KEEP_AFTER: Millis = 60_000;

/** One reading. What is unknown is NaN. */
export interface Sample {
	/** The time it is about, up to `at`; without the time between lives. */
	interval: Millis;
	/** When it was taken, monotonic, in its life. */
	at: Millis;
	activePower: number;
	activeEnergy: number;
	energySaved: number;
	operatingHours: number;
	switchOnCounter: number;
	temperature: number;
	freeBytes: number;
	faults: number;
	flashWrites: number;
	flashErases: number;
	flashYears: number;
	/** Of the clock, ms; NaN: it told no time. */
	uncertainty: number;
	clockSource: ClockSource;
	sentBytes: number;
	receivedBytes: number;
	roundTrip: number;
	/** The number of the connection then in use. */
	connection: number;
	/** Road users of `trafficInterval`; NaN: none are told with this sample. */
	roadUsers: number;
	trafficInterval: Millis;
	roadUsersTotal: number;
	/** UTC; NaN: not known. */
	roadUsersSince: number;
	life: number;
	/** UTC of a sample of another life; NaN: none was known, or it is of this life. */
	utc: number;
}

/** What the link measures of itself. */
export interface LinkMeters {
	readonly sentBytes: number;
	readonly receivedBytes: number;
	readonly roundTrip: Millis | undefined;
}

const FIELDS = 25;
const AT = 1;
const SOURCE = 14;
/** Place of `roadUsers` in a sample; `trafficInterval` and the total follow. */
const ROAD_USERS = 19;
const LIFE = 23;
const UTC = 24;
/** In the text, for what is unknown. */
const UNKNOWN = "-";
const DECIMALS = 4; // a tenth of a watt-hour: as it is told
/** By number in the ring. */
const SOURCES: readonly ClockSource[] = Object.freeze([
	"none",
	"photocell",
	"midnight",
	"holdover",
	"clockChip",
	"kept",
	"synchronised",
]);

export class Samples {
	/** How many wait. */
	count = 0;
	/** Rises with each sample that is done: names the oldest. */
	removed = 0;
	/** When what waits is to be stored, or what is stored to be erased; Infinity: neither. */
	keepAt: Millis = Infinity;
	private isKept = false; // something is stored
	private readonly ring = new Float64Array(SAMPLES * FIELDS);
	private first = 0;
	private lastAt: Millis = 0;
	private trafficAt: Millis = 0;
	private trafficTotal: number; // what was told, or counted in lives before

	/** `roadUsers`: those of lives before, told then. */
	constructor(roadUsers = 0) {
		this.trafficTotal = roadUsers;
	}

	/**
	 * Reads the view. Fewer than `k` road users since they were last told wait for the next sample.
	 * `isHeadBusy`: the oldest is on its way to the broker and must stay as it is.
	 */
	take(
		now: Millis,
		view: View,
		meters: LinkMeters,
		connection: number,
		k: number,
		isHeadBusy: boolean,
	): void {
		if (this.count === SAMPLES) this.merge(isHeadBusy ? 1 : 0);
		const { ring } = this;
		let at = this.place(this.count);
		this.count += 1;
		ring[at++] = now - this.lastAt;
		ring[at++] = now;
		ring[at++] = view.meter.activePower;
		ring[at++] = view.meter.activeEnergy_kWh;
		ring[at++] = view.meter.energySaved_kWh;
		ring[at++] = view.meter.operatingHours;
		ring[at++] = view.meter.switchOnCounter;
		ring[at++] = view.sensing.temperature ?? Number.NaN;
		ring[at++] = view.machine.freeBytes;
		ring[at++] = view.machine.faults;
		ring[at++] = view.machine.flashWrites;
		ring[at++] = view.machine.flashErases;
		ring[at++] = view.machine.flashYears;
		ring[at++] = view.time.uncertainty ?? Number.NaN;
		ring[at++] = SOURCES.indexOf(view.time.clockSource);
		ring[at++] = meters.sentBytes;
		ring[at++] = meters.receivedBytes;
		ring[at++] = meters.roundTrip ?? Number.NaN;
		ring[at++] = connection;
		const total = view.traffic.accumulatedRoadUserNumber;
		if (total < this.trafficTotal) this.trafficTotal = 0; // the counter began anew
		const users = total - this.trafficTotal;
		const isReported = users >= k;
		ring[at++] = isReported ? users : Number.NaN;
		ring[at++] = now - this.trafficAt;
		ring[at++] = total;
		ring[at++] = view.traffic.accumulatedSince ?? Number.NaN;
		ring[at++] = view.identity.life;
		ring[at] = Number.NaN;
		this.lastAt = now;
		this.keepAt = Math.min(this.keepAt, now + KEEP_AFTER);
		if (!isReported) return;
		this.trafficTotal = total;
		this.trafficAt = now;
	}

	/** The oldest; undefined if none waits. */
	head(): Sample | undefined {
		if (this.count === 0) return undefined;
		const { ring } = this;
		let at = this.place(0);
		const next = () => ring[at++] as number;
		return {
			interval: next(),
			at: next(),
			activePower: next(),
			activeEnergy: next(),
			energySaved: next(),
			operatingHours: next(),
			switchOnCounter: next(),
			temperature: next(),
			freeBytes: next(),
			faults: next(),
			flashWrites: next(),
			flashErases: next(),
			flashYears: next(),
			uncertainty: next(),
			clockSource: SOURCES[next()] as ClockSource,
			sentBytes: next(),
			receivedBytes: next(),
			roundTrip: next(),
			connection: next(),
			roadUsers: next(),
			trafficInterval: next(),
			roadUsersTotal: next(),
			roadUsersSince: next(),
			life: next(),
			utc: next(),
		};
	}

	/** Whether the oldest has road users to tell. */
	headHasTraffic(): boolean {
		return this.count > 0 && !Number.isNaN(this.ring[this.place(0) + ROAD_USERS] as number);
	}

	/** The oldest is delivered. */
	remove(): void {
		if (this.count === 0) return;
		this.first = (this.first + 1) % SAMPLES;
		this.count -= 1;
		this.removed += 1;
		if (this.count === 0) this.keepAt = this.isKept ? 0 : Infinity;
	}

	/**
	 * Writes what waits, oldest first, each number with a blank behind it; merges until it fits.
	 * `view` dates the samples of this life. Nothing waits: nothing is written.
	 */
	write(w: Writer, view: View, isHeadBusy: boolean): void {
		for (;;) {
			w.restart(0);
			for (let nth = 0; nth < this.count; nth += 1) this.writeOne(w, this.place(nth), view);
			if (!w.failed || this.count <= 2) return;
			this.merge(isHeadBusy ? 1 : 0);
		}
	}

	/** The store holds what `write` wrote; `false`: it holds nothing. */
	kept(isKept: boolean): void {
		this.isKept = isKept;
		this.keepAt = Infinity;
	}

	/** Takes what a life before kept; a text that `write` did not write gives nothing. */
	restore(text: string): void {
		const { ring } = this;
		let place = 0;
		let from = 0;
		while (from < text.length && place < ring.length) {
			const end = text.indexOf(" ", from);
			if (end < 0) break;
			const word = text.slice(from, end);
			ring[place++] = word === UNKNOWN ? Number.NaN : Number(word);
			from = end + 1;
		}
		const isWhole = from === text.length && place % FIELDS === 0;
		this.count = isWhole && this.isSound(place) ? place / FIELDS : 0;
		this.isKept = text !== "";
		if (this.isKept && this.count === 0) this.keepAt = 0;
	}

	/** Whether all that must be known is, in the ring's first `end` numbers. */
	private isSound(end: number): boolean {
		const { ring } = this;
		for (let at = 0; at < end; at += FIELDS)
			if (
				!(ring[at]! >= 0 && ring[at + AT]! >= 0 && ring[at + LIFE]! >= 1) ||
				SOURCES[ring[at + SOURCE]!] === undefined
			)
				return false;
		return true;
	}

	private writeOne(w: Writer, place: number, { identity, time }: View): void {
		const { ring } = this;
		const isOfThisLife = ring[place + LIFE] === identity.life;
		for (let field = 0; field < FIELDS; field += 1) {
			let value = ring[place + field] as number;
			if (field === UTC && isOfThisLife && time.utc !== undefined)
				value = time.utc - (time.now - (ring[place + AT] as number));
			w.text(Number.isFinite(value) ? fixedText(value, DECIMALS) : UNKNOWN);
			w.text(" ");
		}
	}

	/** Where the nth oldest begins in the ring. */
	private place(nth: number): number {
		return ((this.first + nth) % SAMPLES) * FIELDS;
	}

	/** Makes one of the nth oldest and the one after it, and closes the gap. */
	private merge(nth: number): void {
		const { ring } = this;
		const older = this.place(nth);
		const younger = this.place(nth + 1);
		ring[younger]! += ring[older] as number; // the time they are about
		const users = ring[older + ROAD_USERS] as number;
		if (!Number.isNaN(users)) {
			const more = ring[younger + ROAD_USERS] as number;
			// The total that goes with the older count is told, if the younger tells none.
			if (Number.isNaN(more))
				ring[younger + ROAD_USERS + 2] = ring[older + ROAD_USERS + 2] as number;
			ring[younger + ROAD_USERS] = users + (Number.isNaN(more) ? 0 : more);
			ring[younger + ROAD_USERS + 1]! += ring[older + ROAD_USERS + 1] as number;
		}
		for (let move = nth; move > 0; move -= 1) this.copy(move - 1, move);
		this.first = (this.first + 1) % SAMPLES;
		this.count -= 1;
	}

	private copy(from: number, to: number): void {
		const start = this.place(from);
		this.ring.copyWithin(this.place(to), start, start + FIELDS);
	}
}
