/**
 * Compilers: the two that can build the engine, Debian's clang and one compiled to WebAssembly.
 *
 * Both are LLVM, get the same flags and build an engine of the same behaviour. Debian's takes
 * seconds; the other needs Node alone.
 */
import { fork } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundle } from "../../../lib/bundle.mjs";
import type { Package } from "./packages.js";
import { openPackage } from "./packages.js";
import { eachUnit, type Job, run, writeSources } from "./units.js";

export type CompilerKind = "clang" | "yowasp";

const YOWASP: Package = {
	name: "@yowasp/clang",
	version: "22.0.0-git20542-10",
	sha512:
		"sha512-V31/z9GrJECKeACTDUyvg2llbEUiFi3bxtL5HSg7H/6sydSxdI/AoVAD9F5ozrfLjotWl0B9rghR87m+DUM/zg==",
};

/** Of the engine and of the code that embeds it, on every machine. */
export const DEFINES = [
	"INCLUDE_XSPLATFORM",
	'XSPLATFORM="platform.h"',
	"mxUseDefaultCStackLimit=0", // ours, see life.c
	"_GNU_SOURCE",
	"mxMetering=1", // computrons: the watchdog and the benchmarks
	"mxParse=1",
	"mxRun=1",
	"mxSloppy=1",
	"mxNoConsole=1",
	"mxBoundsCheck=1",
	"mxRegExpUnicodePropertyEscapes=1",
	"mxStringNormalize=1",
	"mxMinusZero=1",
] as const;

/** Levels are compared in docs/street.md; without the cast flag XS reads 1e21 as 2147483647. */
const COMPILE = [
	"-O2",
	"-fno-strict-float-cast-overflow",
	"-ffp-contract=off",
	"-mllvm",
	"-wasm-enable-sjlj",
	"-w",
	...DEFINES.map((define) => `-D${define}`),
] as const;

/** The stack lies first, so that its overflow is a trap and not a lamp's memory. */
const LINK = [
	"-mexec-model=reactor",
	"-Wl,--stack-first",
	"-Wl,-z,stack-size=1048576",
	"-Wl,--export=__stack_pointer",
	"-Wl,--strip-all",
	"-lsetjmp",
	"-lm",
] as const;

/** LLVM 20 and later must be given the form of exceptions; Node 20 supports the older one. */
const LEGACY_EXCEPTIONS = ["-mllvm", "-wasm-use-legacy-eh=true"] as const;

const DEBIAN = {
	clang: "/usr/bin/clang-19",
	needs: [
		"/usr/bin/clang-19",
		"/usr/bin/wasm-ld-19",
		"/usr/lib/wasm32-wasi/libsetjmp.a",
		"/usr/lib/llvm-19/lib/clang/19/lib/wasi/libclang_rt.builtins-wasm32.a",
	],
	flags: ["--target=wasm32-wasi", "--sysroot=/usr"],
} as const;

/** The compiler to use: LUMINODE_COMPILER, else Debian's if it is complete. */
export function chooseCompiler(): CompilerKind {
	const wanted = process.env.LUMINODE_COMPILER;
	if (wanted === "clang" || wanted === "yowasp") return wanted;
	return DEBIAN.needs.every((file) => existsSync(file)) ? "clang" : "yowasp";
}

/** Everything that makes two engines of the same sources differ. */
export function describeCompiler(kind: CompilerKind): string {
	const specifics = kind === "clang" ? DEBIAN.flags : [YOWASP.version, ...LEGACY_EXCEPTIONS];
	return [kind, ...specifics, ...COMPILE, ...LINK].join(" ");
}

const objectOf = (unit: string) => `${unit.replaceAll("/", "_")}.o`;

async function compileWithClang(
	job: Job,
	dir: string,
	say: (line: string) => void,
): Promise<string> {
	writeSources(job, dir);
	const flags = [...DEBIAN.flags, ...COMPILE, ...job.includes.map((path) => `-I${path}`)];
	say(`compiling the engine with clang, ${job.units.length} files (some seconds)`);
	await eachUnit(job.units, async (unit) => {
		await run(DEBIAN.clang, [...flags, "-c", unit, "-o", objectOf(unit)], dir);
	});
	const objects = job.units.map(objectOf);
	await run(DEBIAN.clang, [...DEBIAN.flags, ...objects, ...LINK, "-o", "engine.wasm"], dir);
	return join(dir, "engine.wasm");
}

/** Arguments of the program `portable.ts`, which answers with lines of progress. */
export interface PortableJob {
	readonly compiler: string;
	readonly dir: string;
	readonly units: readonly string[];
	readonly compile: readonly string[];
	readonly link: readonly string[];
}

async function compilePortably(
	job: Job,
	dir: string,
	cache: string,
	say: (line: string) => void,
): Promise<string> {
	const compiler = join(cache, `yowasp-clang-${YOWASP.version}`);
	if (!existsSync(join(compiler, "complete"))) {
		const files = await openPackage(YOWASP, cache, say);
		say("unpacking the compiler");
		for (const [path, bytes] of files) {
			mkdirSync(dirname(join(compiler, path)), { recursive: true });
			writeFileSync(join(compiler, path), bytes);
		}
		writeFileSync(join(compiler, "complete"), "");
	}
	writeSources(job, dir);
	const task: PortableJob = {
		compiler: join(compiler, "package", "gen", "bundle.js"),
		dir,
		units: job.units,
		compile: [...LEGACY_EXCEPTIONS, ...COMPILE, ...job.includes.map((path) => `-I${path}`)],
		link: [...LINK],
	};
	const program = await bundle("hosts/virtual/engine/portable.ts");
	say(`compiling the engine with ${YOWASP.name}, ${job.units.length} files (a minute or two)`);
	await new Promise<void>((resolve, reject) => {
		const child = fork(program, [], { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
		let errors = "";
		child.stderr?.on("data", (chunk: Buffer) => (errors += chunk.toString()));
		child.on("message", (line) => say(String(line)));
		child.on("error", reject);
		child.on("exit", (code) => {
			if (code === 0) resolve();
			else reject(new Error(`the engine does not compile: ${errors}`));
		});
		child.send(task);
	});
	return join(dir, "engine.wasm");
}

/** The compiled engine's path, inside `dir`. Throws with the compiler's message if it fails. */
export function compile(
	kind: CompilerKind,
	job: Job,
	dir: string,
	cache: string,
	say: (line: string) => void,
): Promise<string> {
	return kind === "clang" ? compileWithClang(job, dir, say) : compilePortably(job, dir, cache, say);
}
