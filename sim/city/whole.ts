/**
 * Whole: summary and trace of a city; each gets its name once both are complete.
 */
import { createHash } from "node:crypto";
import {
	closeSync,
	openSync,
	readSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import type { Piece } from "../files/outfile.js";

/** A reason why parts make no whole. */
export class Unfit extends Error {}

/** A file, and all pieces of it in their order. */
export interface Source {
	readonly file: string;
	readonly pieces: readonly Piece[];
}

/** Absent: not written. */
interface Names {
	readonly summary: string | undefined;
	readonly trace: string | undefined;
}

const BUFFER = 1 << 20;

/** A device or a pipe, such as /dev/stdout, is written as it is. */
export const isOrdinary = (file: string): boolean =>
	statSync(file, { throwIfNoEntry: false })?.isFile() ?? true;

const draftOf = (file: string): string => (isOrdinary(file) ? `${file}.draft` : file);

/** Throws `Unfit` or an error of the system; then nothing is written. */
export function writeWhole({ summary, trace }: Names, text: string, traces: readonly Source[]) {
	const files = [trace, summary].flatMap((file) => (file === undefined ? [] : [file]));
	const drafts = files.map((file) => [draftOf(file), file] as const);
	const ordinary = drafts.filter(([draft, file]) => draft !== file);
	try {
		for (const [draft, file] of drafts) {
			const out = openSync(draft, "w");
			try {
				if (file === trace) for (const source of traces) copy(source, out);
				else writeFileSync(out, text);
			} finally {
				closeSync(out);
			}
		}
	} catch (error) {
		for (const [draft] of ordinary) rmSync(draft, { force: true });
		throw error;
	}
	for (const [draft, file] of ordinary) renameSync(draft, file);
}

function copy({ file, pieces }: Source, out: number): void {
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
				writeFileSync(out, buffer.subarray(0, count));
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
