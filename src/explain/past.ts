/**
 * Past: the reasons of the level at a past instant.
 *
 * The winning request, the level and the thermal cap are those recorded then (decisions.ts). The
 * program's request beside it comes from a walk through that night with the settings in force now.
 * Where times of presence may not be disclosed, the answer leaves the sensors out and has no
 * `since`.
 */

import type { ChainLink } from "../lighting/chain.js";
import { DAY } from "../time/civil.js";
import { type WallMillis, wallAt, wallToUtc, type Zone } from "../time/zone.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { type Language, sentenceOf } from "./chaintext.js";
import { clockText, secondsText } from "./clocktext.js";
import type { Decision } from "./decisions.js";
import { classSentence, untilSentence } from "./explain.js";
import type { NightWalk } from "./preview.js";

interface Past {
	readonly level: Percent;
	readonly because: ChainLink["by"];
	/** Absent where presence may not be disclosed. */
	readonly since: UtcMillis | undefined;
	/** End of the program's period; absent by day. */
	readonly until: UtcMillis | undefined;
	readonly chain: readonly ChainLink[];
	readonly explanation: readonly string[];
}

const HEADS = Object.freeze({
	en: Object.freeze({
		since: "At {at}, in effect since {since}:",
		without: "At {at}, without sensor data, which is not disclosed:",
	}),
	fr: Object.freeze({
		since: "À {at}, en vigueur depuis {since} :",
		without: "À {at}, sans les données des capteurs, qui ne sont pas communiquées :",
	}),
});

/**
 * The decision recorded for that instant; undefined without a date, and before the oldest one
 * stored.
 */
export function decisionAt(view: View, at: UtcMillis, presence: boolean): Decision | undefined {
	const { now, utc } = view.time;
	return utc === undefined ? undefined : view.light.decisions.find(now - (utc - at), presence);
}

/** `presence`: whether times of presence may be disclosed. */
export function explainPast(
	view: View,
	at: UtcMillis,
	presence: boolean,
	language: Language,
): Past | undefined {
	const decision = decisionAt(view, at, presence);
	if (!decision) return undefined;
	const walk = walkTo(view, at);
	const since = (at - (view.time.now - (view.time.utc! - at) - decision.since)) as UtcMillis;
	const { level, by: because, cap } = decision;
	const chain = chainOf(decision, walk?.chain[0]).concat(view.light.outputChain(level, cap));
	const head = HEADS[language][presence ? "since" : "without"];
	const { zone } = view.plan;
	const clock = (utc: UtcMillis) => secondsText(zone, utc);
	const explanation = [head.replace("{at}", clock(at)).replace("{since}", clock(since))];
	for (const link of chain) {
		explanation.push(sentenceOf(link, language));
		if (walk && link === walk.chain[0])
			explanation.push(untilSentence(clockText(zone, walk.until), language));
	}
	if (walk) explanation.push(...classSentence(view, level, language));
	const { until } = walk ?? {};
	return { level, because, since: presence ? since : undefined, until, chain, explanation };
}

/** `23:41` or `23:41:07` local time: the latest such instant that is not after `utc`. */
export function latestAt(text: string, zone: Zone, utc: UtcMillis): UtcMillis | undefined {
	const read = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text);
	if (!read) return undefined;
	const [hours, minutes, seconds] = [Number(read[1]), Number(read[2]), Number(read[3] ?? 0)];
	if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
	const ofDay: Millis = ((hours * 60 + minutes) * 60 + seconds) * 1000;
	const today = Math.floor(wallAt(zone, utc) / DAY) * DAY;
	const at = lastShown(zone, (today + ofDay) as WallMillis, utc);
	return at <= utc ? at : lastShown(zone, (today - DAY + ofDay) as WallMillis, utc);
}

/** The latest instant with this local time: in a repeated hour the second one, once it is past. */
function lastShown(zone: Zone, wall: WallMillis, utc: UtcMillis): UtcMillis {
	const { standard, daylight } = zone;
	const first = wallToUtc(zone, wall);
	const again = (first + (daylight ? Math.abs(daylight.offset - standard) : 0)) as UtcMillis;
	return again <= utc && wallAt(zone, again) === wall ? again : first;
}

/** A walk at the piece of the night that contains the instant; undefined by day. */
function walkTo(view: View, at: UtcMillis): NightWalk | undefined {
	for (const back of [0, 1, 2]) {
		const walk = view.plan.walk(Math.floor(at / DAY) + 1 - back);
		if (at < walk.night.start || at >= walk.night.end) continue;
		while (walk.next()) if (at >= walk.from && at < walk.until) return walk;
		return undefined;
	}
	return undefined;
}

function chainOf(
	{ by, source, requested, level, isProtected }: Decision,
	program: ChainLink | undefined,
): ChainLink[] {
	const chain: ChainLink[] = [];
	const isProgram = by === "program" || by === "lightsOut";
	if (isProgram && program?.by === by && program.level === requested) chain.push(program);
	else {
		if (program && by === "sensor") chain.push(program);
		chain.push(source === undefined ? { by, level: requested } : { by, level: requested, source });
	}
	if (level > requested) chain.push({ by: isProtected ? "protected" : "floor", level });
	else if (level < requested) chain.push({ by: "maxLevel", level });
	return chain;
}
