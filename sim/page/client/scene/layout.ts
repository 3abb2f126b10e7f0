/**
 * Layout: where things stand on the canvas of the street, from its size.
 */

/** Least width of one lamp's stretch of street, px: its plate must fit, and a finger. */
const PITCH_MIN = 106;
/** Least room over the lamps' heads, px: for the names of both sides, a light's glow and its mark. */
const OVER_HEADS = 46;

export interface Layout {
	readonly width: number;
	readonly height: number;
	/** Pixels from one lamp to the next, and how far the street is scrolled. */
	readonly pitch: number;
	readonly scroll: number;
	readonly lamps: number;
	/** Edge of houses and pavement, the kerb, and the lamps' heads and feet. */
	readonly horizon: number;
	readonly kerb: number;
	readonly head: number;
	readonly foot: number;
	/** Pixels of a metre of height. */
	readonly metre: number;
}

export function layOut(width: number, height: number, lamps: number, scroll: number): Layout {
	const ground = Math.max(96, Math.min(240, height * 0.34));
	const horizon = height - ground;
	const foot = horizon + ground * 0.14;
	const pole = Math.max(0, Math.min(height * 0.46, 230, foot - OVER_HEADS));
	return {
		width,
		height,
		scroll,
		lamps,
		horizon,
		foot,
		pitch: Math.max(PITCH_MIN, width / Math.max(1, lamps)),
		kerb: horizon + ground * 0.3,
		head: foot - pole,
		metre: pole / 7,
	};
}

/** Middle of lamp `lamp`'s stretch, px. */
export function xOf({ pitch, scroll }: Layout, lamp: number): number {
	return (lamp - 0.5) * pitch - scroll;
}

/** First and last lamp that can be seen. */
export function visible({ pitch, scroll, width, lamps }: Layout): readonly [number, number] {
	const first = Math.max(1, Math.floor(scroll / pitch));
	return [first, Math.min(lamps, Math.ceil((scroll + width) / pitch) + 1)];
}

/** Metres from the first lamp at a place of the canvas. */
export function metresAt({ pitch, scroll }: Layout, x: number, spacing_m: number): number {
	return ((x + scroll) / pitch - 0.5) * spacing_m;
}

/** Height at which a kind of road user goes, by its direction. */
export function laneOf({ height, kerb, foot }: Layout, kind: string, direction: number): number {
	const road = height - kerb;
	if (kind === "p") return direction > 0 ? kerb - 4 : (foot + kerb) / 2;
	if (kind === "b") return kerb + road * (direction > 0 ? 0.34 : 0.2);
	return kerb + road * (direction > 0 ? 0.9 : 0.5);
}
