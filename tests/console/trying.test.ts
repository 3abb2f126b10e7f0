/** Trying: test, watch and the orders of the pole, on a desk that says what a test wants. */
import { describe, expect, test } from "@jest/globals";
import type { View } from "../../src/view.js";
import { EVENING, VIEW } from "../support/view.js";
import { ConsoleRig, SECRET } from "./rig.js";

function script(view: Partial<View> = {}): ConsoleRig {
	const pole = new ConsoleRig().guessing();
	pole.now = VIEW.time.now;
	pole.boot();
	pole.guessing();
	pole.plain(`login ${SECRET}`);
	pole.desk.view = { ...VIEW, ...view };
	return pole;
}
const sensing = (more: Partial<View["sensing"]>) => ({ sensing: { ...VIEW.sensing, ...more } });
const link = (more: Partial<View["link"]>) => ({ link: { ...VIEW.link, ...more } });

/** Runs a test and lets `span` pass. */
function verdicts(
	pole: ConsoleRig,
	part: string,
	span = 0,
	between: () => void = () => {},
): string[] {
	pole.port.type(`test ${part}\r`);
	pole.console.onReadable(pole.now);
	between();
	const until = pole.now + span;
	while (pole.console.dueAt <= until) {
		pole.now = Math.max(pole.now, pole.console.dueAt);
		pole.console.tick(pole.now);
	}
	return pole.port.received().split("\r\n").slice(0, -1);
}
const found = (test: string, verdict: string, why = "") => JSON.stringify({ test, verdict, why });

describe("test light", () => {
	const cases: [why: string, view: Partial<View>, verdict: string, last: string][] = [
		["it reads", {}, found("light", "pass"), "ok pass"],
		[
			"it never said anything",
			sensing({ lightLevel: undefined }),
			found("light", "fail", "no reading since the start"),
			"ok fail",
		],
		[
			"the lamp doubts it",
			sensing({ lightDoubt: "stuck" }),
			found("light", "fail", "its readings are in doubt: stuck"),
			"ok fail",
		],
	];
	test.each(cases)("%s", (_why, view, verdict, last) => {
		expect(verdicts(script(view), "light")).toEqual([verdict, last]);
	});
	test("none is fitted", () => {
		const pole = script();
		for (const line of ["set photocell false", "apply"]) pole.plain(line);
		expect(verdicts(pole, "light").at(-1)).toBe("ok unknown");
	});
});

describe("test pir", () => {
	test("passes as soon as something moves", () => {
		const pole = script();
		const moves = () =>
			void (pole.desk.view = { ...VIEW, ...sensing({ movedAt: pole.now + 100 }) });
		expect(verdicts(pole, "pir", 250, moves)).toEqual([found("pir", "pass"), "ok pass"]);
	});
	test("says after 30 s that nothing moved, and not before", () => {
		const pole = script();
		expect(verdicts(pole, "pir", 29_900)).toEqual([]);
		pole.pass(400);
		expect(pole.terminal.text).toContain(
			`${found("pir", "unknown", "nothing moved for 30 s; test it again and walk past")}\nok unknown`,
		);
	});
	test("fails while the lamp doubts it, whatever moves", () => {
		const view = sensing({ pirDoubt: "stuckOn", movedAt: Infinity });
		expect(verdicts(script(view), "pir")[0]).toContain('"fail"');
	});
	test("is ended by Ctrl-C, and the next command is answered", () => {
		const pole = script();
		verdicts(pole, "pir", 1000);
		expect(pole.send("\u0003show hold\r")).toBe(
			'error cut ended\r\n{"name":"hold","value":30}\r\nok\r\n',
		);
	});
});

describe("test broker", () => {
	test("passes where it is reached, and does not reach again", () => {
		const pole = script();
		expect(verdicts(pole, "broker").at(-1)).toBe("ok unknown"); // none is set
		for (const line of ["set brokerHost broker", "apply"]) pole.plain(line);
		expect(verdicts(pole, "broker")).toEqual([found("broker", "pass"), "ok pass"]);
		expect(pole.desk.connects).toBe(0);
	});
	test("reaches at once, and says after 30 s why it did not", () => {
		const pole = script(link({ state: "waiting", lastEnd: "tlsRefused" }));
		for (const line of ["set brokerHost broker", "apply"]) pole.plain(line);
		expect(verdicts(pole, "broker", 30_000)).toEqual([
			found("broker", "fail", "tls refused"),
			"ok fail",
		]);
		expect(pole.desk.connects).toBe(1);
		pole.desk.view = { ...VIEW, ...link({ state: "off", isNetworkUp: false }) };
		expect(verdicts(pole, "broker", 30_000)[0]).toContain("no network");
	});
});

describe("test lamp", () => {
	const ends = (pole: ConsoleRig, more: { failed?: string; notJudged?: string }) => () => {
		const { id } = pole.desk.orders.at(-1)!;
		const { journal } = pole.desk;
		journal.append(
			{ type: "selfTest", startEndFlag: "start", attributes: { id } },
			pole.now,
			EVENING,
		);
		const other = { id: "another", failed: "lamp" };
		journal.append({ type: "selfTest", startEndFlag: "end", attributes: other }, pole.now, EVENING);
		const attributes = { id, ...more };
		journal.append({ type: "selfTest", startEndFlag: "end", attributes }, pole.now, EVENING);
	};
	const cases: [more: { failed?: string; notJudged?: string }, verdict: string][] = [
		[{}, "pass"],
		[{ failed: "lamp" }, "fail"],
		[{ failed: "link", notJudged: "lamp pir" }, "unknown"],
		[{ failed: "lampSensor" }, "pass"],
	];
	test.each(cases)("is the self-test's word: %j", (more, verdict) => {
		const pole = script();
		const answer = verdicts(pole, "lamp", 1000, () => ends(pole, more)());
		expect(answer.at(-1)).toBe(`ok ${verdict}`);
		expect(pole.desk.orders).toMatchObject([{ kind: "selfTest" }]);
	});
	test("that is refused or never ends is unknown, with the reason", () => {
		const pole = script();
		expect(verdicts(pole, "lamp", 45_000)).toEqual([
			found("lamp", "unknown", "the test did not end: another order came between"),
			"ok unknown",
		]);
		pole.desk.order = () => ({ status: "rejected", reason: "rateExceeded" });
		expect(verdicts(pole, "lamp")[0]).toContain("too many orders");
	});
	test("all of it, in the order of the table, with the worst at the end", () => {
		const pole = script(sensing({ movedAt: Infinity }));
		for (const line of ["set brokerHost broker", "apply"]) pole.plain(line);
		const answer = verdicts(pole, "all", 1000, () => ends(pole, { failed: "clock" })());
		expect(answer.slice(0, -1).map((line) => Object.values(JSON.parse(line)).slice(0, 2))).toEqual([
			["lamp", "pass"],
			["store", "pass"],
			["heap", "pass"],
			["clock", "fail"],
			["pir", "pass"],
			["light", "pass"],
			["broker", "pass"],
		]);
		expect(answer.at(-1)).toBe("ok fail");
	});
});

describe("watch", () => {
	test("reports what changes, when it changes, until a key", () => {
		const pole = new ConsoleRig().login();
		pole.send("watch\r");
		pole.pass(10_000);
		pole.desk.view = { ...VIEW, ...sensing({ presence: "moving" }) };
		pole.console.tick(pole.now);
		pole.pass(10_000);
		const lines = pole.terminal.text.split("\n").filter((line) => line.startsWith("22:03:00"));
		expect(lines).toEqual([
			"22:03:00  60 %, program, presence vacant, photocell night, 0.3 lx, link online",
			"22:03:00  60 %, program, presence moving, photocell night, 0.3 lx, link online",
		]);
		expect(pole.send("x")).toBe("luminode> ");
		expect(pole.console.dueAt).toBeGreaterThan(pole.now + 60_000);
	});
});

describe("a command that takes its time", () => {
	test.each([1, 127, 128, 300])("is ended by Ctrl-C behind %i bytes typed ahead", (count) => {
		const pole = script();
		pole.send("watch\r");
		for (let index = 0; index < count; index += 1) pole.send("x");
		pole.pass(1000);
		expect(pole.send("\u0003")).toMatch(/error cut ended\r\n$/);
		expect(pole.send("\u0003show hold\r")).toBe('{"name":"hold","value":30}\r\nok\r\n');
	});
});

describe("orders of the pole", () => {
	const cases: [line: string, order: object | undefined, answer: string][] = [
		["identify", { kind: "identify", duration: 30_000 }, "the light changes every 2 s for 30 s"],
		["identify 5", { kind: "identify", duration: 5000 }, "the light changes every 2 s for 5 s"],
		["identify 61", undefined, "usage: identify [1-60]; identify 20"],
		["identify me", undefined, "usage: identify [1-60]; identify 20"],
		[
			"maintenance 30",
			{ kind: "maintenanceMode", duration: 1_800_000 },
			"level held until 22:33, no alarms, no updates; maintenance end ends it sooner",
		],
		["maintenance end", { kind: "endMaintenance" }, "maintenance has ended"],
		["maintenance", undefined, "usage: maintenance 1-1440|end; maintenance 60"],
		["maintenance 1441", undefined, "usage: maintenance 1-1440|end; maintenance 60"],
		[
			"restart",
			{ kind: "restart" },
			"it restarts in 2 s, at the present level; log in again after that",
		],
		[
			"factoryReset sim-00001",
			{ kind: "factoryReset" },
			"everything is erased in 2 s; it restarts as from the factory",
		],
		[
			"factoryReset",
			undefined,
			"this erases secrets, settings and data of the lamp. To do it: factoryReset sim-00001",
		],
		[
			"factoryReset sim-00002",
			undefined,
			"this erases secrets, settings and data of the lamp. To do it: factoryReset sim-00001",
		],
	];
	test.each(cases)("%s", (line, order, answer) => {
		const pole = new ConsoleRig();
		expect(pole.run(line)).toBe(answer);
		expect(pole.desk.orders).toHaveLength(order ? 1 : 0);
		if (order) expect(pole.desk.orders[0]).toMatchObject(order);
	});
});
