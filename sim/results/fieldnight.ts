/**
 * Field night: mean and minimum between the poles, minute by minute, for the page, in memory of a
 * fixed size: two nights of each field, fewer hours where the street has more than 1,300 fields.
 */

import type { Illuminance } from "../../lib/roadgrid.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { MARK } from "../util/fieldmarks.js";

/** The field at one instant. */
export interface FieldSample extends Illuminance {
	/** Someone is between the two poles. */
	readonly someone: boolean;
	/** The class that is required; undefined: none. */
	readonly required: string | undefined;
	/** Undefined: not judged. */
	readonly reached: boolean | undefined;
}

/** Of all fields together, so that history and fields stay below 64 MB. */
const KEPT_BYTES = 32 << 20;
const LONGEST = (48 * HOUR) / MINUTE;
const SAMPLE_BYTES = 2 * Float32Array.BYTES_PER_ELEMENT + 1;

/** Minutes from `from` on (virtual ms), one value each. */
interface FieldSlice {
	readonly from: number;
	readonly step: number;
	readonly mean: Float32Array;
	readonly min: Float32Array;
	readonly marks: Uint8Array;
}

export class FieldNight {
	/** Minutes that are kept. */
	readonly size: number;
	readonly #mean: Float32Array;
	readonly #min: Float32Array;
	readonly #marks: Uint8Array;
	/** The first minute that is not kept yet. */
	#next = 0;

	/** `family`: first letter of the street's classes. */
	constructor(
		private readonly fields: number,
		readonly family: string,
	) {
		const most = Math.floor(KEPT_BYTES / (SAMPLE_BYTES * Math.max(1, fields)));
		this.size = Math.min(LONGEST, most);
		this.#mean = new Float32Array(this.size * fields);
		this.#min = new Float32Array(this.size * fields);
		this.#marks = new Uint8Array(this.size * fields);
	}

	get bytes(): number {
		return this.#mean.byteLength + this.#min.byteLength + this.#marks.byteLength;
	}

	/** The minute at `at` begins, by day until `set`. */
	begin(at: number): void {
		const minute = at / MINUTE;
		const place = (minute % this.size) * this.fields;
		this.#mean.fill(0, place, place + this.fields);
		this.#min.fill(0, place, place + this.fields);
		this.#marks.fill(MARK.noClass, place, place + this.fields);
		this.#next = minute + 1;
	}

	set(at: number, field: number, sample: FieldSample): void {
		const { mean_lx, min_lx, someone, required, reached } = sample;
		const place = ((at / MINUTE) % this.size) * this.fields + field;
		this.#mean[place] = mean_lx;
		this.#min[place] = min_lx;
		this.#marks[place] =
			(required === undefined ? MARK.noClass : Number(required[1])) |
			MARK.dark |
			(someone ? MARK.someone : 0) |
			(reached === undefined ? 0 : MARK.judged) |
			(reached === true ? MARK.reached : 0);
	}

	/** All kept minutes of a field (from 0). */
	slice(field: number): FieldSlice {
		const first = Math.max(1, this.#next - this.size); // the first sample is after a minute
		const count = Math.max(0, this.#next - first);
		const cut = <T extends Float32Array | Uint8Array>(from: T, out: T): T => {
			for (let n = 0; n < count; n += 1)
				out[n] = from[((first + n) % this.size) * this.fields + field]!;
			return out;
		};
		return {
			from: first * MINUTE,
			step: MINUTE,
			mean: cut(this.#mean, new Float32Array(count)),
			min: cut(this.#min, new Float32Array(count)),
			marks: cut(this.#marks, new Uint8Array(count)),
		};
	}
}
