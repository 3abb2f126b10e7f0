/**
 * CBMC, a bounded model checker, on C of a pole controller: no overflow, no access out of bounds and no
 * state that is none, whatever the bus and JavaScript do (tests/slow/support/cbmc). A planted defect is
 * found.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { PATIENCE } from "../../support/until.js";
import { ROOT } from "../support/programs.js";

const HARNESS = join(ROOT, "tests/slow/support/cbmc");
const CHECKS = ["--signed-overflow-check", "--undefined-shift-check", "--unwinding-assertions"];

interface Case {
	readonly name: string;
	/** Files of hosts/, the one that is judged first. */
	readonly files: readonly string[];
	readonly unwind: number;
	/** A defect: what stands there, and what is put into its place. */
	readonly plant: readonly [find: string, put: string];
}

const CASES: readonly Case[] = [
	{
		name: "exchange",
		files: ["esp32/exchange.c", "esp32/wire.c"],
		unwind: 20,
		plant: [".answer = EXCHANGE_PENDING,", ".answer = 2147483647,"],
	},
];

let folder: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-cbmc-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, words: readonly string[]): { status: number | null; output: string } {
	const { status, stdout, stderr, error } = spawnSync(program, words, {
		encoding: "utf8",
		maxBuffer: 1 << 26,
	});
	if (error) throw new Error(`${program}: ${error.message}: sudo apt-get install cbmc`);
	return { status, output: `${stdout}${stderr}` };
}

/** The failed properties, and what CBMC ends with; `text`: of the file that is judged. */
function verdict({ name, files, unwind }: Case, text: string) {
	const judged = join(folder, basename(files[0]!));
	writeFileSync(judged, text);
	const others = files.slice(1).map((file) => join(ROOT, "hosts", file));
	const program = join(folder, "program.gb");
	const includes = ["-I", join(ROOT, "hosts/esp32")];
	const sources = [join(HARNESS, `${name}.c`), judged, ...others];
	const built = run("goto-cc", [...includes, ...sources, "-o", program]);
	if (built.status !== 0) throw new Error(built.output);
	const { output } = run("cbmc", [...CHECKS, "--unwind", String(unwind), program]);
	return {
		failed: output.split("\n").filter((line) => line.endsWith(": FAILURE")),
		end: /^VERIFICATION (?:SUCCESSFUL|FAILED)$/m.exec(output)?.[0],
	};
}

describe.each(CASES)("$name", (each) => {
	const text = readFileSync(join(ROOT, "hosts", each.files[0]!), "utf8");
	test(
		"keeps within its bounds",
		() => {
			expect(verdict(each, text)).toEqual({ failed: [], end: "VERIFICATION SUCCESSFUL" });
		},
		PATIENCE,
	);
	test(
		"with a planted defect does not",
		() => {
			const [find, put] = each.plant;
			expect(text.split(find)).toHaveLength(2);
			const { failed, end } = verdict(each, text.replace(find, put));
			expect([failed.length > 0, end]).toEqual([true, "VERIFICATION FAILED"]);
		},
		PATIENCE,
	);
});
