/** Field minutes: the light between two poles through the night, unpacked for chart and table. */

import { bytesOfBase64 } from "../../../../lib/bytes.js";
import { MARK } from "../../../util/fieldmarks.js";
import type { FieldInstant, FieldPage } from "../../fieldmessages.js";

export interface Minutes {
	/** UTC, ms, of the first one. */
	readonly from: number;
	readonly step: number;
	readonly family: string;
	readonly mean: Float32Array;
	readonly min: Float32Array;
	readonly marks: Uint8Array;
}

export function minutesOf({ from, step, family, mean, min, marks }: FieldPage): Minutes {
	return {
		from,
		step,
		family,
		mean: new Float32Array(bytesOfBase64(mean).buffer),
		min: new Float32Array(bytesOfBase64(min).buffer),
		marks: bytesOfBase64(marks),
	};
}

/** The minute next to an instant; `field` is null by day; undefined: it is not kept. */
export function instantAt(
	minutes: Minutes,
	utc: number,
): { readonly utc: number; readonly field: FieldInstant | null } | undefined {
	const { from, step, marks } = minutes;
	const n = Math.round((utc - from) / step);
	if (!(n >= 0 && n < marks.length)) return undefined;
	return { utc: from + n * step, field: fieldAt(minutes, n) };
}

/** The nth minute; null by day. */
export function fieldAt({ family, mean, min, marks }: Minutes, n: number): FieldInstant | null {
	const mark = marks[n]!;
	if (!(mark & MARK.dark)) return null;
	const [mean_lx, min_lx] = [mean[n]!, min[n]!];
	const number = mark & MARK.noClass;
	return {
		mean_lx,
		min_lx,
		uniformity: mean_lx > 0 ? min_lx / mean_lx : 0,
		someone: (mark & MARK.someone) !== 0,
		required: number === MARK.noClass ? null : `${family}${number}`,
		reached: mark & MARK.judged ? (mark & MARK.reached) !== 0 : null,
	};
}
