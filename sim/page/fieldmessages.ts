/** Field messages: the light between two poles, from the server to the page. Types only. */

/** Light between a lamp and a neighbour at one instant. */
export interface FieldInstant {
	readonly mean_lx: number;
	readonly min_lx: number;
	readonly uniformity: number;
	readonly someone: boolean;
	/** The class that is required; `null`: none. */
	readonly required: string | null;
	/** `null`: not judged. */
	readonly reached: boolean | null;
}

/**
 * The field between lamp `first` and the next one (`GET /field?lamp=N`), modelled on the grid of
 * EN 13201-3; arrays are base64 of little-endian numbers, a value each minute.
 */
export interface FieldPage {
	readonly first: number;
	readonly spacing_m: number;
	readonly width_m: number;
	readonly height_m: number;
	/** First letter of the classes: P, C or M. */
	readonly family: string;
	/** UTC, ms, and the field then; `null` by day. */
	readonly utc: number;
	readonly now: FieldInstant | null;
	/** UTC, ms, of the first minute. */
	readonly from: number;
	readonly step: number;
	readonly mean: string;
	readonly min: string;
	/** Bits by sim/util/fieldmarks.ts. */
	readonly marks: string;
}

/** Answer where the street has no such field. */
export interface NoField {
	readonly why: "noGrid" | "oneLamp";
}
