/**
 * Year: modelled energy of one lamp over the nights of a year, by the firmware's own forecast.
 *
 * Standby by day, controller and driver are in it. Presence is an expectation: road users come at
 * random (Poisson), `rate` an hour, so the lamp is at the presence level for 1 - e^(-rate T) of the
 * time, T being `hold` and the time in the sensor's range, and at `lingerLevel` for the time
 * `linger` after it.
 */

import type { NightWalk } from "../../src/explain/preview.js";
import { driverOutput } from "../../src/lighting/output.js";
import { powerOf } from "../../src/meter/power.js";
import { walkOf } from "../../src/node/schedule/preview.js";
import { fullLevelOf, presenceLevelOf } from "../../src/settings/classes.js";
import { type Changes, type Settings, withValues } from "../../src/settings/table.js";
import { offsetAt } from "../../src/time/zone.js";
import type { Percent, UtcMillis } from "../../src/units.js";
import { HOUR } from "../spans.js";

const DAY = 24 * HOUR;
/** A walker crosses a sensor's range of 8 m in about this time, ms. */
const IN_RANGE = 6000;

/** Road users at the lamp in each hour of the wall clock, from midnight; absent: nobody. */
export type Traffic = readonly number[];

interface YearEnergy {
	readonly energy_kWh: number;
	/** Time in which it is dark by the sun. */
	readonly dark_h: number;
	readonly lit_h: number;
	/** Share of the dark at the presence level, per cent. */
	readonly occupied: number;
	/** Expected passages at night; of these where the program asks for less than the full class, and for none. */
	readonly passages: number;
	readonly below: number;
	readonly unlit: number;
}

/**
 * The nights whose evening is in `year`. `ahead`: further time for which a road user lights the lamp,
 * ms, by its neighbours' reports.
 */
export function yearOf(
	settings: Settings,
	year: number,
	traffic: Traffic = [],
	ahead = 0,
): YearEnergy {
	const first = Date.UTC(year, 0, 1) / DAY;
	const last = Date.UTC(year + 1, 0, 1) / DAY;
	let [wattMs, dark, lit, occupied] = [0, 0, 0, 0];
	let [passages, below, unlit] = [0, 0, 0];
	for (let day = first; day < last; day++) {
		const walk = walkOf(settings, day);
		const { start, end } = walk.night;
		let from: number | undefined;
		while (walk.next()) {
			from ??= walk.from;
			const piece = pieceOf(walk, settings, traffic, ahead);
			wattMs += piece.wattMs;
			occupied += piece.occupied;
			lit += piece.lit;
			passages += piece.passages;
			if (walk.level < fullLevelOf(settings)) below += piece.passages;
			if (walk.level === 0) unlit += piece.passages;
		}
		const span = from === undefined ? 0 : walk.until - from;
		dark += span;
		wattMs += walk.dayPower * (end - start - span);
	}
	return {
		energy_kWh: wattMs / HOUR / 1000,
		dark_h: dark / HOUR,
		lit_h: lit / HOUR,
		occupied: dark > 0 ? (100 * occupied) / dark : 0,
		passages,
		below,
		unlit,
	};
}

/** Expected energy of a piece, hour by hour of the wall clock. */
function pieceOf(walk: NightWalk, settings: Settings, traffic: Traffic, ahead: number) {
	const { from, until, level, zone } = walk;
	const counts = settings.sensorEffect === "max";
	const power = (at: number) =>
		powerOf(driverOutput(at as Percent, walk.share, settings), settings);
	const full = Math.max(level, Math.min(presenceLevelOf(settings), settings.maxLevel));
	const half = Math.max(level, Math.min(settings.lingerLevel, full));
	let [wattMs, occupied, lit, passages] = [0, 0, 0, 0];
	for (let at: number = from; at < until; ) {
		const local = at + offsetAt(zone, at as UtcMillis);
		const next = Math.min(until, at + HOUR - (local % HOUR));
		const users = (traffic[Math.floor(local / HOUR) % 24] ?? 0) / HOUR;
		passages += users * (next - at);
		const rate = counts ? users : 0;
		const vacant = Math.exp(-rate * (settings.hold + IN_RANGE + ahead));
		const gone = vacant * Math.exp(-rate * settings.linger);
		const span = next - at;
		wattMs +=
			span * ((1 - vacant) * power(full) + (vacant - gone) * power(half) + gone * power(level));
		occupied += span * (1 - vacant);
		lit += level > 0 ? span : span * (1 - gone);
		at = next;
	}
	return { wattMs, occupied, lit, passages };
}

/** Energy of an old lamp with ballast that burns while it is dark, or out from `from` to `to`. */
export function oldLampYear(
	settings: Settings,
	year: number,
	out?: readonly [from: number, to: number],
): number {
	const two = (hour: number) => String(hour).padStart(2, "0");
	const program = out ? `12:00 100; ${two(out[0])}:00 out; ${two(out[1])}:00 100` : "12:00 100";
	const changes: Changes = {
		program,
		calendar: "",
		minimumLightsOn: 0,
		sensorEffect: "none",
		fullClass: "percent",
		floorClass: "percent",
		floorLevel: 0 as Percent,
	};
	const { lit_h } = yearOf(withValues(settings, changes), year);
	return (lit_h * settings.oldLampPower_W) / 1000;
}
