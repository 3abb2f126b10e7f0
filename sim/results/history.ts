/**
 * History: light, power, sky and traffic of the street over the last hours, for the page and the
 * report.
 *
 * One sample a second for an hour, and one a minute for two nights, in memory of a fixed size: about
 * 4 MB for any number of lamps, because above ROWS_MOST lamps several share a row. The light
 * is the world's; the reason is the one that the lamp indicated.
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Witness } from "../street/witness.js";
import { Courses } from "../util/courses.js";
import { USER_KINDS, type UserKind } from "../world/timetable.js";
import { FULL_DUTY } from "../world/world.js";
import { type MeterOptions, mainsPower } from "./meter.js";
import { CAUSES, causeIn, Ring, type Slice } from "./ring.js";

const SECOND = 1000;
const FINE = HOUR / SECOND;
const HOURS = 48;
export const ROWS_MOST = 200;
/** Level of a row without power; else per cent. */
export const UNPOWERED = 255;

const DEFAULT = CAUSES.indexOf("default");
const PRESENT = CAUSES.indexOf("presence");
const NEIGHBOURS = CAUSES.indexOf("neighbours");
const DOUBT = CAUSES.indexOf("doubt");

interface HistoryOptions extends MeterOptions {
	readonly lamps: number;
	/** Hours of which a sample a minute is kept; absent: two nights. */
	readonly hours?: number;
	/** True light of a lamp (from 0) at an instant, 0 to 1; absent: its share of the PWM. */
	readonly lightOf?: (at: number, lamp: number) => number;
}

export class History implements Witness {
	readonly lampsPerRow: number;
	readonly #options: HistoryOptions;
	readonly #fine: Ring;
	readonly #coarse: Ring;
	readonly #share: Courses; // of the PWM; NaN: no power
	readonly #moving = new Set<number>(); // lamps in a fade
	readonly #cause: Uint8Array;
	readonly #doubted: Uint8Array;
	readonly #watts: Float64Array; // by cause, of lamps whose light is held
	#lux = 0;
	#isDark = false;
	readonly #came = new Uint16Array(USER_KINDS.length); // since the last second
	// sums of the running minute
	readonly #levelSum: Float64Array;
	readonly #wattSum = new Float64Array(CAUSES.length);
	readonly #cameSum = new Uint16Array(USER_KINDS.length);
	#oldSum = 0;

	constructor(options: HistoryOptions) {
		const { lamps } = options;
		this.#options = options;
		this.lampsPerRow = Math.ceil(lamps / ROWS_MOST);
		const rows = Math.ceil(lamps / this.lampsPerRow);
		this.#fine = new Ring(SECOND, FINE, rows);
		this.#coarse = new Ring(MINUTE, ((options.hours ?? HOURS) * HOUR) / MINUTE, rows);
		this.#share = new Courses(lamps, NaN);
		this.#cause = new Uint8Array(lamps);
		this.#doubted = new Uint8Array(lamps);
		this.#watts = new Float64Array(CAUSES.length);
		this.#levelSum = new Float64Array(rows);
	}

	/** The samples of [from, to) at the finest step that is kept from `from` on. */
	slice(from: number, to: number, step: number): Slice {
		const ring = step < MINUTE ? this.#fine : this.#coarse;
		return ring.slice(from, to, this.lampsPerRow);
	}

	/** Virtual ms from which there is a sample a second. */
	get fineFrom(): number {
		return Math.max(0, this.#fine.count - FINE) * SECOND;
	}

	onBoot(at: number, lamp: number): void {
		this.#change(at, lamp, 0, 0, at);
		this.#setCause(lamp, DEFAULT);
	}
	onEnd(at: number, lamp: number): void {
		this.#change(at, lamp, NaN, NaN, at);
		this.#setCause(lamp, 0);
		this.#doubted[lamp] = 0;
	}
	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#change(at, lamp, duty / FULL_DUTY, to / FULL_DUTY, until);
	}
	onDaylight(_at: number, lux: number): void {
		this.#lux = lux;
		this.#isDark = this.#isDark ? lux < this.#options.offLevel : lux < this.#options.onLevel;
	}

	/** A road user entered the street. */
	onArrival(_at: number, kind: UserKind): void {
		this.#came[USER_KINDS.indexOf(kind)]!++;
	}

	/** The lamp reported that a sensor of its is unreliable, or reliable again. */
	setDoubt(lamp: number, doubted: boolean): void {
		this.#doubted[lamp] = doubted ? 1 : 0;
		const cause = this.#cause[lamp]!;
		if (cause !== PRESENT && cause !== NEIGHBOURS && cause !== DOUBT) return;
		this.#setCause(lamp, doubted ? DOUBT : NEIGHBOURS);
	}

	/** Receives all effects; lamps from 0. */
	readonly onEffect = (
		kind: EffectKind,
		_at: number,
		lamp: number,
		_value: number,
		bytes: Uint8Array,
	): void => {
		if (kind !== EFFECT.indicate) return;
		this.#setCause(lamp, causeIn(bytes, this.#doubted[lamp] === 1));
	};

	advance(at: number): void {
		while (this.#fine.count * SECOND <= at) this.#sample();
	}

	#change(at: number, lamp: number, share: number, to: number, until: number): void {
		const cause = this.#cause[lamp]!;
		if (!this.#moving.delete(lamp)) this.#watts[cause]! -= this.#wattsOf(Infinity, lamp);
		this.#share.set(at, lamp, share, to, until);
		if (until > at) this.#moving.add(lamp);
		else this.#watts[cause]! += this.#wattsOf(Infinity, lamp);
	}

	#setCause(lamp: number, cause: number): void {
		if (!this.#moving.has(lamp)) {
			const watts = this.#wattsOf(Infinity, lamp);
			this.#watts[this.#cause[lamp]!]! -= watts;
			this.#watts[cause]! += watts;
		}
		this.#cause[lamp] = cause;
	}

	#wattsOf(at: number, lamp: number): number {
		const share = this.#share.valueAt(at, lamp);
		return Number.isNaN(share) ? 0 : mainsPower(share, this.#options);
	}

	readonly #shareOf = (at: number, lamp: number): number => this.#share.valueAt(at, lamp);

	#sample(): void {
		const ring = this.#fine;
		const { lamps, oldLampPower_W } = this.#options;
		const { place, rows } = ring;
		const at = ring.count * SECOND;
		for (let row = 0; row < rows; row++) {
			const level = this.#levelOf(at, row);
			ring.levels[place * rows + row] = level;
			ring.causes[place * rows + row] = this.#causeOf(row);
			this.#levelSum[row]! += level === UNPOWERED ? 0 : level;
		}
		const old = this.#isDark ? lamps * oldLampPower_W : 0;
		ring.lux[place] = this.#lux;
		ring.oldPower[place] = old;
		const watts = ring.power.subarray(place * CAUSES.length, (place + 1) * CAUSES.length);
		watts.set(this.#watts);
		for (const lamp of this.#moving) watts[this.#cause[lamp]!]! += this.#wattsOf(at, lamp);
		ring.users.set(this.#came, place * USER_KINDS.length);
		for (let n = 0; n < CAUSES.length; n++) this.#wattSum[n]! += watts[n]!;
		for (let n = 0; n < USER_KINDS.length; n++) this.#cameSum[n]! += this.#came[n]!;
		this.#oldSum += old;
		this.#came.fill(0);
		ring.count++;
		if ((ring.count * SECOND) % MINUTE === 0) this.#minute(place);
	}

	/** Light of a row, per cent: the mean of its lamps with power. */
	#levelOf(at: number, row: number): number {
		const { lamps, lightOf = this.#shareOf } = this.#options;
		const first = row * this.lampsPerRow;
		const last = Math.min(lamps, first + this.lampsPerRow);
		let [sum, powered] = [0, 0];
		for (let lamp = first; lamp < last; lamp++) {
			if (Number.isNaN(this.#shareOf(at, lamp))) continue;
			sum += lightOf(at, lamp);
			powered++;
		}
		return powered === 0 ? UNPOWERED : Math.round((100 * sum) / powered);
	}

	/** The strongest cause of a row: the later in CAUSES. */
	#causeOf(row: number): number {
		const first = row * this.lampsPerRow;
		const last = Math.min(this.#options.lamps, first + this.lampsPerRow);
		let cause = 0;
		for (let lamp = first; lamp < last; lamp++) cause = Math.max(cause, this.#cause[lamp]!);
		return cause;
	}

	/** Means and sums of the minute that ends with the second at `fine`. */
	#minute(fine: number): void {
		const ring = this.#coarse;
		const { place, rows } = ring;
		const seconds = MINUTE / SECOND;
		for (let row = 0; row < rows; row++) {
			const last = this.#fine.levels[fine * rows + row]!;
			const mean = Math.round(this.#levelSum[row]! / seconds);
			ring.levels[place * rows + row] = last === UNPOWERED ? UNPOWERED : mean;
			ring.causes[place * rows + row] = this.#fine.causes[fine * rows + row]!;
		}
		ring.lux[place] = this.#lux;
		ring.oldPower[place] = this.#oldSum / seconds;
		for (let n = 0; n < CAUSES.length; n++)
			ring.power[place * CAUSES.length + n] = this.#wattSum[n]! / seconds;
		ring.users.set(this.#cameSum, place * USER_KINDS.length);
		this.#levelSum.fill(0);
		this.#wattSum.fill(0);
		this.#cameSum.fill(0);
		this.#oldSum = 0;
		ring.count++;
	}
}
