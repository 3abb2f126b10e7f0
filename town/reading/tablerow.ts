/** Table row: types of a file of lights as columns and rows. */
import type { SystemName } from "./mapping.js";
import type { ReadSentence } from "./sentence.js";

export interface TableRow {
	/** Of the file, or the number of its feature. */
	readonly line: number;
	readonly cells: readonly string[];
}

export interface Table {
	readonly unit: "line" | "feature";
	readonly columns: readonly string[];
	readonly rows: readonly TableRow[];
	/** Stated by the file. */
	readonly system?: SystemName;
	/** Columns of the position, where the form of the file fixes them. */
	readonly position?: readonly [x: string, y: string];
	readonly notes: readonly ReadSentence[];
}
