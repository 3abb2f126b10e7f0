/** Paths: lines, steps and areas as path data of SVG (the attribute `d`). */

export type Point = readonly [x: number, y: number];

/** Numbers of a picture have two decimals at most: its unit is about a pixel. */
export function rounded(value: number): number {
	return Math.round(value * 100) / 100 || 0; // never -0
}

/** A line through the points, with a gap where there is none. */
export function line(points: readonly (Point | undefined)[]): string {
	let path = "";
	let last: Point | undefined;
	for (const point of points) {
		if (point) {
			const next = [rounded(point[0]), rounded(point[1])] as const;
			path += last ? segment(last, next) : `M${next[0]} ${next[1]}`;
			last = next;
		} else last = undefined;
	}
	return path;
}

function segment([fromX, fromY]: Point, [x, y]: Point): string {
	if (y === fromY) return x === fromX ? "" : `H${x}`;
	return x === fromX ? `V${y}` : `L${x} ${y}`;
}

/** The points of a step line: each value holds until the next one, and the last until `end`. */
export function steps(values: readonly Point[], end: number): Point[] {
	return values.flatMap(([x, y], index) => [
		[x, y] as const,
		[values[index + 1]?.[0] ?? end, y] as const,
	]);
}

/** The area between two lines, both given from left to right. */
export function area(upper: readonly Point[], lower: readonly Point[]): string {
	return `${line([...upper, ...[...lower].reverse()])}z`;
}
