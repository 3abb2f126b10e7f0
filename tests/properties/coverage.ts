/**
 * Coverage: situations that a night brought about, counted, so that a generator that stops making them
 * is found out. They are read from the world and from what the lamp did to it.
 */

import { capsOf } from "./bounds.js";
import { clockErrorsOf } from "./clockerrors.js";
import { asLived, bootsOf, deadOf, spansOf, staysOf } from "./course.js";
import { darkSpans } from "./darkness.js";
import { hailsOf, strangersOf, wordsOf } from "./hails.js";
import type { Happening } from "./happenings.js";
import type { Lived } from "./lampnight.js";
import { END, type Night } from "./night.js";
import { holds, meet, type Span } from "./spans.js";

/** Of 300 nights of `anyNight`, in at least so many; half of what the generator made when it was written. */
export const SITUATIONS = {
	"a light sensor that reported nonsense with someone there in the dark": 12,
	"a PIR chattered with someone there in the dark": 3,
	"someone came in the dark to a lamp whose contact was open": 1,
	"the heat held back what someone in the dark was owed": 7,
	"a hot lamp cooled down again in the dark": 3,
	"power came back with someone there in the dark": 6,
	"a lamp started anew with someone there in the dark": 9,
	"power was cut in a night that changes the clocks": 4,
	"a time server was wrong for a lamp that had the time, in the dark": 40,
	"other settings were tried with someone there in the dark": 7,
	"flash failed with someone there in the dark": 13,
	"work on the lamp with someone there in the dark": 6,
	"a stranger's datagram came with someone there in the dark": 2,
	"a word of the row alone had to light the lamp": 2,
	"an image was fetched in the dark": 7,
	"an image was started in the dark": 5,
	"an order silenced the sensors with someone there in the dark": 11,
} as const;
export type Situation = keyof typeof SITUATIONS;
export type Tally = Map<Situation, number>;

/**
 * In how many of `nights` nights it must occur. The table has half of what is usual. In a round of a
 * fresh seed a few nights may by chance have none: there the bound lies five deviations below the usual.
 */
export function leastOf(situation: Situation, nights: number): number {
	const half = (SITUATIONS[situation] * nights) / 300;
	const isFresh = process.env.LUMINODE_SEED !== undefined;
	return Math.max(0, Math.floor(isFresh ? 2 * half - 5 * Math.sqrt(2 * half) : half));
}

/** Which of them `nights` nights had too seldom. */
export function tooSeldom(tally: Tally, nights: number): string[] {
	return (Object.keys(SITUATIONS) as Situation[]).flatMap((situation) => {
		const had = tally.get(situation) ?? 0;
		return had < leastOf(situation, nights) ? [`${situation}: ${had} of ${nights} nights`] : [];
	});
}

export function noteSituations(tally: Tally, drawn: Night, lived: Lived): void {
	const night = asLived(drawn, lived);
	const dark = darkSpans(night, clockErrorsOf(night));
	const there = meet(dark, staysOf(night));
	for (const [situation, is] of situationsOf(drawn, night, lived, dark, there))
		if (is) tally.set(situation, (tally.get(situation) ?? 0) + 1);
}

function situationsOf(
	drawn: Night,
	night: Night,
	lived: Lived,
	dark: readonly Span[],
	there: readonly Span[],
): readonly (readonly [Situation, boolean])[] {
	const { happenings } = night;
	const any = (spans: readonly Span[], others: readonly Span[]) => meet(spans, others).length > 0;
	const at = (spans: readonly Span[], what: Happening["what"]) =>
		happenings.some((h) => h.what === what && holds(spans, h.at));
	const open = openSpans(lived);
	const level = night.light.presenceLevel as number;
	const caps = capsOf(night);
	const cold = caps.filter((cap, i) => i > 0 && cap.most > caps[i - 1]!.most);
	const tried = happenings.flatMap((h) =>
		h.what === "edit" && Object.keys(h.values).length > 0
			? [{ from: h.at, to: h.at + h.after }]
			: [],
	);
	const silent = happenings.flatMap((h) =>
		h.what === "order" && h.order.inhibitSensors
			? [{ from: h.at, to: h.at + h.order.duration }]
			: [],
	);
	const work = happenings.flatMap((h) =>
		h.what === "action" && h.length > 0 ? [{ from: h.at, to: h.at + h.length }] : [],
	);
	const dated = clockErrorsOf(night).filter(({ errors }) => errors[0] !== undefined);
	const strangers = [...(strangersOf(night) ?? [])];
	const changes = new Date(night.start).getUTCMonth();
	const isChange = isChangeOfClocks(night.start) && (changes === 2 || changes === 9);
	return [
		[
			"a light sensor that reported nonsense with someone there in the dark",
			night.photocell && any(spansOf(night, "sensor"), there),
		],
		["a PIR chattered with someone there in the dark", at(there, "chatter")],
		[
			"someone came in the dark to a lamp whose contact was open",
			staysOf(night).some(({ from }) => holds(dark, from) && holds(open, from)),
		],
		[
			"the heat held back what someone in the dark was owed",
			any(
				caps.filter(({ most }) => most < level),
				there,
			),
		],
		["a hot lamp cooled down again in the dark", cold.some(({ from }) => holds(dark, from))],
		[
			"power came back with someone there in the dark",
			deadOf(drawn).some(({ to }) => holds(there, to)),
		],
		[
			"a lamp started anew with someone there in the dark",
			bootsOf(night).some(({ from }) => holds(there, from)),
		],
		["power was cut in a night that changes the clocks", isChange && deadOf(drawn).length > 0],
		[
			"a time server was wrong for a lamp that had the time, in the dark",
			happenings.some(
				(h) =>
					h.what === "time" &&
					h.error !== 0 &&
					holds(dark, h.at) &&
					dated.some(({ from }) => from < h.at),
			),
		],
		["other settings were tried with someone there in the dark", any(tried, there)],
		["flash failed with someone there in the dark", any(spansOf(night, "storeFails"), there)],
		["work on the lamp with someone there in the dark", any(work, there)],
		[
			"a stranger's datagram came with someone there in the dark",
			strangers.some((word) => holds(there, word.at)),
		],
		[
			"a word of the row alone had to light the lamp",
			wordsOf(night).length > 0 && any(hailsOf(night), dark),
		],
		["an image was fetched in the dark", lived.fetches.some((when) => holds(dark, when))],
		[
			"an image was started in the dark",
			lived.boots.some((boot) => boot.cause === "update" && holds(dark, boot.at)),
		],
		["an order silenced the sensors with someone there in the dark", any(silent, there)],
	];
}

function openSpans({ contacts, boots }: Lived): Span[] {
	const closings = [
		...contacts.filter(([, closed]) => closed).map(([at]) => at),
		...boots.map(({ at }) => at),
		END,
	].sort((a, b) => a - b);
	return contacts
		.filter(([, closed]) => !closed)
		.map(([from]) => ({ from, to: closings.find((at) => at > from) ?? END }));
}

/** The last Sundays of March and October begin in the night before. */
function isChangeOfClocks(start: number): boolean {
	const evening = new Date(start);
	const isSaturday = evening.getUTCDay() === 6;
	return isSaturday && evening.getUTCDate() >= 24 && evening.getUTCDate() <= 30;
}
