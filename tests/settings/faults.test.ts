/** Faults: each refusal names the word, the rule and an example, in the language asked for. */
import { describe, expect, test } from "@jest/globals";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { faultText } from "../../src/settings/faults.js";
import { RULES } from "../../src/settings/rules.js";
import { DEFAULTS } from "../../src/settings/table.js";
import { isRejection, reject } from "../../src/settings/validate.js";
import { change } from "./validators.js";

function refusalOf(name: string, value: string, language: "en" | "fr"): string {
	const answer = change(DEFAULTS, name, value, VALIDATORS);
	if (!isRejection(answer)) throw new Error(`${name} takes ${value}`);
	return faultText(answer, value, language);
}

describe("a refusal", () => {
	test.each<[name: string, value: string, en: RegExp, fr: RegExp]>([
		["floorLevel", "130", /^must be 0 to 100 %, e\.g\. 20$/, /^il faut 0 à 100 %, p\. ex\. 20$/],
		[
			"riseTime",
			"0.85",
			/^must be in steps of 0\.1, e\.g\. 0\.8$/,
			/^il faut 0 à 1 s, par pas de 0,1, p\. ex\. 0\.8$/,
		],
		[
			"language",
			"de",
			/^must be one of en, fr, e\.g\. en$/,
			/^il faut au choix en, fr, p\. ex\. en$/,
		],
		[
			"lightProtected",
			"yes",
			/true or false, e\.g\. false$/,
			/^il faut true ou false, p\. ex\. false$/,
		],
		[
			"program",
			"sunset 100; 22:00 6O; sunrise 0",
			/^"22:00 6O": a level is 0 to 100, a class or out, e\.g\. 22:00 60/,
			/^« 22:00 6O » : un niveau va de 0 à 100/,
		],
		["program", "", /^"": at least one point/, /au moins un point/],
		["program", "sunset 100; 25:00 5", /^"25:00 5": a time is/, /^« 25:00 5 » : une heure va de/],
		["program", "22:00 5; 21:00 5", /^"21:00 5": points stand from noon to noon/, /de midi à midi/],
		["program2", "Week: sunset 100", /a name has 1 to 16/, /un nom compte/],
		["calendar", "Frii: program", /^"Frii: program": a day is Mon/, /un jour est lun/],
		[
			"calendar",
			"Fri: program; 02-30: program",
			/^"02-30: program": this date does not exist/,
			/cette date n'existe pas/,
		],
		["holidays", "01-01,13-01", /^"13-01": this date does not exist/, /^« 13-01 » : cette date/],
		["calendar", "Fri: party", /only programs that are set/, /des programmes définis/],
		[
			"zone",
			"Europe/Brussels",
			/^"Europe\/Brussels": .*Europe\/Brussels is CET-1CEST,M3\.5\.0,M10\.5\.0\/3$/,
			/^« Europe\/Brussels » : .*s'écrit CET-1CEST/,
		],
		["installedMean", "-1", /must be 0 to 200/, /il faut 0 à 200/],
		["fullClass", "P4", /must be told where a class is set/, /est requis avec une classe/],
		["node", "a b", /not allowed/, /^il faut 0-32 caractères/],
		["wifiPassword", "court", /8 to 63 characters/, /^il faut 8 à 63 caractères ASCII, ou 64 /],
	])("of %s %s", (name, value, en, fr) => {
		expect(refusalOf(name, value, "en")).toMatch(en);
		expect(refusalOf(name, value, "fr")).toMatch(fr);
	});
	test("every rule between settings is named in both languages, and differently", () => {
		for (const { name, why, french } of RULES) {
			const rejection = reject("conflict", name, why);
			expect(faultText(rejection, "", "en")).toBe(why);
			expect(faultText(rejection, "", "fr")).toBe(french);
			expect(french).not.toBe(why);
		}
	});
	test("a long part is cut, an unknown setting keeps its clause", () => {
		const long = `sunset ${"9".repeat(90)}`;
		expect(refusalOf("program", long, "en").length).toBeLessThan(130);
		expect(faultText(reject("unknownSetting", "x", "is not a setting"), "1", "fr")).toBe(
			"is not a setting",
		);
	});
});
