/**
 * Painter: lights drawn as points that add up, so that a square is white and the darkness stays dark.
 *
 * Two painters draw the same: on the graphics card, or pixel by pixel where there is none.
 */
import type { Camera } from "./camera.js";

export interface Picture {
	readonly camera: Camera;
	/** Column of the edge between both ways, pixels: lights left of it have the ink of `left`. */
	readonly edge: number;
	/** Inks of both ways, four bytes a light. */
	readonly left: Uint8Array;
	readonly right: Uint8Array;
}

export interface Painter {
	readonly by: "card" | "pixels";
	/** In pixels of the page; `ratio`: of the screen to these. */
	resize(width: number, height: number, ratio: number): void;
	paint(picture: Picture): void;
	close(): void;
}

/** Near black, so that the map is darker than the page around it. */
export const NIGHT = [4, 6, 13] as const;

/** Of the light on the ground around a pole, m; and the least of a point, px. */
const POOL_M = 11;
const POINT_PX = 2.7;
const POOL_MOST_PX = 72;
/** So many lights are drawn at full strength in the first picture; more are drawn smaller. */
const LIGHTS = 32_000;

/** Radius of a light at full, px: a point in the town, a pool of light in its street. */
export function radiusOf(scale: number, lights: number, pixels: number): number {
	const crowd = Math.min(1, Math.sqrt((LIGHTS * pixels) / 900_000 / Math.max(1, lights)));
	const point = POINT_PX * Math.max(0.62, Math.sqrt(crowd));
	return Math.min(POOL_MOST_PX, Math.hypot(point, POOL_M * scale));
}

/** Radius of the luminaire itself within its light, px. */
export function coreOf(scale: number): number {
	return Math.min(4, 0.75 + 0.8 * scale);
}
