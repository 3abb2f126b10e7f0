/** The street's picture: heads of lamps have room over them, and lamps stand on the ground, in a window of any size. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { layOut } from "../../../sim/page/client/scene/layout.js";

/** Of the names of both sides over the picture, to their lower end, px. */
const NAMES = 40;

test.each([
	["1280 x 800 at 200 %: 640 px wide", 640, 200],
	["a phone", 360, 281],
	["a low window", 1280, 230],
	["a large screen", 1920, 640],
])("%s: heads are below the names of both sides", (_, width, height) => {
	expect(layOut(width, height, 12, 0).head).toBeGreaterThan(NAMES);
});

test("a lamp is between the names and the ground (property)", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 320, max: 2560 }),
			fc.integer({ min: 200, max: 640 }),
			(width, height) => {
				const { head, foot, kerb, metre } = layOut(width, height, 12, 0);
				expect(head).toBeGreaterThan(NAMES);
				expect(foot - head).toBeGreaterThan(60);
				expect(kerb).toBeGreaterThan(foot);
				expect(metre).toBeGreaterThan(8);
			},
		),
	);
});
