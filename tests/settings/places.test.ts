/** Places: each kind is valid as a whole, and every night of a year has light at its classes. */
import { describe, expect, test } from "@jest/globals";
import { printPoint } from "../../src/lighting/program.js";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { valuesOfPlace } from "../../src/settings/places.js";
import { brokenRule } from "../../src/settings/rules.js";
import {
	type Changes,
	DEFAULTS,
	type Settings,
	settingOf,
	withValues,
} from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";
import { parseNamedProgram, parseProgram } from "../support/programtext.js";

const { kind } = settingOf("place")!;
const KINDS = (kind.type === "choice" ? kind.choices : []).slice(1) as Settings["place"][];

function settingsOf(place: Settings["place"]): Settings {
	const changes: Changes = { place, installedMean: place === "throughRoad" ? 1 : 20 };
	for (const [name, text] of valuesOfPlace(place)) {
		const value = validate(name, text, VALIDATORS);
		if (isRejection(value)) throw new Error(`${place}: ${name} ${value.why}`);
		changes[name] = value;
	}
	return withValues(DEFAULTS, changes);
}

test("the kinds that were asked for", () => {
	expect(KINDS).toEqual([
		"residential",
		"shopping",
		"school",
		"crossing",
		"park",
		"square",
		"throughRoad",
		"darkCorridor",
	]);
	expect(valuesOfPlace("none")).toEqual([]);
});

describe.each(KINDS)("%s", (place) => {
	test("is valid, and all rules hold", () => {
		expect(brokenRule(settingsOf(place))?.why).toBeUndefined();
	});
	test("names classes of one kind, none above the design", () => {
		const { fullClass, program, program2 } = settingsOf(place);
		const named = parseNamedProgram(program2);
		const programs = [parseProgram(program), "program" in named ? named.program : undefined];
		for (const each of programs) {
			if (!each) continue;
			if (!("points" in each)) throw new Error(each.why);
			for (const point of each.points) {
				if (point.level === 0) continue;
				const name = printPoint(point).split(" ")[1]!;
				expect(name[0]).toBe(fullClass[0]);
				expect(Number(name[1])).toBeGreaterThanOrEqual(Number(fullClass[1]));
			}
		}
	});
});
