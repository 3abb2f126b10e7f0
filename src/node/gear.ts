/**
 * Gear: the driver on the lamp's own bus, or its two (setting `drivers`): sets up, watches and reads.
 *
 * Identity and settings are checked at each boot and when the driver has had no power; the stored
 * identity shows whether it is another one, if it is read twice. A fact of the driver's status begins
 * and ends with IN_A_ROW equal answers, so that a disturbed frame is no event. Two drivers are asked in
 * turn; one whose answers contradict what is known is asked again until that is settled. If one of two
 * is silent, both get new addresses.
 */

import { Addressing } from "../dali/addressing.js";
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
import { Counter } from "../dali/counter.js";
import type { BusDimmer, Speaker } from "../dali/dimmer.js";
import {
	COMMAND,
	commandTo,
	isByte,
	LAMP_FAILURE,
	MAY_BE_UNSET,
	NO_BUS,
	QUERY_STATUS,
	SEVERAL,
} from "../dali/frames.js";
import { Kind, kindMembers } from "../dali/kind.js";
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
	readonly settings: { readonly drivers: number };
	readonly light: { limit(physical: Percent): boolean };
	requestDecision(): void;
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
	private driver = 0; // the one that is asked
	private failed = 0; // a bit for each driver whose light source has failed
	private failures = 0; // answers in a row that contradict its bit
	/** Type and serial number, of two drivers with a blank between; undefined: not read yet, or none. */
	private identity: string | undefined;
	private readonly seen: (string | undefined)[] = []; // of each driver in this life
	private readonly addressing = new Addressing();
	private addressedAt: Millis = 0; // the next search
	private searches = 0;
	private readonly setup = new Setup();
	private readonly kind = new Kind();
	private readonly reader: Reader;
	/** Of each driver. */
	private readonly values: readonly Float64Array[] = [unread(), unread()];
	private readonly energy: readonly Counter[] = [new Counter(), new Counter()];
	private setupAt: Millis = 0; // the next one after a restart of the driver
	private setups = 0;
	private differed = 0; // settings of the last set-up, until the identity is read
	private readonly doubtful: (string | undefined)[] = []; // another identity of a driver, read once
	private isRefused = false;

	constructor(
		private readonly lamp: GearOwner,
		private readonly dimmer: BusDimmer,
		private readonly lowerSocket: { members(): string | undefined },
	) {
		const { now, store } = lamp;
		this.dueAt = now + FIRST;
		this.identity = store.read(DRIVER_KEY);
		this.reader = new Reader(this, now);
		dimmer.speakers.push(this.addressing, this.setup, this, this.kind, this.reader);
		this.configure();
	}

	/** The setting may be another one. */
	configure(): void {
		const { drivers } = this.lamp.settings;
		if (drivers === this.setup.drivers) return;
		this.setup.drivers = this.kind.drivers = this.reader.drivers = drivers;
		this.driver = this.failed = this.failures = this.others = 0;
		this.setup.begin(this.lamp.now);
		this.reader.restart(this.lamp.now);
	}

	get fault(): "driverFailure" | "lampFailure" | undefined {
		if (this.standing || this.isRefused) return "driverFailure";
		return this.failed > 0 ? "lampFailure" : undefined;
	}

	get power(): number {
		const isFresh = this.energyAt > this.dimmer.changedAt + STEADY_AFTER;
		return isFresh ? this.valueOf(POWER_AT) : Number.NaN;
	}

	/** Of two drivers the older reading. */
	private get energyAt(): Millis {
		const [first, second] = this.energy;
		return this.setup.drivers > 1 ? Math.min(first!.at, second!.at) : first!.at;
	}

	/** A reading of a driver. */
	private told(driver: number, index: number): number {
		return index === ENERGY_AT ? this.energy[driver]!.value : this.values[driver]![index]!;
	}

	/** A reading: energy and power of two drivers are their sum, all else is the first one's. */
	private valueOf(index: number): number {
		const isSum = this.setup.drivers > 1 && (index === ENERGY_AT || index === POWER_AT);
		return this.told(0, index) + (isSum ? this.told(1, index) : 0);
	}

	get hours(): number {
		return this.values[0]![LAMP_HOURS_AT]!;
	}

	get starts(): number {
		return this.values[0]![LAMP_STARTS_AT]!;
	}

	/** Each reading with 3 decimals at most, the power only of the level that shines; `uptime_ms`: of the energy. */
	members(): string {
		const { identity, energyAt, seen } = this;
		const why = this.standing ?? (this.isRefused ? "settings" : undefined);
		const first = seen[0] ?? identity?.split(" ")[0];
		const text = tellings(this.kind, 0, first, why, (index) =>
			index === POWER_AT ? this.power : this.valueOf(index),
		);
		const second =
			this.setup.drivers > 1
				? `,"second":{${tellings(this.kind, 1, seen[1], undefined, (index) => this.told(1, index))}}`
				: "";
		const lower = this.lowerSocket.members();
		const all = text + second + (lower ? `,"lowerSensor":{${lower}}` : "");
		return energyAt > 0 ? `${all},"uptime_ms":${decimal(energyAt, 0)}` : all;
	}

	line(isObject: boolean): string {
		const members = this.members();
		return isObject ? `{"part":"driver",${members}}` : `driver   ${members.split('"').join("")}`;
	}

	next(): number {
		return (this.setup.drivers > 1 ? commandTo(this.driver) : COMMAND) | QUERY_STATUS;
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
		const { drivers } = this.setup;
		if (drivers < 2) return;
		if (fault !== undefined && fault !== "bus" && now >= this.addressedAt) {
			this.addressedAt = now + SETUP_EVERY;
			this.addressing.begin(drivers, now);
		} else if (!isInDoubt) {
			this.driver = (this.driver + 1) % drivers;
			this.dueAt = now + EACH / drivers;
		}
	}

	/** A status. */
	private read(status: number, now: Millis): void {
		const isFailed = (status & LAMP_FAILURE) !== 0;
		const bit = 1 << this.driver;
		this.failures = isFailed === (this.failed & bit) > 0 ? 0 : this.failures + 1;
		if (this.failures === 1) this.kind.begin(now);
		if (this.failures >= IN_A_ROW) {
			const others = this.failed & ~bit;
			this.failed ^= bit;
			this.failures = 0;
			const startEndFlag = isFailed ? "start" : "end";
			const attributes = { inference: false };
			if (others === 0) this.lamp.emit({ type: "lampFailure", startEndFlag, attributes }, now);
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

	/** After each answer: a search for drivers, or a set-up, may have ended. */
	answered(now: Millis): void {
		if (this.addressing.done !== this.searches) {
			this.searches = this.addressing.done;
			this.setup.begin(now);
			this.reader.restart(now);
		}
		const { differed, refused, done, least } = this.setup;
		if (done === this.setups) return;
		this.setups = done;
		this.kind.begin(now);
		if (this.lamp.light.limit(levelAtStep(least as Step))) this.lamp.requestDecision();
		if (differed > 0) {
			this.differed = differed; // until the identity is read, also if a second set-up finds none
			this.reader.restart(now);
		}
		const isRefused = refused > 0;
		if (isRefused === this.isRefused) return;
		this.isRefused = isRefused;
		this.report("settings", isRefused, now);
	}

	onBlock(block: number, bytes: BlockBytes, now: Millis, driver: number): void {
		if (block === ENERGY) this.energy[driver]!.take(readingOf(ENERGY_AT, block, bytes)!, now);
		if (block === IDENTITY) this.identify(identityOf(bytes), driver, now);
		const values = this.values[driver]!;
		for (let index = 0; index < VALUE_COUNT; index += 1)
			values[index] = readingOf(index, block, bytes) ?? values[index]!;
	}

	/** The driver is a known one, or another one, or its identity cannot be read. */
	private identify(identity: string | undefined, driver: number, now: Millis): void {
		const { lamp, differed, seen, doubtful } = this;
		const known = this.identity ? this.identity.split(" ") : [];
		const isOther = identity !== undefined && !known.includes(identity);
		if (isOther && identity !== doubtful[driver]) {
			doubtful[driver] = identity; // a frame that is lost gives the bytes of another bank
			this.reader.restart(now);
			return;
		}
		doubtful[driver] = undefined;
		if (identity !== undefined) seen[driver] = identity;
		if (!isOther && driver + 1 < this.setup.drivers) return; // the next one may be another
		this.differed = 0;
		if (!isOther) {
			if (differed > 0) lamp.emit({ type: "driverReset", attributes: { settings: differed } }, now);
			return;
		}
		// of two drivers addresses may be exchanged: the one that is gone is the one that is not seen
		const before =
			known.length < this.setup.drivers ? undefined : known.find((each) => !seen.includes(each));
		this.identity = [...known.filter((each) => each !== before), identity].join(" ");
		lamp.store.write(DRIVER_KEY, this.identity);
		if (before !== undefined)
			lamp.emit({ type: "driverReplaced", attributes: { driver: identity, before } }, now);
	}

	private report(why: DriverFault | "settings", isStart: boolean, now: Millis): void {
		const startEndFlag = isStart ? "start" : "end";
		this.lamp.emit({ type: "driverFailure", startEndFlag, attributes: { why } }, now);
	}
}

function unread(): Float64Array {
	return new Float64Array(VALUE_COUNT).fill(Number.NaN);
}

/** What a driver has told as members of a JSON object; unknown readings are left out. */
function tellings(
	kind: Kind,
	driver: number,
	identity: string | undefined,
	fault: string | undefined,
	readingAt: (index: number) => number,
): string {
	let text = '"isMeasured":true';
	if (identity) text += `,"identity":"${identity}"`;
	if (fault) text += `,"fault":"${fault}"`;
	text += kindMembers(kind, driver);
	VALUES.split(" ").forEach((name, index) => {
		const value = readingAt(index);
		if (value > -Infinity) text += `,"${name}":${decimal(value, 3)}`; // no NaN
	});
	return text;
}
