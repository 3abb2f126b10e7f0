/**
 * Backdrop: sky, houses and ground, painted once for each light of the day and kept.
 *
 * It shows the hour and the weather in muted colours, so that the lamps stand out.
 */
import { chance, clamp, daylightOf, litBy, skyOf } from "./colours.js";
import type { Layout } from "./layout.js";

interface Weather {
	readonly sun: number;
	/** Clouds and fog, 0 to 1. */
	readonly cover: number;
	readonly fog: number;
}

type Context = CanvasRenderingContext2D;

export class Backdrop {
	readonly #canvas = document.createElement("canvas");
	#key = "";

	/** Draws it, anew if anything has changed. */
	draw(c: Context, layout: Layout, weather: Weather, crossings: readonly number[]): void {
		const { width, height, pitch, scroll } = layout;
		const ratio = c.getTransform().a;
		const { sun, cover, fog } = weather;
		const key = [width, height, pitch, scroll, ratio, sun, cover, fog, ...crossings].join();
		if (key !== this.#key) {
			this.#key = key;
			this.#canvas.width = Math.round(width * ratio);
			this.#canvas.height = Math.round(height * ratio);
			const context = this.#canvas.getContext("2d", { alpha: false })!;
			context.setTransform(ratio, 0, 0, ratio, 0, 0);
			paint(context, layout, weather, crossings);
		}
		c.drawImage(this.#canvas, 0, 0, width, height);
	}
}

function paint(c: Context, layout: Layout, weather: Weather, crossings: readonly number[]): void {
	const day = daylightOf(weather.sun) * (1 - 0.45 * weather.cover) * (1 - 0.2 * weather.fog);
	sky(c, layout, weather, day);
	houses(c, layout, day);
	ground(c, layout, day, crossings);
	if (weather.fog > 0) fog(c, layout, weather.fog, day);
}

function sky(c: Context, { width, horizon }: Layout, { sun, cover }: Weather, day: number): void {
	const [top, bottom] = skyOf(sun, cover);
	const fill = c.createLinearGradient(0, 0, 0, horizon);
	fill.addColorStop(0, top);
	fill.addColorStop(1, bottom);
	c.fillStyle = fill;
	c.fillRect(0, 0, width, horizon + 2);
	const dark = clamp(1 - day * 2.2) * (1 - cover);
	for (let star = 0; dark > 0.02 && star < width / 14; star++) {
		c.fillStyle = `rgba(214, 224, 250, ${dark * (0.08 + 0.4 * chance(star, 5))})`;
		const size = chance(star, 6) > 0.92 ? 1.6 : 1;
		c.fillRect(chance(star, 8) * width, chance(star, 7) * horizon * 0.7, size, size);
	}
	if (cover > 0.15) clouds(c, width, horizon, cover, day);
}

/** The puffs are drawn sharp on a canvas of their own and blurred together: a blur each costs seconds without a graphics card. */
function clouds(c: Context, width: number, horizon: number, cover: number, day: number): void {
	const canvas = document.createElement("canvas");
	canvas.width = Math.ceil(width);
	canvas.height = Math.ceil(horizon);
	const sharp = canvas.getContext("2d")!;
	sharp.fillStyle = litBy([196, 204, 216], 0.02 + day * (0.9 - 0.45 * cover));
	sharp.globalAlpha = 0.22 + 0.4 * cover;
	for (let cloud = 0; cloud < width / 130; cloud++) {
		if (chance(cloud, 21) > cover + 0.15) continue;
		const x = chance(cloud, 22) * width;
		const y = horizon * (0.06 + 0.42 * chance(cloud, 23));
		const size = 60 + 110 * chance(cloud, 24);
		for (let puff = 0; puff < 4; puff++) {
			sharp.beginPath();
			const at = x + (puff - 1.5) * size * 0.42;
			sharp.ellipse(at, y + 8 * chance(cloud + puff, 25), size * 0.5, size * 0.16, 0, 0, 7);
			sharp.fill();
		}
	}
	c.save();
	c.filter = "blur(14px)";
	c.drawImage(canvas, 0, 0, width, horizon);
	c.restore();
}

function houses(c: Context, layout: Layout, day: number): void {
	const { pitch, scroll, width, horizon, height } = layout;
	const each = pitch * 0.62;
	const first = Math.floor(scroll / each) - 1;
	for (let house = first; house * each - scroll < width + each; house++) {
		const x = house * each - scroll;
		const tall = height * (0.17 + 0.12 * chance(house, 1));
		const tone = 56 + 18 * chance(house, 2);
		c.fillStyle = litBy([tone + 16, tone + 8, tone + 6], 0.06 + 0.8 * day);
		c.fillRect(x, horizon - tall, each + 1, tall + 1);
		roof(c, house, x, horizon - tall, each, day);
		windows(c, house, x, horizon - tall, each, tall, day);
	}
}

function roof(c: Context, house: number, x: number, y: number, each: number, day: number): void {
	c.fillStyle = litBy([58, 50, 52], 0.04 + 0.75 * day);
	if (chance(house, 9) > 0.4) {
		c.beginPath();
		c.moveTo(x - 2, y + 1);
		c.lineTo(x + each / 2, y - 12 - 10 * chance(house, 10));
		c.lineTo(x + each + 2, y + 1);
		c.fill();
	} else c.fillRect(x - 1, y - 4, each + 3, 5);
}

function windows(
	c: Context,
	house: number,
	x: number,
	y: number,
	each: number,
	tall: number,
	day: number,
): void {
	for (let row = 0; row * 26 + 32 < tall; row++)
		for (let column = 0; column < 2; column++) {
			const index = house * 16 + row * 2 + column;
			const isLit = chance(index, 11) > 0.9 && day < 0.4;
			c.fillStyle = isLit ? "rgba(255, 214, 158, 0.34)" : litBy([84, 100, 122], 0.02 + 0.75 * day);
			c.fillRect(x + each * (0.2 + 0.37 * column), y + 11 + row * 26, each * 0.19, 13);
		}
}

function ground(c: Context, layout: Layout, day: number, crossings: readonly number[]): void {
	const { width, height, horizon, kerb, pitch, scroll } = layout;
	c.fillStyle = litBy([116, 116, 120], 0.06 + 0.76 * day);
	c.fillRect(0, horizon, width, kerb - horizon);
	const road = c.createLinearGradient(0, kerb, 0, height);
	road.addColorStop(0, litBy([60, 63, 70], 0.08 + 0.6 * day));
	road.addColorStop(1, litBy([46, 49, 56], 0.05 + 0.5 * day));
	c.fillStyle = road;
	c.fillRect(0, kerb, width, height - kerb);
	c.fillStyle = litBy([150, 150, 154], 0.1 + 0.7 * day);
	c.fillRect(0, kerb - 1, width, 3);
	const middle = kerb + (height - kerb) * 0.62;
	c.fillStyle = litBy([196, 196, 198], 0.1 + 0.6 * day);
	for (let x = -(scroll % 64); x < width; x += 64) c.fillRect(x, middle, 26, 2);
	for (const lamp of crossings) {
		const from = (lamp - 0.5) * pitch - scroll - 30;
		for (let stripe = 0; stripe < 5; stripe++)
			c.fillRect(from + stripe * 13, kerb + 6, 7, height - kerb - 12);
	}
}

function fog(c: Context, { width, height, horizon }: Layout, amount: number, day: number): void {
	const veil = c.createLinearGradient(0, 0, 0, height);
	const tone = litBy([188, 194, 204], 0.06 + 0.8 * day).slice(4, -1);
	veil.addColorStop(0, `rgba(${tone}, ${0.35 * amount})`);
	veil.addColorStop(horizon / height, `rgba(${tone}, ${0.75 * amount})`);
	veil.addColorStop(1, `rgba(${tone}, ${0.4 * amount})`);
	c.fillStyle = veil;
	c.fillRect(0, 0, width, height);
}
