/** Fingerprint of a seal: it changes with what makes a stored text valid, and with no sentence. */
import { createHash } from "node:crypto";
import { afterAll, describe, expect, jest, test } from "@jest/globals";
import { MEANS } from "../../src/settings/classes.js";
import { SITE_KEY_LEAST } from "../../src/settings/neighbours.js";
import { RULES, type Rule } from "../../src/settings/rules.js";
import { fingerprintOf, seal } from "../../src/settings/seal.js";
import { SETTINGS, type Setting } from "../../src/settings/table.js";

/** Each rule by its id, in the order of the table. Another id: every lamp validates its settings once. */
const IDS = [
	"meanKnown",
	"classKinds",
	"floorClassMost",
	"meanReaches",
	"noSensorOnM",
	"maxLeast",
	"fullLeast",
	"maxProtected",
	"lingerMost",
	"failureLeast",
	"programNames",
	"calendarNames",
	"thresholds",
	"powersRise",
	"groupNeedsKey",
	"keyLeast16",
	"broadcastPeriods",
	"narrowPresence",
	"stateIntervals",
];

describe("ids of rules", () => {
	test("are those of every version so far", () => {
		expect(RULES.map(({ id }) => id)).toEqual(IDS);
	});
	test("are short, and each is another", () => {
		for (const { id } of RULES) expect(id).toMatch(/^[a-z][A-Za-z0-9]{2,15}$/);
		expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
	});
	test("have the limit that the rule uses", () => {
		expect(RULES.find(({ name }) => name === "siteKey")?.id).toBe(`keyLeast${SITE_KEY_LEAST}`);
	});
});

describe("a seal of firmware whose rules have", () => {
	afterAll(() => void jest.resetModules());
	const doors = {
		version: "1",
		crypto: { sha256: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest() },
		utf8: {
			encode: (text: string, bytes: Uint8Array) =>
				new TextEncoder().encodeInto(text, bytes).written,
		},
	};
	/** The seal of firmware with these rules. */
	async function sealedBy(rules: readonly Rule[]): Promise<string> {
		jest.resetModules();
		jest.unstable_mockModule("../../src/settings/rules.js", () => ({ RULES: rules }));
		const other = await import("../../src/settings/seal.js");
		return other.seal("set.light", "{}", doors);
	}
	const ours = seal("set.light", "{}", doors);
	test("other reasons is the same", async () => {
		const rules = RULES.map((rule) => ({ ...rule, why: "is wrong", french: "est faux" }));
		expect(await sealedBy(rules)).toBe(ours);
	});
	test("another id is another", async () => {
		const rules = RULES.map((rule, index) => (index === 3 ? { ...rule, id: "meanDoes" } : rule));
		expect(await sealedBy(rules)).not.toBe(ours);
	});
});

const settings = (name: string, more: object) =>
	SETTINGS.map((row) => (row.name === name ? { ...row, ...more } : row)) as readonly Setting[];
const kindOf = (name: string) => SETTINGS.find((row) => row.name === name)!.kind;
const OURS = fingerprintOf(SETTINGS, RULES, MEANS);

describe("the same fingerprint with", () => {
	const rows: [what: string, print: () => number][] = [
		["the same tables", () => fingerprintOf([...SETTINGS], [...RULES], { ...MEANS })],
		[
			"other reasons of the rules",
			() => {
				const rules = RULES.map((rule) => ({ ...rule, why: "is wrong", french: "est faux" }));
				return fingerprintOf(SETTINGS, rules, MEANS);
			},
		],
		[
			"other sentences about a setting",
			() => fingerprintOf(settings("hold", { meaning: "a\nb", warning: "c\nd" }), RULES, MEANS),
		],
	];
	test.each(rows)("%s", (_what, print) => expect(print()).toBe(OURS));
});

describe("another fingerprint with", () => {
	const rows: [what: string, print: () => number][] = [
		["another default", () => fingerprintOf(settings("floorLevel", { initial: 21 }), RULES, MEANS)],
		[
			"another range",
			() => {
				const kind = { ...kindOf("floorLevel"), max: 99 };
				return fingerprintOf(settings("floorLevel", { kind }), RULES, MEANS);
			},
		],
		[
			"another step",
			() => {
				const kind = { ...kindOf("riseTime"), step: 0.01 };
				return fingerprintOf(settings("riseTime", { kind }), RULES, MEANS);
			},
		],
		["a setting less", () => fingerprintOf(SETTINGS.slice(1), RULES, MEANS)],
		[
			"a setting of another name",
			() => fingerprintOf(settings("hold", { name: "held" }), RULES, MEANS),
		],
		[
			"a setting of another section",
			() => fingerprintOf(settings("hold", { section: "sensing" }), RULES, MEANS),
		],
		["a rule less", () => fingerprintOf(SETTINGS, RULES.slice(0, -1), MEANS)],
		[
			"a rule of another id",
			() => {
				const rules = RULES.map((rule, index) =>
					index === 3 ? { ...rule, id: "meanDoes" } : rule,
				);
				return fingerprintOf(SETTINGS, rules, MEANS);
			},
		],
		["a class of another mean", () => fingerprintOf(SETTINGS, RULES, { ...MEANS, P5: 3.1 })],
	];
	test.each(rows)("%s", (_what, print) => expect(print()).not.toBe(OURS));
});
