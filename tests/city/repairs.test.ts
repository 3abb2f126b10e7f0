/**
 * Repairs: a lamp whose self-test failed is tested again once it is repaired, in whatever order its
 * reports arrive, and whatever part of them was lost while nobody listened.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { FactBook } from "../../city/citizens/facts.js";
import { Requests } from "../../city/citizens/requests.js";
import { type Database, databaseOf } from "../../city/database.js";
import type { Letter } from "../../city/inbox.js";

const NODE = "pole-00006";
const NINE = Date.UTC(2026, 10, 24, 20);
const AGAIN = 600_000;

/** Identifiers of the orders, explain and selfTest, in their sequence. */
let orders: string[];
const tests = () => orders.filter((id) => id.endsWith("-t"));
let db: Database;
let folder: string;
let now: number;
let requests: Requests;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	db = await databaseOf(join(folder, "city.db"));
	orders = [];
	now = NINE;
});
afterEach(async () => {
	await requests.close();
	await db.destroy();
	rmSync(folder, { recursive: true });
});

function program(): Requests {
	return new Requests({
		db,
		site: "liege",
		facts: new FactBook([NODE], () => now),
		order: (_node, { id }) => void (orders.includes(id) || orders.push(id)),
		zone: "Europe/Brussels",
		patience: 60_000,
		again: AGAIN,
		now: () => now,
	});
}

const letter = (kind: string, body: object, isRetained = false): Letter =>
	({ site: "liege", node: NODE, kind, body, isRetained }) as Letter;
const event = (type: string, startEndFlag: string, more: object = {}) =>
	letter("event", { type, startEndFlag, ...more });
const explained = () => letter("reply", { id: orders.at(-1), status: "done" });
const result = (failed: string) =>
	event("selfTest", "end", { attributes: { id: tests().at(-1), failed, notJudged: "" } });

/** What happens after the order of the first test: a report, reports in one batch, or a restart. */
type Step = "restart" | "connection" | Report | readonly Report[];
type Report = keyof typeof REPORTS;
const REPORTS = {
	online: () => letter("status", { online: true }, true),
	offline: () => letter("status", { online: false }),
	out: () => letter("state", { faults: ["lampFailure"], dark: true }, true),
	sound: () => letter("state", { dark: true }, true),
	"fault begins": () => event("lampFailure", "start"),
	"fault ends": () => event("lampFailure", "end"),
	failed: () => result("lamp"),
	passed: () => result(""),
} as const;

async function lived(steps: readonly Step[]): Promise<void> {
	requests = program();
	await requests.take([REPORTS.online(), REPORTS.sound()]);
	await requests.add(NODE, "6", "");
	await requests.take([explained()]); // after which the test is ordered
	for (const step of steps) {
		now += 1_000;
		if (step === "restart") {
			await requests.close();
			requests = program();
			await requests.load();
			requests.connected();
			requests.resume();
		} else if (step === "connection") requests.connected();
		else
			await requests.take(
				(typeof step === "string" ? [step] : step).map((report) => REPORTS[report]()),
			);
	}
	now += AGAIN;
	await requests.take([REPORTS.online(), REPORTS.sound()]);
	await requests.take([explained()]);
}

async function notes(): Promise<readonly [status: string, text: string]> {
	const row = db.selectFrom("requests").select(["status", "notes_en"]);
	const { status, notes_en } = await row.executeTakeFirstOrThrow();
	return [status, notes_en];
}

describe("a failed test is repeated after the repair", () => {
	const cases: [why: string, steps: readonly Step[]][] = [
		["the fault was seen", ["out", "failed", "sound"]],
		["the fault is seen after the result", ["failed", "out", "sound"]],
		["the fault ended before the result", ["out", "sound", "failed"]],
		["the fault begins and ends in one batch", [["failed", "fault begins", "fault ends"]]],
		["the result lies within the fault, in one batch", [["fault begins", "failed", "fault ends"]]],
		["the lamp went off and came back, in one batch", [["failed", "offline", "online"]]],
		["the program starts, the result precedes the state", ["restart", "failed", "sound"]],
		["the program starts, the state precedes the result", ["restart", "sound", "failed"]],
		["the program starts, all in one batch", ["restart", ["online", "failed", "sound"]]],
		["the program starts after the result", ["failed", "restart", "sound"]],
		["the connection was lost, the result is late", ["connection", "failed", "sound"]],
		["the connection is lost after the result", ["failed", "connection", "sound"]],
	];
	test.each(cases)("%s", async (_why, steps) => {
		await lived(steps);
		expect(tests()).toHaveLength(2);
		await requests.take([REPORTS.passed()]);
		expect(await notes()).toEqual(["closed", expect.stringContaining("it works")]);
	});
});

describe("no test is repeated without a reason", () => {
	const cases: [why: string, steps: readonly Step[], word: string][] = [
		["a test that failed while the lamp reported no fault", ["failed"], "did not pass"],
		["a test that passed, after a restart", ["restart", "passed"], "it works"],
		["a test that passed, after a connection", ["connection", "passed"], "it works"],
		["a lamp that never answers, after a restart", ["restart"], "did not answer"],
	];
	test.each(cases)("%s", async (_why, steps, word) => {
		await lived(steps);
		expect([tests().length, (await notes())[1]]).toEqual([1, expect.stringContaining(word)]);
	});
});

test("a report that shares a failed test of before the restart is judged by another one", async () => {
	await lived(["failed"]);
	const [{ id }] = (await db.selectFrom("requests").select("id").execute()) as [{ id: string }];
	await requests.conclude(id, "guichet", "seen");
	await requests.close();
	now = NINE + 2_000;
	requests = program();
	await requests.load();
	requests.connected();
	await requests.take([REPORTS.online(), REPORTS.sound()]);
	await requests.add(NODE, "6", "again");
	now += AGAIN;
	await requests.take([REPORTS.sound()]);
	await requests.take([explained()]);
	expect(tests()).toHaveLength(2);
});
