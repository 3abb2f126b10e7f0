/**
 * Edit: a planted defect, one text of one source replaced where it stands exactly once.
 *
 * A text that stands nowhere or twice is refused: an edit that misses its place proves nothing.
 */
export interface Edit {
	/** The source, as the error names it: a file within src/, or a module of the machine. */
	readonly file: string;
	readonly find: string;
	readonly replace: string;
}

/** `source` with the edit in it. Throws EditError where the text does not stand exactly once. */
export function edited(source: string, { file, find, replace }: Edit): string {
	const parts = source.split(find);
	if (parts.length === 2) return parts.join(replace);
	throw new EditError(`${file}: the text stands ${parts.length - 1} times, not once: ${find}`);
}

class EditError extends Error {
	override readonly name = "EditError";
}
