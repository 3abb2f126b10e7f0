/** Recurring light: the sky's part of light that is back where it was. */
import { expect, test } from "@jest/globals";
import { boundBy, startLows } from "../../src/sensing/recurringlight.js";

test.each<[what: string, readings: [lux: number, sky: number, bound: number][]]>([
	["the first light is left as it is", [[100, 40, 40]]],
	[
		"the same light again has the same sky",
		[
			[100, 0, 0],
			[150, 30, 30],
			[100, 30, 0],
		],
	],
	[
		"a tenth more is the sky's",
		[
			[100, 5, 5],
			[150, 30, 30],
			[110, 30, 15],
		],
	],
	[
		"a fifth more is the same light, by both dead bands",
		[
			[100, 0, 0],
			[150, 30, 30],
			[119.9, 30, 19.9],
		],
	],
	[
		"beyond that it is another light",
		[
			[100, 0, 0],
			[150, 30, 30],
			[120.1, 30, 30],
		],
	],
	[
		"a tenth less is the same light",
		[
			[100, 10, 10],
			[91, 30, 10],
		],
	],
	[
		"less than that is another light, which has less lamps",
		[
			[100, 10, 10],
			[90, 30, 30],
			[108, 40, 40],
			[90, 50, 30],
		],
	],
	[
		"no estimate is raised",
		[
			[100, 50, 50],
			[150, 60, 60],
			[105, 20, 20],
		],
	],
	[
		"of several lows each counts for its own light",
		[
			[100, 0, 0],
			[130, 10, 10],
			[170, 20, 20],
			[131, 30, 11],
			[100, 30, 0],
			[131, 30, 30],
		],
	],
])("%s", (_what, readings) => {
	const lows = startLows();
	for (const [lux, sky, bound] of readings) expect(boundBy(lows, sky, lux)).toBeCloseTo(bound, 9);
});

test("of more than ten lows the darkest are given up, and the brightest kept", () => {
	const lows = startLows();
	for (let step = 0; step < 12; step += 1) boundBy(lows, step, 1.25 ** step);
	expect(boundBy(lows, 50, 1.25 ** 11)).toBe(11);
	expect(boundBy(lows, 50, 1.25 ** 2)).toBe(2);
	expect(boundBy(lows, 50, 1.25 ** 1)).toBe(50);
});
