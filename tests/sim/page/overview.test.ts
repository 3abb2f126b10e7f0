/** Overview: all lamps of a long street as points, and their numbers. */
import { describe, expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { countsOf, drawOverview, gridOf, lampAt } from "../../../sim/page/client/scene/overview.js";

const streets = fc.record({
	width: fc.integer({ min: 320, max: 3_840 }),
	lamps: fc.integer({ min: 1, max: 30_000 }),
});

test("each lamp has a place of its own within the width, and a click there finds it", () => {
	fc.assert(
		fc.property(streets, fc.nat(), ({ width, lamps }, any) => {
			const grid = gridOf(width, lamps);
			const lamp = 1 + (any % lamps);
			const x = ((lamp - 1) % grid.columns) * grid.cell;
			const y = Math.floor((lamp - 1) / grid.columns) * grid.cell;
			expect(x + grid.cell).toBeLessThanOrEqual(width);
			expect(y + grid.cell).toBeLessThanOrEqual(grid.rows * grid.cell);
			for (const within of [0, grid.cell - 1])
				expect(lampAt(grid, lamps, x + within, y + within)).toBe(lamp);
		}),
	);
});

test.each([
	[1_416, 1_000],
	[366, 1_000],
	[1_416, 5_000],
	[1_416, 40],
])("on %d px, %d lamps take a hundred px of height at most", (width, lamps) => {
	const { rows, cell } = gridOf(width, lamps);
	expect(rows * cell).toBeLessThan(120);
});

test("beside the points there is no lamp", () => {
	const grid = gridOf(400, 50);
	expect(lampAt(grid, 50, 399.9, grid.cell * grid.rows + 1)).toBeUndefined();
	expect(lampAt(grid, 50, -1, 0)).toBeUndefined();
});

describe("a street of six", () => {
	const light = Float32Array.of(0, 1, 0.6, 0.2, 0, -1, 1);
	const fault = { standing: ["lampFailure"] };
	const reports = [{}, {}, {}, fault, { online: false }, { online: false }, { online: true }];
	test("is counted", () => {
		const counts = { full: 2, less: 2, dark: 2, offline: 2, alarms: 1 };
		expect(countsOf({ light, reports })).toEqual(counts);
	});
	test("shows every lamp, marks faults and lost lamps, and frames the picture above", () => {
		const drawn: string[] = [];
		const c = {
			fillStyle: "",
			strokeStyle: "",
			fillRect: () => void drawn.push(`fill ${c.fillStyle}`),
			strokeRect: () => void drawn.push(`stroke ${c.strokeStyle}`),
		};
		drawOverview(c as never, gridOf(320, 6), { light, reports }, [1, 4]);
		const count = (text: string) => drawn.filter((call) => call.startsWith(text)).length;
		expect(count("fill #232c4a")).toBe(2);
		expect(count("stroke #ff7f7f")).toBe(1);
		expect(count("stroke #8c97b6")).toBe(2);
		expect(count("stroke #eaeefa")).toBe(1);
	});
});
