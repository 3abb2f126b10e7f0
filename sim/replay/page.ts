/**
 * Page: a recorded night and its replay so far, as the page shows them.
 */

import type { Level } from "./plan.js";
import type { RecordedNight, RecordedStep } from "./recordednight.js";
import type { Replayed } from "./replayed.js";

/** `now`: virtual ms, up to which it has been replayed. */
export function recordedOf(replayed: Replayed, now: () => number): () => RecordedNight {
	const { recording, epochUtc, lives, end } = replayed.plan;
	const { node, serial, swVersion, isBlurred } = recording;
	const step = ({ at, level, who }: Level): RecordedStep => ({ utc: epochUtc + at, level, who });
	return () => {
		const at = now();
		const done = lives.filter(({ bootAt }) => bootAt < at);
		const found = done.flatMap((life) => {
			const until = Math.min(life.until, at);
			return replayed.difference({ ...life, until }) ?? [];
		})[0];
		return {
			node,
			serial,
			swVersion,
			isBlurred,
			isOver: at >= end - 1,
			lives: lives.map(({ bootAt, from, until, lost }) => ({
				from: epochUtc + bootAt,
				until: epochUtc + until,
				comparedFrom: epochUtc + from,
				lost,
			})),
			recorded: lives.flatMap(({ levels }) => levels.map(step)),
			replayed: replayed.levels.map(step),
			difference: found
				? {
						utc: epochUtc + found.at,
						recorded: found.recorded ? step(found.recorded) : null,
						replayed: found.replayed ? step(found.replayed) : null,
					}
				: null,
		};
	};
}
