/**
 * Course: a night as the lamp lived to see it, for the judge: its starts are those that really were, and
 * what came while the pole had no power did not come.
 */
import type { Happening } from "./happenings.js";
import type { Lived } from "./lampnight.js";
import { END, type Night } from "./night.js";
import { holds, meet, merged, type Span } from "./spans.js";

/** What goes on in the world whether the lamp has power or not. */
const WORLDLY: readonly Happening["what"][] = [
	"stay",
	"flash",
	"sensor",
	"cut",
	"storeFails",
	"heat",
];

export function asLived(night: Night, { boots }: Pick<Lived, "boots">): Night {
	const dead = deadOf(night);
	const seen = night.happenings.filter(
		({ what, at }) =>
			what !== "restart" && (WORLDLY.includes(what) || !(holds(dead, at) && holds(dead, at - 1))),
	);
	const starts = boots.map((boot): Happening => ({ what: "restart", ...boot }));
	return { ...night, happenings: [...seen, ...starts] };
}

/** When the pole has no power. The shortest of two cuts that overlap ends both. */
export function deadOf({ happenings }: Night): Span[] {
	const cuts = happenings.flatMap((h) => (h.what === "cut" ? [h] : []));
	const edges = cuts
		.flatMap(({ at, length }) => [
			{ at, isCut: true },
			{ at: Math.min(END, at + length), isCut: false },
		])
		.sort((a, b) => a.at - b.at);
	const spans: Span[] = [];
	let from: number | undefined;
	for (const { at, isCut } of edges) {
		if (isCut) from ??= at;
		else if (from !== undefined) {
			spans.push({ from, to: at });
			from = undefined;
		}
	}
	return spans;
}

/** How long the pole has no power from `from` on, ms. */
export function unfedIn(night: Night, from: number, until = END): number {
	const spans = meet(deadOf(night), [{ from, to: until }]);
	return spans.reduce((sum, span) => sum + span.to - span.from, 0);
}

/** A boot lights at its first level and decides in the same turn; what was owed begins anew. */
export function bootsOf({ happenings }: Night): Span[] {
	return happenings.filter((h) => h.what === "restart").map(({ at }) => ({ from: at, to: at + 1 }));
}

export function staysOf(night: Night): Span[] {
	return merged(spansOf(night, "stay"));
}

/** Happenings of one kind that last, each from its beginning to its end. */
export function spansOf(
	{ happenings }: Night,
	what: "stay" | "flash" | "sensor" | "storeFails",
): Span[] {
	return happenings.flatMap((h) =>
		h.what === what ? [{ from: h.at, to: Math.min(END, h.at + h.length) }] : [],
	);
}
