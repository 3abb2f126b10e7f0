/** Five questions of a technician: each answered by one word, in lines of 80 characters. */
import { describe, expect, test } from "@jest/globals";
import type { View } from "../../src/view.js";
import { EVENING, VIEW } from "../support/view.js";
import { ConsoleRig } from "./rig.js";

function answer(word: string, view: Partial<View> = {}, language = "en"): string[] {
	const pole = new ConsoleRig();
	pole.now = VIEW.time.now;
	pole.boot();
	pole.run(`language ${language}`);
	pole.desk.view = { ...VIEW, ...view };
	return pole.run(word).split("\n");
}
const light = (more: Partial<View["light"]>) => ({ light: { ...VIEW.light, ...more } });
const sensing = (more: Partial<View["sensing"]>) => ({ sensing: { ...VIEW.sensing, ...more } });
const LONG = Array.from({ length: 9 }, () => ({ by: "program", level: 60, source: "22:00 60" }));

describe("why", () => {
	test("the level, the chain, and what changes it", () => {
		expect(answer("why")).toEqual([
			"60 %, dark (photocell)",
			"because: program 60 % (22:00 60)",
			"next: movement raises it, sunrise 08:08",
		]);
	});
	test("by day, during a fade and under an order", () => {
		const day = {
			...sensing({ dark: false }),
			...light({ target: 60 as never, actual: 12.5 as never }),
		};
		const [first, , last] = answer("why", day);
		expect(first).toBe("12.5 % > 60 %, not dark (photocell)");
		expect(last).toBe("next: clear ends the order, sunset 16:43");
	});
	test.each([
		["en", "because: minimum duty 60 % > override 60 % (cmsNight) > sensor 60 % (linger)"],
		[
			"fr",
			"raisons : minimum du driver 60 % > dérogation 60 % (cmsNight) > capteurs 60 % (rémanence)",
		],
	])("has words for its links, and the order's own id (%s)", (language, line) => {
		const chain = [
			{ by: "minimumDuty", level: 60 },
			{ by: "override", level: 60, source: "cmsNight" },
			{ by: "sensor", level: 60, source: "linger" },
		] as never;
		const [, second] = answer("why", light({ chain }), language);
		expect(second).toBe(line.length > 80 ? `${line.slice(0, 77)}...` : line);
	});
	test("has a word for a program outside its periods, and none for an order of that name", () => {
		const chain = (by: string) => light({ chain: [{ by, level: 0, source: "outside" }] as never });
		expect(answer("why", chain("program"), "fr")[1]).toBe("raisons : programme 0 % (hors période)");
		expect(answer("why", chain("override"), "fr")[1]).toBe("raisons : dérogation 0 % (outside)");
	});
	test.each(["en", "fr"])("has three lines of 80 characters at most (%s)", (language) => {
		const lines = answer("why", light({ chain: LONG as never, target: 60 as never }), language);
		expect(lines).toHaveLength(3);
		for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
	});
	test("in French, by the French word, too", () => {
		expect(answer("pourquoi", {}, "fr")).toEqual(answer("why", {}, "fr"));
		expect(answer("pourquoi", {}, "fr")[2]).toBe("suite : un mouvement le relève, lever 08:08");
	});
});

describe("sensors", () => {
	test("alive and trusted", () => {
		const view = sensing({ movedAt: VIEW.time.now - 12_000 });
		expect(answer("sensors", view)).toEqual([
			"pir      last movement 00:00:12 ago, trusted",
			"light    0.3 lx, night, trusted",
		]);
	});
	test("silent and in doubt", () => {
		const view = sensing({ movedAt: -1, pirDoubt: "silent", lightLevel: undefined });
		expect(answer("sensors", view)).toEqual([
			"pir      no movement since the start, its readings are in doubt: silent",
			"light    no reading since the start, trusted",
		]);
	});
});

test("offline: network and broker, with the last trouble", () => {
	const view = { link: { ...VIEW.link, state: "waiting", lastEnd: "tlsRefused" } } as Partial<View>;
	const lines = answer("offline", view);
	expect(lines).toHaveLength(2);
	expect(lines[1]).toContain("last trouble tls refused");
});

test("changes: the events of people, then the settings that differ", () => {
	const pole = new ConsoleRig();
	const { journal } = pole.desk;
	pole.run("set hold 45");
	journal.append({ type: "linkLost", attributes: { why: "timedOut" } }, 1, EVENING);
	const attributes = { section: "light", by: "console" } as const;
	journal.append({ type: "settingsChanged", attributes }, 2, EVENING);
	expect(pole.run("changes").split("\n")).toEqual([
		"2 2026-11-24T22:03:00+01:00 info settingsChanged",
		'  {"section":"light","by":"console"}',
		"hold = 30 s, set to 45 s",
	]);
});

test.each(["en", "fr"])("no line of the five words is over 80 characters (%s)", (language) => {
	const pole = new ConsoleRig();
	pole.run(`language ${language}`);
	const host = "b".repeat(64);
	for (const line of [
		`set brokerHost ${host}`,
		`set program4 market: ${"sunset 100; 22:00 60; ".repeat(8)}sunrise 0`,
		"apply",
	])
		pole.run(line);
	const by = "x".repeat(100);
	pole.desk.journal.append({ type: "override", attributes: { id: by } as never }, 2, EVENING);
	pole.desk.view = {
		...VIEW,
		...light({ chain: LONG as never, target: 60 as never }),
		...sensing({ movedAt: -1, pirDoubt: "silent", lightLevel: undefined, lightDoubt: "radio" }),
		link: { ...VIEW.link, state: "waiting", lastEnd: "acknowledgeTimeout" },
	} as View;
	for (const word of ["why", "tonight", "offline", "sensors", "changes"]) {
		const lines = pole.run(word).split("\n");
		for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
	}
	const unwrapped = (word: string) => pole.run(word).replaceAll(/\n +/g, "");
	expect(unwrapped("offline")).toContain(host);
	expect(unwrapped("changes")).toContain(by);
});

test("a script names them in English alone", () => {
	const pole = new ConsoleRig().guessing();
	expect(pole.plain("pourquoi")[0]).toMatch(/^error/);
});
