/** Filled: a text with its parts in the places that name them in braces. */

/** By name, or by number: `{0}` is the first. */
export type Parts = Readonly<Record<string, string | number>> | readonly (string | number)[];

/** A place without a part stays visible, because it is a mistake. */
export function filled(text: string, parts: Parts): string {
	const byName = parts as Readonly<Record<string, string | number>>;
	return text.replace(/\{(\w+)\}/g, (place, name: string) => String(byName[name] ?? place));
}

/** The same with parts by number, one after the other. */
export function fill(text: string, ...parts: readonly (string | number)[]): string {
	return filled(text, parts);
}
