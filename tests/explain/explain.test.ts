/** Explain: the chain in sentences, in both languages. */
import { describe, expect, test } from "@jest/globals";
import { LANGUAGES, levelText, sentenceOf } from "../../src/explain/chaintext.js";
import { explain } from "../../src/explain/explain.js";
import { classAt, classesOf } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings } from "../../src/settings/table.js";
import type { Zone } from "../../src/time/zone.js";
import { parseZone } from "../../src/time/zonetext.js";
import type { UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { percent } from "../support/percent.js";
import { link, VIEW, VOICES } from "../support/view.js";

const lamp = (light: Partial<View["light"]>, sensing: Partial<View["sensing"]> = {}): View => ({
	...VIEW,
	light: { ...VIEW.light, ...light },
	sensing: { ...VIEW.sensing, ...sensing },
});

const stories: [why: string, view: View, en: string[], fr: string[]][] = [
	[
		"a quiet evening",
		VIEW,
		["According to the photocell, it is dark.", "The program asks for 60 % (22:00 60)."],
		["D'après la photocellule, il fait nuit.", "Le programme demande 60 % (22:00 60)."],
	],
	[
		"someone passes, the fade is on its way",
		lamp({
			chain: [
				link("program", 20, "00:00 20"),
				link("sensor", 100, "presence"),
				link("maxLevel", 87.5),
			],
			actual: percent(41.26),
			feedback: percent(87.5),
		}),
		[
			"According to the photocell, it is dark.",
			"The program asks for 20 % (00:00 20).",
			"The sensors raise it to 100 % (someone is there).",
			"The maximum level is set to 87.5 %.",
			"The level is 41.3 %, fading to 87.5 %.",
		],
		[
			"D'après la photocellule, il fait nuit.",
			"Le programme demande 20 % (00:00 20).",
			"Les capteurs relèvent le niveau à 100 % (quelqu'un est là).",
			"Le niveau maximal est réglé à 87,5 %.",
			"Le niveau est de 41,3 %, en transition vers 87,5 %.",
		],
	],
	[
		"the commune has the lights out, whoever comes",
		lamp({
			chain: [link("lightsOut", 0, "crisis: 00:00 out"), link("presenceIgnored", 0)],
			actual: percent(0),
			feedback: percent(0),
		}),
		[
			"According to the photocell, it is dark.",
			"The program sets lights out, without a floor: 0 % (crisis: 00:00 out).",
			"During lights out, presence does not raise the light: 0 %.",
		],
		[
			"D'après la photocellule, il fait nuit.",
			"Le programme prévoit l'extinction, sans plancher : 0 % (crisis: 00:00 out).",
			"Pendant l'extinction, une présence ne relève pas le niveau : 0 %.",
		],
	],
	[
		"someone has just gone",
		lamp({
			chain: [link("program", 30, "23:00 30"), link("sensor", 60, "linger")],
			actual: percent(60),
			feedback: percent(60),
		}),
		[
			"According to the photocell, it is dark.",
			"The program asks for 30 % (23:00 30).",
			"The sensors raise it to 60 % (someone was there a moment ago).",
		],
		[
			"D'après la photocellule, il fait nuit.",
			"Le programme demande 30 % (23:00 30).",
			"Les capteurs relèvent le niveau à 60 % (quelqu'un était là il y a un instant).",
		],
	],
	[
		"it is about to shake hands with its broker",
		lamp({
			chain: [link("program", 30, "23:00 30"), link("sensor", 100, "blocked")],
			actual: percent(100),
			feedback: percent(100),
		}),
		[
			"According to the photocell, it is dark.",
			"The program asks for 30 % (23:00 30).",
			"The sensors raise it to 100 % (PIR edges may be delayed for a moment, which counts as occupied).",
		],
		[
			"D'après la photocellule, il fait nuit.",
			"Le programme demande 30 % (23:00 30).",
			"Les capteurs relèvent le niveau à 100 % (des fronts du PIR peuvent être retardés un instant, ce qui vaut présence).",
		],
	],
	[
		"no clock, no photocell",
		lamp(
			{ chain: [link("default", 100)], feedback: percent(100), actual: percent(100) },
			{ darkBecause: "doubt" },
		),
		[
			"Neither photocell nor clock is reliable, so it counts as dark.",
			"Nothing else applies, so the lamp is lit: 100 %.",
		],
		[
			"Ni photocellule ni horloge ne sont fiables : on considère qu'il fait nuit.",
			"Rien d'autre ne s'applique, le luminaire est donc allumé : 100 %.",
		],
	],
	[
		"the heat holds it back, which is no fade",
		lamp({
			chain: [link("program", 60, "22:00 60"), link("thermal", 43)],
			actual: percent(43),
			feedback: percent(60),
		}),
		[
			"According to the photocell, it is dark.",
			"The program asks for 60 % (22:00 60).",
			"The housing is too hot: the driver is limited to 43 %.",
		],
		[
			"D'après la photocellule, il fait nuit.",
			"Le programme demande 60 % (22:00 60).",
			"Le boîtier est trop chaud : le driver est limité à 43 %.",
		],
	],
	[
		"by day",
		lamp(
			{ chain: [link("daylight", 0)], feedback: percent(0), actual: percent(0) },
			{ dark: false },
		),
		["It is not dark: no light is requested, 0 %."],
		["Il ne fait pas nuit : aucune demande de lumière, 0 %."],
	],
	[
		"an order with a name that looks like a pattern",
		lamp({ chain: [link("override", 60, "$&-toString")] }),
		["According to the photocell, it is dark.", "Order $&-toString sets 60 %."],
		["D'après la photocellule, il fait nuit.", "L'ordre $&-toString fixe 60 %."],
	],
	[
		"a sensor named as what every object inherits",
		lamp({ chain: [link("sensor", 60, "toString")] }),
		["According to the photocell, it is dark.", "The sensors raise it to 60 % (toString)."],
		[
			"D'après la photocellule, il fait nuit.",
			"Les capteurs relèvent le niveau à 60 % (toString).",
		],
	],
];

test("a link without an origin has no place for it", () => {
	const of = (by: "override" | "program", language: "en" | "fr") =>
		sentenceOf({ by, level: percent(30) }, language);
	expect([of("override", "en"), of("program", "en"), of("program", "fr")]).toEqual([
		"Order sets 30 %.",
		"The program asks for 30 %.",
		"Le programme demande 30 %.",
	]);
});

test.each(stories)("%s", (_why, view, en, fr) => {
	expect(explain(view, "en", true)).toEqual(en);
	expect(explain(view, "fr", true)).toEqual(fr);
});

test.each([
	["en", "The program asks for 0 % (outside its periods)."],
	["fr", "Le programme demande 0 % (hors de ses périodes)."],
] as const)("outside its periods, in %s", (language, sentence) => {
	const view = lamp({ chain: [link("program", 0, "outside")] });
	expect(explain(view, language, true)).toContain(sentence);
});

describe.each([...LANGUAGES])("in %s", (language) => {
	test.each(VOICES)("%s has a sentence with its level, with and without a voice", (by) => {
		for (const source of ["doubt", undefined]) {
			const [, sentence] = explain(lamp({ chain: [link(by, 42.5, source)] }), language, true);
			expect(sentence).toContain(language === "fr" ? "42,5 %" : "42.5 %");
			expect(sentence).not.toMatch(/[{}]| {2}| \.|\(\)/);
		}
	});
});

describe("beside the chain", () => {
	const street = { ...DEFAULTS, fullClass: "P4", floorClass: "P6", installedMean: 7.5 } as Settings;
	const crossing = { ...street, floorClass: "percent" } as Settings;
	const of = (settings: Settings, until?: string): View => ({
		...VIEW,
		plan: {
			...VIEW.plan,
			zone: parseZone("CET-1CEST,M3.5.0,M10.5.0/3") as Zone,
			classes: classesOf(settings),
			classAt: (level) => classAt(settings, level),
			until: until === undefined ? undefined : (Date.parse(until) as UtcMillis),
		},
	});
	const at = (level: number, view: View): View => ({
		...view,
		light: { ...view.light, feedback: percent(level), actual: percent(level) },
	});
	test("light by presence on classes: the uniformity between poles is named", () => {
		const { light, ...rest } = at(67, of(street));
		const raised = (reason: "sensor" | "program", view = rest) =>
			explain({ ...view, light: { ...light, reason } } as View, "en", true).join(" ");
		expect(raised("sensor")).toMatch(/class is not reached/);
		expect(raised("program")).not.toMatch(/class is not reached/);
		const perCent = { ...DEFAULTS } as Settings;
		expect(raised("sensor", at(67, of(perCent)))).not.toMatch(/class is not reached/);
	});
	test.each([
		[
			"the full class",
			67,
			street,
			/class P4: .* P4 full, P6 floor/,
			/classe P4 : .* P4 \(pleine\), P6 \(/,
		],
		["between two classes", 60, street, /class P5/, /classe P5/],
		["the floor", 27, street, /class P6/, /classe P6/],
		[
			"a full level in per cent",
			27,
			{ ...street, fullClass: "percent", fullLevel: 90 } as Settings,
			/90 % full, P6 floor/,
			/90 % \(plein/,
		],
		[
			"less than any class",
			20,
			street,
			/below any class: .* P4 full/,
			/au-dessous de toute classe/,
		],
		[
			"a floor in per cent",
			67,
			crossing,
			/P4 full, 20 % floor/,
			/P4 \(pleine\), 20 % \(plancher\)/,
		],
	])("%s is named", (_why, level, settings, en, fr) => {
		expect(explain(at(level, of(settings)), "en", true).at(-1)).toMatch(en);
		expect(explain(at(level, of(settings)), "fr", true).at(-1)).toMatch(fr);
	});
	test("by day, and in plain per cent, no class is", () => {
		const day = of(street);
		const byDay = { ...day, sensing: { ...day.sensing, dark: false } };
		for (const view of [byDay, of(DEFAULTS)])
			expect(explain(view, "en", true).join(" ")).not.toMatch(/class/);
	});
	test("until when the program asks for it is given by the clock on the wall", () => {
		const [, asks, until] = explain(of(DEFAULTS, "2026-11-25T01:00:00Z"), "en", true);
		expect([asks, until]).toEqual([
			"The program asks for 60 % (22:00 60).",
			"Scheduled until 02:00.",
		]);
		expect(explain(of(DEFAULTS, "2026-11-25T01:00:00Z"), "fr", true)).toContain(
			"Programmé jusqu'à 02:00.",
		);
	});
	test("since when someone is there is reported where that may be reported, and only there", () => {
		const view = of(DEFAULTS);
		const chain = [link("program", 60, "22:00 60"), link("sensor", 100, "presence")];
		const seen = { ...view, light: { ...view.light, chain, reason: "sensor" as const } };
		expect(explain(seen, "en", true)).toContain("In effect since 22:02:30.");
		expect(explain(seen, "fr", true)).toContain("En vigueur depuis 22:02:30.");
		expect(explain(seen, "en", false).join(" ")).not.toMatch(/since/);
	});
});

test("prints levels with one decimal at most", () => {
	const levels = [0, 60, 12.5, 99.96, 0.04, 33.333];
	expect(levels.map((level) => levelText(level))).toEqual([
		"0 %",
		"60 %",
		"12.5 %",
		"100 %",
		"0 %",
		"33.3 %",
	]);
	expect(levels.map((level) => levelText(level, "fr"))).toEqual([
		"0 %",
		"60 %",
		"12,5 %",
		"100 %",
		"0 %",
		"33,3 %",
	]);
});
