/**
 * Report: a replay in lines: its recording, and the first difference of the light.
 */
import { recordingText } from "../../lib/recording/recordingfile.js";
import { type Text, verbatim } from "../../lib/text/bilingual.js";
import type { Zone } from "../../lib/zone.js";
import { numeral, wordOf } from "../../src/console/texts.js";
import type { Difference } from "./compare.js";
import type { Level, PlannedLife } from "./plan.js";
import type { Replayed } from "./replayed.js";

/** @returns the lines, and whether the light is the same in all lives */
export function reportOf(
	replayed: Replayed,
	zone: Zone,
): { readonly lines: readonly Text[]; readonly isSame: boolean } {
	const { recording, epochUtc, lives } = replayed.plan;
	const { node, serial, swVersion, isBlurred } = recording;
	const clock = (at: number) =>
		new Date(zone.localOf(epochUtc + at))
			.toISOString()
			.slice(0, isBlurred ? 16 : 19)
			.replace("T", " ");
	const how = recordingText(isBlurred ? "blurred" : "exact");
	const lines = [recordingText("recorded", node, serial, swVersion, how)];
	let isSame = true;
	for (const life of lives) {
		lines.push(...lifeLines(life, clock));
		const difference = replayed.difference(life);
		isSame &&= difference === undefined;
		const count = life.levels.filter(({ at }) => at >= life.from && at < life.until).length;
		lines.push(difference ? sentenceOf(difference, clock) : recordingText("same", count));
	}
	return { lines, isSame };
}

function* lifeLines(life: PlannedLife, clock: (at: number) => string): Iterable<Text> {
	yield recordingText("life", life.life, clock(life.bootAt), clock(life.until));
	if (!life.isWhole) yield recordingText("partial", clock(life.from));
	if (life.lost > 0) yield recordingText("lost", life.lost);
}

function sentenceOf({ at, recorded, replayed }: Difference, clock: (at: number) => string): Text {
	return recordingText(
		"differs",
		clock(at),
		levelText(recorded, clock),
		levelText(replayed, clock),
	);
}

function levelText(level: Level | undefined, clock: (at: number) => string): Text {
	if (!level) return recordingText("nothing");
	const percent = verbatim(`${level.level}`);
	return recordingText(
		"level",
		{ ...percent, fr: numeral("fr", percent.en) },
		{ en: level.who, fr: wordOf("fr", level.who) },
		clock(level.at).slice(11),
	);
}
