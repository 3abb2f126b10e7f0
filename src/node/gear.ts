/**
 * Gear: the driver on the lamp's own bus: sets it up, watches and reads it.
 *
 * Identity and settings are checked at each boot and when the driver has had no power; the stored
 * identity shows whether it is another one, if it is read twice. A fact of the driver's status begins
 * and ends with IN_A_ROW equal answers, so that a disturbed frame is no event.
 */
import {
	type BlockBytes,
	ENERGY,
	ENERGY_AT,
	IDENTITY,
	identityOf,
	LAMP_HOURS_AT,
	LAMP_STARTS_AT,
	POWER_AT,
	readingOf,
	VALUE_COUNT,
	VALUES,
} from "../dali/banks.js";
import { follows } from "../dali/counter.js";
import type { BusDimmer, Speaker } from "../dali/dimmer.js";
import {
	COMMAND,
	isByte,
	LAMP_FAILURE,
	MAY_BE_UNSET,
	NO_BUS,
	QUERY_STATUS,
	SEVERAL,
} from "../dali/frames.js";
import { type BlockOwner, Reader } from "../dali/reader.js";
import { Setup } from "../dali/setup.js";
import type { Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import { levelAtStep } from "../lighting/curve.js";
import { decimal } from "../link/writer.js";
import { DRIVER_KEY } from "../storekeys.js";
import type { Millis, Percent, Step } from "../units.js";
import type { DriverReading } from "../view.js";

interface GearOwner {
	readonly store: Pick<Store, "read" | "write">;
	readonly now: Millis;
	readonly light: { limit(physical: Percent): void };
	emit(event: LampEvent, now: Millis): void;
}

/** Why no driver is in command: none answers, more than one does, or the bus is short or dead. */
type DriverFault = "silent" | "several" | "bus";

/** A driver is set up this often at most: its memory wears, and a bus may be disturbed for long. */
const SETUP_EVERY: Millis = 600_000;
/** Between two questions for the status. */
const EACH: Millis = 60_000;
/** While a fact is in doubt. */
const SOON: Millis = 5000;
const IN_A_ROW = 3;
/** From a level on, until a power that is read then is that of the level. */
const STEADY_AFTER: Millis = 10_000;
/** The driver starts with the lamp, and takes its time. */
const FIRST: Millis = 2000;

/** Speaks on the bus to ask for the driver's status. */
export class Gear implements Speaker, BlockOwner, DriverReading {
	readonly holds = false;
	dueAt: Millis;
	private standing: DriverFault | undefined;
	private other: DriverFault | undefined; // seen so often in a row
	private others = 0;
	private isLampFailed = false;
	private failures = 0; // answers in a row that contradict `isLampFailed`
	/** Type and serial number; undefined: not read yet, or the driver has none. */
	private identity: string | undefined;
	private readonly setup = new Setup();
	private readonly reader: Reader;
	private readonly values = new Float64Array(VALUE_COUNT).fill(Number.NaN);
	private energyAt: Millis = 0; // 0: never read
	private doubted = Number.NaN; // energy that does not follow the one before
	private doubtedAt: Millis = 0;
	private setupAt: Millis = 0; // the next one after a restart of the driver
	private setups = 0;
	private differed = 0; // settings of the last set-up, until the identity is read
	private doubtful: string | undefined; // another identity, read once
	private isRefused = false;

	constructor(
		private readonly lamp: GearOwner,
		private readonly dimmer: BusDimmer,
	) {
		const { now, store } = lamp;
		this.dueAt = now + FIRST;
		this.identity = store.read(DRIVER_KEY);
		this.reader = new Reader(this, now);
		dimmer.speakers.push(this.setup, this, this.reader);
	}

	get fault(): "driverFailure" | "lampFailure" | undefined {
		if (this.standing || this.isRefused) return "driverFailure";
		return this.isLampFailed ? "lampFailure" : undefined;
	}

	get power(): number {
		const isFresh = this.energyAt > this.dimmer.changedAt + STEADY_AFTER;
		return isFresh ? this.values[POWER_AT]! : Number.NaN;
	}

	get hours(): number {
		return this.values[LAMP_HOURS_AT]!;
	}

	get starts(): number {
		return this.values[LAMP_STARTS_AT]!;
	}

	/** Each reading with 3 decimals at most; `uptime_ms`: of the energy. */
	members(): string {
		const { identity, values, energyAt } = this;
		const why = this.standing ?? (this.isRefused ? "settings" : undefined);
		let text = '"isMeasured":true';
		if (identity) text += `,"identity":"${identity}"`;
		if (why) text += `,"fault":"${why}"`;
		VALUES.split(" ").forEach((name, index) => {
			if (values[index]! > -Infinity) text += `,"${name}":${decimal(values[index]!, 3)}`; // no NaN
		});
		return energyAt > 0 ? `${text},"uptime_ms":${decimal(energyAt, 0)}` : text;
	}

	line(isObject: boolean): string {
		const members = this.members();
		return isObject ? `{"part":"driver",${members}}` : `driver   ${members.split('"').join("")}`;
	}

	next(): number {
		return COMMAND | QUERY_STATUS;
	}

	take(answer: number, now: Millis): void {
		const { standing: before } = this;
		// an answer beyond a byte is that of a broken frame
		let fault: DriverFault | undefined;
		if (answer === NO_BUS) fault = "bus";
		else if (!isByte(answer)) fault = answer === SEVERAL || answer > 0 ? "several" : "silent";
		this.others = fault === before ? 0 : fault === this.other ? this.others + 1 : 1;
		this.other = fault;
		if (this.others >= IN_A_ROW) {
			this.standing = fault;
			this.others = 0;
			if (before) this.report(before, false, now);
			if (fault) this.report(fault, true, now);
			else this.renew(now);
		}
		if (fault === undefined) this.read(answer, now);
		const isInDoubt = this.others > 0 || this.failures > 0 || this.standing !== undefined;
		this.dueAt = now + (isInDoubt ? SOON : EACH);
	}

	/** A status. */
	private read(status: number, now: Millis): void {
		const isFailed = (status & LAMP_FAILURE) !== 0;
		this.failures = isFailed === this.isLampFailed ? 0 : this.failures + 1;
		if (this.failures >= IN_A_ROW) {
			this.isLampFailed = isFailed;
			this.failures = 0;
			const startEndFlag = isFailed ? "start" : "end";
			this.lamp.emit({ type: "lampFailure", startEndFlag, attributes: { inference: false } }, now);
		}
		if ((status & MAY_BE_UNSET) !== 0) this.renew(now);
	}

	/** The driver may be another one, or have other settings. */
	private renew(now: Millis): void {
		this.dimmer.repeat(now);
		if (now < this.setupAt) return;
		this.setupAt = now + SETUP_EVERY;
		this.setup.begin(now);
		this.reader.restart(now);
	}

	/** After each answer: a set-up may have ended. */
	answered(now: Millis): void {
		const { differed, refused, done, least } = this.setup;
		if (done === this.setups) return;
		this.setups = done;
		this.lamp.light.limit(levelAtStep(least as Step));
		if (differed > 0) {
			this.differed = differed; // until the identity is read, also if a second set-up finds none
			this.reader.restart(now);
		}
		const isRefused = refused > 0;
		if (isRefused === this.isRefused) return;
		this.isRefused = isRefused;
		this.report("settings", isRefused, now);
	}

	onBlock(block: number, bytes: BlockBytes, now: Millis): void {
		const before = this.values[ENERGY_AT]!;
		if (block === IDENTITY) this.identify(identityOf(bytes), now);
		for (let index = 0; index < VALUE_COUNT; index += 1)
			this.values[index] = readingOf(index, block, bytes) ?? this.values[index]!;
		if (block !== ENERGY) return;
		this.values[ENERGY_AT] = this.counted(before, this.values[ENERGY_AT]!, now);
	}

	/** The energy by its last value and a reading; NaN is none. */
	private counted(before: number, seen: number, now: Millis): number {
		if (Number.isNaN(seen)) return before;
		const isNext =
			Number.isNaN(before) ||
			follows(before, seen, now - this.energyAt) ||
			follows(this.doubted, seen, now - this.doubtedAt);
		this.doubted = isNext ? Number.NaN : seen;
		this.doubtedAt = now;
		if (!isNext) return before;
		this.energyAt = now;
		return seen;
	}

	/** The driver is the same, or another one, or its identity cannot be read. */
	private identify(identity: string | undefined, now: Millis): void {
		const { lamp, differed, identity: before } = this;
		const isOther = identity !== undefined && identity !== before;
		if (isOther && identity !== this.doubtful) {
			this.doubtful = identity; // a frame that is lost gives the bytes of another bank
			this.reader.restart(now);
			return;
		}
		this.doubtful = undefined;
		this.differed = 0;
		if (!isOther) {
			if (differed > 0) lamp.emit({ type: "driverReset", attributes: { settings: differed } }, now);
			return;
		}
		this.identity = identity;
		lamp.store.write(DRIVER_KEY, identity);
		if (before !== undefined)
			lamp.emit({ type: "driverReplaced", attributes: { driver: identity, before } }, now);
	}

	private report(why: DriverFault | "settings", isStart: boolean, now: Millis): void {
		const startEndFlag = isStart ? "start" : "end";
		this.lamp.emit({ type: "driverFailure", startEndFlag, attributes: { why } }, now);
	}
}
