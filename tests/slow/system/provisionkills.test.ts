/**
 * Twelve poles by `npx luminode provision --next`, killed by SIGKILL before each line of the lamp and
 * before each change of a file, and started again: no pole under two names, no secret lost.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { bundle } from "../../../lib/bundle.mjs";
import { Vault } from "../../../lib/vault/vault.js";
import { fits } from "../../../src/console/secret.js";
import { recordedIn } from "../../../tools/laptop/site/protocolline.js";
import { ANSWER, LampOnLine } from "../../tools/laptop/lamponline.js";
import { Program, ROOT } from "../support/programs.js";

const LAMPS = 12;
const PHRASE = "correct horse battery staple";
const SITE_KEY = "the key of the whole site";
const HOOK = pathToFileURL(join(ROOT, "tests/slow/support/killat.mjs")).href;

let folder: string;
let program: string;
let poles: LampOnLine[];
const file = (name: string) => join(folder, name);

beforeAll(async () => {
	program = await bundle("tools/bin/provision.ts");
	folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
	const rows = Array.from({ length: LAMPS }, (_, index) => `P${index + 1},quai-${index + 1},`);
	writeFileSync(file("site.csv"), ["pole,node,site", "*,,liege", ...rows, ""].join("\n"));
	Vault.open(file("city.vault"), PHRASE, { N: 2 ** 8, r: 8, p: 1 }).update((content) => ({
		...content,
		shared: { siteKey: SITE_KEY },
	}));
	poles = [];
	for (let index = 1; index <= LAMPS; index += 1)
		poles.push(await new LampOnLine(`L-00${index + 10}`).plug());
});

afterAll(async () => {
	for (const pole of poles ?? []) await pole.unplug();
	if (folder) rmSync(folder, { recursive: true });
});

/** Arguments of all runs, as another program of the laptop sees them. */
const seenArguments: string[] = [];

function start(pole: LampOnLine, killAt?: number): Program {
	const files = ["--site", file("site.csv"), "--vault", file("city.vault")];
	const more = ["--protocol", file("protocol.csv"), "--label", file("labels"), "--tests", "none"];
	const args = [program, "--port", pole.line.name, ...files, ...more, "--next"];
	const env: NodeJS.ProcessEnv = {
		...process.env,
		LC_ALL: "C.UTF-8",
		LUMINODE_PASSPHRASE: PHRASE,
		NODE_OPTIONS: `--import ${HOOK}`,
		KILL_BELOW: folder,
		KILL_COUNT: file("count"),
		...(killAt === undefined ? {} : { KILL_AT: String(killAt) }),
	};
	const run = new Program(process.execPath, args, "ignore", env);
	seenArguments.push(readFileSync(`/proc/${run.pid}/cmdline`, "latin1"));
	return run;
}

/** Ends the program before the lamp's answer number `at`, from 0, leaves the lamp. */
async function killedBeforeLine(pole: LampOnLine, at: number): Promise<void> {
	const run = start(pole);
	const answersBefore = [...pole.output.matchAll(ANSWER)].length;
	pole.unplugBefore = answersBefore + at;
	const unplug = pole.unplug.bind(pole);
	pole.unplug = async () => {}; // the plug stays in: the program waits for an answer
	await silent(pole, run);
	await run.stop("SIGKILL");
	pole.unplug = unplug;
	await pole.unplug();
	await pole.plug();
}

/** The lamp has done what its answer would report, or the program has ended before it. */
async function silent(pole: LampOnLine, run: Program): Promise<void> {
	const isOver = () => [...pole.output.matchAll(ANSWER)].length > pole.unplugBefore;
	while (run.code === undefined && !isOver()) await new Promise((later) => setTimeout(later, 2));
}

test("each pole is commissioned once, whatever was killed", async () => {
	const measure = start(poles[0]!);
	expect([await measure.ended(), measure.output]).toEqual([0, expect.stringMatching(/^PASS/m)]);
	const changes = Number(readFileSync(file("count"), "utf8"));
	const lines = [...poles[0]!.output.matchAll(ANSWER)].length;
	expect([lines > 8, changes > 20]).toEqual([true, true]);
	const kills: (readonly ["line" | "change", number])[] = [
		...Array.from({ length: lines }, (_, at) => ["line", at] as const),
		...Array.from({ length: changes }, (_, at) => ["change", at + 1] as const),
	];
	for (const [index, [kind, at]] of kills.entries()) {
		// each lamp but the first is killed at several points before it passes
		const pole = poles[1 + Math.floor((index * (LAMPS - 1)) / kills.length)]!;
		if (kind === "line") await killedBeforeLine(pole, at);
		else await start(pole, at).ended();
		expect(() => Vault.open(file("city.vault"), PHRASE).read()).not.toThrow();
	}
	for (const pole of poles.slice(1)) {
		const run = start(pole);
		const code = await run.ended();
		const isDone = run.output.includes(`${pole.host.serial} passed at pole`);
		expect([pole.host.serial, code === 0 || isDone, run.output]).toEqual([
			pole.host.serial,
			true,
			expect.anything(),
		]);
	}
	const passed = recordedIn("protocol.csv", readFileSync(file("protocol.csv"), "utf8")).filter(
		({ result }) => result === "pass",
	);
	expect(new Set(passed.map(({ pole }) => pole)).size).toBe(LAMPS);
	const names = poles.map((pole) => pole.boot().settings.node);
	expect(new Set(names).size).toBe(LAMPS);
	const { lamps } = Vault.open(file("city.vault"), PHRASE).read();
	for (const [index, { host }] of poles.entries()) {
		const vaultEntries = lamps.filter(({ serial }) => serial === host.serial);
		expect(vaultEntries.map(({ nodes }) => nodes.at(-1))).toEqual([names[index]]);
		expect(fits(vaultEntries[0]!.secret, host.stored.get("secret") ?? "", host)).toBe(true);
		expect(
			new Set(passed.filter(({ serial }) => serial === host.serial).map(({ node }) => node)),
		).toEqual(new Set([names[index]]));
	}
	expect(readdirSync(file("labels")).filter((name) => name.endsWith(".svg"))).toHaveLength(LAMPS);
	const surfaces = [
		...readdirSync(file("labels")).map((name) => readFileSync(join(file("labels"), name), "utf8")),
		...seenArguments,
		readFileSync(file("protocol.csv"), "utf8"),
	].join("\n");
	for (const secret of [PHRASE, SITE_KEY, ...lamps.map((lamp) => lamp.secret)])
		expect(surfaces).not.toContain(secret);
});
