/**
 * Merge: the evidence of all parts of a city as that of one run, to the byte, or one line that names
 * the part that is missing, doubled, cut off or of another city.
 */
import { createHash } from "node:crypto";
import {
	closeSync,
	openSync,
	readFileSync,
	readSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { parseArgs } from "node:util";
import type { Piece } from "../results/outfile.js";
import { type Evidence, evidenceOf, textOf } from "./evidence.js";

/** A reason why parts make no whole. */
export class Unfit extends Error {}

/** A part, and the file it was read from. */
interface Part {
	readonly file: string;
	readonly evidence: Evidence;
}

const BUFFER = 1 << 20;
const EXAMPLE = "npm run sim -- merge --summary city.json part1.json part2.json";

interface Wanted {
	readonly parts: readonly string[];
	readonly summary: string;
	/** Absent: the traces stay as they are. */
	readonly trace?: string | undefined;
}

/** The words behind `merge`. Throws Unfit. */
export function readMerge(words: readonly string[]): Wanted {
	const options = { summary: { type: "string" }, trace: { type: "string" } } as const;
	let read: { values: { summary?: string; trace?: string }; positionals: string[] };
	try {
		read = parseArgs({ args: [...words], options, allowPositionals: true });
	} catch (error) {
		throw new Unfit(`${(error as Error).message.split(/[.\n] ?/)[0]}, e.g. ${EXAMPLE}`);
	}
	const { values, positionals: parts } = read;
	if (values.summary === undefined) throw new Unfit(`--summary is missing, e.g. ${EXAMPLE}`);
	if (parts.length === 0) throw new Unfit(`no part is named, e.g. ${EXAMPLE}`);
	return { parts, summary: values.summary, trace: values.trace };
}

/** Writes the evidence of the whole and returns it. Throws Unfit; then nothing is written. */
export function merge({ parts: files, summary, trace }: Wanted): Evidence {
	const parts = files
		.map((file) => ({ file, evidence: evidenceIn(file) }))
		.sort((one, other) => one.evidence.part.from - other.evidence.part.from);
	refuseOthers(parts);
	refuseGaps(parts);
	const { version, city, part } = parts[0]!.evidence;
	const streets = parts.flatMap(({ evidence }) => evidence.streets);
	const whole = evidenceOf({ version, city }, streets, part.streets);
	const written: string[] = [];
	try {
		if (trace !== undefined) joinTraces(parts, trace, written);
		write(summary, textOf(whole), written);
		for (const file of written) renameSync(draftOf(file), file);
	} catch (error) {
		for (const file of written) rmSync(draftOf(file), { force: true });
		if (error instanceof Unfit) throw error;
		throw new Unfit((error as Error).message);
	}
	return whole;
}

const draftOf = (file: string): string => `${file}.draft`;

function write(file: string, text: string, written: string[]): void {
	written.push(file);
	const handle = openSync(draftOf(file), "w");
	writeSync(handle, text);
	closeSync(handle);
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
	const one = city.find((word) => !other.includes(word)) ?? "nothing";
	return `${other.find((word) => !city.includes(word)) ?? "nothing"} in place of ${one}`;
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

function joinTraces(parts: readonly Part[], trace: string, written: string[]): void {
	const ending = trace.endsWith(".gz") ? ".trace.gz" : ".trace";
	written.push(trace);
	const out = openSync(draftOf(trace), "w");
	try {
		for (const { file, evidence } of parts) {
			const its = file.replace(/(\.json)?$/, ending);
			const pieces = evidence.streets.map(({ trace: piece }) => piece);
			if (pieces.some((piece) => !piece)) throw new Unfit(`${file}: its run wrote no trace`);
			copy(its, pieces as readonly Piece[], out);
		}
	} finally {
		closeSync(out);
	}
}

function copy(file: string, pieces: readonly Piece[], out: number): void {
	let handle: number;
	try {
		handle = openSync(file, "r");
	} catch (error) {
		throw new Unfit(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
	}
	try {
		const buffer = Buffer.alloc(BUFFER);
		for (const { bytes, sha256 } of pieces) {
			const hash = createHash("sha256");
			for (let left = bytes; left > 0; ) {
				const count = readSync(handle, buffer, 0, Math.min(left, BUFFER), null);
				if (count === 0) throw new Unfit(`${file}: cut off`);
				hash.update(buffer.subarray(0, count));
				writeSync(out, buffer, 0, count);
				left -= count;
			}
			if (hash.digest("hex") !== sha256)
				throw new Unfit(`${file}: not the trace that its run wrote`);
		}
		if (readSync(handle, buffer, 0, 1, null) > 0)
			throw new Unfit(`${file}: longer than its run wrote it`);
	} finally {
		closeSync(handle);
	}
}
