/** Sides: a street with poles on both: direction, pace and health where two poles see the same one. */
import { describe, expect, test } from "@jest/globals";
import { type Passer, QUIET, type RowLamp, RowOfLamps, STEP } from "./rowoflamps.js";

const COUNT = 8;
const CAR = 50 / 3.6;
const LEAD = 2_000;
const SEED = 7;
const BOTH = [0, 1];

/** One after the other, `every` ms, each from the other end than the one before. */
function cars(count: number, every: number): Passer[] {
	return Array.from({ length: count }, (_, n) => ({
		at: QUIET + 10_000 + n * every,
		speed: n % 2 === 0 ? CAR : -CAR,
		seenBy: BOTH,
	}));
}

/** Of the passes with two places before them: how many were lit in time, by side. */
function litAhead(street: RowOfLamps, passers: readonly Passer[]) {
	const lit = [0, 0];
	const tried = [0, 0];
	const due = passers.flatMap((passer) =>
		street.poles
			.filter(({ place }) => (passer.speed > 0 ? place : COUNT - 1 - place) >= 2)
			.map((pole) => ({ pole, at: street.entersAt(passer, pole.place) - LEAD })),
	);
	street.run(QUIET + 20_000 + passers.length * 60_000, passers, (now) => {
		for (const { pole, at } of due) {
			if (at < now - STEP || at >= now) continue;
			tried[pole.side]! += 1;
			if (pole.fullSince <= at) lit[pole.side]! += 1;
		}
	});
	return { lit, tried };
}

describe("poles on both sides, two at each place", () => {
	test.each([0.2, 0.5])("cars one by one, %f of the datagrams lost: lit 2 s ahead", (loss) => {
		const passers = cars(5, 60_000);
		const { lit, tried } = litAhead(new RowOfLamps(COUNT, 2, loss, SEED), passers);
		expect(tried).toEqual([30, 30]);
		for (const side of BOTH)
			expect(lit[side]! / tried[side]!).toBeGreaterThanOrEqual(loss < 0.5 ? 1 : 0.95);
	});
	test("two that meet in the middle: lit ahead of either", () => {
		const passers = cars(2, 0).flatMap((car) => [car, { ...car, at: car.at + 70_000 }]);
		const { lit, tried } = litAhead(new RowOfLamps(COUNT, 2, 0.2, SEED), passers);
		expect(lit).toEqual(tried);
	});
	test("behind a car it becomes no light again, and ahead none for longer than it needs", () => {
		const street = new RowOfLamps(COUNT, 2, 0, SEED);
		const [car] = cars(1, 0);
		const risen = new Map<RowLamp, number>();
		street.run(QUIET + 180_000, [car!], (now) => {
			for (const pole of street.poles)
				if (pole.fullSince === now) risen.set(pole, (risen.get(pole) ?? 0) + 1);
		});
		expect([...risen.values()]).toEqual(new Array(2 * COUNT).fill(1));
		for (const { host } of street.poles) expect(host.duty).toBeLessThan(4095);
	});
	test("walkers on one side: nobody doubts the PIRs of the other", () => {
		const street = new RowOfLamps(COUNT, 2, 0, SEED);
		const walkers = Array.from({ length: 8 }, (_, n) => ({
			at: QUIET + 10_000 + n * 60_000,
			speed: n % 2 ? 1.4 : -1.4,
			seenBy: [0],
		}));
		street.run(QUIET + 900_000, walkers);
		for (const { node, side } of street.poles)
			expect([side, node.sensorHealth.pir.missed, node.sensorHealth.pir.doubt]).toEqual([
				side,
				0,
				undefined,
			]);
	});
	test("a PIR dies: found with the fifth car, full class; and trusted with the first one it sees", () => {
		const street = new RowOfLamps(COUNT, 2, 0.2, SEED);
		const pole = street.poles[3]!;
		pole.dead = true;
		const passers = cars(7, 60_000);
		street.run(QUIET + 10_000 + 5 * 60_000, passers);
		expect(pole.node.sensorHealth.pir.doubt).toBe("silent");
		expect(pole.host.duty).toBe(4095);
		pole.dead = false;
		street.run(QUIET + 10_000 + 6 * 60_000, passers);
		expect(pole.node.sensorHealth.pir.doubt).toBeUndefined();
		for (const other of street.poles) expect(other.node.sensorHealth.pir.doubt).toBeUndefined();
	});
});
