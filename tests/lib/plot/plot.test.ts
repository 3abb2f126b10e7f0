/** Plots: places of values, paths between them, and pictures that XML accepts. */
import { describe, expect, test } from "@jest/globals";
import { grid, horizontalAxis, verticalAxis } from "../../../lib/plot/axis.js";
import { stackedBar } from "../../../lib/plot/bar.js";
import { area, line, type Point, steps } from "../../../lib/plot/path.js";
import { linear, ticks } from "../../../lib/plot/scale.js";
import { inlinePicture, pictureFile, rect, text } from "../../../lib/plot/svg.js";

describe("a scale", () => {
	test("maps a domain onto a range, also from the bottom up", () => {
		expect([10, 15, 20].map(linear([10, 20], [100, 0]))).toEqual([100, 50, 0]);
	});
	test("of a single value has one place", () => {
		expect(linear([7, 7], [40, 680])(7)).toBe(40);
	});
	test("has ticks from its first value on and before its last one", () => {
		expect(ticks(4, 12, 4)).toEqual([4, 8]);
		expect(ticks(5, 12, 4)).toEqual([8]);
		expect(ticks(5, 20, 6, 2)).toEqual([6, 12, 18]);
	});
});

describe("a path", () => {
	test.each<[what: string, points: readonly (Point | undefined)[], d: string]>([
		["is empty without points", [], ""],
		[
			"goes across, up and aslant",
			[
				[0, 0],
				[5, 0],
				[5, 2],
				[6, 3],
			],
			"M0 0H5V2L6 3",
		],
		["has a gap where there is no value", [[0, 0], [1, 1], undefined, [3, 1]], "M0 0L1 1M3 1"],
		[
			"has two decimals",
			[
				[0.126, -0.001],
				[1 / 3, 0],
			],
			"M0.13 0H0.33",
		],
		[
			"leaves out a point that is there already",
			[
				[1, 1],
				[1.001, 1],
				[2, 1],
			],
			"M1 1H2",
		],
	])("%s", (_what, points, d) => {
		expect(line(points)).toBe(d);
	});
	test("of steps holds each value until the next one", () => {
		expect(
			line(
				steps(
					[
						[0, 9],
						[4, 5],
						[6, 7],
					],
					10,
				),
			),
		).toBe("M0 9H4V5H6V7H10");
	});
	test("of an area goes there and back", () => {
		expect(
			area(
				[
					[0, 1],
					[4, 1],
				],
				[
					[0, 9],
					[4, 9],
				],
			),
		).toBe("M0 1H4V9H0z");
	});
});

describe("bars and axes", () => {
	const y = linear([0, 10], [100, 0]);
	test("parts of a sum stand on one another", () => {
		const parts = [
			{ value: 2, fill: "red" },
			{ value: 0, fill: "green" },
			{ value: 3, fill: "blue" },
		];
		expect(stackedBar(parts, [4, 10], y)).toEqual([
			'<rect x="4" y="80" width="6" height="20" fill="red"/>',
			'<rect x="4" y="50" width="6" height="30" fill="blue"/>',
		]);
	});
	test("labels are centred below their ticks, and end beside them", () => {
		const axis = { ticks: [0, 5], scale: y, label: (value: number) => `${value} W` };
		expect(horizontalAxis(axis, 12)).toContain(
			'<text x="50" y="12" text-anchor="middle">5 W</text>',
		);
		expect(verticalAxis(axis, 38)).toContain('<text x="38" y="54" text-anchor="end">5 W</text>');
	});
	test("a grid has a line at each tick of both axes", () => {
		const field = { left: 10, right: 90, top: 0, bottom: 100 };
		const hours = { ticks: [1], scale: linear([0, 2], [10, 90]) };
		expect(grid(hours, { ticks: [5, 10], scale: y }, field)).toContain(
			'd="M50 0V100M10 50H90M10 0H90"',
		);
	});
});

describe("a picture", () => {
	test("in a page is spoken by its label, or hidden", () => {
		expect(inlinePicture(10, 20.5, { class: "plot", label: 'P "3" & <M>' })).toBe(
			'<svg class="plot" viewBox="0 0 10 20.5" role="img" aria-label="P &quot;3&quot; &amp; &lt;M&gt;"/>',
		);
		expect(inlinePicture(10, 10, {})).toContain('aria-hidden="true"');
	});
	test("as a file has its namespace, a title and a white ground", () => {
		const file = pictureFile(20, 10, { title: "a & b" }, text(1, 2, "x\u0000y"));
		expect(file.split("\n")).toEqual([
			'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" font-family="sans-serif">',
			"<title>a &amp; b</title>",
			'<rect x="0" y="0" width="20" height="10" fill="#fff"/>',
			'<text x="1" y="2">x\uFFFDy</text>',
			"</svg>",
			"",
		]);
	});
	test("says what a rectangle is", () => {
		expect(rect(0, 0, 1, 1, { title: "dark\nnight" })).toContain(
			"<title>dark\nnight</title></rect>",
		);
	});
});
