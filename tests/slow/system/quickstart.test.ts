/** The quick start of docs/integrators.md, its commands as they stand there. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { pause } from "../../support/until.js";
import { Program, ROOT } from "../support/programs.js";

const page = readFileSync(join(ROOT, "docs", "integrators.md"), "utf8");
const FOLDER = join(ROOT, "out", "quickstart");
const DENIED = ["luminode/1/liege/pole-00001/emergency", "luminode/1/liege/all/emergency"];

/** The commands under a mark. */
function commands(name: string): string {
	const [, text] =
		new RegExp(`<!-- run: ${name} -->\\n\`\`\`sh\\n([\\s\\S]+?)\`\`\``).exec(page) ?? [];
	if (text === undefined) throw new Error(`the page has no commands "${name}"`);
	return text;
}
/** In a process group of its own, so that a pipe ends as a whole. */
function run(name: string): Program {
	return new Program("setsid", ["bash", "-c", commands(name)]);
}
/** What a terminal's Ctrl-C does. */
async function end(program: Program | undefined): Promise<void> {
	if (program?.pid === undefined) return;
	process.kill(-program.pid, "SIGTERM");
	await program.ended();
}

let broker: Program;
let lamps: Program;
let listener: Program;

beforeAll(async () => {
	rmSync(FOLDER, { recursive: true, force: true });
	broker = run("broker");
	await broker.says(/mosquitto version .* running/);
	lamps = run("lamps");
	await lamps.says(/page: http/); // the engine may have to be built first
	listener = run("listen");
	await listener.says(/pole-00001 shines at/);
});

afterAll(async () => {
	for (const program of [listener, lamps, broker]) await end(program);
	rmSync(FOLDER, { recursive: true, force: true });
});

/** A report in a fade may be the last: its end is reported only beyond a dead band of 5 points (broker contract). */
describe("the quick start", () => {
	test("an override is answered and shines", async () => {
		expect(await run("override").ended()).toBe(0);
		await listener.says(/pole-00001 answers quick-1: accepted/);
		await listener.says(/pole-00001 shines at (5[5-9]|6[0-4])(\.\d)? %: override/);
	});
	test("a group order reaches its two lamps and no other", async () => {
		const group = run("group");
		expect([await group.ended(), group.output.includes("luminode>")]).toEqual([0, true]);
		await listener.says(/pole-00002 answers quick-2: accepted/);
		await listener.says(/pole-00003 answers quick-2: accepted/);
		await listener.says(/pole-00002 shines at (7[5-9]|8[0-4])(\.\d)? %: override/);
		expect(listener.output).not.toMatch(/pole-00001 answers quick-2/);
	});
	test("a settings change is in force and reported", async () => {
		const settings = run("settings");
		expect(await settings.ended()).toBe(0);
		expect(settings.output).toMatch(/"revision":1,"status":"active",.*"hold":45/);
	});
	test("a lamp without a site waits under its serial number and is assigned a new one", async () => {
		const assignment = run("assignment");
		expect(await assignment.ended()).toBe(0);
		expect(assignment.output).toMatch(/luminode\/1\/unassigned\/L00003\/status \{.*"online":true/);
		expect(assignment.output).toMatch(/luminode\/1\/liege\/quai-7\/birth .*"serial":"L00003"/);
		await listener.says(/L00003 answers quick-3: accepted/);
		await listener.says(/quai-7 shines at/);
	});
	test.each(DENIED)("the desk may not write to %s", async (topic) => {
		const where = ["-h", "127.0.0.1", "-p", "18830", "-u", "desk", "-P", "let-me-order"];
		const order = '{"id":"denied","command":"emergency"}';
		const program = new Program("mosquitto_pub", [...where, "-q", "1", "-t", topic, "-m", order]);
		await program.ended();
		await pause(3_000);
		expect(listener.output).not.toMatch(/answers denied/);
	});
});
