/**
 * Way year: a lamp's year in each way of lighting (lib/ways/ways.ts), by the firmware's own forecast of
 * each night and the expectation of lib/firmware/lampyear.ts.
 *
 * Ways without controllers have no power by day and none for a controller: the cabin switches the
 * feed.
 */

import { type Changes, DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import {
	MODEL_TOLERANCE,
	POWER_TOLERANCE,
	rangeOf,
	spreadOf,
	TRAFFIC_FACTORS,
} from "../ways/range.js";
import { clockOf, hourlyProgram, passagesOut, type Traffic } from "../ways/traffic.js";
import {
	FLOOR,
	mixedWay,
	NO_RELIGHT,
	OUT_FROM,
	OUT_UNTIL,
	WAYS,
	type Way,
	type WayName,
	wayOf,
} from "../ways/ways.js";
import type { WayYear } from "../ways/year.js";
import { oldLampYear, yearOf } from "./lampyear.js";

/**
 * Further time at full by the neighbours' reports, ms: light precedes a road user by `lightAhead`, and
 * a movement lights two poles to either side until its direction is known. Four simulated hours agree
 * within the model's tolerance (tests/sim/report/ways.test.ts).
 */
const NEIGHBOURS_AHEAD = 12_000;
/** The settings of a lamp from those that a street states. */
export function streetLamp(stated: Readonly<Record<string, unknown>>): Settings {
	return withValues(DEFAULTS, stated as Changes);
}

/** The settings of a lamp in a way; `base`: its place and powers. */
export function settingsAs(way: Way, base: Settings, traffic: Traffic): Settings {
	const { name, hasNode, steps } = way;
	const plain = { calendar: "", program2: "", program3: "", program4: "", minimumLightsOn: 0 };
	const levels = { fullClass: "percent", floorClass: "percent", fullLevel: 100, maxLevel: 100 };
	const feed = hasNode ? {} : { controllerPower_W: 0, standbyPower_W: 0 };
	const common = { ...plain, ...levels, ...feed, presenceLevel: 0, lightProtected: false };
	const changes = steps
		? { sensorEffect: "none", floorLevel: 0, ...nightsOf(way) }
		: name === "hourly"
			? { sensorEffect: "none", floorLevel: FLOOR, program: hourlyProgram(traffic) }
			: { sensorEffect: "max", floorLevel: FLOOR, program: "12:00 0" };
	return withValues(base, { ...common, ...changes } as Changes);
}

/** Programs and calendar of a way that follows the clock. */
export function nightsOf({ steps = [], out }: Way): Record<string, string> {
	const all = steps.map(([hour, level]) => `${clockOf(hour)} ${level}`);
	if (!out) return { program: all.join("; ") };
	const darkened = [all.join("; "), `${clockOf(OUT_FROM)} out`];
	const summer = `${NO_RELIGHT.join("..")}: summer`;
	return {
		program: [...darkened, `${clockOf(OUT_UNTIL)} 100`].join("; "),
		program2: `summer: ${darkened.join("; ")}`,
		...(out === "each"
			? { calendar: summer }
			: { program3: `lit: ${all.join("; ")}`, calendar: `Fri,Sat,eve: lit; ${summer}` }),
	};
}

export function wayYear(name: WayName, base: Settings, year: number, traffic: Traffic): WayYear {
	const way = wayOf(name);
	if (name === "mixed") {
		const as = mixedWay(passagesOut(traffic));
		return { ...wayYear(as, base, year, traffic), name, as };
	}
	if (name === "sodium") return sodiumYear(base, year, traffic);
	const settings = settingsAs(way, base, traffic);
	const ahead = name === "neighbours" ? NEIGHBOURS_AHEAD : 0;
	const of = (users: Traffic) => yearOf(settings, year, users, ahead);
	const mid = of(traffic);
	const changed = (factor: number) => of(traffic.map((count) => factor * count)).energy_kWh;
	const ends = way.hasSensor ? TRAFFIC_FACTORS.map(changed) : [];
	const own = (tolerance: number) => (mid.energy_kWh * tolerance) / 100;
	const byModel = own(MODEL_TOLERANCE);
	const byPower = own(POWER_TOLERANCE);
	return {
		name,
		energy_kWh: rangeOf(mid.energy_kWh, {
			power: [byPower, byPower],
			traffic: spreadOf(mid.energy_kWh, ...ends),
			model: [byModel, byModel],
		}),
		dark_h: mid.dark_h,
		unlit_h: way.hasSensor ? 0 : mid.dark_h - mid.lit_h,
		unlit: rangeOf(mid.unlit, {
			traffic: spreadOf(mid.unlit, ...TRAFFIC_FACTORS.map((factor) => factor * mid.unlit)),
		}),
		below: way.hasSensor ? null : share(mid.below, mid.passages),
	};
}

const share = (part: number, whole: number): number => (whole > 0 ? (100 * part) / whole : 0);

/** The old lamp: its power by the ballast's age is the model's error. */
function sodiumYear(base: Settings, year: number, traffic: Traffic): WayYear {
	const full = yearOf(settingsAs(wayOf("full"), base, traffic), year, traffic);
	const energy = oldLampYear(base, year);
	const error = (energy * MODEL_TOLERANCE) / 100;
	return {
		name: "sodium",
		energy_kWh: rangeOf(energy, { model: [error, error] }),
		dark_h: full.dark_h,
		unlit_h: 0,
		unlit: rangeOf(0, {}),
		below: 0,
	};
}

/** All ways, one after the other, so that a server can answer others in between. */
export function* wayYears(base: Settings, year: number, traffic: Traffic): Generator<WayYear> {
	for (const { name } of WAYS) yield wayYear(name, base, year, traffic);
}
