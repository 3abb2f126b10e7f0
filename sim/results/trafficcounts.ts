/**
 * Traffic counts: road users that the lamps reported, over those that really passed, hour by hour.
 */
import { textOf } from "../../lib/bytes.js";
import { HOUR } from "../../lib/spans.js";
import type { UserKind } from "../world/timetable.js";
import { sumOf } from "../world/world.js";

const NOTHING = { time: "", interval_s: NaN, roadUserNumber: NaN };

export class Counts {
	readonly #counted = new Map<number, number>();

	/** A `traffic` report of a lamp; anything else is ignored. */
	onReport(topic: string, payload: Uint8Array): void {
		if (!topic.endsWith("/traffic")) return;
		const { time, interval_s, roadUserNumber } = read(payload);
		// An interval may straddle the hour: it counts where its middle lies.
		const middle = Date.parse(time) - (interval_s * 1000) / 2;
		if (!Number.isFinite(middle) || !Number.isFinite(roadUserNumber)) return;
		const hour = Math.floor(middle / HOUR) * HOUR;
		this.#counted.set(hour, (this.#counted.get(hour) ?? 0) + roadUserNumber);
	}

	/** One line an hour of the run; the lamps' count is the mean of all lamps. */
	*report(
		passed: ReadonlyMap<number, Readonly<Record<UserKind, number>>>,
		lamps: number,
	): Iterable<string> {
		for (const [hour, counts] of passed) {
			const { pedestrian, bicycle, car } = counts;
			const counted = (this.#counted.get(hour) ?? 0) / lamps;
			const share = ((100 * counted) / sumOf(counts)).toFixed(0);
			yield `${new Date(hour).toISOString()}  counted ${counted.toFixed(1)} of ${sumOf(counts)}` +
				` (${share} %): ${pedestrian} on foot, ${bicycle} bicycles, ${car} cars`;
		}
	}
}

/** Fields of a report; all are invalid if the text is no JSON object. */
function read(payload: Uint8Array): { time: string; interval_s: number; roadUserNumber: number } {
	try {
		return Object(JSON.parse(textOf(payload)));
	} catch {
		return NOTHING;
	}
}
