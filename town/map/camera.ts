/**
 * Camera: metres of the town to pixels of the map. North is up; at scale 1 the whole town fits.
 */

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** Of the pan and zoom: pixels of scale 1 times `k`, moved by `x` and `y`. */
export interface Moved {
	readonly k: number;
	readonly x: number;
	readonly y: number;
}

/** Pixel = metres * scale + offset; the row counts down. */
export interface Camera {
	/** Pixels a metre. */
	readonly scale: number;
	readonly left: number;
	readonly top: number;
}

/** Share of the map that stays free around the town. */
const MARGIN = 0.06;
/** Pixels a metre at the most: lamps 30 m apart are a hand apart. */
export const CLOSEST = 12;
/** From here on points are poles, with level and cause. */
export const POLES_FROM = 1.6;

export function fitted(town: Size, map: Size): Camera {
	const share = 1 - 2 * MARGIN;
	const scale = Math.min((map.width * share) / town.width, (map.height * share) / town.height);
	return {
		scale,
		left: (map.width - town.width * scale) / 2,
		top: (map.height + town.height * scale) / 2,
	};
}

export function moved({ scale, left, top }: Camera, { k, x, y }: Moved): Camera {
	return { scale: scale * k, left: left * k + x, top: top * k + y };
}

export const columnOf = (camera: Camera, x: number): number => camera.left + x * camera.scale;
export const rowOf = (camera: Camera, y: number): number => camera.top - y * camera.scale;

/** A box in metres: west, south, east, north. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** The metres of a part of the map, with those that are `around` pixels outside of it. */
export function boxIn(
	{ scale, left, top }: Camera,
	{ height }: Size,
	from: number,
	until: number,
	around: number,
): Box {
	return [
		(from - around - left) / scale,
		(top - height - around) / scale,
		(until + around - left) / scale,
		(top + around) / scale,
	];
}

export function boxOf(lights: Int32Array, x: Float32Array, y: Float32Array): Box {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const light of lights) {
		west = Math.min(west, x[light]!);
		east = Math.max(east, x[light]!);
		south = Math.min(south, y[light]!);
		north = Math.max(north, y[light]!);
	}
	return [west, south, east, north];
}

/** A narrow map has its card at the bottom, and places go above it; else they go below the card. */
const NARROW = 600;
const ABOVE = 0.24;
const BELOW = 0.62;
/** Shares of the map that a box takes at the most. */
const WIDE = 0.72;
const TALL = 0.62;

/** The pan and zoom with which a box is beside the card, as near as `closest` allows. */
export function goingTo(fit: Camera, map: Size, box: Box, closest: number): Moved {
	const [west, south, east, north] = box;
	const scale = Math.min(
		closest,
		(map.width * WIDE) / Math.max(1, east - west),
		(map.height * TALL) / Math.max(1, north - south),
	);
	const k = Math.max(1, scale / fit.scale);
	const x = map.width / 2 - k * columnOf(fit, (west + east) / 2);
	const y = map.height * (map.width < NARROW ? ABOVE : BELOW) - k * rowOf(fit, (south + north) / 2);
	return { k, x, y };
}

/** The light nearest to a pixel within `reach` pixels; -1: none. */
export function lightAt(
	camera: Camera,
	{ x, y }: { readonly x: Float32Array; readonly y: Float32Array },
	column: number,
	row: number,
	reach: number,
): number {
	let best = -1;
	let nearest = (reach / camera.scale) ** 2;
	const east = (column - camera.left) / camera.scale;
	const north = (camera.top - row) / camera.scale;
	for (let light = 0; light < x.length; light++) {
		const away = (x[light]! - east) ** 2 + (y[light]! - north) ** 2;
		if (away <= nearest) {
			nearest = away;
			best = light;
		}
	}
	return best;
}
