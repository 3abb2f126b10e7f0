/**
 * State: all that a lamp and its broker keep while the lamp has no power, as text to be compared.
 *
 * Store, flash log, retained memory, the clock that runs on, image slots and retained topics. Bytes of
 * flash stand as rows of 32 in hexadecimal, and only those that differ from what was there before.
 */
import type { PowerCause } from "../../src/host.js";

const ROW = 32;

/** `offset: bytes` of the rows that changed. */
export type Rows = readonly string[];
type Texts = Readonly<Record<string, string>>;
/** Texts that changed; null: the key is gone. */
type Changes = Readonly<Record<string, string | null>>;

export interface State {
	/** UTC when it was recorded. */
	readonly at: string;
	readonly store: Texts;
	readonly flash: Rows;
	/** What a restart finds in memory, and a loss of power does not. */
	readonly retained: { readonly level: number; readonly refusals: number } | null;
	/** How far the clock that runs on is ahead of the date, ms; null: it was never set. */
	readonly clock: number | null;
	readonly image: "kept" | "probation";
	/** The image in the other slot: its length; 0: none. */
	readonly otherImage: number;
	/** Topics that the CMS retains, and a digest of those of the lamp. */
	readonly topics: Texts;
	readonly reported: string;
}

/** What became of a state. */
export interface Outcome {
	readonly store: Changes;
	readonly flash: Rows;
	readonly retained: State["retained"];
	readonly clock: number | null;
	readonly image: "kept" | "probation";
	readonly topics: Changes;
	readonly reported: string;
	/** Restarts of its own, with the instant. */
	readonly restarts: readonly string[];
	/** Level at each ten minutes, 0 to 4095, a row each hour; and a digest of each write of the dimmer. */
	readonly light: readonly string[];
	/** `seconds: packet`, what is long cut and followed by a digest; then a digest of all. */
	readonly wire: readonly string[];
}

/** How the next life begins. */
export interface Begin {
	readonly cause: PowerCause;
	/** Minutes without power. */
	readonly away: number;
}

export function rowsOf(bytes: Uint8Array, before?: Uint8Array): Rows {
	const rows: string[] = [];
	for (let at = 0; at < bytes.length; at += ROW) {
		const row = bytes.subarray(at, at + ROW);
		const isNew = row.some((byte, index) => byte !== (before?.[at + index] ?? 255));
		if (isNew) rows.push(`${at}: ${Buffer.from(row).toString("hex")}`);
	}
	return rows;
}

/** Writes the rows over erased flash. */
export function takeRows(rows: Rows, into: Uint8Array): void {
	for (const row of rows) {
		const [at, hex] = row.split(": ");
		into.set(Buffer.from(hex!, "hex"), Number(at));
	}
}

export function changesOf(before: Texts, after: Texts): Changes {
	const changes: Record<string, string | null> = {};
	for (const key of [...Object.keys(before), ...Object.keys(after)].sort())
		if (before[key] !== after[key]) changes[key] = after[key] ?? null;
	return changes;
}

/** In the order of the keys, so that the order of writes does not matter. */
export function sorted(texts: ReadonlyMap<string, string>): Texts {
	return Object.fromEntries([...texts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
