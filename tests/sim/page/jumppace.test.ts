/** The time that a jump takes still is said only once its pace is steady. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { JumpPace } from "../../../sim/page/client/state/jumppace.js";

const HOUR = 3_600_000;
const STEP = 100;

/** What is said after each step of `paces`, virtual ms of each wall ms, on the way to an hour. */
function said(paces: readonly number[], goal = HOUR) {
	const jump = new JumpPace();
	let utc = 0;
	return paces.map((pace, n) => {
		utc += pace * STEP;
		return { utc, pace, left: jump.leftOf(goal, utc, n * STEP) };
	});
}
const steps = (count: number, pace: number) => Array.from({ length: count }, () => pace);

test.each([
	["at once", steps(39, 100), undefined],
	["after four seconds of one pace", steps(41, 100), 32],
	["while it stands still", steps(60, 0), undefined],
	["at a slow pace, however steady, of lamps that boot", steps(900, 0.5), undefined],
	["at a slow pace once 2 % of the way were seen", steps(1_441, 0.5), 7_056],
	["while lamps boot, and the pace rises", [...steps(50, 0.02), ...steps(10, 100)], undefined],
	["four seconds later", [...steps(50, 0.02), ...steps(41, 100)], 32],
	["as it slows down by a fifth", [...steps(50, 50), ...steps(25, 40)], 75],
])("time left %s", (_, paces, left) => {
	expect(said(paces).at(-1)!.left).toBe(left);
});

test("another jump begins anew", () => {
	const jump = new JumpPace();
	for (let n = 0; n <= 40; n++) jump.leftOf(HOUR, n * 10_000, n * STEP);
	expect(jump.leftOf(HOUR, 401_000, 4_010)).toBeDefined();
	expect(jump.leftOf(2 * HOUR, 402_000, 4_020)).toBeUndefined();
});

test("what is said is within the fastest and the slowest pace of the last four seconds (property)", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 41, maxLength: 90 }),
			(paces) => {
				const { left, utc } = said(paces).at(-1)!;
				if (left === undefined) return;
				const lately = paces.slice(-41);
				const seconds = (pace: number) => (HOUR - utc) / pace / 1000;
				expect(left).toBeGreaterThanOrEqual(Math.floor(seconds(Math.max(...lately))));
				expect(left).toBeLessThanOrEqual(Math.ceil(seconds(Math.min(...lately))));
			},
		),
	);
});
