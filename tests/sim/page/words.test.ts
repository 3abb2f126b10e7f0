/** The page has words for all that a lamp may say, in both languages. */
import { describe, expect, test } from "@jest/globals";
import { POWER_CAUSE } from "../../../hosts/virtual/protocol.js";
import { FAULT_NAMES } from "../../../sim/faults/faultnames.js";
import { FAULTS } from "../../../sim/faults/faults.js";
import { readForms } from "../../../sim/files/orderforms.js";
import { isWord, Speech } from "../../../sim/page/client/words.js";
import { CAUSES } from "../../../sim/results/ring.js";
import { ORDERS } from "../../../src/command/table.js";
import { sentenceOf } from "../../../src/explain/chaintext.js";
import { SEVERITY } from "../../../src/journal/events.js";
import { checkFiles } from "../../../tools/renew/checks.js";
import { noneLeft } from "../../support/mend.js";
import { REVERT_REASONS, UPDATE_FAULTS } from "../../support/tables.js";
import { link, SENSOR_SOURCES, VOICES } from "../../support/view.js";

describe.each(["en", "fr"] as const)("in %s", (language) => {
	const speech = new Speech(language, "Europe/Brussels");
	test.each(VOICES)("the lamp's sentence for %s, with its level", (by) => {
		const sentence = speech.sentence({ by, level: 42.5 });
		const level = language === "fr" ? "42,5\u00a0%" : "42.5\u00a0%";
		expect(sentence).toContain(level);
		expect(sentence.replaceAll("\u00a0", " ")).toBe(sentenceOf(link(by, 42.5), language));
		expect(sentence).not.toMatch(/[{}]| [%:;]/);
	});
	test.each([
		["of a later version", "moonlight"],
		["with the name of a member of every object", "toString"],
	])("a sentence for a kind of link %s", (_, by) => {
		const sentence = speech.sentence({ by, level: 42, source: "full moon" });
		expect(sentence).toMatch(new RegExp(`^${by}\\s?: 42\\s% \\(full moon\\)\\.$`));
	});
	test("for each order of the contract, its fields and what may be answered", () => {
		const keys = readForms().flatMap(({ name, to, fields }) => [
			`order.${name}`,
			`to.${to}`,
			...fields.map((field) => `field.${field.name}`),
		]);
		const statuses = ["accepted", "done", "rejected"].map((status) => `answer.${status}`);
		expect([...keys, ...statuses].filter((key) => !isWord(key))).toEqual([]);
	});
	test.each([...UPDATE_FAULTS, ...REVERT_REASONS, ...POWER_CAUSE])(
		"words for %s of an image",
		(why) => {
			expect(isWord(`why.${why}`)).toBe(true);
		},
	);
	test.each(SENSOR_SOURCES)("words for the source %s", (source) => {
		expect(speech.sentence({ by: "sensor", level: 100, source })).not.toContain(source);
	});
});

describe("in French a program's point is no text of a program", () => {
	const speech = new Speech("fr", "Europe/Brussels");
	test.each([
		["sunset 60", "dès le coucher du soleil"],
		["sunset+30 60", "dès 30 min après le coucher du soleil"],
		["sunrise-5 60", "dès 5 min avant le lever du soleil"],
		["22:00 60 min 80 hold 20", "dès 22:00"],
		["weekend: 22:00 P5", "«\u00a0weekend\u00a0», dès 22:00, classe P5"],
		["00:00 P6 traffic 60", "dès 00:00, classe P6, plus dès 60 usagers par heure"],
		["outside", "hors de ses périodes"],
		["a later word", "a later word"],
	])("%s: %s", (source, wording) => {
		const sentence = speech.sentence({ by: "program", level: 60, source });
		expect(sentence).toBe(`Le programme demande 60\u00a0% (${wording}).`);
	});
	test("a lamp without other request is lit by default, not by a fault", () => {
		expect(speech.say("default")).toBe("par défaut");
		expect(speech.say("fault")).toBe("erreur interne");
	});
});

test("there are words for each fault, event, cause and refusal", () => {
	const keys = [
		...Object.keys(FAULTS).map((name) => `fault.${name}`),
		...Object.keys(SEVERITY).map((type) => `event.${type}`),
		...CAUSES,
		...["offline", "online", "power", "put"].map((type) => `event.${type}`),
	];
	expect(keys.filter((key) => !isWord(key))).toEqual([]);
	for (const language of ["en", "fr"] as const)
		expect(Object.keys(FAULT_NAMES[language]).sort()).toEqual(Object.keys(FAULTS).sort());
});

test("there are words for each check", () => {
	const missing = checkFiles().filter(({ name }) => !isWord(`check.${name}`));
	noneLeft(
		missing.map(({ name }) => name),
		"add its words to sim/util/checknames.ts",
	);
});

test("the page can give each order that a lamp takes over the broker, to whom it takes it for", () => {
	const forms = readForms();
	for (const [command, rule] of Object.entries(ORDERS)) {
		const via: readonly string[] = rule.via;
		const isEmergency = via.includes("emergency");
		const to = ["lamp", "group", "all"].filter(
			(target) => isEmergency || via.includes(target === "lamp" ? "node" : target),
		);
		const commandForms = forms.filter((form) => form.command === command);
		expect([command, [...new Set(commandForms.map((form) => form.to))]]).toEqual([command, to]);
		const fields = new Set(
			commandForms.flatMap((form) => [
				...form.fields.map(({ name }) => name),
				...Object.keys(form.fixed),
			]),
		);
		// The contract's desk says until when, not for how long: `duration` is for the pole, but of identify.
		const known = rule.fields.filter((name) => name !== "duration" || command === "identify");
		const many = commandForms.some((form) => form.to !== "lamp") ? ["spread_s"] : [];
		if (commandForms.length > 0)
			expect([command, [...fields].sort()]).toEqual([command, [...known, ...many].sort()]);
	}
});
