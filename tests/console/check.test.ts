/** Check: notes on improbable settings at the console, in both languages, in pieces. */
import { describe, expect, test } from "@jest/globals";
import { ConsoleRig } from "./rig.js";

const PIECES = 60_000; // longer than any of the runs below

/** Types the lines; the text after the last of them, once the lamp's work is done. */
function after(...lines: string[]): string {
	const pole = new ConsoleRig().login();
	for (const line of lines.slice(0, -1)) pole.run(line);
	pole.run(lines.at(-1)!);
	pole.pass(PIECES);
	return pole.terminal.text.split("\n").slice(1, -1).join("\n");
}

describe("check", () => {
	test.each<[why: string, lines: string[], text: string]>([
		["the defaults", [], "nothing is improbable"],
		["the defaults, in French", ["language fr"], "rien d'improbable"],
		[
			"an edited setting, before apply",
			["set standbyPower_W 8"],
			"note: standby of 8 W is as much as the lamp at 10 % (5.6 W): check the unit",
		],
		[
			"with a decimal comma in French",
			["language fr", "set standbyPower_W 8"],
			"remarque : la veille de 8 W vaut la lampe à 10 % (5,6 W) : vérifier l'unité",
		],
		["a setting that was taken back", ["set standbyPower_W 8", "revert"], "nothing is improbable"],
		[
			"a setting in force",
			["set standbyPower_W 8", "apply", "confirm"],
			"note: standby of 8 W is as much as the lamp at 10 % (5.6 W): check the unit",
		],
		[
			"rules without a night, after those with one",
			["set calendar Mon..Sun: program; Fri: program; easter Mon: program"],
			'note: rule "Fri: program" has no night left: rules before it take them all\n' +
				'note: rule "easter Mon: program" fits no night until 2069',
		],
	])("%s", (_why, lines, text) => {
		expect(after(...lines, "check")).toBe(text);
	});
	test("Ctrl-C ends it, and the console answers", () => {
		const pole = new ConsoleRig().login();
		pole.run("set calendar Mon..Sun: program; Fri: program");
		pole.type("check\r");
		expect(pole.send("\u0003")).toContain("^C");
		expect(pole.run("show hold")).toMatch(/^hold = /);
	});
	test("a script gets an object a note", () => {
		const pole = new ConsoleRig().login();
		pole.send("plain\r");
		pole.plain("set standbyPower_W 8");
		pole.plain("check");
		pole.pass(PIECES);
		expect(pole.terminal.text).toMatch(/\{"text":"note: standby of 8 W[^"]*"\}\s*ok/);
	});
});

describe("set", () => {
	test.each<[why: string, line: string, note: RegExp | undefined]>([
		["a usual value", "set hold 40", undefined],
		["an improbable value", "set standbyPower_W 8", /^note: standby of 8 W/],
		["a point of a program", "set program sunset P2; sunrise 0", /^note: point "sunset P2" names/],
		["a program that no rule names", "set program2 x: sunset 50", /^note: program x is named/],
		["an improbable value elsewhere", "set floorLevel 30", undefined],
	])("%s", (_why, line, note) => {
		const pole = new ConsoleRig().login();
		if (line.includes("floorLevel")) pole.run("set standbyPower_W 8");
		const [answer, ...notes] = pole.run(line).split("\n");
		expect(answer).toMatch(/, set; apply puts it in force$/);
		if (note) expect(notes[0]).toMatch(note);
		else expect(notes).toEqual([]);
	});
	test("a script gets one line", () => {
		const pole = new ConsoleRig().login();
		pole.send("plain\r");
		expect(pole.plain("set standbyPower_W 8")).toEqual([expect.stringMatching(/^ok /)]);
	});
});
