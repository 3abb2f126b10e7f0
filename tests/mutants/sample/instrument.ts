/**
 * Instrument: a source with several mutants in it, each switched by its number at run time.
 *
 * So a test file is bundled once for all mutants of its room. An expression becomes
 * `(on(3)?(MUTANT):(ORIGINAL))`, a statement `{if(!on(3)){STATEMENT}}`; `on` also records which tests
 * reach which mutant.
 */
import type { Site } from "./operators.js";

/** The function that the instrumented source calls with a mutant's number. */
export const SWITCH = "__isMutant";

export interface Numbered {
	readonly number: number;
	readonly site: Site;
}

/** `text` with these mutants of it. */
export function instrumented(text: string, mutants: readonly Numbered[]): string {
	return render(text, 0, text.length, sorted(mutants));
}

/** By place; of those that begin together the widest first. */
function sorted(mutants: readonly Numbered[]): Numbered[] {
	return [...mutants].sort(
		(a, b) => a.site.start - b.site.start || b.site.end - a.site.end || rank(a) - rank(b),
	);
}

/** A statement contains the expression that fills it. */
function rank({ site }: Numbered): number {
	return site.mutated === undefined ? 0 : 1;
}

/** The text from `start` to `end` with the mutants that lie in it, which are sorted. */
function render(text: string, start: number, end: number, mutants: readonly Numbered[]): string {
	let rendered = "";
	let at = start;
	for (let index = 0; index < mutants.length; ) {
		const { site, number } = mutants[index] as Numbered;
		let next = index + 1;
		while (next < mutants.length && (mutants[next] as Numbered).site.start < site.end) next += 1;
		const inside = render(text, site.start, site.end, mutants.slice(index + 1, next));
		rendered += text.slice(at, site.start);
		rendered +=
			site.mutated === undefined
				? `{if(!${SWITCH}(${number})){${inside}}}` // braces: an `else` may follow
				: `(${SWITCH}(${number})?(${site.mutated}):(${inside}))`;
		at = site.end;
		index = next;
	}
	return rendered + text.slice(at, end);
}
