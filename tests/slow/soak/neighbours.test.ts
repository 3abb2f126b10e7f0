/** Neighbours on the street's own traffic, people and cars of all ways and paces together, a night long. */
import { expect, test } from "@jest/globals";
import { watchSensors } from "../../sim/faults/trust.js";

const NIGHT = "--lamps 12 --neighbours --start 2026-11-24T15:00:00+01:00 --duration 18h";

test.each([
	[0, 7],
	[20, 7],
	[20, 8],
	[50, 7],
])("%i %% of the datagrams lost, seed %i: 98 of 100 find light 2 s ahead", async (loss, seed) => {
	const { failed, events, ahead } = await watchSensors(
		`${NIGHT} --seed ${seed} --datagram-loss ${loss}`,
	);
	expect(failed).toEqual([]);
	expect(events).toEqual([]);
	expect(ahead.tried).toBeGreaterThan(2_500);
	expect(1 - ahead.late / ahead.tried).toBeGreaterThan(0.98);
});
