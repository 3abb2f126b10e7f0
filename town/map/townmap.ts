/**
 * Town map: draws the town at each frame that differs from the one before, and moves by hand and by
 * flight.
 */
import { select } from "d3-selection";
import "d3-transition";
import { type D3ZoomEvent, type ZoomBehavior, zoom, zoomIdentity } from "d3-zoom";
import type { Speech } from "../../sim/page/client/words.js";
import {
	type Box,
	boxIn,
	type Camera,
	CLOSEST,
	fitted,
	goingTo,
	lightAt,
	type Moved,
	moved,
	type Size,
} from "./camera.js";
import type { Night, Town } from "./decoded.js";
import { Glow } from "./glow.js";
import { MapLabels } from "./maplabels.js";
import { type Painter, POOL_MOST_PX } from "./painter.js";
import { type Colour, inkOf, inksOf, savingInk } from "./palette.js";
import { pixelPainter } from "./pixelpainter.js";
import { savings } from "./saving.js";
import type { TownState } from "./townstate.js";
import { webglPainter } from "./webglpainter.js";

/** A flight over the town, ms. */
const FLIGHT = 900;
/** Drawn light has settled after this, ms. */
const SETTLED = 500;
/** Screens with finer pixels are drawn with these, so that a card of a phone keeps up. */
const RATIO_MOST = 2;
/** A finger or a mouse may miss a light by so much, px. */
const REACH = 16;
/** Before the first night is there each light is a faint point. */
const WAITING = inkOf("fault", "none", 0);
/** Share of the map by which an arrow key moves it, and factor of a zoom key. */
const STEP = 0.2;
const FACTOR = 1.6;

export class TownMap {
	readonly painter: Painter | undefined;
	readonly #glows: { readonly left: Glow; readonly right: Glow };
	readonly #saved: Uint8Array;
	readonly #names: MapLabels;
	readonly #context: CanvasRenderingContext2D;
	readonly #zoom: ZoomBehavior<HTMLElement, unknown>;
	readonly #calm = matchMedia("(prefers-reduced-motion: reduce)");
	readonly #inks = new Map<string, Uint32Array>();
	#map: Size = { width: 1, height: 1 };
	#fit: Camera = { scale: 1, left: 0, top: 0 };
	#moved: Moved = { k: 1, x: 0, y: 0 };
	#isStale = true;
	#drawn = "";
	#savedOf = "";
	#named = "";
	#last = 0;
	#unsettled = SETTLED;
	speech: Speech;
	/** Frames drawn, for measurements. */
	frames = 0;

	constructor(
		readonly box: HTMLElement,
		lights: HTMLCanvasElement,
		names: HTMLCanvasElement,
		readonly state: TownState,
		readonly town: Town,
		speech: Speech,
		onPick: (light: number) => void,
	) {
		this.speech = speech;
		const { x, y } = town;
		this.painter = webglPainter(lights, x, y) ?? pixelPainter(lights, x, y);
		this.#glows = { left: new Glow(town), right: new Glow(town) };
		this.#saved = new Uint8Array(4 * town.count);
		this.#names = new MapLabels(town);
		this.#context = names.getContext("2d")!;
		this.#zoom = zoom<HTMLElement, unknown>()
			.filter((event: MouseEvent) => !event.button && !(event.target as Element).closest(".over"))
			.clickDistance(5)
			.on("zoom", ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
				this.#moved = transform;
				this.#isStale = true;
			});
		select(box).call(this.#zoom).on("dblclick.zoom", null);
		box.addEventListener("click", (event) => {
			if ((event.target as Element).closest(".over")) return;
			const { left, top } = box.getBoundingClientRect();
			const reach = Math.max(REACH, 4 * this.camera.scale);
			onPick(lightAt(this.camera, town, event.clientX - left, event.clientY - top, reach));
		});
	}

	get camera(): Camera {
		return moved(this.#fit, this.#moved);
	}

	resize(width: number, height: number): void {
		this.#map = { width: Math.max(1, width), height: Math.max(1, height) };
		this.#fit = fitted(this.town, this.#map);
		const ratio = Math.min(RATIO_MOST, devicePixelRatio);
		this.painter?.resize(width, height, ratio);
		const { canvas } = this.#context;
		canvas.width = Math.round(width * ratio);
		canvas.height = Math.round(height * ratio); // clears it
		this.#named = "";
		this.#context.setTransform(ratio, 0, 0, ratio, 0, 0);
		const most = Math.max(2, CLOSEST / this.#fit.scale);
		this.#zoom
			.scaleExtent([1, most])
			.extent([
				[0, 0],
				[width, height],
			])
			.translateExtent([
				[-0.3 * width, -0.3 * height],
				[1.3 * width, 1.3 * height],
			]);
		this.#isStale = true;
	}

	/** One frame. */
	paint(now: number): void {
		const passed = Math.min(250, now - this.#last);
		this.#last = now;
		const { state } = this;
		if (state.clock.advance(passed)) {
			state.timePassed();
			if (!state.clock.isPlaying) state.changed();
		}
		const drawn = `${state.clock.at} ${state.version}`;
		if (drawn !== this.#drawn) this.#unsettled = SETTLED;
		const isMoving = this.#unsettled > 0;
		if (!isMoving && !this.#isStale) return;
		this.#fill(this.#calm.matches || !state.clock.isPlaying ? Infinity : passed);
		this.#unsettled = state.clock.isPlaying ? SETTLED : 0;
		this.#drawn = drawn;
		this.#isStale = false;
		this.#draw();
	}

	#fill(passed: number): void {
		const { state } = this;
		const { leftNight, rightNight, colour, clock, cabinets, split } = state;
		if (!leftNight || !rightNight) {
			for (const glow of [this.#glows.left, this.#glows.right]) glow.ink.fill(WAITING);
			return;
		}
		cabinets.drawIn(colour);
		if (colour === "saving") {
			this.#fillSaving(leftNight, rightNight);
			return;
		}
		const { left, right } = this.#glows;
		const { width } = this.#map;
		const edge = (split / 100) * width;
		const fill = (glow: Glow, night: Night, from: number, until: number) => {
			if (until <= from) return;
			const box = boxIn(this.camera, this.#map, from, until, POOL_MOST_PX);
			glow.fill(night, clock.at, this.#inksOf(colour, night), cabinets, passed, box);
		};
		fill(left, leftNight, 0, edge);
		fill(right, rightNight, edge, width);
	}

	#inksOf(colour: Colour, { served }: Night): Uint32Array {
		const key = `${colour} ${served.option}`;
		const known = this.#inks.get(key);
		if (known) return known;
		const made = inksOf(colour, served.causes);
		this.#inks.set(key, made);
		return made;
	}

	/** Both sides of the edge alike: it is of the whole night, and of both ways. */
	#fillSaving(from: Night, to: Night): void {
		const key = `${from.served.option} ${to.served.option}`;
		if (key === this.#savedOf) return;
		this.#savedOf = key;
		const inks = new Uint32Array(this.#saved.buffer);
		for (const [light, share] of savings(from, to, this.town).entries())
			inks[light] = savingInk(share);
	}

	#draw(): void {
		const { painter, state, camera } = this;
		const isSaving = state.colour === "saving";
		painter?.paint({
			camera,
			edge: isSaving ? -1e9 : (state.split / 100) * this.#map.width,
			left: this.#glows.left.bytes,
			right: isSaving ? this.#saved : this.#glows.right.bytes,
		});
		this.#drawNames(camera);
		this.frames++;
	}

	/** Names stand still while a night plays; the levels of poles do not. */
	#drawNames(camera: Camera): void {
		const { state } = this;
		const at = this.#names.isTimed(camera, state) ? state.clock.at : 0;
		const key = `${state.version} ${at} ${camera.scale} ${camera.left} ${camera.top}`;
		if (key === this.#named) return;
		this.#named = key;
		this.#names.draw(this.#context, this.#map, camera, state, this.speech);
	}

	/** Flies there; at once where motion is not wanted. */
	goTo(box: Box, closest: number): void {
		const { k, x, y } = goingTo(this.#fit, this.#map, box, closest);
		this.#fly(zoomIdentity.translate(x, y).scale(k));
	}

	home(): void {
		this.#fly(zoomIdentity);
	}

	zoomBy(isCloser: boolean): void {
		select(this.box)
			.transition()
			.duration(this.#calm.matches ? 0 : FLIGHT / 4)
			.call(this.#zoom.scaleBy, isCloser ? FACTOR : 1 / FACTOR);
	}

	/** In steps of the map's size: 1, 0 is one to the east. */
	step(east: number, north: number): void {
		const { width, height } = this.#map;
		const { k } = this.#moved;
		const by = [(-east * STEP * width) / k, (north * STEP * height) / k] as const;
		select(this.box).call(this.#zoom.translateBy, ...by);
	}

	#fly(to: typeof zoomIdentity): void {
		select(this.box)
			.transition()
			.duration(this.#calm.matches ? 0 : FLIGHT)
			.call(this.#zoom.transform, to);
	}

	close(): void {
		select(this.box).on(".zoom", null);
		this.painter?.close();
	}
}
