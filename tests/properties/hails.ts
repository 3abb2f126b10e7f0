/**
 * Hails: words of the row that must light this lamp, and those of strangers, which must change nothing.
 *
 * After docs/neighbours.md. Who comes where is the row's own matter and tested there; a hail is the plain
 * case: someone at the next pole or the one behind it, after so long a silence that they came from nowhere.
 */
import type { Flaw, Happening } from "./happenings.js";
import { genuineBefore } from "./lampnight.js";
import { END, type Night } from "./night.js";
import type { Span } from "./spans.js";

/** The settings' defaults. */
const BUBBLE = 2;
const AUTO_CLEAR = 45_000;
/** The slowest walker needs it from one end of a lamp's radio range to the other: 12 poles at 0.7 m/s. */
const SILENCE = 10 * 60_000;
/** After a flood a lamp accepts datagrams again within seconds. */
const DEAF = 10_000;
const GENUINE: readonly Flaw[] = ["none", "overtaken", "replayed"];
const STRANGE: readonly Flaw[] = ["forged", "otherKey", "otherSite", "otherRow", "short", "long"];

type Word = Happening & { readonly what: "word" };
export type Hail = Span;

export function wordsOf({ row, happenings }: Night): Word[] {
	if (!row) return [];
	return happenings.filter((h): h is Word => h.what === "word");
}

export function hailsOf(night: Night): Hail[] {
	const words = wordsOf(night);
	const moved = night.happenings.flatMap((h) => {
		if (h.what === "stay") return [{ from: h.at, to: h.at + h.length }];
		return h.what === "chatter" ? [{ from: h.at, to: h.at + h.count * h.gap }] : [];
	});
	return words
		.filter((word) => {
			if (word.flaw !== "none" || word.place === 0 || Math.abs(word.place) > BUBBLE) return false;
			const isNear = (from: number, to: number, silence: number) =>
				from <= word.at && to >= word.at - silence;
			return !(
				words.some(
					(other) =>
						other !== word && GENUINE.includes(other.flaw) && isNear(other.at, other.at, SILENCE),
				) ||
				words.some(({ flaw, at }) => flaw === "flood" && isNear(at, at, DEAF)) ||
				moved.some(({ from, to }) => isNear(from, to, SILENCE))
			);
		})
		.map(({ at }) => ({ from: at, to: Math.min(END, at + AUTO_CLEAR) }));
}

/**
 * What strangers said: without the key, from elsewhere, or once more. Undefined where a flood may have
 * cost a word of the row.
 */
export function strangersOf(night: Night): ReadonlySet<Happening> | undefined {
	const words = wordsOf(night);
	const floods = words.filter(({ flaw }) => flaw === "flood");
	const isDeaf = (at: number) => floods.some((flood) => flood.at <= at && at < flood.at + DEAF);
	if (words.some(({ flaw, at }) => GENUINE.includes(flaw) && isDeaf(at))) return undefined;
	const starts = night.happenings.flatMap((h) => {
		if (h.what === "cut") return [{ from: h.at, to: h.at + h.length }];
		if (h.what === "update") return [{ from: h.at, to: END }]; // into the image, and back
		return h.what === "restart" ? [{ from: h.at, to: h.at }] : [];
	});
	const isBetween = (from: number, to: number) =>
		starts.some((start) => start.from <= to && start.to >= from);
	const strange = words.filter((word) => {
		if (word.flaw === "replayed") {
			const original = genuineBefore(word, night);
			return original !== undefined && !isBetween(original.at, word.at);
		}
		return word.flaw === "flood" || STRANGE.includes(word.flaw);
	});
	return new Set(strange);
}
