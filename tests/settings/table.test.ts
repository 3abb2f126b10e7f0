/** Table: complete, consistent with itself, and stated the same way everywhere. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { MAX_CALENDAR_LENGTH } from "../../src/lighting/calendar.js";
import { MAX_PROGRAM_LENGTH } from "../../src/lighting/program.js";
import type { LinkOptions } from "../../src/link/contract.js";
import { TOPIC_BYTES } from "../../src/link/packet.js";
import { SUFFIX, Topics } from "../../src/link/topics.js";
import { helpOf, initialOf, rangeOf } from "../../src/settings/help.js";
import { brokenRule, RULES } from "../../src/settings/rules.js";
import { namesOf } from "../../src/settings/section.js";
import { sentenceOf } from "../../src/settings/sentences.js";
import { DEFAULTS, SECTIONS, SETTINGS, type Setting, settingOf } from "../../src/settings/table.js";
import { isRejection, validate } from "../../src/settings/validate.js";
import { ZONE_MAX_CHARACTERS } from "../../src/time/zonetext.js";
import { VALIDATORS } from "./validators.js";

const named = SETTINGS.map((setting): [string, Setting] => [setting.name, setting]);

describe("every setting", () => {
	test.each(named)(
		"%s has a valid default, two sentences and a name of its own",
		(name, setting) => {
			const value = validate(name, setting.initial, VALIDATORS);
			expect(isRejection(value)).toBe(false);
			expect(DEFAULTS[setting.name]).toBe(value);
			expect(validate(name, initialOf(setting), VALIDATORS)).toBe(value); // as typed at the console
			for (const text of [setting.meaning, ...(setting.warning ? [setting.warning] : [])])
				for (const language of ["en", "fr"] as const)
					expect(sentenceOf(text, language)).toMatch(/^[A-ZÀÉÎ].*\.$/);
			expect(sentenceOf(setting.meaning, "en")).not.toBe(sentenceOf(setting.meaning, "fr"));
			expect(setting.meaning.split("\n")).toHaveLength(2);
			expect(SETTINGS.filter((each) => each.name === name)).toEqual([setting]);
			expect(settingOf(name)).toBe(setting);
			expect(Object.isFrozen(setting) && Object.isFrozen(setting.kind)).toBe(true);
		},
	);
	test("stands in one section; the contract's seven are all there", () => {
		expect(SECTIONS).toEqual(
			["identity", "light", "calendar", "sensing", "power"].concat(["link", "console"]),
		);
		expect(SECTIONS.flatMap(namesOf)).toEqual(SETTINGS.map((setting) => setting.name));
	});
	test("names that are no settings are not found, nor those every object has", () => {
		for (const name of ["", "Site", "toString", "__proto__", "constructor"])
			expect(settingOf(name)).toBeUndefined();
	});
});

describe("defaults", () => {
	test("are held in milliseconds and percent", () => {
		expect(DEFAULTS).toMatchObject({
			floorLevel: 20,
			hold: 30_000,
			riseTime: 800,
			fallTime: 10_000,
			keepAlive: 300_000,
			stateMaxInterval: 3_600_000,
			zone: "CET-1CEST,M3.5.0,M10.5.0/3",
			latitude: 50.63,
			ledPower_W: 37,
			brokerTls: true,
			language: "en",
		});
	});
	test("satisfy every rule", () => {
		expect(brokenRule(DEFAULTS)).toBeUndefined();
	});
	test("agree with the rooms that use them", () => {
		expect(settingOf("program")?.kind).toMatchObject({ max: MAX_PROGRAM_LENGTH });
		for (const name of ["calendar", "holidays"])
			expect(settingOf(name)?.kind).toMatchObject({ max: MAX_CALENDAR_LENGTH });
		expect(settingOf("zone")?.kind).toMatchObject({ max: ZONE_MAX_CHARACTERS });
	});
	test("are short enough for every topic made of them", () => {
		const longest = (name: string) => "x".repeat((settingOf(name)!.kind as { max: number }).max);
		const names = { root: longest("root"), site: longest("site"), group: longest("group") };
		for (const node of [longest("node"), ""]) {
			const serial = "x".repeat(32);
			const topics = new Topics({ ...names, node, serial, sections: SECTIONS } as LinkOptions);
			const reported = SECTIONS.map((section) => topics.prefix + SUFFIX.settings + section);
			const all = [...topics.filters, ...reported].map(({ length }) => length);
			expect(Math.max(...all)).toBeLessThanOrEqual(TOPIC_BYTES);
		}
	});
	test("rules stay within a section, so that a section can fall to its defaults alone", () => {
		for (const { section, name } of RULES) expect(settingOf(name)?.section).toBe(section);
	});
});

describe("help", () => {
	const ranges: [name: string, en: string, fr: string][] = [
		["floorLevel", "0 to 100 %", "0 à 100 %"],
		["riseTime", "0 to 1 s, step 0.1", "0 à 1 s, par pas de 0,1"],
		["latitude", "-90 to 90 deg, step 0.0001", "-90 à 90 deg, par pas de 0,0001"],
		["lightProtected", "true or false", "true ou false"],
		["language", "en, fr", "en, fr"],
		["site", "0-32 characters (A-Z a-z 0-9 _ -)", "0-32 caractères (A-Z a-z 0-9 _ -)"],
		["root", "1-64 characters (names joined by /)", "1-64 caractères (noms joints par /)"],
		["brokerHost", "0-256 characters (hosts joined by ,)", "0-256 caractères (hôtes joints par ,)"],
		["zone", "zone, at most 64 characters", "fuseau, au plus 64 caractères"],
	];
	test.each(ranges)("%s: %s", (name, en, fr) => {
		const { kind } = settingOf(name) as Setting;
		expect([rangeOf(kind, "en"), rangeOf(kind, "fr")]).toEqual([en, fr]);
	});
	test.each(["name", "topic", "host", "hosts", "printable", "passphrase", "ssid"] as const)(
		"%s is no word of a French range",
		(alphabet) => {
			const kind = { type: "text", alphabet, min: 0, max: 9 } as const;
			expect(rangeOf(kind, "fr")).not.toMatch(new RegExp(`\\b${alphabet}\\b`));
			expect(rangeOf(kind, "fr")).not.toMatch(/\b(names?|hosts?|characters|by|no)\b/);
		},
	);
	test("reports name, section, range, default, meaning and warning", () => {
		expect(helpOf(settingOf("floorLevel") as Setting, "en")).toBe(
			[
				"floorLevel (light): 0 to 100 %; default 20",
				"Least level while it is dark, even if another request is lower.",
				"Below the class required at night, people stumble; 0 permits the lamp to go out.",
			].join("\n"),
		);
		expect(helpOf(settingOf("site") as Setting, "fr")).toMatch(
			/^site \(identity\) : 0-32 caractères \(A-Z a-z 0-9 _ -\) ; par défaut ""\nSite du luminaire.*\.$/,
		);
	});
});

describe("docs/settings.md", () => {
	const page = readFileSync(new URL("../../docs/settings.md", import.meta.url), "utf8");
	test("names every setting with its default", () => {
		for (const setting of SETTINGS) {
			const line = page.split("\n").find((each) => each.startsWith(`| \`${setting.name}\``));
			if (!line) throw new Error(`docs/settings.md has no ${setting.name}: npm run renew`);
			expect(line).toContain(sentenceOf(setting.meaning, "en"));
			expect(line).toContain(setting.initial === "" ? "empty" : `\`${initialOf(setting)}\``);
		}
	});
});
