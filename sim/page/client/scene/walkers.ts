/** Walkers: the road users in sight, where they stand in the picture, and their shadows. */
import { Model, type Walker } from "../state/model.js";
import { drawUser, FIGURE_REACH } from "./figures.js";
import { type Layout, laneOf } from "./layout.js";
import type { Region } from "./regions.js";

/** A road user in one frame. */
export interface Figure {
	readonly id: number;
	readonly walker: Walker;
	readonly x: number;
	readonly y: number;
	/** Counted in lamps. */
	readonly place: number;
	/** Moves legs and pedals. */
	readonly x_m: number;
	/** Where the figure, its headlight and its shadow are. */
	readonly region: Region;
}

/** Half the width of a shadow below a lamp, m. */
const SHADOW: Readonly<Record<string, number>> = { p: 0.248, b: 0.558, c: 1.302 };

/** Figures are drawn for a person of 29 px. */
const scaleOf = (metre: number): number => (metre * 1.75) / 29;

/** From the far side of the street to the near one; `isCalm`: without motion between updates. */
export function figuresOf(
	walkers: ReadonlyMap<number, Walker>,
	layout: Layout,
	spacing_m: number,
	now: number,
	isCalm: boolean,
): readonly Figure[] {
	const { pitch, scroll, width } = layout;
	const figures: Figure[] = [];
	for (const [id, walker] of walkers) {
		const at = isCalm ? walker.to : Model.positionOf(walker, now);
		const place = at / spacing_m + 0.5;
		const x = place * pitch - scroll;
		const y = laneOf(layout, walker.kind, walker.direction);
		const region = regionOf(walker, layout, x, y);
		if (region.right <= 0 || region.left >= width) continue;
		figures.push({ id, walker, x, y, place, region, x_m: isCalm ? 0 : at });
	}
	return figures.sort((figure, other) => figure.y - other.y);
}

function regionOf(
	{ kind, direction }: Walker,
	{ metre, pitch }: Layout,
	x: number,
	y: number,
): Region {
	const { back, ahead, up } = FIGURE_REACH[kind] ?? FIGURE_REACH.c!;
	const scale = scaleOf(metre);
	const shadow = (SHADOW[kind] ?? SHADOW.c!) * metre + pitch * 0.16;
	const [left, right] = direction > 0 ? [back, ahead] : [ahead, back];
	return {
		left: x - Math.max(left * scale, shadow),
		right: x + Math.max(right * scale, shadow),
		top: y - up * scale,
		bottom: y + Math.max(8 * scale, 0.2 * metre),
	};
}

/** `light`: around the figure, 0 to 1. */
export function drawFigure(
	c: CanvasRenderingContext2D,
	{ metre, pitch }: Layout,
	{ id, walker, x, y, place, x_m }: Figure,
	light: number,
	day: number,
): void {
	const away = (place - Math.floor(place) - 0.5) * pitch; // from the nearest lamp
	c.save();
	c.translate(x, y);
	c.fillStyle = `rgba(0, 0, 0, ${0.15 + 0.3 * light})`;
	c.beginPath();
	const wide = (SHADOW[walker.kind] ?? SHADOW.c!) * metre + Math.abs(away) * 0.14;
	c.ellipse(away * 0.16, 0, wide, metre * 0.1, 0, 0, 7);
	c.fill();
	const scale = scaleOf(metre);
	c.scale(walker.direction * scale, scale);
	drawUser(c, walker.kind, id, x_m, light, 1 - day);
	c.restore();
}
