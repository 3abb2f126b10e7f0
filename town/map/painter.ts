/**
 * Painter: lights drawn as points that add up, so that a square is white and the darkness stays dark.
 *
 * Two painters draw the same: on the graphics card, or pixel by pixel where there is none.
 */
import type { Camera } from "./camera.js";

export interface Picture {
	readonly camera: Camera;
	/** Column of the edge between both options, pixels: lights left of it have the ink of `left`. */
	readonly edge: number;
	/** Inks of both options, four bytes a light. */
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
export const POOL_MOST_PX = 72;
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

/** Side of the squares in which lights are counted, m. */
const SQUARE_M = 100;
/** Mean light of a pixel of such a square, all lights at full: above it they are dimmed. */
const BRIGHT = 0.55;
/** 1 would keep that mean; less leaves more of a lone light. */
const DIMMED = 0.75;
/** Of the light of a point, by the squares of its radius and of its core (pixelpainter.ts). */
const HALO = 0.26;
const LAMP = 2.36;

/** Lights a square metre around the middle light, by squares: half of the lights stand closer. */
export function crowdOf(x: Float32Array, y: Float32Array): number {
	const counts = new Map<number, number>();
	const square = (light: number) =>
		Math.floor(x[light]! / SQUARE_M) * 1e6 + Math.floor(y[light]! / SQUARE_M);
	for (let light = 0; light < x.length; light++)
		counts.set(square(light), (counts.get(square(light)) ?? 0) + 1);
	let passed = 0;
	for (const count of [...counts.values()].sort((a, b) => a - b)) {
		passed += count;
		if (2 * passed >= x.length) return count / SQUARE_M ** 2;
	}
	return 0;
}

/**
 * Share of its light with which a light is drawn: on a small map the points of a town overlap, and
 * their sum would be white where its streets are at half level.
 */
export function gainOf(scale: number, crowd: number, radius: number, core: number): number {
	const light = HALO * radius ** 2 + LAMP * core ** 2;
	const together = (crowd / scale ** 2) * light;
	return Math.min(1, (BRIGHT / Math.max(1e-9, together)) ** DIMMED);
}
