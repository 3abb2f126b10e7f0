/** Kinds: files of lights that are no text, told by their first bytes. */

export type Kind = "geopackage" | "archive" | "shapeAlone" | "oldWorkbook";

/** Starts of files (published formats), read as Latin-1. */
const STARTS: readonly (readonly [string, Kind])[] = [
	["SQLite format 3\0", "geopackage"],
	["PK\x03\x04", "archive"],
	["\0\0\x27\x0a", "shapeAlone"],
	["\xd0\xcf\x11\xe0", "oldWorkbook"],
];

/** Undefined: a text, or a file of a form that is unknown. */
export function kindOf(bytes: Uint8Array): Kind | undefined {
	const start = String.fromCharCode(...bytes.subarray(0, 16));
	return STARTS.find(([known]) => start.startsWith(known))?.[1];
}
