/**
 * Option year: a lamp's year with each option for lighting a street (lib/lightingoptions/options.ts), by the firmware's own forecast of
 * each night and the expectation of lib/firmware/lampyear.ts.
 *
 * Options without controllers have no power by day and none for a controller: the cabinet switches the
 * feed.
 */

import { type Changes, DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import {
	FLOOR,
	LIGHTING_OPTIONS,
	type LightingOption,
	mixedOption,
	NO_RELIGHT,
	type OptionName,
	OUT_FROM,
	OUT_UNTIL,
	optionOf,
	withFloor,
} from "../lightingoptions/options.js";
import {
	MODEL_TOLERANCE,
	POWER_TOLERANCE,
	rangeOf,
	spreadOf,
	TRAFFIC_FACTORS,
} from "../lightingoptions/range.js";
import { clockOf, hourlyProgram, passagesOut, type Traffic } from "../lightingoptions/traffic.js";
import type { OptionYear } from "../lightingoptions/year.js";
import { oldLampYear, yearOf } from "./lampyear.js";

/**
 * Further time at full by the neighbours' reports, ms: light precedes a road user by `lightAhead`, and
 * a movement lights two poles to either side until its direction is known. Four simulated hours agree
 * within the model's tolerance (tests/sim/report/comparedoptions.street.test.ts).
 */
const NEIGHBOURS_AHEAD = 12_000;
/** The settings of a lamp from those that a street states. */
export function streetLamp(stated: Readonly<Record<string, unknown>>): Settings {
	return withValues(DEFAULTS, stated as Changes);
}

/** The settings of a lamp with an option; `base`: its place and powers; `floor`: per cent. */
export function settingsAs(
	option: LightingOption,
	base: Settings,
	traffic: Traffic,
	floor = FLOOR,
): Settings {
	const { name, hasNode, steps } = option;
	const plain = { calendar: "", program2: "", program3: "", program4: "", minimumLightsOn: 0 };
	const levels = { fullClass: "percent", floorClass: "percent", fullLevel: 100, maxLevel: 100 };
	const feed = hasNode ? {} : { controllerPower_W: 0, standbyPower_W: 0 };
	const common = { ...plain, ...levels, ...feed, presenceLevel: 0, lightProtected: false };
	const changes = steps
		? { sensorEffect: "none", floorLevel: 0, ...nightsOf(withFloor(option, floor)) }
		: name === "hourly"
			? { sensorEffect: "none", floorLevel: floor, program: hourlyProgram(traffic) }
			: { sensorEffect: "max", floorLevel: floor, program: "12:00 0" };
	return withValues(base, { ...common, ...changes } as Changes);
}

/** Programs and calendar of an option that follows the clock. */
export function nightsOf({ steps = [], out }: LightingOption): Record<string, string> {
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

export function optionYear(
	name: OptionName,
	base: Settings,
	year: number,
	traffic: Traffic,
	floor = FLOOR,
): OptionYear {
	const option = optionOf(name);
	if (name === "mixed") {
		const as = mixedOption(passagesOut(traffic));
		return { ...optionYear(as, base, year, traffic, floor), name, as };
	}
	if (name === "sodium") return sodiumYear(base, year, traffic);
	const settings = settingsAs(option, base, traffic, floor);
	const ahead = name === "neighbours" ? NEIGHBOURS_AHEAD : 0;
	const of = (users: Traffic) => yearOf(settings, year, users, ahead);
	const mid = of(traffic);
	const changed = (factor: number) => of(traffic.map((count) => factor * count)).energy_kWh;
	const ends = option.hasSensor ? TRAFFIC_FACTORS.map(changed) : [];
	const errorOf = (tolerance: number) => (mid.energy_kWh * tolerance) / 100;
	const byModel = errorOf(MODEL_TOLERANCE);
	const byPower = errorOf(POWER_TOLERANCE);
	return {
		name,
		energy_kWh: rangeOf(mid.energy_kWh, {
			power: [byPower, byPower],
			traffic: spreadOf(mid.energy_kWh, ...ends),
			model: [byModel, byModel],
		}),
		passages: mid.passages,
		dark_h: mid.dark_h,
		unlit_h: option.hasSensor ? 0 : mid.dark_h - mid.lit_h,
		unlit: rangeOf(mid.unlit, {
			traffic: spreadOf(mid.unlit, ...TRAFFIC_FACTORS.map((factor) => factor * mid.unlit)),
		}),
		below: option.hasSensor ? null : share(mid.below, mid.passages),
	};
}

const share = (part: number, total: number): number => (total > 0 ? (100 * part) / total : 0);

/** The old lamp: its power by the ballast's age is the model's error. */
function sodiumYear(base: Settings, year: number, traffic: Traffic): OptionYear {
	const full = yearOf(settingsAs(optionOf("full"), base, traffic), year, traffic);
	const energy = oldLampYear(base, year);
	const error = (energy * MODEL_TOLERANCE) / 100;
	return {
		name: "sodium",
		energy_kWh: rangeOf(energy, { model: [error, error] }),
		passages: full.passages,
		dark_h: full.dark_h,
		unlit_h: 0,
		unlit: rangeOf(0, {}),
		below: 0,
	};
}

/** All options, one after the other, so that a server can answer others in between. */
export function* optionYears(
	base: Settings,
	year: number,
	traffic: Traffic,
): Generator<OptionYear> {
	for (const { name } of LIGHTING_OPTIONS) yield optionYear(name, base, year, traffic);
}
