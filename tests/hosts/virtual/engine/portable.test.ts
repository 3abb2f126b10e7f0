/** Portable: the compiler ends with the simulator, however that ends. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { bundle } from "../../../../lib/bundle.mjs";
import { until } from "../../../support/until.js";

const dir = mkdtempSync(join(tmpdir(), "portable-"));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Takes 20 ms a file, with its thread blocked as the real one's is. */
const COMPILER = `
	import { appendFileSync } from "node:fs";
	export async function runClang(args) {
		appendFileSync(${JSON.stringify(join(dir, "files"))}, process.pid + "\\n");
		for (const end = Date.now() + 20; Date.now() < end; );
		return { [args.at(-1)]: new Uint8Array(1) };
	}`;
const UNITS = 1_000;

function isAlive(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch {
		return false;
	}
}

test("kill -9 of the simulator ends the compiler within a few files", async () => {
	const files = join(dir, "files");
	const work = join(dir, "work");
	mkdirSync(work);
	writeFileSync(join(dir, "compiler.mjs"), COMPILER);
	const task = {
		compiler: join(dir, "compiler.mjs"),
		dir: work,
		compile: [],
		link: [],
		units: Array.from({ length: UNITS }, (_, index) => `${index}.c`),
	};
	writeFileSync(
		join(dir, "parent.mjs"),
		`import { fork } from "node:child_process";
		const child = fork(${JSON.stringify(await bundle("hosts/virtual/engine/portable.ts"))}, [], { execArgv: [] });
		child.send(${JSON.stringify(task)});`,
	);
	const parent = spawn(process.execPath, [join(dir, "parent.mjs")], { stdio: "ignore" });
	await until("the first file", () => existsSync(files));
	const lines = () => readFileSync(files, "utf8").trim().split("\n");
	const compiler = Number(lines()[0]);
	const before = lines().length;
	parent.kill("SIGKILL");
	await until("the compiler's end", () => !isAlive(compiler));
	expect(lines().length - before).toBeLessThan(UNITS / 5);
});
