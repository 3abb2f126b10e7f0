/**
 * Out file: a file that a run writes, piece by piece; compressed if its name ends in `.gz`.
 *
 * Each piece is a member of its own (RFC 1952, 2.2), so compressed files can be joined as they are.
 */
import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** A stretch of the file, as it was written. */
export interface Piece {
	readonly bytes: number;
	readonly sha256: string;
}

export interface OutFile {
	write(text: string): void;
	/** Ends a piece of the file. */
	cut(): Piece;
	close(): void;
}

/** A file to write to, or the reason why it cannot be opened. */
export function openFile(file: string): OutFile | { readonly why: string } {
	const isCompressed = file.endsWith(".gz");
	let handle: number;
	try {
		handle = openSync(file, "w");
	} catch (error) {
		return { why: `${file}: cannot be written (${(error as NodeJS.ErrnoException).code})` };
	}
	let bytes = 0;
	let hash = createHash("sha256");
	return {
		write(text) {
			const all = isCompressed ? gzipSync(text) : Buffer.from(text);
			bytes += all.length;
			hash.update(all);
			for (let rest = all; rest.length > 0; ) rest = rest.subarray(writeSync(handle, rest));
		},
		cut() {
			const piece = { bytes, sha256: hash.digest("hex") };
			bytes = 0;
			hash = createHash("sha256");
			return piece;
		},
		close: () => closeSync(handle),
	};
}
