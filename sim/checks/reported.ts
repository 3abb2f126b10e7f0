/**
 * reported: level, illuminance and time of a state are those of the world at its instant.
 *
 * A chance is a state that reached the broker within the life that it describes. The illuminance is
 * filtered as docs/sensing.md states: each reading by its duration, half after twenty seconds.
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { fieldsIn, instant, number } from "../util/fields.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

/** A driver on a bus goes by spans of 100 ms, and arrives earlier than the fade by up to 150, ms. */
const EARLY = 150;
/** A fade by order whose levels on a bus come seconds apart, ms. */
const SLOW = 20_000;
/** A level is reported in tenths; the driver's curve has steps of 2.8 %. */
const LEVEL_APART = 0.3;
/** Illuminance is reported in tenths. */
const LUX_APART = 0.3;
const LUX_SHARE = 0.03;
const INERTIA = 20_000;
/** Error of a right date: half a second and 100 ppm for a day. */
const DATE_ERROR = 10_000;
/** From the first right answer on the reports have the date. */
const DATED_AFTER = MINUTE;
/** A board asks its sensor at intervals: until then a life has no reading. */
const FIRST_READING = MINUTE;
/** A sensor without a reading for so long is silent: none is reported any more (docs/sensing.md). */
const SILENT = 24 * HOUR;

interface Meter {
	level: number;
	reading: number;
	at: number;
}

export class Reported extends Tally {
	readonly name = "reported";
	readonly #bootAt: Float64Array;
	readonly #meters: (Meter | undefined)[];
	readonly #onBus: {
		readonly at: number;
		readonly lamp: number;
		readonly reported: number | undefined;
	}[] = [];

	constructor(
		private readonly lamps: Lamps,
		private readonly epochUtc: number,
	) {
		super();
		this.#bootAt = new Float64Array(lamps.count).fill(NaN);
		this.#meters = new Array(lamps.count).fill(undefined);
	}

	onBoot(at: number, lamp: number): void {
		this.#bootAt[lamp] = at;
		this.#meters[lamp] = undefined;
	}

	/** A reading that the lamp received. */
	onIlluminance(at: number, lamp: number, lux: number): void {
		const meter = this.#meters[lamp];
		this.#meters[lamp] = { level: meter ? luxAt(meter, at) : lux, reading: lux, at };
	}

	onReport(arrived: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix !== "state") return;
		const fields = fieldsIn(payload);
		const uptime = number(fields?.uptime_ms);
		if (!fields || uptime === undefined) return;
		const at = this.#bootAt[lamp]! + uptime;
		if (!(at <= arrived)) return; // of a life before
		if (this.lamps.changedAt[lamp]! > at) {
			this.leave("the light has moved since");
			return;
		}
		this.judge();
		const { configured, driven } = this.lamps;
		const reported = number(fields.actualLightState);
		if (configured.hasBus) this.#onBus.push({ at, lamp, reported });
		else if (!driven.mayBeBright(at, lamp)) this.#level(at, lamp, reported);
		this.#lux(at, lamp, number(fields.lightLevel), fields.lightLevelSaturated === true);
		this.#time(at, lamp, instant(fields.time));
	}

	/** A driver on a bus follows a moment later: its level is compared where nothing moved by then. */
	advance(now: number): void {
		const { lamps } = this;
		while (this.#onBus.length > 0 && this.#onBus[0]!.at + EARLY <= now) {
			const { at, lamp, reported } = this.#onBus.shift()!;
			const isMoving = lamps.changedAt[lamp]! > at || lamps.movesUntil(lamp) > at - EARLY;
			const isOther = lamps.driven.mayBeUnset(at, lamp) || lamps.driven.mayBeBright(at, lamp);
			// a driver reaches the end of a rise 100 ms before: a slow fade may begin at either light
			const isSlow = lamps.orders
				.possible(at, lamp, "override")
				.some(({ order }) => (order.ramp ?? 0) > SLOW);
			if (!isMoving && !isOther && !isSlow) this.#level(at, lamp, reported);
		}
	}

	#level(at: number, lamp: number, reported: number | undefined): void {
		const { lamps } = this;
		const levels = [lamps.level(at, lamp)];
		// a light that jumps in the millisecond of the report has both levels
		if (lamps.changedAt[lamp] === at) levels.push(lamps.levelBefore[lamp]!);
		const isGiven = levels.some(
			(level) =>
				lamps.isAtLeast(at, lamp, (reported ?? 0) - LEVEL_APART, level) &&
				lamps.isAtMost(at, lamp, (reported ?? 0) + LEVEL_APART, level),
		);
		if (reported !== undefined && isGiven) return;
		this.offend(at, lamp, `${reported} % reported, ${lamps.level(at, lamp).toFixed(1)} % given`);
	}

	#lux(at: number, lamp: number, reported: number | undefined, isSaturated: boolean): void {
		const meter = this.#meters[lamp];
		if (!meter || meter.at > at || isSaturated) return;
		// a sensor on the bus is asked each 5 s, and has a dead band of its own
		const { photocell, hasLowerSensor } = this.lamps.configured;
		if (photocell === false || hasLowerSensor) return;
		const isNew = at < this.#bootAt[lamp]! + FIRST_READING;
		if (reported === undefined && (isNew || at >= meter.at + SILENT)) return;
		const lux = luxAt(meter, at);
		const isSame =
			reported !== undefined && Math.abs(reported - lux) <= LUX_APART + LUX_SHARE * lux;
		if (!isSame) this.offend(at, lamp, `${reported} lx reported, ${lux.toFixed(1)} lx measured`);
	}

	#time(at: number, lamp: number, reported: number | undefined): void {
		const { dates } = this.lamps;
		const isRight = dates.isRight(at - DATED_AFTER, lamp) && dates.errorOf(at, lamp) === 0;
		if (!isRight || !dates.isRight(at, lamp)) return;
		const error = reported === undefined ? Infinity : Math.abs(reported - this.epochUtc - at);
		if (error <= DATE_ERROR) return;
		const date = reported === undefined ? "no time" : new Date(reported).toISOString();
		this.offend(at, lamp, `${date} reported, ${(error / 1000).toFixed(0)} s from the truth`);
	}
}

function luxAt({ level, reading, at }: Meter, now: number): number {
	const stood = Math.max(0, now - at);
	return level + (reading - level) * (stood / (stood + INERTIA));
}
