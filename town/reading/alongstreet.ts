/**
 * Along the street: order and distances of the lights of one street, from their positions alone.
 *
 * The lights are joined by a minimum spanning tree; its longest path, smoothed over both sides of the
 * road, is the street's axis, and each light stands where it is next to it. The result depends on
 * positions and not on the order of the file. A tree of very many lights takes too long, so theirs
 * is the axis of their cloud.
 */

type Point = readonly [x: number, y: number];

/** Beyond this the tree's cost, the square of it, is seconds. */
const TREE_MOST = 1_200;
/** The axis is the mean of the path over this length either way, m: both sides of a wide road. */
const SMOOTH = 35;

export interface Along {
	/** Places in the given points, from one end to the other. */
	readonly order: readonly number[];
	/** Metres from the first, in that order. */
	readonly at_m: readonly number[];
}

export function along(points: readonly Point[]): Along {
	const all = points.map((_point, nth) => nth);
	const sorted = all.sort((a, b) => compare(points[a]!, points[b]!));
	if (points.length === 0) return { order: [], at_m: [] };
	const inOrder = sorted.map((nth) => points[nth]!); // sums of reals depend on their order
	const isCloud = points.length > TREE_MOST;
	const axis = isCloud ? cloudAxis(inOrder) : smooth(longestPath(inOrder));
	const at = points.map((point) => placeOn(axis, point));
	const order = sorted.sort((a, b) => at[a]! - at[b]! || compare(points[a]!, points[b]!));
	const first = at[order[0]!]!;
	return { order, at_m: order.map((nth) => at[nth]! - first) };
}

const compare = (a: Point, b: Point): number => a[0] - b[0] || a[1] - b[1];
const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** The minimum spanning tree (Prim): the parent of each point but the first. */
function treeOf(points: readonly Point[]): Int32Array {
	const parent = new Int32Array(points.length).fill(-1);
	const near = new Float64Array(points.length).fill(Infinity);
	const isIn = new Uint8Array(points.length);
	let last = 0;
	for (let joined = 1; joined < points.length; joined++) {
		isIn[last] = 1;
		let next = -1;
		for (let nth = 0; nth < points.length; nth++) {
			if (isIn[nth]) continue;
			const far = distance(points[last]!, points[nth]!);
			if (far < near[nth]!) {
				near[nth] = far;
				parent[nth] = last;
			}
			if (next < 0 || near[nth]! < near[next]!) next = nth;
		}
		last = next;
	}
	return parent;
}

/** The longest path of that tree, from the end that sorts first. */
function longestPath(points: readonly Point[]): readonly Point[] {
	const parent = treeOf(points);
	const next: number[][] = points.map(() => []);
	for (const [nth, up] of parent.entries())
		if (up >= 0) {
			next[nth]!.push(up);
			next[up]!.push(nth);
		}
	const from = farthest(points, next, 0).end;
	const { end, back } = farthest(points, next, from);
	const path: Point[] = [];
	for (let nth = end; nth >= 0; nth = back[nth]!) path.push(points[nth]!);
	const isForth = compare(path[0]!, path.at(-1)!) <= 0;
	return isForth ? path : path.reverse();
}

function farthest(points: readonly Point[], next: readonly (readonly number[])[], start: number) {
	const back = new Int32Array(points.length).fill(-1);
	const far = new Float64Array(points.length).fill(-1);
	far[start] = 0;
	const waiting = [start];
	let end = start;
	for (let nth = waiting.pop(); nth !== undefined; nth = waiting.pop()) {
		if (far[nth]! > far[end]!) end = nth;
		for (const other of next[nth]!) {
			if (far[other]! >= 0) continue;
			far[other] = far[nth]! + distance(points[nth]!, points[other]!);
			back[other] = nth;
			waiting.push(other);
		}
	}
	return { end, back };
}

function smooth(path: readonly Point[]): readonly Point[] {
	const length: number[] = [0];
	for (let nth = 1; nth < path.length; nth++)
		length.push(length[nth - 1]! + distance(path[nth - 1]!, path[nth]!));
	const axis = path.map((_point, nth) => {
		const reach = Math.min(SMOOTH, length[nth]!, length.at(-1)! - length[nth]!);
		let [x, y, count] = [0, 0, 0];
		for (let other = 0; other < path.length; other++) {
			if (Math.abs(length[other]! - length[nth]!) > reach) continue;
			x += path[other]![0];
			y += path[other]![1];
			count++;
		}
		return [x / count, y / count] as const;
	});
	return axis.filter((point, nth) => nth === 0 || distance(point, axis[nth - 1]!) > 0);
}

/** The line through the middle of a cloud of points along its longer side. */
function cloudAxis(points: readonly Point[]): readonly Point[] {
	const mean = (nth: 0 | 1) => points.reduce((sum, one) => sum + one[nth], 0) / points.length;
	const [x0, y0] = [mean(0), mean(1)];
	let [xx, xy, yy] = [0, 0, 0];
	for (const [x, y] of points) {
		xx += (x - x0) ** 2;
		xy += (x - x0) * (y - y0);
		yy += (y - y0) ** 2;
	}
	const turn = Math.atan2(2 * xy, xx - yy) / 2;
	return [
		[x0, y0],
		[x0 + Math.cos(turn), y0 + Math.sin(turn)],
	];
}

/** Metres along the axis of the point on it that is next to `point`; its ends go on straight. */
function placeOn(axis: readonly Point[], point: Point): number {
	let [best, place, length] = [Infinity, 0, 0];
	for (let nth = 1; nth < axis.length; nth++) {
		const [from, to] = [axis[nth - 1]!, axis[nth]!];
		const long = distance(from, to);
		const [dx, dy] = [(to[0] - from[0]) / long, (to[1] - from[1]) / long];
		const way = (point[0] - from[0]) * dx + (point[1] - from[1]) * dy;
		const low = nth === 1 ? -Infinity : 0;
		const high = nth === axis.length - 1 ? Infinity : long;
		const on = Math.max(low, Math.min(high, way));
		const aside = Math.hypot(from[0] + on * dx - point[0], from[1] + on * dy - point[1]);
		if (aside < best) [best, place] = [aside, length + on];
		length += long;
	}
	return place;
}
