import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
	arbitrate,
	brighterOf,
	DAYLIGHT,
	type LightCommand,
	type Override,
	type Reason,
	type Requests,
} from "../../src/lighting/arbiter.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const ask = (reason: Reason, level: number): LightCommand => ({ reason, level: percent(level) });
const order = (level: number, inhibitSensors = false): Override => ({
	...ask("override", level),
	inhibitSensors,
});

describe("of two requests of the sensors", () => {
	const [dim, bright, alike] = [ask("sensor", 40), ask("sensor", 60), ask("sensor", 60)];
	test.each([
		["the brighter one, whichever it is", dim, bright, bright],
		["the brighter one, if it is the first", bright, dim, bright],
		["of equals the first", bright, alike, bright],
		["the only one, if it is the first", dim, undefined, dim],
		["the only one, if it is the second", undefined, dim, dim],
		["none of none", undefined, undefined, undefined],
	])("%s", (_why, first, second, expected) => {
		expect(brighterOf(first, second)).toBe(expected);
	});
});

describe("arbiter", () => {
	const base = ask("default", 100);
	const day = ask("program", 0);
	const night = ask("program", 20);
	const bright = ask("sensor", 80);
	const dim = ask("sensor", 10);
	const low = ask("program", 10);
	const all = ask("emergency", 100);
	const fireworks = order(0, true);
	const desk = order(40);
	const works = order(90);
	const DARK = true;
	const out: LightCommand = { ...day, belowFloor: true };
	const outForAll: LightCommand = { ...out, inhibitSensors: true };
	const cases: [why: string, dark: boolean, requests: Requests, winner: LightCommand][] = [
		["no other request: lit", DARK, { default: base }, base],
		["no other request, but it is day", false, { default: base }, DAYLIGHT],
		["nobody asks anything", DARK, {}, DAYLIGHT],
		["a valid program silences the default", DARK, { default: base, program: night }, night],
		["outside its periods the program asks 0 %, and gets it", DARK, { program: day }, day],
		["the program may light by day", false, { program: night }, night],
		["someone is there", DARK, { program: night, sensor: bright }, bright],
		["someone is there without a program", DARK, { sensor: bright }, bright],
		["someone is there, by day", false, { program: day, sensor: bright }, day],
		["a sensor never darkens", DARK, { program: night, sensor: dim }, night],
		["a sensor that asks the same changes no reason", DARK, { program: low, sensor: dim }, low],
		["the operator outranks the program, downwards", DARK, { program: base, override: desk }, desk],
		["the operator outranks the default", DARK, { default: base, override: desk }, desk],
		["the operator decides by day", false, { program: day, override: works }, works],
		[
			"the operator decides, people are still lit",
			DARK,
			{ override: desk, sensor: bright },
			bright,
		],
		[
			"unless the operator says otherwise",
			DARK,
			{ override: fireworks, sensor: bright },
			fireworks,
		],
		["lights are out, people are still lit", DARK, { program: out, sensor: bright }, bright],
		["unless the commune says otherwise", DARK, { program: outForAll, sensor: bright }, outForAll],
		[
			"which holds for its program alone, not for the operator's order",
			DARK,
			{ program: outForAll, override: desk, sensor: bright },
			bright,
		],
		["an emergency lights what is out", DARK, { program: outForAll, emergency: all }, all],
		["emergency raises whatever stands", DARK, { override: fireworks, emergency: all }, all],
		["emergency raises by day, too", false, { program: day, emergency: all }, all],
		["emergency only raises", DARK, { override: works, emergency: ask("emergency", 50) }, works],
	];
	test.each(cases)("%s", (_why, dark, requests, winner) => {
		expect(arbitrate(requests, dark)).toBe(winner);
	});

	test("reports a listener of each command that takes the lead, in order", () => {
		const leaders: LightCommand[] = [];
		const requests = { default: base, program: night, sensor: bright, override: desk };
		arbitrate({ ...requests, emergency: all }, DARK, (command) => leaders.push(command));
		expect(leaders).toEqual([night, desk, bright, all]);
	});
});

describe(`arbiter, any requests (seed ${SEED})`, () => {
	const level = fc.integer({ min: 0, max: 10 }).map((tenth) => tenth * 10);
	const maybe = (reason: Reason) =>
		fc.option(
			level.map((at) => ask(reason, at)),
			{ nil: undefined },
		);
	const anyRequests = fc.record({
		default: maybe("default"),
		program: maybe("program"),
		sensor: maybe("sensor"),
		override: fc.option(
			fc.tuple(level, fc.boolean()).map(([at, inhibit]) => order(at, inhibit)),
			{ nil: undefined },
		),
		emergency: maybe("emergency"),
	});
	const holds = (property: (requests: Requests, dark: boolean) => boolean) =>
		fc.assert(fc.property(anyRequests, fc.boolean(), property), { seed: SEED, numRuns: 2000 });
	const levelOf = (requests: Requests, dark: boolean) => arbitrate(requests, dark).level;

	test("a sensor never darkens", () =>
		holds((r, dark) => levelOf(r, dark) >= levelOf({ ...r, sensor: undefined }, dark)));
	test("an emergency never darkens, and is always met", () =>
		holds(
			(r, dark) =>
				levelOf(r, dark) >= levelOf({ ...r, emergency: undefined }, dark) &&
				levelOf(r, dark) >= (r.emergency?.level ?? 0),
		));
	test("in the dark a sensor that is not silenced is always met", () =>
		holds(
			(r) => r.override?.inhibitSensors === true || levelOf(r, true) >= (r.sensor?.level ?? 0),
		));
	test("by day neither sensor nor default changes anything", () =>
		holds(
			(r) =>
				arbitrate(r, false) === arbitrate({ ...r, sensor: undefined, default: undefined }, false),
		));
	test("under an override the program changes nothing", () =>
		holds(
			(r, dark) =>
				!r.override || arbitrate(r, dark) === arbitrate({ ...r, program: undefined }, dark),
		));
	test("it gives light only to one who asked for it", () =>
		holds((r, dark) => {
			const given = arbitrate(r, dark);
			return given === DAYLIGHT || Object.values(r).includes(given as Override);
		}));
});
