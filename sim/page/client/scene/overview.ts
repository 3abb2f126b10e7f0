/**
 * Overview: all lamps of a long street as points of light, row below row, as a town is seen from
 * above: light, passages and faults at a glance.
 */
import type { Model } from "../state/model.js";
import { DIM, WARM } from "./colours.js";

/** Largest and least size of a point with its distance, and the height that all rows may take, px. */
const CELL_MOST = 16;
const CELL_LEAST = 3;
const TALL = 96;
/** Light up to this is none, and from this on it is full. */
const DARK = 0.01;
const FULL = 0.95;

export interface Grid {
	readonly cell: number;
	readonly columns: number;
	readonly rows: number;
}

/** As many rows as it takes, of points as large as it may have. */
export function gridOf(width: number, lamps: number): Grid {
	const fit = Math.floor(Math.sqrt((width * TALL) / Math.max(1, lamps)));
	const cell = Math.max(CELL_LEAST, Math.min(CELL_MOST, fit));
	const columns = Math.max(1, Math.floor(width / cell));
	return { cell, columns, rows: Math.ceil(lamps / columns) };
}

/** The lamp at a place of the picture; undefined beside them. */
export function lampAt(grid: Grid, lamps: number, x: number, y: number): number | undefined {
	const column = Math.floor(x / grid.cell);
	const lamp = Math.floor(y / grid.cell) * grid.columns + column + 1;
	return column >= 0 && column < grid.columns && lamp >= 1 && lamp <= lamps ? lamp : undefined;
}

interface Counts {
	readonly full: number;
	readonly less: number;
	readonly dark: number;
	readonly offline: number;
	readonly alarms: number;
}

export function countsOf({ light, reports }: Pick<Model, "light" | "reports">): Counts {
	let [full, dark, offline, alarms] = [0, 0, 0, 0];
	for (let lamp = 1; lamp < light.length; lamp++) {
		const { online, standing = [] } = reports[lamp] ?? {};
		if (light[lamp]! >= FULL) full++;
		else if (light[lamp]! <= DARK) dark++;
		if (online === false) offline++;
		if (standing.length > 0) alarms++;
	}
	return { full, less: light.length - 1 - full - dark, dark, offline, alarms };
}

/** `seen`: first and last lamp of the picture above. */
export function drawOverview(
	c: CanvasRenderingContext2D,
	grid: Grid,
	{ light, reports }: Pick<Model, "light" | "reports">,
	seen: readonly [first: number, last: number],
): void {
	const { cell, columns, rows } = grid;
	c.fillStyle = "#04060d";
	c.fillRect(0, 0, columns * cell + cell, rows * cell);
	for (let lamp = 1; lamp < light.length; lamp++) {
		const x = ((lamp - 1) % columns) * cell + cell / 2;
		const y = Math.floor((lamp - 1) / columns) * cell + cell / 2;
		const { online, standing = [] } = reports[lamp] ?? {};
		const share = Math.max(0, light[lamp]!);
		point(c, x, y, cell, share);
		if (standing.length > 0 || online === false) {
			c.strokeStyle = standing.length > 0 ? "#ff7f7f" : "#8c97b6";
			c.strokeRect(x - cell / 2 + 0.5, y - cell / 2 + 0.5, cell - 1, cell - 1);
		}
	}
	frame(c, grid, seen);
}

/** A dark lamp leaves its pole; the more light, the larger and warmer. */
function point(c: CanvasRenderingContext2D, x: number, y: number, cell: number, share: number) {
	const wide = cell * (0.22 + 0.5 * share);
	const tint = DIM.map((dim, n) => Math.round(dim + (WARM[n]! - dim) * share));
	const alpha = share <= DARK ? 0 : 0.2 + 0.8 * share ** 1.8;
	c.fillStyle = share <= DARK ? "#232c4a" : `rgba(${tint.join()}, ${alpha})`;
	c.fillRect(x - wide / 2, y - wide / 2, wide, wide);
	if (share < FULL) return;
	c.fillStyle = `rgba(${WARM.join()}, 0.18)`;
	c.fillRect(x - cell / 2, y - cell / 2, cell, cell);
}

/** Round the lamps of the picture above. */
function frame(c: CanvasRenderingContext2D, grid: Grid, [first, last]: readonly [number, number]) {
	const { cell, columns } = grid;
	c.strokeStyle = "#eaeefa";
	const rowOf = (lamp: number) => Math.floor((lamp - 1) / columns);
	for (let row = rowOf(first); row <= rowOf(last); row++) {
		const from = Math.max(0, first - 1 - row * columns);
		const to = Math.min(columns, last - row * columns);
		c.strokeRect(from * cell + 0.5, row * cell + 0.5, (to - from) * cell - 1, cell - 1);
	}
}
