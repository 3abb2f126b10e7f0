/** Store: sections as JSON, secrets kept, flash spared, and never anything invalid in force. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Bank, keyOf, NO_BANK, readBank, writeBank } from "../../src/settings/bank.js";
import { MEANS } from "../../src/settings/classes.js";
import { brokenRule, RULES } from "../../src/settings/rules.js";
import { seal } from "../../src/settings/seal.js";
import { exportSection, print, readSection, writeSection } from "../../src/settings/section.js";
import {
	type Loaded,
	loadSettings,
	prepare,
	sealStored,
	switchTo,
} from "../../src/settings/store.js";
import {
	DEFAULTS,
	SECTIONS,
	SETTINGS,
	type Setting,
	type SettingName,
	type Settings,
	settingOf,
	withValues,
} from "../../src/settings/table.js";
import { isRejection, type Validators } from "../../src/settings/validate.js";
import { BANK_KEY } from "../../src/storekeys.js";
import { scaled } from "../support/scale.js";
import { change, doorsOf, MemoryStore, PowerCut, plain, VALIDATORS } from "./validators.js";

function changed(...steps: [name: SettingName, input: unknown][]): Settings {
	return steps.reduce<Settings>((settings, [name, input]) => {
		const next = change(settings, name, input);
		if (isRejection(next)) throw new Error(`${name} ${next.why}`);
		return next;
	}, DEFAULTS);
}

describe("a section as text", () => {
	test("has the names and units outside, in the order of the table", () => {
		expect(writeSection(DEFAULTS, "power")).toMatch(
			/^{"supply":"always","feeder":"","ledPower_W":37,"ledPower50_W":0,.*"standbyPower_W":0.5,"controllerPower_W":0.5,"oldLampPower_W":83,"[^}]*}$/,
		);
		expect(JSON.parse(writeSection(DEFAULTS, "light"))).toMatchObject({
			riseTime: 0.8,
			hold: 30,
			lightProtected: false,
		});
		expect(JSON.parse(writeSection(DEFAULTS, "calendar"))).toMatchObject({ latitude: 50.63 });
	});
	// security: no way out
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
		const result = readSection(base, "light", '{"hold":60}', VALIDATORS);
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
		const { settings, rejections } = readSection(DEFAULTS, "light", text, VALIDATORS);
		expect(rejections.map(({ reason, name }) => `${reason} ${name}`)).toEqual(reasons);
		expect(settings.hold).toBe(hold);
	});
});

/** Puts `after` in force on top of `before`, as the desks do. */
function save(store: MemoryStore, after: Settings, before: Loaded = load(store)): Bank | string {
	const doors = doorsOf(store);
	const prepared = prepare(before.bank, before.settings, after, doors);
	if (typeof prepared === "string") return prepared;
	const bank = { ...before.bank, slots: prepared.slots, switches: before.bank.switches + 1 };
	const result = switchTo(bank, doors);
	return result === "ok" ? bank : result;
}

function load(store: MemoryStore, version?: string): Loaded {
	return loadSettings(doorsOf(store, version), VALIDATORS);
}

describe("the store", () => {
	test("has keys that NVS takes", () => {
		for (const section of SECTIONS)
			for (const slot of ["a", "b"] as const)
				expect(keyOf(section, slot)).toMatch(/^[a-z.]{1,15}$/);
	});
	test("of a lamp fresh from the factory gives the defaults, and nothing was wrong", () => {
		const { settings, bank, rejections } = load(new MemoryStore());
		expect([plain(settings), bank, rejections]).toEqual([plain(DEFAULTS), NO_BANK, []]);
	});
	test("keeps what was saved, secrets included", () => {
		const store = new MemoryStore();
		const after = changed(["brokerPassword", "hush"], ["riseTime", 0.5], ["latitude", -33.8688]);
		const bank = save(store, after);
		const loaded = load(store);
		expect([plain(loaded.settings), loaded.bank]).toEqual([plain(after), bank]);
		expect(loaded.rejections).toEqual([]);
	});
	test("is written only where something changed, to the slots in turn", () => {
		const store = new MemoryStore();
		save(store, changed(["hold", 60]));
		expect(store.written.splice(0)).toEqual(["alt.light", "bank"]);
		save(store, changed(["hold", 61]));
		expect(store.written.splice(0)).toEqual(["set.light", "bank"]);
		save(store, changed(["hold", 60]));
		expect(store.written).toEqual(["bank"]); // the other slot holds just that
	});
	test("that is full says so, and the old settings stand", () => {
		const store = new MemoryStore();
		store.room = 1;
		const after = changed(["site", "liege"], ["hold", 60], ["keepAlive", 600]);
		expect(save(store, after)).toBe("full");
		expect(plain(load(store).settings)).toEqual(plain(DEFAULTS));
	});
	const old = changed(["site", "namur"], ["hold", 45], ["floorLevel", 30]);
	const befores: [what: string, fill: (store: MemoryStore) => void, settings: Settings][] = [
		["the factory's", () => {}, DEFAULTS],
		[
			"the depot's",
			(store) => void store.values.set("set.light", '{"hold":60}'),
			changed(["hold", 60]),
		],
		["a change's", (store) => void save(store, old), old],
	];
	// security: 5.9-1, 5.9-2
	test.each(befores)("power cut at every write: %s settings, whole", (_what, fill, before) => {
		const after = changed(["site", "liege"], ["hold", 61], ["keepAlive", 600]);
		let writes = 0;
		for (let cutAt = 0; cutAt <= writes; cutAt += 1) {
			const store = new MemoryStore();
			fill(store);
			const first = store.written.length;
			store.cutAt = first + cutAt;
			if (cutAt === 4) expect(save(store, after)).toMatchObject({ switches: expect.any(Number) });
			else expect(() => save(store, after)).toThrow(PowerCut);
			expect(plain(load(store).settings)).toEqual(plain(cutAt === 4 ? after : before));
			store.cutAt = Infinity; // and the change can be made after all
			save(store, after);
			expect(plain(load(store).settings)).toEqual(plain(after));
			if (cutAt === 0) writes = store.written.length - first;
		}
		expect(writes).toBe(4); // three sections and the record
	});
	test("one broken section costs that section alone", () => {
		const store = new MemoryStore();
		store.values.set("set.identity", '{"site":"liege"}');
		store.values.set("set.light", '{"hold":60,"maxL');
		const { settings, rejections } = load(store);
		expect([settings.site, settings.hold]).toEqual(["liege", 30_000]);
		expect(rejections).toEqual([{ reason: "malformed", name: "light", why: "is malformed" }]);
	});
	test("a section that flash lost is reported", () => {
		const store = new MemoryStore();
		save(store, changed(["site", "liege"], ["hold", 60]));
		store.values.delete("alt.light");
		const { settings, rejections } = load(store);
		expect([settings.site, settings.hold]).toEqual(["liege", 30_000]);
		expect(rejections).toEqual([{ reason: "malformed", name: "light", why: "is not there" }]);
	});
	test.each(
		["", "2 aaaaaaa 1 1 0 0 0", "1 aaaa 1 1 0 0 0", "1 abababc 1 1 0 0 0"].concat([
			"1 aaaaaaa -1 1 0 0 0",
			"1 aaaaaaa 1 1 0 0",
			"1 aaaaaaa 1 1 0 0 0 aaaaaaa 1 1",
			"1 aaaaaaa 1 1.5 0 0 0",
			"1 aaaaaaa  1 0 0 0",
		]),
	)("a record that is not its own, %j, is reported, and the depot's slots are read", (text) => {
		const store = new MemoryStore();
		store.values.set("set.light", '{"hold":60}');
		store.values.set(BANK_KEY, text);
		const { settings, rejections } = load(store);
		expect([settings.hold, rejections[0]?.name]).toEqual([60_000, "bank"]);
	});
	test("the record survives being written, on probation too", () => {
		const bank: Bank = {
			slots: "ab-ab-a",
			switches: 9,
			revision: 4_294_967_295,
			drift: 3,
			refused: 7,
			reverted: 2,
			fallback: { slots: "-------", revision: 8, drift: 0, life: 17 },
		};
		expect(writeBank(bank)).toBe("1 ab-ab-a 9 4294967295 3 7 2 ------- 8 0 17"); // frozen
		expect(readBank(writeBank(bank))).toEqual(bank);
		expect(readBank(writeBank(NO_BANK))).toEqual(NO_BANK);
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
				const { settings } = load(store);
				expect(brokenRule(settings)).toBeUndefined();
				const copy = new MemoryStore();
				save(copy, settings);
				const again = load(copy);
				expect([plain(again.settings), again.rejections]).toEqual([plain(settings), []]);
			}),
			{ seed: 2412, numRuns: scaled(200, 500) },
		);
	});
	test("every section, at its longest, fits what is parsed", () => {
		for (const section of SECTIONS) {
			let settings: Settings = DEFAULTS;
			for (const { name, kind, section: settingSection } of SETTINGS) {
				if (settingSection !== section || (kind.type !== "text" && kind.type !== "program"))
					continue;
				settings = withValues(settings, { [name]: '"'.repeat(kind.max) }); // each is escaped
			}
			expect(writeSection(settings, section).length).toBeLessThanOrEqual(2048);
		}
	});
});

describe("the seal", () => {
	const after = changed(["site", "liege"], ["floorLevel", 30]);
	const sealed = () => {
		const store = new MemoryStore();
		save(store, after);
		return store;
	};
	/** Validators that must not be asked. */
	const asked: string[] = [];
	const spies = Object.fromEntries(
		Object.keys(VALIDATORS).map((name) => [name, () => void asked.push(name)]),
	) as unknown as Validators;

	test("spares the judges: what the lamp wrote itself is trusted", () => {
		const store = sealed();
		save(store, changed(["program", "sunset 50"], ["zone", "UTC0"]));
		asked.length = 0;
		expect(loadSettings(doorsOf(store), spies).settings.program).toBe("sunset 50");
		expect(asked).toEqual([]);
	});
	test("does not hold for another version of the firmware: all is judged again", () => {
		const store = sealed();
		save(store, changed(["program", "sunset 50"]));
		const { settings, rejections } = loadSettings(doorsOf(store, "2"), spies);
		expect([settings.program, rejections, asked]).toEqual([
			"sunset 50",
			[],
			expect.arrayContaining(["program"]),
		]);
	});
	test.each([
		[
			"a character of the text",
			(text: string) => text.replace('"floorLevel":30', '"floorLevel":130'),
		],
		["a character of the seal", (text: string) => (text[0] === "0" ? "1" : "0") + text.slice(1)],
		["its end", (text: string) => text.slice(0, -9)],
	])("does not hold when flash changed %s", (_what, change) => {
		const store = sealed();
		store.values.set("alt.light", change(store.values.get("alt.light")!));
		const { settings } = load(store);
		expect(brokenRule(settings)).toBeUndefined();
		expect([20, 30]).toContain(settings.floorLevel);
	});
	test("is six bytes of the digest over firmware, table, rules, key and text", () => {
		let hashed = "";
		const digest = Uint8Array.from({ length: 32 }, (_, place) => 0xf1 - place);
		const sha256 = (bytes: Uint8Array) => {
			hashed = Buffer.from(bytes).toString();
			return digest;
		};
		const doors = { ...doorsOf(new MemoryStore(), "7.1"), crypto: { sha256 } };
		expect(seal("set.light", "{}", doors)).toBe(`${0xf1f0efeeedec}{}`);
		const meaning = JSON.stringify([
			SETTINGS.map(({ section, name, kind, initial }) => [section, name, kind, initial]),
			RULES.map(({ id }) => id),
			MEANS,
		]);
		let hash = 2_166_136_261n; // FNV-1a of 32 bits, in whole numbers of any size
		for (let at = 0; at < meaning.length; at += 1)
			hash = ((hash ^ BigInt(meaning.charCodeAt(at))) * 16_777_619n) % 2n ** 32n;
		expect(hashed).toBe(`7.1 ${hash} set.light {}`);
	});
	test("is put on a depot's text where it lies, once, if it means what is in force", () => {
		const text = '{"floorLevel": 30, "riseTime": 0.3}';
		const store = new MemoryStore();
		store.values.set("set.light", text);
		const { settings, bank, validated, rejections } = load(store);
		expect([rejections, validated]).toEqual([[], 1 << SECTIONS.indexOf("light")]);
		sealStored(bank, "light", DEFAULTS, doorsOf(store));
		sealStored(bank, "link", settings, doorsOf(store)); // nothing is stored there
		expect(store.written).toEqual([]);
		sealStored(bank, "light", settings, doorsOf(store));
		expect(store.values.get("set.light")).toMatch(/^\d+\{"floorLevel": 30, "riseTime": 0.3\}$/);
		expect(load(store).validated).toBe(0);
		expect(plain(load(store).settings)).toEqual(plain(settings));
		sealStored(bank, "light", settings, doorsOf(store));
		expect(store.written).toEqual(["set.light"]);
	});
	test("does not hold for the same text in another slot", () => {
		const store = sealed();
		store.values.set("alt.light", store.values.get("alt.identity")!);
		expect(load(store).rejections.map(({ reason }) => reason)).toContain("unknownSetting");
	});
});
