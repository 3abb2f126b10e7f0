/** A week without a broker: the seeded night of it is in tests/contract/away.street.test.ts. */
import { expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { cornersOf } from "../../../tools/night/lighttrace.js";
import {
	births,
	compare,
	facts,
	GAP,
	gaps,
	hashOf,
	lost,
	reportsOf,
	shortestGap,
} from "../../contract/away.js";

const SEEDS = [1, 2, 3];
const WEEK = 7 * 24;
const CALM = [1, 2];
const NOISY = 3;

const lightOf = ({ light }: { readonly light: readonly string[] }, lamp: number) =>
	light.filter((change) => change.split(" ")[1] === `${lamp}`);

/** The whole minutes at which one light is below the other. */
function darker(light: readonly string[], other: readonly string[]): number[] {
	const minutesOf = (changes: readonly string[]) => {
		const duties = new Float64Array(WEEK * 60);
		const orders = changes.map((change) => change.replace(/^(\d+) \d+/, "$1"));
		for (const [at, duty] of cornersOf(orders)) duties.fill(duty, Math.ceil(at / MINUTE));
		return duties;
	};
	const [lightMinutes, two] = [minutesOf(light), minutesOf(other)];
	return [...lightMinutes.keys()].filter((minute) => lightMinutes[minute]! < two[minute]!);
}

test.each(SEEDS)("seed %i: all that is owed arrives, and the light is equal", async (seed) => {
	const { back, near, far } = await compare({
		line: `--seed ${seed} --start 2026-11-24T16:30:00+01:00`,
		lamps: 3,
		hours: WEEK,
		cuts: [
			[30.2 * HOUR, 2],
			[77.7 * HOUR, 2],
			[140 * HOUR, 2],
		],
		noise: [NOISY, 150_000],
	});
	// Flash that fills is erased, and light is requested ahead of an erase that cannot wait.
	expect(darker(lightOf(far, NOISY), lightOf(near, NOISY))).toEqual([]);
	for (const lamp of CALM) {
		expect(hashOf(lightOf(far, lamp))).toBe(hashOf(lightOf(near, lamp)));
		const [late, atOnce] = [reportsOf(far, lamp), reportsOf(near, lamp)];
		expect([gaps(late), lost(late)]).toEqual([[], 0]);
		expect(facts(late)).toEqual(facts(atOnce));
		for (const [life, [least, most]] of births(late)) {
			expect(most - least).toBeLessThan(2_000);
			expect(Math.abs(least - births(atOnce).get(life)![0])).toBeLessThan(2_000);
		}
		expect(shortestGap(late, back)).toBeGreaterThanOrEqual(GAP);
	}
	// More than the flash holds: what gave way is reported as runs, and the order stands.
	const noisy = reportsOf(far, NOISY);
	expect(gaps(noisy)).toEqual([]);
	expect(lost(noisy)).toBeGreaterThan(500);
	expect(shortestGap(noisy, back)).toBeGreaterThanOrEqual(GAP);
});
