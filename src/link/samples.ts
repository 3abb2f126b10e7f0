/**
 * Samples: telemetry and traffic with their own times, until the broker has them.
 *
 * A ring of numbers, taken at construction. When it is full the two oldest become one: meters are
 * running totals, so the younger reading tells for both, and road users are added up. A longer
 * outage thus costs resolution, oldest first, and no kilowatt-hour.
 */
import type { ClockSource } from "../time/clock.js";
import type { Millis } from "../units.js";
import type { View } from "../view.js";

/** Three hours at 900 s in full detail, older ones merged; 2 KB. */
export const SAMPLES = 12;

/** One reading. What is unknown is NaN. */
export interface Sample {
	/** The interval, monotonic. */
	from: Millis;
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
	/** Road users since `trafficFrom`; NaN: none are told with this sample. */
	roadUsers: number;
	trafficFrom: Millis;
	roadUsersTotal: number;
	/** UTC; NaN: not known. */
	roadUsersSince: number;
}

/** What the link measures of itself. */
export interface LinkMeters {
	readonly sentBytes: number;
	readonly receivedBytes: number;
	readonly roundTrip: Millis | undefined;
}

const FIELDS = 23;
/** Place of `roadUsers` in a sample; `trafficFrom` and the total follow. */
const ROAD_USERS = 19;
/** By number in the ring. */
const SOURCES: readonly ClockSource[] = Object.freeze([
	"none",
	"photocell",
	"midnight",
	"holdover",
	"kept",
	"synchronised",
]);

export class Samples {
	/** How many wait. */
	count = 0;
	/** Rises with each sample that is done: names the oldest. */
	removed = 0;
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
		ring[at++] = this.lastAt;
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
		const isTold = users >= k;
		ring[at++] = isTold ? users : Number.NaN;
		ring[at++] = this.trafficAt;
		ring[at++] = total;
		ring[at] = view.traffic.accumulatedSince ?? Number.NaN;
		this.lastAt = now;
		if (!isTold) return;
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
			from: next(),
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
			trafficFrom: next(),
			roadUsersTotal: next(),
			roadUsersSince: next(),
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
		ring[younger] = ring[older] as number; // from
		const users = ring[older + ROAD_USERS] as number;
		if (!Number.isNaN(users)) {
			const more = ring[younger + ROAD_USERS] as number;
			// The total that goes with the older count is told, if the younger tells none.
			if (Number.isNaN(more))
				ring[younger + ROAD_USERS + 2] = ring[older + ROAD_USERS + 2] as number;
			ring[younger + ROAD_USERS] = users + (Number.isNaN(more) ? 0 : more);
			ring[younger + ROAD_USERS + 1] = ring[older + ROAD_USERS + 1] as number;
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
