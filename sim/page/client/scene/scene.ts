/**
 * Scene: paints the visible stretch of the street on a canvas, from the world's own light.
 *
 * The text under each lamp is not painted here: it is in plates, which keyboard and screen reader
 * can reach. Left of `split` the old lamps burn, at the same moment.
 */
import { Model, type Walker } from "../state/model.js";
import { Backdrop } from "./backdrop.js";
import { clamp, daylightOf, litBy } from "./colours.js";
import { drawUser } from "./figures.js";
import { type Layout, laneOf, layOut, metresAt, visible, xOf } from "./layout.js";
import { Light, poolOf } from "./light.js";

export class Scene {
	readonly #canvas: HTMLCanvasElement;
	readonly #context: CanvasRenderingContext2D;
	readonly #model: Model;
	readonly #backdrop = new Backdrop();
	readonly #light = new Light();
	readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
	layout: Layout = layOut(0, 0, 1, 0);
	/** Share of the width, from the left, that shows the old lamps. */
	split = 0;
	#last = "";
	#wasMoving = false;
	/** The lamp whose pole is marked; 0: none. */
	chosen = 0;

	constructor(canvas: HTMLCanvasElement, model: Model) {
		this.#canvas = canvas;
		this.#context = canvas.getContext("2d", { alpha: false })!;
		this.#model = model;
	}

	/** Fits the canvas to its box; lamps share the width or keep their least pitch. */
	resize(width: number, height: number, scroll: number): void {
		const ratio = Math.min(2, devicePixelRatio || 1);
		this.layout = layOut(width, height, this.#model.welcome?.lamps ?? 12, scroll);
		const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
		if (this.#canvas.width !== wide || this.#canvas.height !== tall) {
			this.#canvas.width = wide;
			this.#canvas.height = tall;
		}
		this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
		this.#last = "";
	}

	scrollTo(scroll: number): void {
		this.layout = { ...this.layout, scroll };
	}

	visible(): readonly [number, number] {
		return visible(this.layout);
	}

	/** Metres from the first lamp at a place of the canvas. */
	metresAt(x: number): number {
		return metresAt(this.layout, x, this.#model.welcome?.spacing_m ?? 30);
	}

	paint(now: number): void {
		const { update, welcome } = this.#model;
		const c = this.#context;
		const { layout } = this;
		if (!update || !welcome || layout.width === 0 || layout.height === 0) return;
		const isEased = this.#calm.matches ? this.#model.settle() : this.#model.ease(now);
		const isMoving = isEased || this.#model.walkers.size > 0;
		if (!isMoving && !this.#wasMoving && this.#isSame()) return;
		this.#wasMoving = isMoving;
		const { sun, fog, cover } = update;
		const crossings = this.#model.protectedLamps;
		this.#backdrop.draw(c, layout, { sun, cover, fog }, crossings);
		const day = daylightOf(sun) * (1 - 0.6 * update.cloud);
		const [first, last] = this.visible();
		this.#halves((old) => {
			for (let lamp = first; lamp <= last; lamp++)
				this.#light.ground(c, layout, lamp, this.#shareOf(lamp, old), day, old);
		});
		for (let lamp = first; lamp <= last; lamp++) this.#pole(lamp, day);
		this.#users(now, day, welcome.spacing_m);
		this.#halves((old) => {
			for (let lamp = first; lamp <= last; lamp++)
				this.#light.air(c, layout, lamp, this.#shareOf(lamp, old), day, fog, old);
		});
		this.#line();
	}

	/** Whether the picture is that of the last frame, lights and road users apart. */
	#isSame(): boolean {
		const { update, protectedLamps, light } = this.#model;
		const { sun = 0, cover, fog, cloud, dark } = update ?? {};
		const unpowered = light.reduce((count, one) => count + (one < 0 ? 1 : 0), 0);
		const about = [Math.round(sun * 5), cover, fog, cloud, dark, unpowered, protectedLamps.length];
		const key = JSON.stringify([about, this.layout, this.split, this.chosen]);
		if (key === this.#last) return true;
		this.#last = key;
		return false;
	}

	/** Light shown at a lamp, of the old lamps or these. */
	#shareOf(lamp: number, old: boolean): number {
		return old ? (this.#model.update?.dark ? 1 : 0) : (this.#model.shown[lamp] ?? 0);
	}

	/** Both sides of the split, each within its own part of the canvas. */
	#halves(paint: (old: boolean) => void): void {
		const c = this.#context;
		const { width, height } = this.layout;
		const x = width * this.split;
		for (const old of [true, false]) {
			if (old ? x <= 0 : x >= width) continue;
			c.save();
			c.beginPath();
			c.rect(old ? 0 : x, 0, old ? x : width - x, height);
			c.clip();
			paint(old);
			c.restore();
		}
	}

	#line(): void {
		if (this.split <= 0) return;
		const c = this.#context;
		const x = Math.round(this.layout.width * this.split);
		c.fillStyle = "rgba(255, 255, 255, 0.75)";
		c.fillRect(x - 1, 0, 2, this.layout.height);
	}

	#pole(lamp: number, day: number): void {
		const c = this.#context;
		const { foot, head, metre } = this.layout;
		const x = xOf(this.layout, lamp);
		const isChosen = lamp === this.chosen;
		const isPowered = (this.#model.light[lamp] ?? 0) >= 0;
		const own = Math.max(0, this.#model.shown[lamp] ?? 0);
		const tone = isChosen ? 1 : 0.16 + 0.7 * day + 0.3 * own;
		c.strokeStyle = litBy([158, 168, 186], tone);
		c.lineWidth = isChosen ? 3.5 : 2.5;
		c.lineCap = "round";
		const arm = metre * 0.75;
		c.beginPath();
		c.moveTo(x - arm, foot);
		c.lineTo(x - arm, head + arm * 0.6);
		c.quadraticCurveTo(x - arm, head - 3, x - arm * 0.2, head - 3);
		c.stroke();
		c.fillStyle = litBy([176, 184, 200], tone);
		c.beginPath();
		c.roundRect(x - 9, head - 6, 20, 5, 2.5);
		c.fill();
		if (isPowered) return;
		c.strokeStyle = "rgb(255, 139, 139)";
		c.lineWidth = 2;
		c.beginPath();
		c.moveTo(x - 6, head - 18);
		c.lineTo(x + 6, head - 30);
		c.moveTo(x + 6, head - 18);
		c.lineTo(x - 6, head - 30);
		c.stroke();
	}

	#users(now: number, day: number, spacing: number): void {
		const { pitch, scroll, width } = this.layout;
		const all = [...this.#model.walkers].map(([id, walker]) => ({
			...{ id, walker },
			y: laneOf(this.layout, walker.kind, walker.direction),
		}));
		all.sort((one, other) => one.y - other.y);
		for (const { id, walker, y } of all) {
			const isCalm = this.#calm.matches;
			const x_m = isCalm ? walker.to : Model.positionOf(walker, now);
			const place = x_m / spacing + 0.5;
			const x = place * pitch - scroll;
			if (x > -160 && x < width + 160) this.#user(id, walker, x, y, place, isCalm ? 0 : x_m, day);
		}
	}

	#user(
		id: number,
		walker: Walker,
		x: number,
		y: number,
		place: number,
		x_m: number,
		day: number,
	): void {
		const c = this.#context;
		const { metre, pitch } = this.layout;
		const light = Math.max(0.35 * day + 0.65 * day * day, this.#lightAt(place, x), 0.07);
		const nearest = Math.floor(place) + 0.5;
		const away = (place - nearest) * pitch;
		const size = walker.kind === "c" ? 2.1 : walker.kind === "b" ? 0.9 : 0.4;
		c.save();
		c.translate(x, y);
		c.fillStyle = `rgba(0, 0, 0, ${0.15 + 0.3 * light})`;
		c.beginPath();
		c.ellipse(away * 0.16, 0, size * metre * 0.62 + Math.abs(away) * 0.14, metre * 0.1, 0, 0, 7);
		c.fill();
		const scale = (metre * 1.75) / 29; // figures are drawn for a person of 29 px
		c.scale(walker.direction * scale, scale);
		drawUser(c, walker.kind, id, x_m, light, 1 - day);
		c.restore();
	}

	/** Light of the nearest lamps at a place counted in lamps, 0 to 1. */
	#lightAt(place: number, x: number): number {
		const old = x < this.layout.width * this.split;
		const nearest = Math.floor(place) + 1;
		let light = 0;
		for (const lamp of [nearest - 1, nearest, nearest + 1]) {
			const away = Math.abs(lamp - 0.5 - place);
			light += poolOf(this.#shareOf(lamp, old)) * Math.exp(-away * away * 4);
		}
		return clamp(0.06 + 0.9 * light);
	}
}
