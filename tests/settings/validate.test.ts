/** Validate: what may be written for a setting, and every way of refusing. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { RULES } from "../../src/settings/rules.js";
import { print } from "../../src/settings/section.js";
import {
	DEFAULTS,
	SETTINGS,
	type SettingName,
	type Settings,
	withValues,
} from "../../src/settings/table.js";
import {
	isRejection,
	type Rejection,
	type RejectionReason,
	validate,
} from "../../src/settings/validate.js";
import type { Millis } from "../../src/units.js";
import { change, VALIDATORS } from "./validators.js";

describe("what is taken", () => {
	const cases: [why: string, name: string, input: unknown, value: unknown][] = [
		["a number", "floorLevel", 40, 40],
		["a number as text", "floorLevel", "40", 40],
		["the least", "floorLevel", 0, 0],
		["the greatest", "floorLevel", "100", 100],
		["seconds become milliseconds", "hold", "45", 45_000],
		["tenths of seconds too, exactly", "riseTime", 0.7, 700],
		["tenths of seconds as text", "fallTime", "2.3", 2_300],
		["a negative decimal", "longitude", "-0.1276", -0.1276],
		["minus nothing is nothing", "latitude", -0, 0],
		["whole numbers may have idle places", "floorLevel", "40.0", 40],
		["a number of twelve characters", "floorLevel", "000000000040", 40],
		["a boolean", "brokerTls", false, false],
		["a boolean as text", "brokerTls", "false", false],
		["a switch as one says it", "photocell", "off", false],
		["a switch as one says it", "photocell", "on", true],
		["a boolean as text", "photocell", "true", true],
		["a choice", "language", "fr", "fr"],
		["a name", "node", "Pole_00-1", "Pole_00-1"],
		["no name", "node", "", ""],
		["an address", "brokerHost", "fe80::1", "fe80::1"],
		["several", "brokerHost", "a.example,10.0.0.7", "a.example,10.0.0.7"],
		["a topic", "root", "city/lamps/1", "city/lamps/1"],
		["a password with blanks", "brokerPassword", " ~!", " ~!"],
		["no Wi-Fi", "wifiName", "", ""],
		["a Wi-Fi of 32 bytes", "wifiName", "x".repeat(32), "x".repeat(32)],
		["32 bytes of UTF-8", "wifiName", "\u00e9".repeat(16), "\u00e9".repeat(16)],
		["30 bytes in letters of three", "wifiName", "\u8def".repeat(10), "\u8def".repeat(10)],
		["a Wi-Fi in any script", "wifiName", "\u8def\u706f \ud83d\udca1", "\u8def\u706f \ud83d\udca1"],
		["an open Wi-Fi", "wifiPassword", "", ""],
		["the shortest passphrase", "wifiPassword", " 23456~8", " 23456~8"],
		["the longest passphrase", "wifiPassword", "x".repeat(63), "x".repeat(63)],
		["a key in digits", "wifiPassword", "0aF9".repeat(16), "0aF9".repeat(16)],
		["a program", "program", "sunset 100; sunrise 0", "sunset 100; sunrise 0"],
		["a named program", "program2", "weekend: sunset 100", "weekend: sunset 100"],
		["no named program", "program2", "", ""],
		["a calendar", "calendar", "Fri: program", "Fri: program"],
		["no holidays", "holidays", "", ""],
		["minutes stay minutes", "minimumLightsOn", "60", 60],
		["a zone", "zone", "UTC0", "UTC0"],
	];
	test.each(cases)("%s: %s = %j", (_why, name, input, value) => {
		expect(validate(name, input, VALIDATORS)).toBe(value);
	});
});

describe("alphabets, character by character up to U+02FF", () => {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join("");
	const cases: [name: string, allowed: string][] = [
		["site", `${letters}_-`],
		["root", `${letters}_-/`],
		["brokerServerName", `${letters}-.:`],
		["brokerHost", `${letters}-.:,`],
		["brokerUser", printable],
		["wifiPassword", printable],
	];
	test.each(cases)("%s", (name, allowed) => {
		let accepted = "";
		for (let code = 0; code < 0x300; code += 1) {
			const character = String.fromCharCode(code);
			if (!isRejection(validate(name, `abcd${character}efgh`, VALIDATORS))) accepted += character;
		}
		expect([...accepted].sort()).toEqual([...allowed].sort());
	});
});

describe("what is refused", () => {
	const cases: [name: string, input: unknown, reason: RejectionReason, why: RegExp][] = [
		["brightness", 5, "unknownSetting", /not a setting/],
		["__proto__", 5, "unknownSetting", /not a setting/],
		["floorLevel", 101, "outOfRange", /0 to 100 %/],
		["floorLevel", -1, "outOfRange", /0 to 100 %/],
		["floorLevel", Number.NaN, "outOfRange", /0 to 100 %/],
		["hold", 4, "outOfRange", /5 to 1800 s/],
		["brokerPort", 0, "outOfRange", /1 to 65535$/],
		["floorLevel", 20.5, "notAStep", /steps of 1/],
		["riseTime", "0.85", "notAStep", /steps of 0.1/],
		["floorLevel", "", "wrongType", /number/],
		["floorLevel", "-", "wrongType", /number/],
		["floorLevel", "1e1", "wrongType", /number/],
		["floorLevel", "0x10", "wrongType", /number/],
		["floorLevel", " 10", "wrongType", /number/],
		["floorLevel", "10.", "wrongType", /number/],
		["floorLevel", ".5", "wrongType", /number/],
		["floorLevel", "1.2.3", "wrongType", /number/],
		["floorLevel", "4:", "wrongType", /number/],
		["floorLevel", "4/", "wrongType", /number/],
		["floorLevel", "0000000000010", "wrongType", /number/],
		["floorLevel", true, "wrongType", /number/],
		["floorLevel", null, "wrongType", /number/],
		["floorLevel", [20], "wrongType", /number/],
		["brokerTls", 1, "wrongType", /true or false/],
		["brokerTls", "yes", "wrongType", /true or false/],
		["language", "nl", "notAChoice", /en, fr/],
		["language", 1, "notAChoice", /en, fr/],
		["site", 7, "wrongType", /text/],
		["site", "x".repeat(33), "wrongLength", /0 to 32/],
		["wifiName", "x".repeat(33), "wrongLength", /0 to 32/],
		["wifiName", "\u00e9".repeat(17), "badCharacter", /32 bytes of UTF-8/],
		["wifiName", `x${"\ud83d\udca1".repeat(8)}`, "badCharacter", /32 bytes of UTF-8/],
		["wifiName", "a\tb", "badCharacter", /not allowed/],
		["wifiName", "a\u007f", "badCharacter", /not allowed/],
		["wifiName", "a\ud83d", "badCharacter", /not allowed/],
		["wifiName", "\udca1a", "badCharacter", /not allowed/],
		["wifiPassword", "1234567", "wrongLength", /8 to 63 characters, or 64 hex/],
		["wifiPassword", `${"f".repeat(63)}g`, "wrongLength", /64 hexadecimal/],
		["wifiPassword", "f".repeat(65), "wrongLength", /0 to 64/],
		["wifiPassword", "p\u00e4ssword", "badCharacter", /not allowed/],
		["site", "a/b", "badCharacter", /character/],
		["site", "Liège", "badCharacter", /character/],
		["node", "#", "badCharacter", /character/],
		["node", "all", "reservedName", /all, group, unassigned/],
		["site", "unassigned", "reservedName", /all, group, unassigned/],
		["group", "group", "reservedName", /all, group, unassigned/],
		["root", "", "wrongLength", /1 to 64/],
		["root", "/a", "badCharacter", /empty level/],
		["root", "a/", "badCharacter", /empty level/],
		["root", "a//b", "badCharacter", /empty level/],
		["root", "a/+", "badCharacter", /character/],
		["brokerHost", "a b", "badCharacter", /character/],
		["brokerHost", "a,,b", "badCharacter", /empty name/],
		["brokerHost", "a,", "badCharacter", /empty name/],
		["brokerUser", "tab\t", "badCharacter", /character/],
		["brokerUser", "é", "badCharacter", /character/],
		["brokerUser", "\u007f", "badCharacter", /character/],
		["program", "sunset 101", "invalidProgram", /point 1/],
		["program", 5, "wrongType", /text/],
		["program", "x".repeat(321), "wrongLength", /320/],
		["program", "sunset\t100", "badCharacter", /character/],
		["program2", "sunset 100", "invalidProgram", /Name/],
		["program2", "x".repeat(181), "wrongLength", /180/],
		["calendar", "Fri weekend", "invalidCalendar", /Rule/],
		["holidays", "13-01", "invalidCalendar", /Date/],
		["zone", "Europe/Brussels", "invalidZone", /offset/],
		["zone", {}, "wrongType", /text/],
	];
	test.each(cases)("%s = %j: %s", (name, input, reason, why) => {
		expect(validate(name, input, VALIDATORS)).toEqual({
			reason,
			name,
			why: expect.stringMatching(why),
		});
	});
	test("a name of any length is answered in 32 characters", () => {
		expect(validate("x".repeat(5_000), 1, VALIDATORS)).toMatchObject({ name: "x".repeat(32) });
	});
});

describe("settings that must agree", () => {
	type Step = [name: SettingName, input: unknown];
	const cases: [why: string, before: Step[], step: Step, blamed: string | undefined][] = [
		["a maximum at the floor", [], ["maxLevel", 20], undefined],
		["a maximum below the floor", [], ["maxLevel", 19], "maxLevel"],
		["a floor above the maximum", [["maxLevel", 50]], ["floorLevel", 51], "maxLevel"],
		["a full class below the floor", [], ["fullLevel", 19], "fullLevel"],
		["a capped lamp", [["fullLevel", 80]], ["maxLevel", 50], undefined],
		["not a protected one", [["lightProtected", true]], ["maxLevel", 50], "maxLevel"],
		["nor protected once capped", [["maxLevel", 50]], ["lightProtected", true], "maxLevel"],
		["a return that rises", [["presenceLevel", 60]], ["lingerLevel", 61], "lingerLevel"],
		["a failure below the floor", [], ["systemFailureLevel", 19], "systemFailureLevel"],
		[
			"each passage, metered",
			[["reporting", "narrow"]],
			["presenceReporting", true],
			"presenceReporting",
		],
		["a class without the mean it needs", [], ["fullClass", "P4"], "installedMean"],
		["with it", [["installedMean", 5]], ["fullClass", "P4"], undefined],
		["more than the luminaires give", [["installedMean", 5]], ["fullClass", "P3"], "installedMean"],
		[
			"lux over luminance",
			[
				["installedMean", 5],
				["fullClass", "P4"],
			],
			["floorClass", "M6"],
			"floorClass",
		],
		["a bubble on M", [["installedMean", 1]], ["fullClass", "M3"], "sensorEffect"],
		["a calendar of a program that is not set", [], ["calendar", "Fri: weekend"], "calendar"],
		[
			"of one that is set",
			[["program3", "weekend: sunset 100"]],
			["calendar", "Fri: weekend; Sat: program;"],
			undefined,
		],
		[
			"a program taken away from a calendar that names it",
			[
				["program2", "weekend: sunset 100"],
				["calendar", "Sat:program; Fri : weekend"],
			],
			["program2", ""],
			"calendar",
		],
		[
			"two programs of a name",
			[["program2", "weekend: sunset 100"]],
			["program4", "weekend: sunset 90"],
			"program2",
		],
		["equal thresholds", [], ["onLevel", 70], "onLevel"],
		["thresholds one lux apart", [], ["onLevel", 69], undefined],
		["half of the light for more power than the whole", [], ["ledPower50_W", 37.5], "ledPower_W"],
		["and for a watt", [["ledPower25_W", 1]], ["ledPower50_W", 0.9], "ledPower_W"],
		["a curve that rises", [["ledPower25_W", 9]], ["ledPower50_W", 18], undefined],
		["a row without a key", [], ["neighbourGroup", 7], "neighbourGroup"],
		["with one", [["siteKey", "0123456789abcdef"]], ["neighbourGroup", 7], undefined],
		["a key that can be guessed", [], ["siteKey", "0123456789abcde"], "siteKey"],
		["an announcement sooner than allowed", [], ["minBroadcastPeriod", 11], "maxBroadcastPeriod"],
		[
			"a longest below the shortest",
			[["stateMinInterval", 61]],
			["stateMaxInterval", 60],
			"stateMaxInterval",
		],
	];
	test.each(cases)("%s", (_why, before, [name, input], blamed) => {
		let settings: Settings = DEFAULTS;
		for (const [first, value] of before) {
			const changed = change(settings, first, value);
			if (isRejection(changed)) throw new Error(`${first} ${changed.why}`);
			settings = changed;
		}
		const result = change(settings, name, input);
		if (blamed !== undefined) expect(result).toMatchObject({ reason: "conflict", name: blamed });
		else expect((result as Settings)[name]).toBe(input);
	});
	test("each rule is broken by a case above", () => {
		const blamed = cases.map(([, , , name]) => name);
		for (const { name } of RULES) expect(blamed).toContain(name);
	});
	test("a refused value is reported before any rule", () => {
		expect(change(DEFAULTS, "maxLevel", "dim")).toMatchObject({ reason: "wrongType" });
	});
	test("the settings changed from stay as they are", () => {
		const changed = change(DEFAULTS, "hold", 60) as Settings;
		expect([changed.hold, DEFAULTS.hold]).toEqual([60_000, 30_000]);
		expect(Object.isFrozen(changed)).toBe(true);
		expect(Object.keys(changed)).toEqual(["hold"]); // all else is inherited
		expect(Object.keys(withValues(changed, { hold: 30_000 as Millis }))).toEqual([]);
	});
});

test("whatever comes, the answer is a valid value or a reason; and printing it gives it back", () => {
	const names = fc.constantFrom(...SETTINGS.map((setting) => setting.name));
	const inputs = fc.oneof(
		fc.oneof(fc.anything(), fc.string()),
		fc.integer({ min: -200, max: 90_000 }),
		fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 10_000),
		fc.constantFrom("true", "off", "en", "UTC0", "sunset 50"),
	);
	let taken = 0;
	fc.assert(
		fc.property(names, inputs, (name, input) => {
			const value = validate(name, input, VALIDATORS);
			if (isRejection(value)) {
				const { reason, why } = value as Rejection;
				assert.deepEqual([typeof reason, typeof why], ["string", "string"]);
				return;
			}
			taken += 1;
			const setting = SETTINGS.find((each) => each.name === name)!;
			const settings = withValues(DEFAULTS, { [name]: value });
			if (setting.secret) expect(print(settings, setting)).toMatch(/^\((not )?set\)$/);
			else assert.equal(validate(name, print(settings, setting), VALIDATORS), value);
		}),
		{ seed: 2411, numRuns: 5_000 },
	);
	expect(taken).toBeGreaterThan(300);
});
