/** Axes: the labels of ticks, and the lines of a grid. */
import { line } from "./path.js";
import type { Scale } from "./scale.js";
import { element, text } from "./svg.js";

export interface Axis {
	readonly ticks: readonly number[];
	readonly scale: Scale;
	readonly label: (value: number) => string;
}

/** From the middle of a digit to its base line, with fonts of 10 units. */
const HALF_DIGIT = 4;

/** Labels in a row, each centred at its tick; `y` is their base line. */
export function horizontalAxis({ ticks, scale, label }: Axis, y: number): string {
	return ticks
		.map((value) => text(scale(value), y, label(value), { "text-anchor": "middle" }))
		.join("");
}

/** Labels in a column that end at `x`, each at the height of its tick. */
export function verticalAxis({ ticks, scale, label }: Axis, x: number): string {
	return ticks
		.map((value) => text(x, scale(value) + HALF_DIGIT, label(value), { "text-anchor": "end" }))
		.join("");
}

interface Field {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** Lines across the field of a plot at the ticks of both axes. */
export function grid(
	horizontal: Pick<Axis, "ticks" | "scale">,
	vertical: Pick<Axis, "ticks" | "scale">,
	{ left, right, top, bottom }: Field,
): string {
	const columns = horizontal.ticks.map(horizontal.scale).map(
		(x) =>
			[
				[x, top],
				[x, bottom],
			] as const,
	);
	const rows = vertical.ticks.map(vertical.scale).map(
		(y) =>
			[
				[left, y],
				[right, y],
			] as const,
	);
	const lines = [...columns, ...rows].map((points) => line(points));
	return element("path", { d: lines.join(""), stroke: "#ccc", fill: "none" });
}
