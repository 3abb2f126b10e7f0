/** Settings at the broker: types as in orders, and schemas that agree with the firmware. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { SECTIONS as SECTIONS_OF_DESK } from "../../city/contract.js";
import { readDesired, validateDesired } from "../../src/settings/desired.js";
import { exportSection } from "../../src/settings/section.js";
import { DEFAULTS, SECTIONS, SETTINGS, type Setting } from "../../src/settings/table.js";
import { isRejection, validateFor } from "../../src/settings/validate.js";
import { capital } from "../../tools/docs/settingsschemas.js";
import { VALIDATORS } from "../settings/validators.js";
import { currentContract, validators } from "./judge.js";

const validator = validators(currentContract());

/** Why a section as it comes over the broker is rejected; undefined: it is accepted. */
function refusal(section: (typeof SECTIONS)[number], settings: object): string | undefined {
	const text = JSON.stringify({ revision: 1, count: 1, settings });
	const desired = readDesired(section, text);
	if (isRejection(desired)) return `${desired.name} ${desired.why}`;
	const after = validateDesired(DEFAULTS, section, desired.values, VALIDATORS);
	return isRejection(after) ? `${after.name} ${after.why}` : undefined;
}

describe("a value of another type is refused, as in an order", () => {
	const rows: [section: (typeof SECTIONS)[number], settings: object, why: string | undefined][] = [
		["light", { floorLevel: 35 }, undefined],
		["light", { floorLevel: "35" }, "floorLevel must be a JSON number, e.g. 20"],
		["light", { hold: "45", floorLevel: 30 }, "hold must be a JSON number, e.g. 30"],
		["light", { lightProtected: "true" }, "lightProtected must be a JSON boolean, e.g. false"],
		["light", { lightProtected: "on" }, "lightProtected must be a JSON boolean, e.g. false"],
		["light", { lightProtected: 1 }, "lightProtected must be a JSON boolean, e.g. false"],
		["light", { fullClass: 4 }, 'fullClass must be a JSON string, e.g. "percent"'],
		["light", { fullClass: null }, 'fullClass must be a JSON string, e.g. "percent"'],
		["identity", { site: ["liege"] }, 'site must be a JSON string, e.g. ""'],
		["link", { brokerPort: "1883" }, "brokerPort must be a JSON number, e.g. 8883"],
		["link", { brokerPort: 1883 }, undefined],
		[
			"calendar",
			{ program: [] },
			'program must be a JSON string, e.g. "sunset 100; 22:00 60; 00:00 40; 05:30 100; sunrise 0"',
		],
	];
	test.each(rows)("%s %j: %s", (section, settings, why) => {
		expect(refusal(section, settings)).toEqual(why);
		if (why === undefined) return;
		const desired = { revision: 1, count: 1, settings };
		expect(validator(`SettingsDesired${capital(section)}`)(desired)).toBe(false);
	});
});

test("the desk's list of sections is that of the firmware", () => {
	expect(SECTIONS_OF_DESK).toEqual(SECTIONS);
});

const odd = fc.oneof(
	fc.constantFrom<unknown>(
		"en",
		"fr",
		"35",
		"",
		"all",
		"on",
		true,
		false,
		null,
		[],
		{},
		"a/b",
		"a//b",
		"a,b",
	),
	fc.constantFrom<unknown>(-1, 0, 0.05, 0.1, 1, 7.5, 100, 101, 3600, 65_536, 1e9, "P4", "percent"),
	fc.string({ maxLength: 80 }),
	fc.string({ unit: fc.constantFrom(..."aA0_-/.:, é\u007f"), maxLength: 70 }),
	fc.integer({ min: -20_000, max: 20_000 }).map((hundredths) => hundredths / 100),
	fc.integer({ min: -10, max: 70_000 }),
);
/** Beyond a schema: steps below one, bytes of UTF-8, and the syntax of programs. */
function isBeyondSchema({ kind }: Setting): boolean {
	if (kind.type === "number") return kind.step !== 1;
	if (kind.type === "text") return kind.alphabet === "ssid";
	return kind.type !== "boolean" && kind.type !== "choice";
}

test.each(SECTIONS.map((name) => [name]))("%s: schema and firmware agree (seed 5)", (section) => {
	const sectionSettings = SETTINGS.filter((setting) => setting.section === section);
	const valid = validator(`Settings${capital(section)}`);
	const tally = { accepted: 0, refused: 0 };
	const drawn = fc.constantFrom(...sectionSettings).chain((setting) => {
		const initial = { weight: 1, arbitrary: fc.constant<unknown>(setting.initial) };
		return fc.tuple(fc.constant(setting), fc.oneof({ weight: 9, arbitrary: odd }, initial));
	});
	fc.assert(
		fc.property(drawn, ([setting, value]) => {
			const { name, initial } = setting;
			const isTyped = typeof value === typeof initial;
			const isTaken = isTyped && !isRejection(validateFor(setting, value, VALIDATORS));
			const fits = valid({ [name]: value });
			tally[isTaken ? "accepted" : "refused"] += 1;
			if (isTaken || !isBeyondSchema(setting))
				expect([name, value, fits]).toEqual([name, value, isTaken]);
		}),
		{ seed: 5, numRuns: 500 },
	);
	expect(tally.accepted).toBeGreaterThan(10);
	expect(tally.refused).toBeGreaterThan(50);
});

test.each(SECTIONS.map((name) => [name]))("%s as reported fits, and has no secret", (section) => {
	const head = { node: "pole-1", serial: "L1", life: 1, revision: 0, status: "active" };
	const settings = JSON.parse(exportSection(DEFAULTS, section));
	const report = { ...head, settings, uptime_ms: 1 };
	const valid = validator(`SettingsReported${capital(section)}`);
	expect(valid(report)).toBe(true);
	for (const { name, secret } of SETTINGS.filter((setting) => setting.section === section)) {
		const { [name]: _, ...rest } = settings;
		const other = secret ? { ...settings, [name]: "x" } : rest;
		expect([name, valid({ ...report, settings: other })]).toEqual([name, false]);
	}
});
