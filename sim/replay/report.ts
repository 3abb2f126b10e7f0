/**
 * Report: a replay in lines: its recording, and the first difference of the light.
 */
import type { Zone } from "../../lib/zone.js";
import type { Difference } from "./compare.js";
import type { Level, PlannedLife } from "./plan.js";
import type { Replayed } from "./replayed.js";

/** @returns the lines, and whether the light is the same in all lives */
export function reportOf(
	replayed: Replayed,
	zone: Zone,
): { readonly lines: readonly string[]; readonly isSame: boolean } {
	const { recording, epochUtc, lives } = replayed.plan;
	const { node, serial, swVersion, isBlurred } = recording;
	const clock = (at: number) =>
		new Date(zone.localOf(epochUtc + at))
			.toISOString()
			.slice(0, isBlurred ? 16 : 19)
			.replace("T", " ");
	const how = isBlurred ? "times cut to the minute: replayed approximately" : "exact times";
	const lines = [`recorded: ${node} (${serial}), firmware ${swVersion}, ${how}`];
	let isSame = true;
	for (const life of lives) {
		lines.push(...lifeLines(life, clock));
		const difference = replayed.difference(life);
		isSame &&= difference === undefined;
		const count = life.levels.filter(({ at }) => at >= life.from && at < life.until).length;
		lines.push(
			difference
				? sentenceOf(difference, clock)
				: `  the light is the recorded one: ${count} levels`,
		);
	}
	return { lines, isSame };
}

function* lifeLines(life: PlannedLife, clock: (at: number) => string): Iterable<string> {
	yield `life ${life.life}: ${clock(life.bootAt)} to ${clock(life.until)}`;
	if (!life.isWhole)
		yield `  its start is not recorded: replayed approximately, compared from ${clock(life.from)} on`;
	if (life.lost > 0) yield `  ${life.lost} inputs were overwritten before they were saved`;
}

function sentenceOf({ at, recorded, replayed }: Difference, clock: (at: number) => string): string {
	return `  first difference: ${clock(at)}: recorded ${said(recorded, clock)}, replayed ${said(replayed, clock)}`;
}

function said(level: Level | undefined, clock: (at: number) => string): string {
	return level ? `${level.level} % (${level.who}) at ${clock(level.at).slice(11)}` : "nothing";
}
