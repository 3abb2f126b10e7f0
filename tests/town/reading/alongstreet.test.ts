/**
 * Along a street: order and distances from positions, against streets whose order is known.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { along } from "../../../town/reading/alongstreet.js";
import { compactOf, townOfCompact } from "../../../town/reading/compactfile.js";
import { readTown } from "../../../town/reading/readtown.js";

type Point = readonly [number, number];

/** A street of steady turn: `curve` radians a metre; lamps `spacing` m apart, every other one across. */
function bend(lamps: number, spacing: number, curve: number, across: number): Point[] {
	let [x, y, heading] = [0, 0, 0.3];
	return Array.from({ length: lamps }, (_, index) => {
		if (index > 0) {
			x += spacing * Math.cos(heading);
			y += spacing * Math.sin(heading);
			heading += curve * spacing;
		}
		const side = index % 2 === 0 ? 0 : across;
		return [x - side * Math.sin(heading), y + side * Math.cos(heading)] as const;
	});
}

const isInOrder = (order: readonly number[]): boolean =>
	order.every((index, place) => index === place) ||
	order.every((index, place) => index === order.length - 1 - place);

describe("along", () => {
	test.each([
		["one lamp", bend(1, 30, 0, 0)],
		["two lamps", bend(2, 30, 0, 0)],
		["a straight street", bend(12, 30, 0, 0)],
		["a bend", bend(20, 30, 0.002, 0)],
		["both sides in turn", bend(24, 20, 0, 9)],
		["both sides in a bend", bend(24, 20, 0.002, 9)],
		["a curve of three quarters", bend(16, 30, 0.01, 0)],
	] as const)("%s is in order", (_why, points) => {
		expect(isInOrder(along(points).order)).toBe(true);
	});

	test("a straight street has its own distances", () => {
		const points: Point[] = [0, 27, 55, 55.5, 90].map((x) => [x, 5]);
		expect(along(points).at_m.map((at) => Math.round(10 * at) / 10)).toEqual([0, 27, 55, 55.5, 90]);
	});

	test("the order does not depend on that of the file", () => {
		const street = fc.record({
			points: fc.uniqueArray(
				fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: -400, max: 400 })),
				{ minLength: 1, maxLength: 40, selector: ([x, y]) => `${x} ${y}` },
			),
			seed: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
		});
		fc.assert(
			fc.property(street, ({ points, seed }) => {
				const keys = points.map(() => seed.next().value as number);
				const shuffled = points
					.map((point, index) => ({ point, key: keys[index]! }))
					.sort((a, b) => a.key - b.key)
					.map(({ point }) => point);
				const [ordered, other] = [along(points), along(shuffled)];
				expect(other.order.map((index) => shuffled[index])).toEqual(
					ordered.order.map((index) => points[index]),
				);
				expect(other.at_m).toEqual(ordered.at_m);
			}),
		);
	});

	test("distances begin at 0 and never fall, also of very many lights", () => {
		const many: Point[] = Array.from({ length: 3_000 }, (_, index) => [
			(index * 37) % 3_000,
			index % 7,
		]);
		const { order, at_m } = along(many);
		expect(at_m[0]).toBe(0);
		expect(at_m.every((at, index) => index === 0 || at >= at_m[index - 1]!)).toBe(true);
		expect(new Set(order).size).toBe(many.length);
	});
});

describe("the compact form", () => {
	test("is the same town again", () => {
		const row = fc.record({
			x: fc.integer({ min: 235_000, max: 236_000 }),
			y: fc.integer({ min: 148_000, max: 149_000 }),
			street: fc.constantFrom("Rue Haute", "Avenue Basse", ""),
			watts: fc.constantFrom("", "70", "36,5"),
			cabinet: fc.constantFrom("", "C1", "C2"),
			traffic: fc.constantFrom("", "1200"),
			district: fc.constantFrom("", "Centre"),
		});
		fc.assert(
			fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
				const header = Object.keys(rows[0]!).join(";");
				const text = [header, ...rows.map((row) => Object.values(row).join(";"))].join("\n");
				const { town } = readTown("a", new TextEncoder().encode(text));
				expect(townOfCompact(compactOf(town!))).toEqual(town);
			}),
			{ numRuns: 30 },
		);
	});

	test("a file that is cut is refused", () => {
		const { town } = readTown("a", new TextEncoder().encode("x;y\n235212;148988"));
		expect(() => townOfCompact(compactOf(town!).subarray(0, 8))).toThrow();
	});
});
