/**
 * Ledger: the table of docs/measured.md is what is measured, within the aims of edge and boot, and no
 * row rises without a word. All is counted in XS, so it is the same on every machine.
 *
 * Promise: No function costs more than the table in docs/measured.md says, so an edge is answered
 * within its aim.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { AIM_COMPUTRONS } from "../../bench/firmware.js";
import { rowsOf, unexplained, withLedger } from "../../bench/ledger/block.js";
import { type Git, risesIn } from "../../bench/ledger/history.js";
import { measure, type Row } from "../../bench/ledger/rows.js";
import { equalsGolden } from "../support/golden.js";

const EMPTY =
	"# Page\n\n<!-- ledger: written by npm run renew -- ledger -->\n\n<!-- end of the ledger -->\n";
const page = (...rows: [name: string, value: number][]) =>
	withLedger(
		EMPTY,
		rows.map(([name, value]): Row => ({ name, value, unit: "computrons" })),
	);

let measured: ReadonlyMap<string, number>;
beforeAll(async () => {
	measured = new Map((await measure()).map(({ name, value }) => [name, value]));
});

test("the ledger in docs/measured.md is what is measured", () => {
	const path = "docs/measured.md";
	equalsGolden(measured, rowsOf(readFileSync(path, "utf8")), path, "npm run renew -- ledger");
});

/** What the turn does when the duty is written: it holds up the next input, not this light. */
const BOOKS_MOST = 775;
const WHOLE_MOST = 4880;

test("an edge of the PIR changes the duty within its aim, and the turn ends soon", () => {
	const rows = ["edge to duty", "light log of an edge", "turn of an edge, no broker"];
	const [light, log, turn] = rows.map((name) => measured.get(name)!);
	expect(light).toBeLessThanOrEqual(AIM_COMPUTRONS);
	expect(log).toBeLessThanOrEqual(BOOKS_MOST);
	expect(turn).toBeLessThanOrEqual(WHOLE_MOST);
	expect(light! + log!).toBeLessThan(turn!); // each measures what it says
});

test.each<[stored: string, most: number]>([
	["factory state", 18_720],
	["sealed settings", 22_150],
	["validated settings", 51_420],
])("a boot, %s, takes %i computrons at most", (stored, most) => {
	const computrons = measured.get(`boot, ${stored}`)!;
	expect(computrons).toBeLessThanOrEqual(most);
	expect(computrons).toBeGreaterThan(most / 2); // it did boot
});

test("a page is read as it was written", () => {
	const written = page(["a turn, online", 12_345], ["energy", 3.666_666]);
	expect([...rowsOf(written)]).toEqual([
		["a turn, online", 12_345],
		["energy", 3.666_666],
	]);
	expect(() => withLedger("# no block", [])).toThrow("no block");
});

test.each<[what: string, before: number, after: number, message: string, rows: string[]]>([
	["a fall", 1000, 900, "", []],
	["a rise within 1 %", 1000, 1010, "", []],
	["a rise", 1000, 1011, "light: a second look", ["a turn"]],
	["a rise that is named", 1000, 1011, "light: a second look\n\nLedger: a\nturn +1.1 %.", []],
])("%s", (_what, before, after, message, rows) => {
	expect(unexplained(page(["a turn", before]), page(["a turn", after]), message)).toEqual(rows);
});

test("a new row is no rise, nor is a page without a ledger before it", () => {
	expect(unexplained(page(["a turn", 1]), page(["a turn", 1], ["a boot", 9]), "")).toEqual([]);
	expect(unexplained("", page(["a turn", 1]), "")).toEqual([]);
});

const folder = mkdtempSync(join(tmpdir(), "ledger-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("each commit of a repository is compared with its parent", () => {
	const as = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
	const git: Git = (...args) =>
		execFileSync("git", [...as, ...args], { cwd: folder, encoding: "utf8", stdio: "pipe" });
	git("init", "-q");
	const commit = (value: number, message: string) => {
		writeFileSync(join(folder, "page.md"), page(["a turn", value]));
		git("add", "page.md");
		git("commit", "-q", "-m", message);
		return git("rev-parse", "HEAD").trim();
	};
	commit(1000, "first");
	const bad = commit(1100, "slower");
	commit(1200, "slower, but it says so: a turn +9 %");
	commit(800, "faster");
	expect(risesIn(git, "page.md")).toEqual([{ commit: bad, rows: ["a turn"] }]);
});
