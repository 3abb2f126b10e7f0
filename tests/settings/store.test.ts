/** Store: sections as JSON, secrets kept, flash spared, and never anything invalid in force. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { brokenRule } from "../../src/settings/rules.js";
import { exportSection, print, readSection, writeSection } from "../../src/settings/section.js";
import { keyOf, loadSettings, saveSettings } from "../../src/settings/store.js";
import {
	DEFAULTS,
	SECTIONS,
	SETTINGS,
	type Setting,
	type SettingName,
	type Settings,
	settingOf,
} from "../../src/settings/table.js";
import { change, isRejection } from "../../src/settings/validate.js";
import { JUDGES, MemoryStore } from "./judges.js";

function changed(...steps: [name: SettingName, input: unknown][]): Settings {
	return steps.reduce<Settings>((settings, [name, input]) => {
		const next = change(settings, name, input, JUDGES);
		if (isRejection(next)) throw new Error(`${name} ${next.why}`);
		return next;
	}, DEFAULTS);
}

describe("a section as text", () => {
	test("has the names and units outside, in the order of the table", () => {
		expect(writeSection(DEFAULTS, "power")).toBe(
			'{"supply":"always","feeder":"","ledPower_W":37,"ledPower50_W":0,"ledPower25_W":0,"ledPower10_W":0,"powerTolerance":10,"standbyPower_W":0.5,"oldLampPower_W":83}',
		);
		expect(JSON.parse(writeSection(DEFAULTS, "light"))).toMatchObject({
			...{ riseTime: 0.8, hold: 30, lightProtected: false },
		});
		expect(JSON.parse(writeSection(DEFAULTS, "calendar"))).toMatchObject({ latitude: 50.63 });
	});
	test("is for others without its secrets, for the store with them", () => {
		const settings = changed(["brokerPassword", 'hush"\\'], ["brokerUser", "pole"]);
		expect(exportSection(settings, "link")).not.toMatch(/hush|brokerPassword/);
		expect(JSON.parse(exportSection(settings, "link"))).toHaveProperty("brokerUser", "pole");
		expect(JSON.parse(writeSection(settings, "link")).brokerPassword).toBe('hush"\\');
		expect(print(settings, settingOf("brokerPassword") as Setting)).toBe("(set)");
		expect(print(DEFAULTS, settingOf("brokerPassword") as Setting)).toBe("(not set)");
	});
	test("names only what it changes; the rest stays", () => {
		const base = changed(["floorLevel", 30]);
		const result = readSection(base, "light", '{"hold":60}', JUDGES);
		expect(result.rejections).toEqual([]);
		expect([result.settings.hold, result.settings.floorLevel]).toEqual([60_000, 30]);
	});

	const broken: [why: string, text: string, reasons: string[], hold: number][] = [
		["no JSON", "hold=60", ["malformed light"], 30_000],
		["nothing", "", ["malformed light"], 30_000],
		["a list", "[60]", ["malformed light"], 30_000],
		["half a text, as by a torn write", '{"hold":60,"linger', ["malformed light"], 30_000],
		["a name twice", '{"hold":60,"hold":61}', ["malformed light"], 30_000],
		["a name of a newer version", '{"hold":60,"glow":1}', ["unknownSetting glow"], 60_000],
		["a name of another section", '{"hold":60,"site":"a"}', ["unknownSetting site"], 60_000],
		["one bad value among good ones", '{"hold":60,"linger":-1}', ["outOfRange linger"], 60_000],
		["two of them", '{"hold":"x","linger":null}', ["wrongType hold", "wrongType linger"], 30_000],
		["a broken rule refuses all", '{"hold":60,"maxLevel":15}', ["conflict maxLevel"], 30_000],
	];
	test.each(broken)("%s", (_why, text, reasons, hold) => {
		const { settings, rejections } = readSection(DEFAULTS, "light", text, JUDGES);
		expect(rejections.map(({ reason, name }) => `${reason} ${name}`)).toEqual(reasons);
		expect(settings.hold).toBe(hold);
	});
});

describe("the store", () => {
	test("has keys that NVS takes", () => {
		for (const section of SECTIONS) expect(keyOf(section)).toMatch(/^[a-z.]{1,15}$/);
	});
	test("of a lamp fresh from the factory gives the defaults, and nothing was wrong", () => {
		const loaded = loadSettings(new MemoryStore(), JUDGES);
		expect(loaded).toEqual({ settings: DEFAULTS, rejections: [], stored: 0 });
	});
	test("keeps what was saved, secrets included", () => {
		const store = new MemoryStore();
		const after = changed(["brokerPassword", "hush"], ["riseTime", 0.5], ["latitude", -33.8688]);
		expect(saveSettings(store, DEFAULTS, after)).toBe("ok");
		expect(loadSettings(store, JUDGES)).toEqual({ settings: after, rejections: [], stored: 3 });
	});
	test("is written only where something changed", () => {
		const store = new MemoryStore();
		const first = changed(["hold", 60]);
		saveSettings(store, DEFAULTS, first);
		expect(store.written).toEqual(["set.light"]);
		saveSettings(store, first, first);
		expect(store.written).toEqual(["set.light"]);
	});
	test("that is full says so, and nothing after it is written", () => {
		const store = new MemoryStore();
		store.room = 1;
		const after = changed(["site", "liege"], ["hold", 60], ["keepAlive", 600]);
		expect(saveSettings(store, DEFAULTS, after)).toBe("full");
		expect(store.written).toEqual(["set.identity"]);
	});
	test("with one broken section costs that section alone", () => {
		const store = new MemoryStore();
		saveSettings(store, DEFAULTS, changed(["site", "liege"], ["hold", 60]));
		store.values.set("set.light", '{"hold":60,"maxL');
		const { settings, rejections, stored } = loadSettings(store, JUDGES);
		expect([settings.site, settings.hold, stored]).toEqual(["liege", 30_000, 2]);
		expect(rejections).toEqual([{ reason: "malformed", name: "light", why: "is malformed" }]);
	});

	test("whatever it holds, what comes out is valid and can be saved and loaded again", () => {
		const member = fc.tuple(
			fc.constantFrom(...SETTINGS.map((setting) => setting.name as string), "glow"),
			fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.integer({ min: 0, max: 100 })),
		);
		const text = fc.oneof(
			fc.array(member, { maxLength: 8 }).map((all) => JSON.stringify(Object.fromEntries(all))),
			fc.string(),
		);
		const content = fc.array(text, { minLength: SECTIONS.length, maxLength: SECTIONS.length });
		fc.assert(
			fc.property(content, (texts) => {
				const store = new MemoryStore();
				SECTIONS.forEach((section, i) => {
					store.values.set(keyOf(section), texts[i] as string);
				});
				const { settings } = loadSettings(store, JUDGES);
				expect(brokenRule(settings)).toBeUndefined();
				const copy = new MemoryStore();
				saveSettings(copy, DEFAULTS, settings);
				expect(loadSettings(copy, JUDGES)).toMatchObject({ settings, rejections: [] });
			}),
			{ seed: 2412, numRuns: 500 },
		);
	});
	test("every section, at its longest, fits what is parsed", () => {
		for (const section of SECTIONS) {
			let settings: Settings = DEFAULTS;
			for (const { name, kind, section: own } of SETTINGS) {
				if (own !== section || (kind.type !== "text" && kind.type !== "program")) continue;
				settings = { ...settings, [name]: '"'.repeat(kind.max) }; // each is escaped
			}
			expect(writeSection(settings, section).length).toBeLessThanOrEqual(2048);
		}
	});
});
