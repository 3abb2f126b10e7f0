/**
 * Scene: paints the visible stretch of the street on a canvas.
 *
 * The glow is the lamp's duty as the eye sees it (about its square root). The text under each lamp
 * is not painted here: it is in buttons, which keyboard and screen reader can reach.
 */
import { chance, clamp, daylightOf, litBy, skyOf, WARM } from "./colours.js";
import { drawUser } from "./figures.js";
import { Model } from "./model.js";

/** Least width of one lamp's stretch of street, px: its text must fit. */
const PITCH_MIN = 88;
/** Heights from the bottom, px: edge of the houses, pavement, road users, room for text. */
const HOUSES = 140;
const KERB = 116;
const WALK_Y = 124;
const CYCLE_Y = 104;
const DRIVE_Y = 86;
const SPRITE = 256;

export class Scene {
	readonly #canvas: HTMLCanvasElement;
	readonly #context: CanvasRenderingContext2D;
	readonly #model: Model;
	readonly #halo = sprite(paintHalo);
	readonly #cone = sprite(paintCone);
	#width = 0;
	#height = 0;
	/** Pixels from one lamp to the next, and how far the street is scrolled. */
	pitch = PITCH_MIN;
	scroll = 0;

	constructor(canvas: HTMLCanvasElement, model: Model) {
		this.#canvas = canvas;
		this.#context = canvas.getContext("2d")!;
		this.#model = model;
	}

	/** Fits the canvas to its box; lamps share the width or keep their least pitch. */
	resize(width: number, height: number): void {
		const ratio = Math.min(2, devicePixelRatio || 1);
		this.#width = width;
		this.#height = height;
		this.#canvas.width = Math.round(width * ratio);
		this.#canvas.height = Math.round(height * ratio);
		this.#canvas.style.width = `${width}px`;
		this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
		this.pitch = Math.max(PITCH_MIN, width / (this.#model.welcome?.lamps ?? 12));
	}

	/** First and last lamp that can be seen. */
	visible(): readonly [first: number, last: number] {
		const lamps = this.#model.welcome?.lamps ?? 0;
		const first = Math.max(1, Math.floor(this.scroll / this.pitch));
		return [first, Math.min(lamps, Math.ceil((this.scroll + this.#width) / this.pitch) + 1)];
	}

	paint(now: number): void {
		const { update, welcome } = this.#model;
		if (!update || !welcome || this.#width === 0) return;
		this.#model.ease(now);
		const day = daylightOf(update.sun);
		const [first, last] = this.visible();
		this.#sky(update.sun, day);
		this.#houses(first, last, day);
		this.#ground(day);
		this.#light(first, last, day, "behind");
		for (let lamp = first; lamp <= last; lamp++) this.#pole(lamp, day);
		this.#users(now, day, welcome.spacing_m);
		this.#light(first, last, day, "before");
	}

	/** Middle of lamp `lamp`'s stretch, px. */
	#x(lamp: number): number {
		return (lamp - 0.5) * this.pitch - this.scroll;
	}

	#sky(sun: number, day: number): void {
		const c = this.#context;
		const [top, bottom] = skyOf(sun);
		const sky = c.createLinearGradient(0, 0, 0, this.#height - HOUSES);
		sky.addColorStop(0, top);
		sky.addColorStop(1, bottom);
		c.fillStyle = sky;
		c.fillRect(0, 0, this.#width, this.#height);
		const dark = clamp(1 - day * 2.2);
		if (dark === 0) return;
		for (let star = 0; star < this.#width / 7; star++) {
			c.fillStyle = `rgba(226, 234, 255, ${dark * (0.2 + 0.7 * chance(star, 5))})`;
			const size = chance(star, 6) > 0.9 ? 1.8 : 1.1;
			const y = chance(star, 7) * (this.#height - HOUSES) * 0.8;
			c.fillRect(chance(star, 8) * this.#width, y, size, size);
		}
	}

	#houses(first: number, last: number, day: number): void {
		const c = this.#context;
		const foot = this.#height - HOUSES;
		for (let house = (first - 1) * 2; house <= last * 2 + 1; house++) {
			const width = this.pitch / 2;
			const x = house * width - this.scroll;
			const height = this.#height * (0.2 + 0.15 * chance(house, 1));
			const tone = 66 + 26 * chance(house, 2);
			c.fillStyle = litBy([tone + 20, tone + 6, tone], 0.2 + 0.75 * day);
			c.fillRect(x, foot - height, width + 1, height);
			this.#roof(house, x, foot - height, width, day);
			this.#windows(house, x, foot - height, width, height, day);
		}
	}

	#roof(house: number, x: number, y: number, width: number, day: number): void {
		const c = this.#context;
		c.fillStyle = litBy([70, 56, 58], 0.1 + 0.7 * day);
		if (chance(house, 9) > 0.45) {
			c.beginPath();
			c.moveTo(x - 1, y + 1);
			c.lineTo(x + width / 2, y - 14 - 8 * chance(house, 10));
			c.lineTo(x + width + 1, y + 1);
			c.fill();
		} else c.fillRect(x - 1, y - 4, width + 3, 5);
	}

	#windows(h: number, x: number, y: number, width: number, height: number, day: number): void {
		const c = this.#context;
		for (let row = 0; row * 26 + 34 < height; row++)
			for (let column = 0; column < 2; column++) {
				const nth = h * 16 + row * 2 + column;
				const isLit = chance(nth, 11) > 0.82 && day < 0.6;
				c.fillStyle = isLit ? "rgba(255, 206, 128, 0.8)" : litBy([92, 108, 132], 0.06 + 0.8 * day);
				c.fillRect(x + width * (0.2 + 0.36 * column), y + 10 + row * 26, width * 0.2, 13);
			}
	}

	#ground(day: number): void {
		const c = this.#context;
		const bottom = this.#height;
		c.fillStyle = litBy([128, 128, 132], 0.1 + 0.75 * day);
		c.fillRect(0, bottom - HOUSES, this.#width, HOUSES - KERB);
		c.fillStyle = litBy([158, 158, 160], 0.1 + 0.75 * day);
		c.fillRect(0, bottom - KERB, this.#width, 3);
		c.fillStyle = litBy([64, 67, 74], 0.12 + 0.5 * day);
		c.fillRect(0, bottom - KERB + 3, this.#width, KERB);
	}

	#pole(lamp: number, day: number): void {
		const c = this.#context;
		const x = this.#x(lamp);
		const foot = this.#height - WALK_Y;
		const head = this.#headY();
		c.strokeStyle = litBy([150, 160, 178], 0.3 + 0.6 * day);
		c.lineWidth = 3;
		c.lineCap = "round";
		c.beginPath();
		c.moveTo(x - 20, foot);
		c.lineTo(x - 20, head + 8);
		c.quadraticCurveTo(x - 20, head - 4, x - 6, head - 4);
		c.stroke();
		c.fillStyle = litBy([170, 178, 194], 0.35 + 0.6 * day);
		c.beginPath();
		c.roundRect(x - 9, head - 7, 20, 6, 3);
		c.fill();
		const glow = eye(this.#model.shown[lamp] ?? 0);
		c.fillStyle = `rgba(${WARM}, ${glow})`;
		c.fillRect(x - 6, head - 1, 14, 2.5);
	}

	#light(first: number, last: number, day: number, where: "behind" | "before"): void {
		const c = this.#context;
		const head = this.#headY();
		const reach = this.#height - DRIVE_Y - head;
		c.save();
		c.globalCompositeOperation = "lighter";
		for (let lamp = first; lamp <= last; lamp++) {
			const glow = eye(this.#model.shown[lamp] ?? 0) * (1 - 0.7 * day);
			if (glow < 0.01) continue;
			const x = this.#x(lamp) + 1;
			const pool = Math.min(this.pitch, 130) * 0.72;
			if (where === "behind") {
				c.globalAlpha = 0.34 * glow; // on the facades
				c.drawImage(this.#halo, x - pool, head - pool * 0.7, pool * 2, pool * 2.1);
				c.globalAlpha = 0.75 * glow; // on the ground
				c.drawImage(this.#halo, x - pool, this.#height - KERB - 26, pool * 2, 62);
			} else {
				c.globalAlpha = 0.42 * glow; // in the air
				c.drawImage(this.#cone, x - pool * 0.75, head, pool * 1.5, reach);
				c.globalAlpha = 0.95 * glow;
				c.drawImage(this.#halo, x - 34, head - 33, 68, 68);
			}
		}
		c.restore();
	}

	#users(now: number, day: number, spacing: number): void {
		const c = this.#context;
		const night = 1 - day;
		for (const [id, walker] of this.#model.walkers) {
			const x_m = Model.positionOf(walker, now);
			const place = x_m / spacing + 0.5;
			const x = place * this.pitch - this.scroll;
			if (x < -160 || x > this.#width + 160) continue;
			const lane = walker.kind === "c" ? DRIVE_Y : walker.kind === "b" ? CYCLE_Y : WALK_Y;
			const lower = walker.direction < 0 ? 8 : 0;
			const light = Math.max(day, this.#lightAt(place), 0.12);
			c.save();
			c.translate(x, this.#height - lane + lower);
			c.scale(walker.direction, 1);
			drawUser(c, walker.kind, id, x_m, light, night);
			c.restore();
		}
	}

	/** Light of the nearest lamps at a place counted in lamps, 0 to 1. */
	#lightAt(place: number): number {
		const nearest = Math.floor(place) + 1;
		let light = 0;
		for (const lamp of [nearest - 1, nearest, nearest + 1]) {
			const away = Math.abs(lamp - 0.5 - place);
			light += eye(this.#model.shown[lamp] ?? 0) * Math.exp(-away * away * 5);
		}
		return clamp(light);
	}

	#headY(): number {
		return this.#height * 0.3;
	}
}

/** Brightness of a duty as the eye sees it. */
function eye(duty: number): number {
	return Math.sqrt(clamp(duty));
}

function sprite(paint: (c: CanvasRenderingContext2D) => void): HTMLCanvasElement {
	const canvas = document.createElement("canvas");
	canvas.width = canvas.height = SPRITE;
	paint(canvas.getContext("2d")!);
	return canvas;
}

function paintHalo(c: CanvasRenderingContext2D): void {
	const half = SPRITE / 2;
	const light = c.createRadialGradient(half, half, 0, half, half, half);
	for (let nth = 0; nth <= 8; nth++)
		light.addColorStop(nth / 8, `rgba(${WARM}, ${(1 - nth / 8) ** 2.4})`);
	c.fillStyle = light;
	c.fillRect(0, 0, SPRITE, SPRITE);
}

function paintCone(c: CanvasRenderingContext2D): void {
	const fall = c.createLinearGradient(0, 0, 0, SPRITE);
	fall.addColorStop(0, `rgba(${WARM}, 0.9)`);
	fall.addColorStop(0.5, `rgba(${WARM}, 0.34)`);
	fall.addColorStop(1, `rgba(${WARM}, 0)`);
	c.fillStyle = fall;
	c.filter = "blur(7px)";
	c.beginPath();
	c.moveTo(SPRITE * 0.46, 0);
	c.lineTo(SPRITE * 0.54, 0);
	c.lineTo(SPRITE * 0.93, SPRITE);
	c.lineTo(SPRITE * 0.07, SPRITE);
	c.fill();
}
