/**
 * Scene: paints the visible stretch of the street on a canvas, from the world's own light.
 *
 * The text under each lamp is not painted here: it is in plates, which keyboard and screen reader
 * can reach. Left of `split` the old lamps burn, at the same moment, or the option that a scenario
 * names. A frame paints only the regions in which a lamp's light or a road user has changed; the
 * picture behind the road users is kept.
 */
import { levelAt } from "../../../../lib/lightingoptions/clock.js";
import { optionOf } from "../../../../lib/lightingoptions/options.js";
import { localOf } from "../state/localtime.js";
import type { Model } from "../state/model.js";
import { Backdrop } from "./backdrop.js";
import { clamp, daylightOf } from "./colours.js";
import { type Layout, layOut, metresAt, visible, xOf } from "./layout.js";
import { Light, poolOf, reachOf } from "./light.js";
import { drawPole } from "./pole.js";
import { joined, overlap, type Region } from "./regions.js";
import { drawFigure, type Figure, figuresOf } from "./walkers.js";

type Context = CanvasRenderingContext2D;

/** The sky in steps too small to see: between two of them the picture stays as it is. */
interface Sky {
	readonly sun: number;
	readonly cover: number;
	readonly fog: number;
	/** Daylight on the ground, 0 to 1. */
	readonly day: number;
}

export class Scene {
	readonly #context: CanvasRenderingContext2D;
	readonly #model: Model;
	readonly #backdrop = new Backdrop();
	readonly #light = new Light();
	readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
	layout: Layout = layOut(0, 0, 1, 0);
	/** Share of the width, from the left, that shows the old lamps. */
	split = 0;
	/** The picture behind the road users, as it was painted last. */
	readonly #under: Context;
	/** By lamp: the share of light that is painted. */
	readonly #painted: number[] = [];
	/** Where road users are painted, and which. */
	#users: readonly Region[] = [];
	#places = "";
	#ratio = 1;
	#last = "";
	/** The lamp whose pole is marked; 0: none. */
	chosen = 0;

	constructor(canvas: HTMLCanvasElement, model: Model) {
		this.#context = canvas.getContext("2d", { alpha: false })!;
		this.#under = document.createElement("canvas").getContext("2d", { alpha: false })!;
		this.#model = model;
	}

	/** Fits the canvas to its box; lamps share the width or keep their least pitch. */
	resize(width: number, height: number, scroll: number): void {
		const ratio = Math.min(2, devicePixelRatio || 1);
		this.layout = layOut(width, height, this.#model.welcome?.lamps ?? 12, scroll);
		const [wide, tall] = [Math.round(width * ratio), Math.round(height * ratio)];
		this.#ratio = ratio;
		for (const c of [this.#context, this.#under]) {
			if (c.canvas.width !== wide || c.canvas.height !== tall) {
				c.canvas.width = wide;
				c.canvas.height = tall;
			}
			c.setTransform(ratio, 0, 0, ratio, 0, 0);
		}
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
		const { layout } = this;
		if (!update || !welcome || layout.width === 0 || layout.height === 0) return;
		const isCalm = this.#calm.matches;
		if (isCalm) this.#model.settle();
		else this.#model.ease(now);
		const figures = figuresOf(this.#model.walkers, layout, welcome.spacing_m, now, isCalm);
		const places = figures.map(({ id, x }) => `${id} ${x}`).join();
		const isSame = this.#isSame();
		const lamps = isSame ? this.#changedLamps() : this.#visibleLamps();
		if (isSame && lamps.length === 0 && places === this.#places) return;
		this.#places = places;
		const sky = this.#sky();
		const { width, height } = layout;
		const size = { width, height, ratio: this.#ratio };
		const changed = isSame
			? lamps.map((lamp) => this.#stretch(lamp, sky))
			: [{ left: 0, top: 0, right: width, bottom: height }];
		for (const region of joined(changed, size)) this.#behind(region, sky);
		for (const lamp of lamps) this.#painted[lamp] = this.#shareOf(lamp, false);
		const users = figures.map(({ region }) => region);
		for (const region of joined([...changed, ...this.#users, ...users], size))
			this.#front(region, sky, figures);
		this.#users = users;
	}

	/** Whether the picture is that of the last frame, lights and road users apart. */
	#isSame(): boolean {
		const { protectedLamps, light } = this.#model;
		const unpowered = light.reduce((sum, level, lamp) => sum + (level < 0 ? lamp : 0), 0);
		const about = [this.#sky(), this.#otherShare(), unpowered, protectedLamps];
		const key = JSON.stringify([about, this.layout, this.split, this.chosen]);
		if (key === this.#last) return true;
		this.#last = key;
		return false;
	}

	#sky(): Sky {
		const { sun = 0, cover = 0, fog = 0, cloud = 0 } = this.#model.update ?? {};
		const step = (value: number, steps: number) => Math.round(value * steps) / steps;
		const height = step(sun, 5);
		const day = daylightOf(height) * (1 - 0.6 * step(cloud, 50));
		return { sun: height, cover: step(cover, 20), fog: step(fog, 20), day };
	}

	#visibleLamps(): readonly number[] {
		const [first, last] = this.visible();
		return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
	}

	/** Lamps whose light is another one than was painted. */
	#changedLamps(): readonly number[] {
		return this.#visibleLamps().filter(
			(lamp) => this.#shareOf(lamp, false) !== this.#painted[lamp],
		);
	}

	/** The part of the canvas that a lamp lights. */
	#stretch(lamp: number, { fog }: Sky): Region {
		const x = xOf(this.layout, lamp);
		const reach = reachOf(this.layout, fog);
		return { left: x - reach, right: x + reach, top: 0, bottom: this.layout.height };
	}

	/** Lamps whose light or pole reaches into a region. */
	#lampsOf(region: Region, sky: Sky): readonly number[] {
		return this.#visibleLamps().filter((lamp) => overlap(region, this.#stretch(lamp, sky)));
	}

	/** Paints the picture behind the road users: sky, houses, ground, pools and poles. */
	#behind(region: Region, sky: Sky): void {
		const c = this.#under;
		const { layout } = this;
		const lamps = this.#lampsOf(region, sky);
		within(c, region, () => {
			this.#backdrop.draw(c, layout, sky, this.#model.protectedLamps);
			this.#halves(c, (old) => {
				for (const lamp of lamps)
					this.#light.ground(
						c,
						layout,
						lamp,
						this.#shareOf(lamp, old),
						sky.day,
						this.#isSodium(old),
					);
			});
			for (const lamp of lamps) this.#pole(c, lamp, sky.day);
		});
	}

	/** Paints the picture behind, the road users, and the light in the air. */
	#front(region: Region, sky: Sky, figures: readonly Figure[]): void {
		const c = this.#context;
		const { layout } = this;
		const { day, fog } = sky;
		within(c, region, () => {
			c.drawImage(this.#under.canvas, 0, 0, layout.width, layout.height);
			for (const figure of figures) {
				if (!overlap(region, figure.region)) continue;
				const light = Math.max(0.35 * day + 0.65 * day * day, this.#lightAt(figure), 0.07);
				drawFigure(c, layout, figure, light, day);
			}
			this.#halves(c, (old) => {
				for (const lamp of this.#lampsOf(region, sky))
					this.#light.air(c, layout, lamp, this.#shareOf(lamp, old), day, fog, this.#isSodium(old));
			});
			this.#line();
		});
	}

	/** Light shown at a lamp, of the old lamps or these. */
	#shareOf(lamp: number, old: boolean): number {
		return old ? this.#otherShare() : (this.#model.shown[lamp] ?? 0);
	}

	#isSodium(old: boolean): boolean {
		return old && !this.#model.welcome?.scenario?.beside;
	}

	/** Of each lamp left of the split. */
	#otherShare(): number {
		const { update, welcome } = this.#model;
		if (!update?.dark) return 0;
		const beside = welcome?.scenario?.beside;
		if (!welcome || !beside) return 1;
		const local = Date.parse(`${localOf(update.utc, welcome.zone)}:00Z`);
		return (levelAt(optionOf(beside), local) ?? 100) / 100;
	}

	/** Both sides of the split, each within its own part of the canvas. */
	#halves(c: Context, paint: (old: boolean) => void): void {
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

	#pole(c: Context, lamp: number, day: number): void {
		drawPole(c, this.layout, lamp, {
			day,
			light: Math.max(0, this.#model.shown[lamp] ?? 0),
			isChosen: lamp === this.chosen,
			isPowered: (this.#model.light[lamp] ?? 0) >= 0,
		});
	}

	/** Light of the nearest lamps at a place counted in lamps, 0 to 1. */
	#lightAt({ place, x }: Figure): number {
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

/** Paints within a region, and nothing beside it. */
function within(c: Context, { left, top, right, bottom }: Region, paint: () => void): void {
	c.save();
	c.beginPath();
	c.rect(left, top, right - left, bottom - top);
	c.clip();
	paint();
	c.restore();
}
