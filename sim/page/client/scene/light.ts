/**
 * Light: a lamp's light in the picture: its head, the air below it, and its pool on the ground.
 *
 * The pool follows luminance and not the duty: at full it is several times as bright as at 60 %, as
 * the eye has it at night, and wider and warmer. The head follows the eye's own scale, so a lamp at
 * its floor is seen to be lit.
 */
import { clamp, DIM, SODIUM, WARM } from "./colours.js";
import type { Layout } from "./layout.js";
import { xOf } from "./layout.js";

type Context = CanvasRenderingContext2D;

const SPRITE = 256;
/** Tints between the light of a low level and that of full. */
const STEPS = 16;
/** Brightness of the pool over the light's share: 60 % of the light is a third of the picture. */
const POOL_POWER = 2.1;

interface Tint {
	readonly halo: HTMLCanvasElement;
	readonly cone: HTMLCanvasElement;
}

/** How far a lamp's light goes to either side of it at most, px. */
export function reachOf({ pitch, metre }: Layout, fog: number): number {
	return Math.max(pitch * 0.88, metre * (1.8 + 3 * fog));
}

/** Brightness of a pool, 0 to 1. */
export function poolOf(share: number): number {
	return clamp(share) ** POOL_POWER;
}

/** Brightness of a lamp's head as the eye sees it. */
function headOf(share: number): number {
	return clamp(share) ** 0.5;
}

export class Light {
	/** By the share of warm light, in steps of 1 / STEPS. */
	readonly #tints: Tint[] = [];
	readonly #sodium = tint(css(SODIUM));

	/** On facades and ground, before the road users are drawn. */
	ground(c: Context, layout: Layout, lamp: number, share: number, day: number, old: boolean): void {
		const pool = poolOf(share) * (1 - 0.85 * day);
		if (pool < 0.004) return;
		const x = xOf(layout, lamp);
		const { head, kerb, height, pitch, foot } = layout;
		const reach = pitch * (0.52 + 0.34 * share);
		c.save();
		c.globalCompositeOperation = "lighter";
		const { halo } = this.#tintOf(share, old);
		c.globalAlpha = 0.2 * pool;
		c.drawImage(halo, x - reach, head - reach * 0.35, reach * 2, foot - head + reach * 0.5);
		c.globalAlpha = clamp(0.9 * pool);
		const deep = (height - foot) * 0.62;
		const middle = (kerb + foot) / 2 + (height - foot) * 0.16;
		c.drawImage(halo, x - reach, middle - deep, reach * 2, deep * 2);
		c.restore();
	}

	/** In the air, over everything. */
	air(
		c: Context,
		layout: Layout,
		lamp: number,
		share: number,
		day: number,
		fog: number,
		old: boolean,
	): void {
		const head = headOf(share) * (1 - 0.6 * day);
		if (head < 0.01) return;
		const x = xOf(layout, lamp);
		const { metre, foot, pitch } = layout;
		const pool = poolOf(share) * (1 - 0.85 * day);
		const wide = pitch * (0.32 + 0.2 * share);
		c.save();
		c.globalCompositeOperation = "lighter";
		const { cone, halo } = this.#tintOf(share, old);
		c.globalAlpha = clamp((0.2 + 0.5 * fog) * pool);
		if (c.globalAlpha > 0)
			c.drawImage(cone, x - wide, layout.head, wide * 2, foot - layout.head + metre);
		const size = metre * (0.9 + 0.9 * share + 3 * fog);
		c.globalAlpha = clamp(0.95 * head);
		c.drawImage(halo, x - size, layout.head - size, size * 2, size * 2);
		c.restore();
	}

	/** The tint of a share: the more light, the warmer. */
	#tintOf(share: number, old: boolean): Tint {
		if (old) return this.#sodium;
		const step = Math.round(clamp((share - 0.3) / 0.7) * STEPS);
		const warm = step / STEPS;
		this.#tints[step] ??= tint(css(DIM.map((dim, n) => dim + (WARM[n]! - dim) * warm)));
		return this.#tints[step];
	}
}

function css(rgb: readonly number[]): string {
	return rgb.map((channel) => channel.toFixed(1)).join(", ");
}

function tint(colour: string): Tint {
	return {
		halo: sprite((c) => paintHalo(c, colour)),
		cone: sprite((c) => paintCone(c, colour)),
	};
}

function sprite(paint: (c: Context) => void): HTMLCanvasElement {
	const canvas = document.createElement("canvas");
	canvas.width = canvas.height = SPRITE;
	paint(canvas.getContext("2d")!);
	return canvas;
}

function paintHalo(c: Context, colour: string): void {
	const half = SPRITE / 2;
	const light = c.createRadialGradient(half, half, 0, half, half, half);
	for (let index = 0; index <= 10; index++)
		light.addColorStop(index / 10, `rgba(${colour}, ${(1 - index / 10) ** 2.2})`);
	c.fillStyle = light;
	c.fillRect(0, 0, SPRITE, SPRITE);
}

function paintCone(c: Context, colour: string): void {
	const fall = c.createLinearGradient(0, 0, 0, SPRITE);
	fall.addColorStop(0, `rgba(${colour}, 0.8)`);
	fall.addColorStop(0.5, `rgba(${colour}, 0.3)`);
	fall.addColorStop(1, `rgba(${colour}, 0)`);
	c.fillStyle = fall;
	c.filter = "blur(9px)";
	c.beginPath();
	c.moveTo(SPRITE * 0.47, 6);
	c.lineTo(SPRITE * 0.53, 6);
	c.lineTo(SPRITE * 0.9, SPRITE);
	c.lineTo(SPRITE * 0.1, SPRITE);
	c.fill();
}
