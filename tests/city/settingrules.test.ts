/** Setting rules of the contract: what the firmware's table says, value by value. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { CONTRACT_RULES } from "../../city/settingrules.js";
import type { SettingRules } from "../../lib/site/settingrules.js";
import { RULES } from "../../src/settings/rules.js";
import { SETTINGS } from "../../src/settings/table.js";
import { firmwareRules } from "../../tools/laptop/site/firmwarerules.js";

const FIRMWARE = firmwareRules();
const shown = SETTINGS.filter(({ secret }) => !secret);
/** Texts with a syntax, or a rule with another setting, that is the lamp's to know. */
const BEYOND = ["program", "namedProgram", "calendar", "holidays", "zone", "depreciation"];
const RULED = RULES.map(({ name, why }) => `${name} ${why}`);

function read(rules: SettingRules, name: string, cell: string) {
	const faults: string[] = [];
	const { values, sections } = rules.planned(
		[name],
		() => cell,
		({ en }) => faults.push(en),
	);
	return { faults, values: [...values], sections: [...sections] };
}

describe("each setting", () => {
	test.each(shown.map(({ name, kind }) => [name, kind] as const))("%s", (name, kind) => {
		const isBeyond = BEYOND.includes(kind.type);
		const numbers =
			kind.type === "number"
				? [kind.min, kind.max, kind.min - kind.step, kind.max + kind.step, kind.min + kind.step / 2]
				: [];
		const likely = fc.oneof(
			fc.constantFrom(
				"true",
				"on",
				"off",
				"none",
				"all",
				"a/b",
				"a,b",
				"1,5",
				"-0",
				"",
				"x".repeat(65),
			),
			fc.constantFrom(...numbers.map(String), ...(kind.type === "choice" ? kind.choices : ["1"])),
			fc.integer({ min: -10, max: 5000 }).map(String),
			fc.integer({ min: -10, max: 5000 }).map((tenths) => String(tenths / 10)),
			fc.string({ maxLength: 70 }),
		);
		fc.assert(
			fc.property(likely, (cell) => {
				const [city, lamp] = [read(CONTRACT_RULES, name, cell), read(FIRMWARE, name, cell)];
				const unruled = lamp.faults.filter((fault) => !RULED.includes(fault));
				if (unruled.length === 0 || !isBeyond)
					expect([cell, city.faults.length > 0]).toEqual([cell, unruled.length > 0]);
				if (unruled.length > 0) return;
				expect(city.values).toEqual(lamp.values);
				expect(city.sections).toEqual(lamp.sections);
			}),
		);
	});
});

test("each kind of place is the firmware's", () => {
	const kinds = SETTINGS.find(({ name }) => name === "place")!.kind as {
		choices: readonly string[];
	};
	for (const kind of kinds.choices)
		expect([...CONTRACT_RULES.valuesOfPlace(kind)]).toEqual([...FIRMWARE.valuesOfPlace(kind)]);
	expect(CONTRACT_RULES.placeNames).toEqual(FIRMWARE.placeNames);
});

test("a refused value is said in words, with its range", () => {
	expect(read(CONTRACT_RULES, "hold", "1").faults).toEqual(['hold must be 5 to 1800 s, not "1"']);
});
