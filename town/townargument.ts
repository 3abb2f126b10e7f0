/**
 * Town argument: the town that the word after `--town` names: the example, the invented one, or a
 * file with its mapping beside it.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { projectRoot } from "../lib/root.mjs";
import { madeFile } from "./example/inventedtown.js";
import { nightFile, nightsOfFile } from "./nights/nightfile.js";
import type { TownNights } from "./nights/townnights.js";
import { townOfCompact } from "./reading/compactfile.js";
import { readFile } from "./reading/foreign/readfile.js";
import { mappingBeside, mappingIn } from "./reading/mappingfile.js";
import { readTown, type Town, type TownRead } from "./reading/readtown.js";
import type { TownKind } from "./townmessages.js";

const FOLDER = join("town", "example");
const EXAMPLE = join(FOLDER, "montpellier.town");
const EXAMPLE_NIGHTS = join(FOLDER, "montpellier.nights");
/** Of the made commune, by the command line. */
const SEED = 1;
/** Larger texts do not fit into the memory that an import may take. */
const BYTES_MOST = 400_000_000;

/** Folder of results that have no file to be beside. */
export const RESULTS = join(projectRoot(), ".cache", "towns");

/** A town and where its results are kept. */
export interface OpenTown {
	readonly kind: TownKind;
	readonly town: Town;
	/** Nights that exist. */
	readonly nights?: TownNights;
	/** File of the nights of this town; absent: they are not kept. */
	readonly kept?: string;
}

/** The town; or the lines that say why there is none. */
export async function openTown(
	word: string,
	lines: string | undefined,
): Promise<OpenTown | TownRead | string> {
	if (isShipped(word)) return shippedTown(word);
	let bytes: Uint8Array;
	try {
		if (statSync(word).size > BYTES_MOST) return `--town ${word}: larger than 400 MB`;
		bytes = readFileSync(word);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		return `--town ${word}: ${code === "ENOENT" ? "no such file" : `cannot be read (${code})`}`;
	}
	const centre = lines === undefined ? undefined : textOf(lines);
	if (centre !== undefined && typeof centre !== "string") return centre.why;
	const mapping = mappingIn(mappingBeside(word));
	const read = await readFile(titleOf(basename(word)), bytes, mapping, centre);
	if (!read.town) return read;
	return { kind: "file", town: read.town, kept: nightsBeside(word) };
}

/** Towns without a file of the person. */
export const SHIPPED = ["example", "made"] as const;
export type Shipped = (typeof SHIPPED)[number];

export const isShipped = (word: unknown): word is Shipped => SHIPPED.some((name) => name === word);

export function shippedTown(word: Shipped): OpenTown {
	if (word === "made") return madeTown(SEED);
	const nights = join(projectRoot(), EXAMPLE_NIGHTS);
	return {
		kind: "example",
		town: townOfCompact(readFileSync(join(projectRoot(), EXAMPLE))),
		kept: join(RESULTS, "example.nights"),
		...(existsSync(nights) ? { nights: nightsOfFile(readFileSync(nights)) } : {}),
	};
}

/** Name of a town by that of its file. */
export const titleOf = (file: string): string => file.replace(/\.\w+$/, "");

/** Replaces the example's nights. @returns its bytes */
export function writeExampleNights(nights: TownNights): number {
	const file = nightFile(nights);
	writeFileSync(join(projectRoot(), EXAMPLE_NIGHTS), file);
	return file.length;
}

export function madeTown(seed: number): OpenTown {
	const { town } = readTown("Bourg-le-Try", new TextEncoder().encode(madeFile(seed)));
	if (!town) throw new Error("the made commune cannot be read");
	const read = [{ about: "assumed", key: "made", text: String(seed) } as const, ...town.read];
	const kept = join(RESULTS, `made-${seed}.nights`);
	return { kind: "made", town: { ...town, read }, kept };
}

function textOf(file: string): string | { readonly why: string } {
	try {
		return readFileSync(file, "utf8");
	} catch {
		return { why: `--lines ${file}: cannot be read` };
	}
}

export const nightsBeside = (file: string): string => `${file}.nights`;
