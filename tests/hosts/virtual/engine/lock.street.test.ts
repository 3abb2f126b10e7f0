/**
 * Lock: what is left over is taken, what is held is waited for with a line, and not for ever.
 *
 * Promise: Two programs that build the engine at the same time both end with a whole engine.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { engineIn, sweep } from "../../../../hosts/virtual/engine/engine.js";
import { alone, STALE, unwritable } from "../../../../hosts/virtual/engine/lock.js";

let dir: string;
let lock: string;
const lines: string[] = [];
const say = (line: string): void => void lines.push(line);

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), "lock-"));
	lock = join(dir, "engine.wasm.lock");
	lines.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A lock of this content, last touched so long ago. */
function left(content: string, ago: number): void {
	writeFileSync(lock, content);
	const at = new Date(Date.now() - ago);
	utimesSync(lock, at, at);
}

/** Number of a process that has ended. */
const ended = (): string => execFileSync(process.execPath, ["-p", "process.pid"]).toString().trim();

/** Whether the work was done here. */
async function works(patience?: number): Promise<boolean> {
	let isDone = false;
	const options = patience === undefined ? { say } : { say, patience };
	await alone(
		lock,
		() => false,
		async () => {
			expect(readFileSync(lock, "utf8")).toBe(String(process.pid));
			isDone = true;
		},
		options,
	);
	expect(existsSync(lock)).toBe(false);
	return isDone;
}

describe("a lock that is left over", () => {
	test.each<[what: string, content: () => string, ago: number]>([
		["of a process that has ended", ended, 0],
		["that is empty, from a full disk", () => "", STALE + 1000],
		["of another program that has the number by now", () => String(process.ppid), STALE + 1000],
	])("%s is taken at once, without a line", async (_what, content, ago) => {
		left(content(), ago);
		expect(await works()).toBe(true);
		expect(lines).toEqual([]);
	});
});

describe("a lock that is held", () => {
	test.each([
		["by a living process", String(process.ppid)],
		["by one that has not written its number yet", ""],
	])("%s: one line, and a line of its own at the end of the patience", async (_what, content) => {
		left(content, 0);
		await expect(works(500)).rejects.toThrow(
			`process ${Number(content)} holds ${lock} for too long: end it, or delete the file`,
		);
		expect(lines).toEqual([
			`waiting for process ${content || "(unnamed)"}, which builds the engine`,
		]);
	});
	test("is waited for until its engine is there", async () => {
		left(String(process.ppid), 0);
		let looks = 0;
		const never = (): Promise<void> => Promise.reject(new Error("built twice"));
		await alone(lock, () => ++looks === 2, never, { say });
		expect(lines).toHaveLength(1);
	});
	test("and goes stale meanwhile is taken", async () => {
		left(String(process.ppid), 0);
		let isDone = false;
		const work = async () => void (isDone = true);
		const sayAndAge = (line: string) => {
			say(line);
			left(String(process.ppid), STALE + 1000);
		};
		await alone(lock, () => false, work, { say: sayAndAge });
		expect([isDone, lines.length]).toEqual([true, 1]);
	});
});

describe("a cache that takes nothing", () => {
	test.each([
		["ENOSPC", "the disk is full"],
		["EROFS", "it is read-only"],
		["EACCES", "it is read-only"],
	])("%s is one line with the way out", (code, why) => {
		const error = Object.assign(new Error(`${code}: no\nstack`), { code });
		expect(unwritable("/a/b", error).message).toBe(
			`cannot write /a/b: ${why}; free some space, or make the folder writable`,
		);
	});
	test("ends the wait for the lock at once", async () => {
		lock = join(dir, "missing", "engine.wasm.lock");
		await expect(works()).rejects.toThrow(/^cannot write .*missing.*: ENOENT/);
	});
});

describe("the engine in the cache", () => {
	/** An empty module: magic and version. */
	const emptyModule = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
	test("is compiled where it is whole, and none is none", async () => {
		const file = join(dir, "a.wasm");
		expect(await engineIn(file, say)).toBeUndefined();
		writeFileSync(file, emptyModule);
		expect(await engineIn(file, say)).toBeInstanceOf(WebAssembly.Module);
		expect(lines).toEqual([]);
	});
	test.each([0, 5, 7])("cut to %i bytes is deleted with a line", async (count) => {
		const file = join(dir, "a.wasm");
		writeFileSync(file, emptyModule.subarray(0, count));
		expect(await engineIn(file, say)).toBeUndefined();
		expect(lines).toEqual([`the engine in ${file} is damaged and is built again`]);
		expect(existsSync(file)).toBe(false);
	});
	test("work folders of killed builds are deleted, those of others stay", () => {
		const { pid: ended } = spawnSync(process.execPath, ["--version"]);
		const workFolder = `work-${process.pid}-b`;
		for (const name of ["work-1-old", "work-new", `work-${ended}-a`, workFolder])
			mkdirSync(join(dir, name));
		const long = new Date(Date.now() - 7_200_000);
		utimesSync(join(dir, "work-1-old"), long, long);
		sweep(dir, 3_600_000);
		expect(readdirSync(dir).sort()).toEqual([workFolder, "work-new"]);
	});
});
