/**
 * Upload places: where the mapping and the nights of a file that the page brings are kept.
 *
 * The page knows a name and a text, but no folder. If both are those of the file on the command
 * line, it is that file. Any other file has its places in the folder of results: its mapping by
 * name and columns, so that a later list of the same lights takes it again; its nights by its
 * contents.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileText } from "../reading/filetext.js";
import { mappingBeside } from "../reading/mappingfile.js";
import { nightsBeside, RESULTS } from "../townargument.js";

export interface Places {
	readonly mapping: string;
	readonly nights: string;
}

/** `argument`: the file on the command line; `folder`: of results. */
export function placesOf(
	name: string,
	text: string,
	columns: readonly string[],
	argument: string | undefined,
	folder = RESULTS,
): Places {
	if (argument !== undefined && isSame(argument, name, text))
		return { mapping: mappingBeside(argument), nights: nightsBeside(argument) };
	const at = (content: string) => join(folder, "opened", `${plain(name)}-${digest(name, content)}`);
	return { mapping: mappingBeside(at(columns.join("\n"))), nights: nightsBeside(at(text)) };
}

function isSame(file: string, name: string, text: string): boolean {
	if (basename(file) !== name) return false;
	try {
		return fileText(readFileSync(file))?.text === text;
	} catch {
		return false; // it has gone since the start
	}
}

const PLAIN_MOST = 40;
const DIGITS = 16;

/** For a person who looks into the folder; the digest makes it unique. */
const plain = (name: string): string => name.replace(/[^\w.]+/g, "-").slice(0, PLAIN_MOST);

function digest(name: string, content: string): string {
	const both = createHash("sha256").update(JSON.stringify([name, content]));
	return both.digest("hex").slice(0, DIGITS);
}
