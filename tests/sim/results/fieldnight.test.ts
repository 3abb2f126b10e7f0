/** Field night: the minutes between two poles, as the page unpacks them, in memory of a fixed size. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { fieldAt, instantAt, minutesOf } from "../../../sim/page/client/prove/fieldminutes.js";
import type { FieldPage } from "../../../sim/page/fieldmessages.js";
import { fieldPageOf } from "../../../sim/page/server/fieldpage.js";
import { type FieldDesign, FieldLight } from "../../../sim/results/fieldlight.js";
import { FieldNight, type FieldSample } from "../../../sim/results/fieldnight.js";

const EPOCH = Date.UTC(2026, 10, 24, 21);
const sample = (mean_lx: number, more: Partial<FieldSample> = {}): FieldSample => ({
	mean_lx,
	min_lx: mean_lx / 2,
	uniformity: 0.5,
	someone: false,
	required: undefined,
	reached: undefined,
	...more,
});

test.each([
	[1, 2_880],
	[999, 2_880],
	[4_999, 745],
	[99_999, 37],
])("%d fields keep %d minutes, in 32 MB at most", (fields, minutes) => {
	const night = new FieldNight(fields, "P");
	expect(night.size).toBe(minutes);
	expect(night.bytes).toBeLessThanOrEqual(32 * 2 ** 20);
});

test("the latest minutes are kept, those of the field that is asked for, and day is no light", () => {
	const night = new FieldNight(20_000, "P");
	const last = night.size + 30;
	for (let minute = 1; minute <= last; minute += 1) {
		night.begin(minute * MINUTE);
		if (minute === last - 1) continue; // by day
		night.set(minute * MINUTE, 7, sample(minute));
		night.set(minute * MINUTE, 8, sample(1));
	}
	const { from, mean, marks } = night.slice(7);
	expect(from).toBe(31 * MINUTE);
	expect(mean.length).toBe(night.size);
	expect([mean[0], ...mean.slice(-3)]).toEqual([31, last - 2, 0, last]);
	const read = { from, step: MINUTE, family: "P", mean, min: mean, marks };
	expect([-3, -2, -1].map((n) => fieldAt(read, mean.length + n)?.mean_lx)).toEqual([
		last - 2,
		undefined,
		last,
	]);
	expect(night.slice(8).mean.at(-1)).toBe(1);
});

/** What a page reads of a street in which all of this was so, one value each minute. */
test("a page reads what was: class, someone, verdict (property)", () => {
	const minute = fc.record({
		mean: fc.integer({ min: 0, max: 4_000 }).map((sixtyFourths) => sixtyFourths / 64), // exact in 32 bits
		someone: fc.boolean(),
		reached: fc.option(fc.boolean(), { nil: undefined }),
		number: fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
	});
	fc.assert(
		fc.property(fc.array(minute, { minLength: 1 }), fc.constantFrom("P", "C"), (all, family) => {
			const night = new FieldNight(1, family);
			all.forEach(({ mean, number, ...rest }, n) => {
				const at = (n + 1) * MINUTE;
				const required = number === undefined ? undefined : `${family}${number}`;
				night.begin(at);
				night.set(at, 0, sample(mean, { ...rest, required }));
			});
			const base = (array: Uint8Array | Float32Array) =>
				Buffer.from(array.buffer).toString("base64");
			const { from, step, mean, min, marks } = night.slice(0);
			const arrays = { mean: base(mean), min: base(min), marks: base(marks) };
			const read = minutesOf({ from, step, family, ...arrays } as FieldPage);
			const seen = all.map((_, n) => {
				const { mean_lx, someone, required, reached } = fieldAt(read, n)!;
				return { mean_lx, someone, required, reached };
			});
			expect(seen).toEqual(
				all.map(({ mean: mean_lx, someone, reached = null, number }) => ({
					mean_lx,
					someone,
					reached,
					required: number === undefined ? null : `${family}${number}`,
				})),
			);
		}),
		{ seed: 7 },
	);
});

const P: FieldDesign = {
	spacing_m: 30,
	width_m: 6,
	height_m: 6,
	installed_lx: 10,
	drive: 100,
	onLevel: 35,
	fullClass: "P4",
	fullLevel: 50,
	floorClass: "P6",
	required: () => ({ vacant: "P6", occupied: "P4" }),
};
function lit(lamps: number): FieldLight {
	const light = new FieldLight(lamps, EPOCH, Zone.of("Europe/Brussels")!, P, () => {}, true);
	light.onDaylight(0, 0);
	for (let lamp = 0; lamp < lamps; lamp += 1) {
		const duty = lamp < 2 ? 2_047 : 819;
		light.onDuty(0, lamp, duty, duty, 0);
	}
	light.advance(3 * MINUTE);
	return light;
}

test("the server's page: now, the kept minutes, and the last lamp's field is the one before it", () => {
	const page = (lamp: number) => fieldPageOf(lit(4), EPOCH, 3 * MINUTE + 500, lamp) as FieldPage;
	const { now, utc, from, first } = page(1);
	expect({ first, from, utc }).toEqual({
		first: 1,
		from: EPOCH + MINUTE,
		utc: EPOCH + 180_500,
	});
	expect(now).toMatchObject({ required: "P6", reached: true });
	expect(now!.mean_lx).toBeCloseTo(5, 1);
	const minutes = minutesOf(page(1));
	const at = instantAt(minutes, EPOCH + 2 * MINUTE + 20_000);
	expect(at).toMatchObject({ utc: EPOCH + 2 * MINUTE, field: { required: "P6", reached: true } });
	expect(at!.field!.mean_lx).toBeCloseTo(now!.mean_lx, 5);
	for (const utc of [EPOCH, EPOCH + 4 * MINUTE]) expect(instantAt(minutes, utc)).toBeUndefined();
	expect([3, 4].map((lamp) => page(lamp).first)).toEqual([3, 3]);
	expect(page(4).now!.mean_lx).toBeCloseTo(2, 1);
});

test("a street without a grid, or of one lamp, says so", () => {
	expect(fieldPageOf(undefined, EPOCH, 0, 1)).toEqual({ why: "noGrid" });
	expect(fieldPageOf(lit(1), EPOCH, 0, 1)).toEqual({ why: "oneLamp" });
});
