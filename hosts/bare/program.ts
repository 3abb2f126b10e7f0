/**
 * Program: the engine, the code that embeds it and the code of the board, compiled for rv32imc and
 * kept in the cache.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { DEFINES } from "../virtual/engine/compilers.js";
import { engineJob, machineSources } from "../virtual/engine/engine.js";
import { alone } from "../virtual/engine/lock.js";
import {
	eachUnit,
	hashSources,
	type Job,
	run,
	sourcesBelow,
	writeSources,
} from "../virtual/engine/units.js";
import { RAM_BYTES } from "./layout.js";
import { COMPILER, COPIER, versions } from "./programs.js";

/** Replaced by the board's: the flash is a chip and no model of one, the parser has its own memory. */
const REPLACED: readonly string[] = ["machine/flash.c", "xs/sources/xsScript.c"];
/** Native stack of the lamp; its overflow is a trap. */
const STACK_BYTES = 32_768;
/** The top of RAM holds the settings of a run. */
const RAM_USED = RAM_BYTES - 64;
const TARGET = ["--specs=picolibc.specs", "-march=rv32imc_zicsr", "-mabi=ilp32"] as const;
/** Sizes of a street's buffers, for a street of one lamp. */
const SMALL = ["STAGED_RECORDS=8", "STAGED_BYTES=4096", "EFFECTS_ROOM=32"] as const;
const COMPILE = [
	...TARGET,
	"-O2",
	"-ffunction-sections",
	"-fdata-sections",
	"-fno-strict-aliasing",
	"-ffp-contract=off",
	"-w",
	"-Wno-incompatible-pointer-types", // of the engine's BigInt
	...[...DEFINES, ...SMALL, `NATIVE_STACK_BYTES=${STACK_BYTES - 8192}`].map((name) => `-D${name}`),
] as const;
/** Functions whose calls pass machine/counts.c. */
const COUNTED = [
	"lampBoot",
	"lampDeliver",
	"lampStatistics",
	"effect",
	"flashProgram",
	"flashErase",
	"storeWrite",
	"storeErase",
] as const;
const hex = (value: number) => `0x${value.toString(16)}`;
const PLACES = {
	__flash: hex(0x20000000),
	__flash_size: hex(0x400000),
	__ram: hex(0x80000000),
	__ram_size: hex(RAM_USED),
	__heap_end: hex(0x80000000 + RAM_BYTES - STACK_BYTES),
} as const;
const LINK = [
	...Object.entries(PLACES).map(([name, value]) => `-Wl,--defsym=${name}=${value}`),
	...COUNTED.map((name) => `-Wl,--wrap=${name}`),
	"-lm",
] as const;

const boardSources = (root: string): Map<string, Buffer> =>
	sourcesBelow(join(root, "hosts", "bare", "machine"), "board");

function hashOf(sources: ReadonlyMap<string, Buffer>): string {
	const hash = createHash("sha256").update([versions(), ...COMPILE, ...LINK].join(" "));
	return hashSources(hash, sources).digest("hex").slice(0, 24);
}

/** Objects are kept, too: a changed `.c` of the board costs a second. */
function objectsOf(job: Job, includes: readonly string[]): (unit: string) => string {
	const hash = createHash("sha256").update([versions(), ...COMPILE, ...includes].join(" "));
	const board = createHash("sha256"); // headers that the engine does not include
	for (const [path, bytes] of job.files) {
		if (job.units.includes(path)) continue;
		const to = /^board\/[^/]+$/.test(path) ? board : hash;
		to.update(`${path} ${bytes.length}\n`).update(bytes);
	}
	const common = hash.digest("hex");
	const ofBoard = board.digest("hex");
	return (unit) => {
		const unitHash = createHash("sha256")
			.update(`${common} ${unit}\n`)
			.update(job.files.get(unit)!);
		if (unit.startsWith("board/")) unitHash.update(ofBoard);
		return join(cacheDir(), "objects", `${unitHash.digest("hex").slice(0, 24)}.o`);
	};
}

async function compileUnits(
	job: Job,
	work: string,
	say: (line: string) => void,
): Promise<readonly string[]> {
	const includes = ["board/include", "board", ...job.includes].map((path) => `-I${path}`);
	const objectOf = objectsOf(job, includes);
	mkdirSync(dirname(objectOf(job.units[0]!)), { recursive: true });
	const missing = job.units.filter((unit) => !existsSync(objectOf(unit)));
	say(`compiling the engine for rv32imc, ${missing.length} files (half a minute for all)`);
	await eachUnit(missing, async (unit) => {
		const part = `${objectOf(unit)}.${process.pid}`;
		await run(COMPILER, [...COMPILE, ...includes, "-c", unit, "-o", part], work);
		renameSync(part, objectOf(unit));
	});
	return job.units.map(objectOf);
}

async function compile(
	sources: ReadonlyMap<string, Buffer>,
	file: string,
	say: (line: string) => void,
): Promise<void> {
	const engine = await engineJob(sources, say);
	const boardUnits = [...sources.keys()].filter((path) => /^board\/[^/]+\.c$/.test(path));
	const job = {
		...engine,
		units: [...engine.units.filter((path) => !REPLACED.includes(path)), ...boardUnits],
	};
	const work = mkdtempSync(join(dirname(file), "work-"));
	try {
		writeSources(job, work);
		const objects = await compileUnits(job, work, say);
		await run(COMPILER, [...TARGET, ...objects, ...LINK, "-o", "program.elf"], work);
		await run(COPIER, ["-O", "binary", "program.elf", "program.bin"], work);
		renameSync(join(work, "program.elf"), `${file}.elf`);
		renameSync(join(work, "program.bin"), file);
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/** The program as it lies in flash. */
export interface Program {
	/** Changes with each source, compiler or emulator. */
	readonly hash: string;
	readonly bytes: Buffer;
}

export const cacheDir = (): string => join(projectRoot(), ".cache", "bare");

/** The program from the cache, or compiled. */
export async function buildProgram(say: (line: string) => void): Promise<Program> {
	const root = projectRoot();
	const sources = new Map([...machineSources(root), ...boardSources(root)]);
	const hash = hashOf(sources);
	const file = join(cacheDir(), `${hash}.bin`);
	if (!existsSync(file)) {
		mkdirSync(dirname(file), { recursive: true });
		const done = () => existsSync(file);
		await alone(`${file}.lock`, done, () => compile(sources, file, say), { say });
	}
	return { hash, bytes: readFileSync(file) };
}
