/**
 * Merge: the evidence of all parts of a city as that of one run, to the byte, or one line that names
 * the part that is missing, doubled, cut off or of another city.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Evidence, evidenceOf, textOf } from "./evidence.js";
import { type Source, Unfit, writeWhole } from "./whole.js";

/** A part, and the file it was read from. */
interface Part {
	readonly file: string;
	readonly evidence: Evidence;
}

const EXAMPLE = "npm run sim -- merge --summary city.json part1.json part2.json";

interface Wanted {
	readonly parts: readonly string[];
	readonly summary: string;
	/** Absent: the traces stay as they are. */
	readonly trace?: string | undefined;
}

/** The words behind `merge`. Throws Unfit. */
export function readMerge(args: readonly string[]): Wanted {
	const options = { summary: { type: "string" }, trace: { type: "string" } } as const;
	let read: { values: { summary?: string; trace?: string }; positionals: string[] };
	try {
		read = parseArgs({ args: [...args], options, allowPositionals: true });
	} catch (error) {
		throw new Unfit(`${(error as Error).message.split(/[.\n] ?/)[0]}, e.g. ${EXAMPLE}`);
	}
	const { values, positionals: parts } = read;
	if (values.summary === undefined) throw new Unfit(`--summary is missing, e.g. ${EXAMPLE}`);
	if (parts.length === 0) throw new Unfit(`no part is named, e.g. ${EXAMPLE}`);
	return { parts, summary: values.summary, trace: values.trace };
}

/** Writes the evidence of the whole and returns it. Throws an error with a line; then nothing is written. */
export function merge({ parts: files, summary, trace }: Wanted): Evidence {
	const parts = files
		.map((file) => ({ file, evidence: evidenceIn(file) }))
		.sort((partFile, other) => partFile.evidence.part.from - other.evidence.part.from);
	refuseOthers(parts);
	refuseGaps(parts);
	const { version, city, part } = parts[0]!.evidence;
	const streets = parts.flatMap(({ evidence }) => evidence.streets);
	const merged = evidenceOf({ version, city }, streets, part.streets);
	const overwritten = [summary, trace].find((file) => file !== undefined && files.includes(file));
	if (overwritten !== undefined) throw new Unfit(`${overwritten}: is one of the parts`);
	writeWhole({ summary, trace }, textOf(merged), trace === undefined ? [] : tracesOf(parts, trace));
	return merged;
}

function evidenceIn(file: string): Evidence {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		throw new Unfit(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
	try {
		const evidence = JSON.parse(text) as Evidence;
		const { from, to } = evidence.part;
		if (evidence.streets.length === to - from + 1) return evidence;
	} catch {}
	throw new Unfit(`${file}: cut off, or not the summary of a part of a city`);
}

function refuseOthers([first, ...others]: readonly Part[]): void {
	const { file, evidence } = first!;
	for (const other of others) {
		if (other.evidence.version !== evidence.version)
			throw new Unfit(`${other.file}: of another version of simulator or firmware than ${file}`);
		if (JSON.stringify(other.evidence.city) !== JSON.stringify(evidence.city))
			throw new Unfit(`${other.file}: of another city than ${file}: ${differing(evidence, other)}`);
	}
}

/** The first option that only one of two cities has. */
function differing({ city }: Evidence, { evidence: { city: other } }: Part): string {
	const option = city.find((word) => !other.includes(word)) ?? "nothing";
	return `${other.find((word) => !city.includes(word)) ?? "nothing"} in place of ${option}`;
}

function refuseGaps(parts: readonly Part[]): void {
	let next = 1;
	for (const [n, { file, evidence }] of parts.entries()) {
		const { from, to } = evidence.part;
		if (from < next)
			throw new Unfit(
				`${sayStreets(from, Math.min(to, next - 1))} in ${parts[n - 1]!.file} and ${file}`,
			);
		if (from > next) throw new Unfit(`${sayStreets(next, from - 1)} in no part`);
		next = to + 1;
	}
	const { streets } = parts[0]!.evidence.part;
	if (next <= streets) throw new Unfit(`${sayStreets(next, streets)} in no part`);
}

const sayStreets = (from: number, to: number): string =>
	from === to ? `street ${from} is` : `streets ${from} to ${to} are`;

function tracesOf(parts: readonly Part[], trace: string): Source[] {
	const ending = trace.endsWith(".gz") ? ".trace.gz" : ".trace";
	return parts.map(({ file, evidence: { streets } }) => {
		const pieces = streets.flatMap(({ trace: piece }) => (piece ? [piece] : []));
		if (pieces.length < streets.length) throw new Unfit(`${file}: its run wrote no trace`);
		return { file: file.replace(/(\.json)?$/, ending), pieces };
	});
}
