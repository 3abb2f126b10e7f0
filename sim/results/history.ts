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
import { PRESENCE, REASON } from "../../src/indication.js";
import type { Witness } from "../street/witness.js";
import { USER_KINDS, type UserKind } from "../world/timetable.js";
import { FULL_DUTY } from "../world/world.js";
import { type MeterOptions, mainsPower } from "./meter.js";

const SECOND = 1000;
const FINE = HOUR / SECOND;
const HOURS = 48;
export const ROWS_MOST = 200;
/** Level of a row without power; else per cent. */
export const UNPOWERED = 255;

/** Causes of light, in the order of their codes. */
export const CAUSES = [
	"none",
	"default",
	"program",
	"presence",
	"neighbours",
	"doubt",
	"order",
	"emergency",
	"fault",
] as const;
const DEFAULT = CAUSES.indexOf("default");
const PRESENT = CAUSES.indexOf("presence");
const NEIGHBOURS = CAUSES.indexOf("neighbours");
const DOUBT = CAUSES.indexOf("doubt");
/** By the place of the lamp's own reason in REASON. */
const CAUSE_OF = ["default", "program", "presence", "order", "emergency", "fault"].map((cause) =>
	(CAUSES as readonly string[]).indexOf(cause),
);

interface HistoryOptions extends MeterOptions {
	readonly lamps: number;
	/** Hours of which a sample a minute is kept; absent: two nights. */
	readonly hours?: number;
	/** True light of a lamp (from 0), 0 to 1; absent: its share of the PWM. */
	readonly lightOf?: (lamp: number) => number;
}

/** Samples from `from` on, one each `step` ms; arrays of one row hold `count` values. */
export interface Slice {
	readonly from: number;
	readonly step: number;
	readonly count: number;
	readonly rows: number;
	readonly lampsPerRow: number;
	/** Row after row of one instant, then the next instant. */
	readonly levels: Uint8Array;
	readonly causes: Uint8Array;
	readonly lux: Float32Array;
	/** Watts by cause, one instant after the other. */
	readonly power: Float32Array;
	readonly oldPower: Float32Array;
	/** Road users that came in each step, by kind. */
	readonly users: Uint16Array;
}

class Ring {
	readonly levels: Uint8Array;
	readonly causes: Uint8Array;
	readonly lux: Float32Array;
	readonly power: Float32Array;
	readonly oldPower: Float32Array;
	readonly users: Uint16Array;
	/** Samples so far; number n is of the instant n x step. */
	count = 0;

	constructor(
		readonly step: number,
		readonly size: number,
		readonly rows: number,
	) {
		this.levels = new Uint8Array(size * rows);
		this.causes = new Uint8Array(size * rows);
		this.lux = new Float32Array(size);
		this.power = new Float32Array(size * CAUSES.length);
		this.oldPower = new Float32Array(size);
		this.users = new Uint16Array(size * USER_KINDS.length);
	}

	get place(): number {
		return this.count % this.size;
	}

	/** The samples of [from, to), as far as they are kept. */
	slice(from: number, to: number, lampsPerRow: number): Slice {
		const { step, size, rows } = this;
		const first = Math.max(0, this.count - size, Math.ceil(from / step));
		const last = Math.max(first, Math.min(this.count, Math.ceil(to / step)));
		const cut = <T extends Uint8Array | Uint16Array | Float32Array>(array: T, width: number): T => {
			const made = array.slice(0, 0).constructor as new (length: number) => T;
			const out = new made((last - first) * width);
			for (let n = first; n < last; n++) {
				const at = (n % size) * width;
				out.set(array.subarray(at, at + width), (n - first) * width);
			}
			return out;
		};
		return {
			from: first * step,
			step,
			count: last - first,
			rows,
			lampsPerRow,
			levels: cut(this.levels, rows),
			causes: cut(this.causes, rows),
			lux: cut(this.lux, 1),
			power: cut(this.power, CAUSES.length),
			oldPower: cut(this.oldPower, 1),
			users: cut(this.users, USER_KINDS.length),
		};
	}
}

export class History implements Witness {
	readonly lampsPerRow: number;
	readonly #options: HistoryOptions;
	readonly #fine: Ring;
	readonly #coarse: Ring;
	readonly #share: Float64Array; // of the PWM; NaN: no power
	readonly #cause: Uint8Array;
	readonly #doubted: Uint8Array;
	readonly #watts: Float64Array; // by cause, now
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
		this.#share = new Float64Array(lamps).fill(NaN);
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

	onBoot(_at: number, lamp: number): void {
		this.#change(lamp, 0, DEFAULT);
	}
	onEnd(_at: number, lamp: number): void {
		this.#change(lamp, NaN, 0);
		this.#doubted[lamp] = 0;
	}
	onDuty(_at: number, lamp: number, duty: number): void {
		this.#change(lamp, duty / FULL_DUTY, this.#cause[lamp]!);
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
		this.#change(lamp, this.#share[lamp]!, doubted ? DOUBT : NEIGHBOURS);
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
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const isVacant = PRESENCE[view.getFloat32(0, true)] === "vacant";
		const reason = view.getFloat32(8, true);
		let cause = CAUSE_OF[reason] ?? 0;
		if (REASON[reason] === "sensor" && isVacant) cause = this.#doubted[lamp] ? DOUBT : NEIGHBOURS;
		this.#change(lamp, this.#share[lamp]!, cause);
	};

	advance(at: number): void {
		while (this.#fine.count * SECOND <= at) this.#sample();
	}

	#change(lamp: number, share: number, cause: number): void {
		this.#watts[this.#cause[lamp]!]! -= this.#wattsOf(this.#share[lamp]!);
		this.#share[lamp] = share;
		this.#cause[lamp] = cause;
		this.#watts[cause]! += this.#wattsOf(share);
	}

	#wattsOf(share: number): number {
		if (Number.isNaN(share)) return 0;
		return mainsPower(share, this.#options);
	}

	#sample(): void {
		const ring = this.#fine;
		const { lamps, oldLampPower_W } = this.#options;
		const { place, rows } = ring;
		for (let row = 0; row < rows; row++) {
			const level = this.#levelOf(row);
			ring.levels[place * rows + row] = level;
			ring.causes[place * rows + row] = this.#causeOf(row);
			this.#levelSum[row]! += level === UNPOWERED ? 0 : level;
		}
		const old = this.#isDark ? lamps * oldLampPower_W : 0;
		ring.lux[place] = this.#lux;
		ring.oldPower[place] = old;
		ring.power.set(this.#watts, place * CAUSES.length);
		ring.users.set(this.#came, place * USER_KINDS.length);
		for (let n = 0; n < CAUSES.length; n++) this.#wattSum[n]! += this.#watts[n]!;
		for (let n = 0; n < USER_KINDS.length; n++) this.#cameSum[n]! += this.#came[n]!;
		this.#oldSum += old;
		this.#came.fill(0);
		ring.count++;
		if ((ring.count * SECOND) % MINUTE === 0) this.#minute(place);
	}

	/** Light of a row, per cent: the mean of its lamps with power. */
	#levelOf(row: number): number {
		const { lamps, lightOf = (lamp: number) => this.#share[lamp]! } = this.#options;
		const first = row * this.lampsPerRow;
		const last = Math.min(lamps, first + this.lampsPerRow);
		let [sum, powered] = [0, 0];
		for (let lamp = first; lamp < last; lamp++) {
			if (Number.isNaN(this.#share[lamp]!)) continue;
			sum += lightOf(lamp);
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
