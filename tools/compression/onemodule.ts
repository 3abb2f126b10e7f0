/**
 * One module: the modules of an image, joined and compressed, for the engine of a lamp.
 *
 * In flash a module costs seven slots of 16 bytes, an export one, an import one for every function
 * that uses it, and a `function` three that an arrow function does not need. Decision
 * 009 has each step, its gain and its proof.
 */
import { minify } from "@swc/core";
import ts from "typescript";
import type { Job } from "../../lib/joinjob.js";
import { asConstants } from "./constants.js";
import { globalsOf } from "./globals.js";
import { freeNames } from "./holes.js";
import { joined } from "./join.js";
import { withUses } from "./kept.js";
import { keyNames } from "./keynames.js";
import { treeOf } from "./syntax.js";

const COMPRESS = {
	ecma: 2022,
	module: true,
	toplevel: true,
	passes: 3,
	// longer in byte code
	booleans: false,
	sequences: false,
	conditionals: false,
	if_return: false,
	// a constant stays one: XS keeps a variable of the module in RAM
	join_vars: false,
	const_to_let: false,
} as const;

/** Rejects with one line: a file, and the error or the name that is a hole. */
export async function oneModule(job: Job): Promise<string> {
	const globals = globalsOf(job.outside);
	const joinedSource = await joined(job);
	const made = job.isAsWritten ? joinedSource : await compressed(joinedSource, globals);
	const file = treeOf(made);
	for (const name of freeNames(file, globals))
		throw new Error(`${freePlace(name, job)}: "${name}" is used, and nothing declares it`);
	return made;
}

async function compressed(source: string, globals: ReadonlySet<string>): Promise<string> {
	const { code } = await minify(withUses(source), {
		module: true,
		mangle: { toplevel: false },
		compress: COMPRESS,
		format: { beautify: true, comments: false },
	});
	const file = treeOf(code);
	return asConstants(file, keyNames(file, globals));
}

/** The first file that contains a word, and fits; esbuild puts a number behind a name that is taken. */
function placeOf(word: string, { modules }: Job, fits = (_source: string) => true): string {
	const stem = stemOf(word).replaceAll("$", "\\$");
	const hasWord = new RegExp(`(?<![\\w$])${stem}\\d*(?![\\w$])`);
	const found = Object.values(modules).find(({ source }) => hasWord.test(source) && fits(source));
	return found?.file ?? "the joined module";
}
const stemOf = (word: string): string => word.replace(/\d+$/, "");

/** The file that uses a word without a declaration; else one that contains it. */
function freePlace(word: string, job: Job): string {
	const isFree = (source: string) =>
		freeNames(treeOf(source, ts.ScriptKind.TS)).some((name) => stemOf(name) === stemOf(word));
	const place = placeOf(word, job, isFree);
	return place === "the joined module" ? placeOf(word, job) : place;
}
