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
	const all = points.map((_point, index) => index);
	const sorted = all.sort((a, b) => compare(points[a]!, points[b]!));
	if (points.length === 0) return { order: [], at_m: [] };
	const inOrder = sorted.map((index) => points[index]!); // sums of reals depend on their order
	const isCloud = points.length > TREE_MOST;
	const axis = isCloud ? cloudAxis(inOrder) : smooth(longestPath(inOrder));
	const at = points.map((point) => placeOn(axis, point));
	const order = sorted.sort((a, b) => at[a]! - at[b]! || compare(points[a]!, points[b]!));
	const first = at[order[0]!]!;
	return { order, at_m: order.map((index) => at[index]! - first) };
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
		for (let index = 0; index < points.length; index++) {
			if (isIn[index]) continue;
			const far = distance(points[last]!, points[index]!);
			if (far < near[index]!) {
				near[index] = far;
				parent[index] = last;
			}
			if (next < 0 || near[index]! < near[next]!) next = index;
		}
		last = next;
	}
	return parent;
}

/** The longest path of that tree, from the end that sorts first. */
function longestPath(points: readonly Point[]): readonly Point[] {
	const parent = treeOf(points);
	const next: number[][] = points.map(() => []);
	for (const [child, up] of parent.entries())
		if (up >= 0) {
			next[child]!.push(up);
			next[up]!.push(child);
		}
	const from = farthest(points, next, 0).end;
	const { end, back } = farthest(points, next, from);
	const path: Point[] = [];
	for (let index = end; index >= 0; index = back[index]!) path.push(points[index]!);
	const isForth = compare(path[0]!, path.at(-1)!) <= 0;
	return isForth ? path : path.reverse();
}

function farthest(points: readonly Point[], next: readonly (readonly number[])[], start: number) {
	const back = new Int32Array(points.length).fill(-1);
	const far = new Float64Array(points.length).fill(-1);
	far[start] = 0;
	const waiting = [start];
	let end = start;
	for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
		if (far[index]! > far[end]!) end = index;
		for (const other of next[index]!) {
			if (far[other]! >= 0) continue;
			far[other] = far[index]! + distance(points[index]!, points[other]!);
			back[other] = index;
			waiting.push(other);
		}
	}
	return { end, back };
}

function smooth(path: readonly Point[]): readonly Point[] {
	const length: number[] = [0];
	for (let index = 1; index < path.length; index++)
		length.push(length[index - 1]! + distance(path[index - 1]!, path[index]!));
	const axis = path.map((_point, index) => {
		const reach = Math.min(SMOOTH, length[index]!, length.at(-1)! - length[index]!);
		let [x, y, count] = [0, 0, 0];
		for (let other = 0; other < path.length; other++) {
			if (Math.abs(length[other]! - length[index]!) > reach) continue;
			x += path[other]![0];
			y += path[other]![1];
			count++;
		}
		return [x / count, y / count] as const;
	});
	return axis.filter((point, index) => index === 0 || distance(point, axis[index - 1]!) > 0);
}

/** The line through the middle of a cloud of points along its longer side. */
function cloudAxis(points: readonly Point[]): readonly Point[] {
	const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
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
	for (let index = 1; index < axis.length; index++) {
		const [from, to] = [axis[index - 1]!, axis[index]!];
		const long = distance(from, to);
		const [dx, dy] = [(to[0] - from[0]) / long, (to[1] - from[1]) / long];
		const along_m = (point[0] - from[0]) * dx + (point[1] - from[1]) * dy;
		const low = index === 1 ? -Infinity : 0;
		const high = index === axis.length - 1 ? Infinity : long;
		const on = Math.max(low, Math.min(high, along_m));
		const aside = Math.hypot(from[0] + on * dx - point[0], from[1] + on * dy - point[1]);
		if (aside < best) [best, place] = [aside, length + on];
		length += long;
	}
	return place;
}
