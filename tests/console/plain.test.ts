/** Plain mode: what a script sends and gets, to the byte (docs/console.md). */
import { describe, expect, test } from "@jest/globals";
import { COMMANDS } from "../../src/console/commands.js";
import { LINE_MAX_BYTES } from "../../src/console/lineeditor.js";
import { ConsoleRig, SECRET } from "./rig.js";

/** A script at an open console. */
function script(): ConsoleRig {
	const pole = new ConsoleRig().guessing();
	pole.plain(`login ${SECRET}`);
	return pole;
}

describe("a script", () => {
	test("finds its way in from any state by Ctrl-C and plain", () => {
		const pole = new ConsoleRig("");
		expect(pole.send("sta")).not.toBe("");
		expect(pole.send("\u0003plain\r")).toMatch(/\r\nok plain 1 new quai-7\r\n$/);
		expect(pole.send("\u0003plain\r")).toBe("ok plain 1 new quai-7\r\n");
		expect(pole.plain("show")[0]).toMatch(/^error new /);
		expect(pole.plain("status").at(-1)).toBe("ok");
		expect(pole.plain(`secret ${SECRET}`)[0]).toMatch(/^ok /);
		expect(pole.send("plain\n")).toBe("ok plain 1 open quai-7\r\n");
		expect(pole.send("plain 7f3a\r")).toBe("ok plain 1 open quai-7 7f3a\r\n");
		expect(pole.send("plain 7 f3a\r")).toBe("error usage usage: plain [MARK]\r\n");
		expect(pole.send("plain 0123456789abcdef\r")).toMatch(/^error usage /);
		pole.plain("logout");
		expect(pole.send("\u0003plain\r\n")).toMatch(/\r\nok plain 1 closed quai-7\r\n$/);
		expect(pole.plain("status")).toEqual(["error closed log in first: login SECRET"]);
		expect(pole.plain(`login ${SECRET}`)[0]).toMatch(/^ok /);
		expect(pole.send("interactive\r")).toBe("luminode> ");
		expect(pole.send("show hold\r")).toBe("show hold\r\nhold = 30 s\r\nluminode> ");
	});

	const answers: [why: string, line: string, answer: string[]][] = [
		["a value", "show floorLevel", ['{"name":"floorLevel","value":20}', "ok"]],
		["a text", "show site", ['{"name":"site","value":""}', "ok"]],
		["a secret", "show brokerPassword", ['{"name":"brokerPassword","isSet":false}', "ok"]],
		["a change", "set hold 40", ["ok hold = 40 s, set; apply puts it in force"]],
		[
			"a stranger",
			"show colour",
			["error unknownSetting no setting is called colour. show lists them all."],
		],
		[
			"out of range",
			"set hold -1",
			["error invalid hold is unchanged: must be 5 to 1800 s, e.g. 30"],
		],
		[
			"nothing to apply",
			"apply",
			["error notDone not done: the stored settings are in force, nothing is on trial"],
		],
		["a stranger", "reboot", ["error unknownCommand unknown command: reboot. Type help."]],
		["an order", "override 60 5", ["ok accepted"]],
		[
			"a bad one",
			"override 60",
			["error usage usage: override LEVEL MINUTES: 0-100, 1-10080; override 60 90"],
		],
		["no event", "events", ["ok no events"]],
		[
			"why",
			"why",
			[
				'{"text":"60 %, dark (photocell)"}',
				'{"text":"because: program 60 % (22:00 60)"}',
				'{"text":"next: movement raises it, sunrise 08:08"}',
				"ok",
			],
		],
		["nothing", "", []],
		["blanks", "  ", []],
		[
			"a line too long",
			`set site ${"x".repeat(LINE_MAX_BYTES)}`,
			["error tooLong the line is over 400 bytes and was ignored"],
		],
	];
	for (const [why, line, answer] of answers)
		test(`${why}: ${line.slice(0, 40)}`, () => expect(script().plain(line)).toEqual(answer));

	test("drops a line by Ctrl-C without an answer", () => {
		expect(script().send("set hold 40\u0003show hold\r")).toBe(
			'{"name":"hold","value":30}\r\nok\r\n',
		);
	});
	test("sees what was set beside what holds", () => {
		const pole = script();
		pole.plain("set floorLevel 25");
		expect(pole.plain("show floorLevel")[0]).toBe(
			'{"name":"floorLevel","value":20,"candidate":25}',
		);
		pole.plain("set brokerPassword hunter2");
		expect(pole.plain("show brokerPassword")).toEqual([
			'{"name":"brokerPassword","isSet":false}',
			"ok",
		]);
	});
	test("gets every listing whole, no page, each line an object, one last line", () => {
		const pole = script();
		for (const { name } of COMMANDS) {
			if (["logout", "interactive", "plain", "watch", "import", "updateKeys"].includes(name))
				continue;
			const lines = pole.plain(name);
			expect(lines.at(-1)).toMatch(/^(ok|error \w+)( |$)/);
			for (const line of lines.slice(0, -1)) {
				expect(typeof JSON.parse(line)).toBe("object");
				expect(line.length).toBeLessThanOrEqual(512);
			}
		}
		expect(pole.plain("show")).toHaveLength(pole.desk.names.length + 1);
	});
	test("reads the lamp's state by name", () => {
		const parts = script()
			.plain("status")
			.slice(0, -1)
			.map((line) => JSON.parse(line));
		expect(parts.map(({ part }) => part)).toEqual([
			"identity",
			"time",
			"light",
			"sensing",
			"meter",
			"traffic",
			"link",
			"monitor",
			"machine",
		]);
		const image = { profile: "development", slot: 0, updateKeys: ["0a1b2c3d"] };
		expect(parts[0]).toMatchObject(image);
		expect(parts[2]).toMatchObject({
			feedbackLightCommand: 60,
			actualLightState: 60,
			reason: "program",
		});
		expect(parts[4].activeEnergy_kWh).toBeCloseTo(0.123, 6);
	});
	test("reads events as the broker gets them", () => {
		const pole = script();
		pole.desk.journal.append(
			{ type: "linkLost", attributes: { why: "timedOut" } },
			1500,
			undefined,
		);
		expect(JSON.parse(pole.plain("events")[0]!)).toEqual({
			seq: 1,
			life: 17,
			type: "linkLost",
			severity: "info",
			uptime_ms: 1500,
			count: 1,
			attributes: { why: "timedOut" },
		});
	});
});
