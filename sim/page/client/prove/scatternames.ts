/** Scatter names: places of names beside the points of a chart, so that none lies on a point or on another name. */

interface Point {
	readonly x: number;
	readonly y: number;
}

interface Named extends Point {
	readonly name: string;
}

/** Dots without a name, which must stay in sight. */
interface Dot extends Point {
	readonly radius: number;
}

export interface NamePlace extends Point {
	readonly anchor: "start" | "middle" | "end";
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** Of the names' type, px of the drawing: width of a letter on average, height over and under the line. */
const LETTER = 6.5;
const OVER = 9;
const UNDER = 3;
/** Radius of a named point. */
export const POINT = 5;

/** From the point, in the order in which they are tried: the nearest first, right before left. */
const PLACES = [10, 24, 38, 52].flatMap((away) =>
	[4, -8, 16, -17, 25, -26, 34, -35, 43, -44, 52].flatMap((y) => [
		{ x: away, y, anchor: "start" } as const,
		{ x: -away, y, anchor: "end" } as const,
	]),
);
/** Attempts at most: a crowd that has no solution takes no longer. */
const ATTEMPTS = 20_000;

/** Place of each name; `dots` lie among the points, `within` holds all. */
export function placesOf(
	points: readonly Named[],
	dots: readonly Dot[],
	within: Box,
): readonly NamePlace[] {
	const round = [...points.map(({ x, y }) => ({ x, y, radius: POINT })), ...dots].map(boxOfDot);
	let best: { readonly places: readonly NamePlace[]; readonly cost: number } = {
		places: [],
		cost: Infinity,
	};
	let attempts = 0;
	const search = (places: readonly NamePlace[], boxes: readonly Box[], cost: number): void => {
		if (cost >= best.cost) return;
		const point = points[places.length];
		if (!point) {
			best = { places, cost };
			return;
		}
		const { x, y, name } = point;
		for (const by of PLACES) {
			const place = { x: x + by.x, y: y + by.y, anchor: by.anchor };
			const box = boxOfName(name, place);
			const hidden = [...round, ...boxes].reduce((sum, other) => sum + common(box, other), 0);
			search([...places, place], [...boxes, box], cost + hidden + beyond(box, within));
			if (best.cost === 0 || attempts++ > ATTEMPTS) return;
		}
	};
	search([], [], 0);
	return best.places;
}

export function boxOfName(name: string, { x, y, anchor }: NamePlace): Box {
	const width = LETTER * name.length;
	const left = anchor === "start" ? x : anchor === "end" ? x - width : x - width / 2;
	return { left, right: left + width, top: y - OVER, bottom: y + UNDER };
}

export function boxOfDot({ x, y, radius }: Dot): Box {
	return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
}

/** Area that both have, px². */
export function common(a: Box, b: Box): number {
	const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
	const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
	return Math.max(0, wide) * Math.max(0, tall);
}

function beyond(box: Box, within: Box): number {
	return (box.right - box.left) * (box.bottom - box.top) - common(box, within);
}
