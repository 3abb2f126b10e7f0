/** Field page: the light between a lamp and its neighbour, now and minute by minute, as JSON. */
import { base64Of } from "../../../lib/bytes.js";
import type { FieldLight } from "../../results/fieldlight.js";
import type { FieldPage, NoField } from "../fieldmessages.js";

/** `lamp`: the first of the two, from 1; of the last lamp the field before it. */
export function fieldPageOf(
	field: FieldLight | undefined,
	epochUtc: number,
	now: number,
	lamp: number,
): FieldPage | NoField {
	const { night } = field ?? {};
	if (!field || !night) return { why: "noGrid" };
	if (field.lamps < 2) return { why: "oneLamp" };
	const first = Math.min(lamp, field.lamps - 1);
	const { spacing_m, width_m, height_m } = field.design;
	const sample = field.at(now, first - 1);
	const { from, step, mean, min, marks } = night.slice(first - 1);
	return {
		first,
		spacing_m,
		width_m,
		height_m,
		family: night.family,
		utc: epochUtc + now,
		now: sample
			? { ...sample, required: sample.required ?? null, reached: sample.reached ?? null }
			: null,
		from: epochUtc + from,
		step,
		mean: base64Of(mean),
		min: base64Of(min),
		marks: base64Of(marks),
	};
}
