/** Mend: a list that must be empty; where it is not, the failure names each row and what mends it. */

/** `mend` is the command or the file, as a person is told: "add a line to src/console/french.ts". */
export function noneLeft(rows: Iterable<string>, mend: string): void {
	const left = [...rows];
	if (left.length === 0) return;
	const named = new Error(`${left.join(", ")}: ${mend}`);
	Error.captureStackTrace(named, noneLeft);
	throw named;
}
