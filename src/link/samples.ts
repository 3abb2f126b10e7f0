/**
 * Samples: telemetry and traffic with their own times, until the broker has acknowledged them.
 *
 * A ring of numbers, allocated at construction. When it is full, its two oldest samples are merged:
 * meters are running totals, so the younger sample holds for both, and road users are added up. A
 * longer outage thus costs resolution, oldest first, and no kilowatt-hour. Waiting samples are
 * stored as one text and restored in the next life, with their life and times.
 */
import type { ClockSource } from "../time/clock.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";
import type { Writer } from "./writer.js";
import { fixedText } from "./writer.js";

/** Three hours at 900 s in full detail, older samples merged; 2 KB. */
export const SAMPLES = 12;
/** A sample acknowledged within this time is not stored: while a broker answers, none is. */
const KEEP_AFTER: Millis = 60_000;

/** One sample. Unknown values are NaN. */
export interface Sample {
	/** The time up to `at` that the sample covers; without the time between lives. */
	interval: Millis;
	/** When it was taken: monotonic, in its life. */
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
	/** Of the clock, ms; NaN: no time was available. */
	uncertainty: number;
	clockSource: ClockSource;
	sentBytes: number;
	receivedBytes: number;
	roundTrip: number;
	/** The number of the connection in use at that time. */
	connection: number;
	/** Road users of `trafficInterval`; NaN: this sample reports none. */
	roadUsers: number;
	trafficInterval: Millis;
	roadUsersTotal: number;
	/** UTC; NaN: unknown. */
	roadUsersSince: number;
	life: number;
	/** UTC of a sample of another life; NaN: unknown, or the sample is of this life. */
	utc: number;
}

/** Measurements of the link itself. */
export interface LinkMeters {
	readonly sentBytes: number;
	readonly receivedBytes: number;
	readonly roundTrip: Millis | undefined;
}

const FIELDS = 25;
const AT = 1;
const SOURCE = 14;
/** Index of `roadUsers` in a sample; `trafficInterval` and the total follow. */
const ROAD_USERS = 19;
const LIFE = 23;
const UTC = 24;
/** Stands for an unknown value in the text. */
const UNKNOWN = "-";
const DECIMALS = 4; // a tenth of a watt-hour, as reported
/** By their numbers in the ring. */
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
	/** Waiting samples. */
	count = 0;
	/** Samples removed so far, which identifies the oldest. */
	removed = 0;
	/** When the waiting samples are to be stored, or the stored ones erased; Infinity: neither. */
	keepAt: Millis = Infinity;
	private isKept = false; // the store holds samples
	private readonly ring = new Float64Array(SAMPLES * FIELDS);
	private first = 0;
	private lastAt: Millis = 0;
	private trafficAt: Millis = 0;
	private trafficTotal: number; // already reported, or counted in earlier lives

	/** `roadUsers`: those of earlier lives, already reported. */
	constructor(roadUsers = 0) {
		this.trafficTotal = roadUsers;
	}

	/**
	 * Takes a sample from the view. Fewer than `k` road users since the last report wait for the
	 * next sample. `isHeadBusy`: the oldest sample is in flight and must not change.
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
		if (total < this.trafficTotal) this.trafficTotal = 0; // the counter restarted
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

	/** The oldest sample; undefined: none waits. */
	head(): Sample | undefined {
		if (this.count === 0) return undefined;
		const { ring } = this;
		let at = this.place(0);
		const next = () => ring[at++]!;
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
			clockSource: SOURCES[next()]!,
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

	/** Whether the oldest sample has road users to report. */
	headHasTraffic(): boolean {
		return this.count > 0 && !Number.isNaN(this.ring[this.place(0) + ROAD_USERS]!);
	}

	/** Removes the oldest sample after delivery. */
	remove(): void {
		if (this.count === 0) return;
		this.first = (this.first + 1) % SAMPLES;
		this.count -= 1;
		this.removed += 1;
		if (this.count === 0) this.keepAt = this.isKept ? 0 : Infinity;
	}

	/**
	 * Writes the waiting samples, oldest first, each number followed by a blank; merges samples
	 * until the text fits. `view` dates the samples of this life. Writes nothing if none waits.
	 */
	write(w: Writer, view: View, isHeadBusy: boolean): void {
		for (;;) {
			w.restart(0);
			for (let index = 0; index < this.count; index += 1) this.writeOne(w, this.place(index), view);
			if (!w.failed || this.count <= 2) return;
			this.merge(isHeadBusy ? 1 : 0);
		}
	}

	/** The store holds the text of `write`; `false`: it holds none. */
	kept(isKept: boolean): void {
		this.isKept = isKept;
		this.keepAt = Infinity;
	}

	/** Restores samples that an earlier life stored; a text not made by `write` restores none. */
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

	/** Whether every required value is known in the ring's first `end` numbers. */
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
			let value = ring[place + field]!;
			if (field === UTC && isOfThisLife && time.utc !== undefined)
				value = time.utc - (time.now - ring[place + AT]!);
			w.text(Number.isFinite(value) ? fixedText(value, DECIMALS) : UNKNOWN);
			w.text(" ");
		}
	}

	/** Index in the ring of the nth oldest sample. */
	private place(index: number): number {
		return ((this.first + index) % SAMPLES) * FIELDS;
	}

	/** Merges the nth oldest sample with the next one and closes the gap. */
	private merge(index: number): void {
		const { ring } = this;
		const older = this.place(index);
		const younger = this.place(index + 1);
		ring[younger]! += ring[older]!; // the time they cover
		const users = ring[older + ROAD_USERS]!;
		if (!Number.isNaN(users)) {
			const more = ring[younger + ROAD_USERS]!;
			// The younger sample reports no traffic: the older count's total goes with it.
			if (Number.isNaN(more)) ring[younger + ROAD_USERS + 2] = ring[older + ROAD_USERS + 2]!;
			ring[younger + ROAD_USERS] = users + (Number.isNaN(more) ? 0 : more);
			ring[younger + ROAD_USERS + 1]! += ring[older + ROAD_USERS + 1]!;
		}
		for (let move = index; move > 0; move -= 1) this.copy(move - 1, move);
		this.first = (this.first + 1) % SAMPLES;
		this.count -= 1;
	}

	private copy(from: number, to: number): void {
		const start = this.place(from);
		this.ring.copyWithin(this.place(to), start, start + FIELDS);
	}
}
