/** A thousand blows between a lamp and a real broker: the seeded small part is in tests/slow/system. */
import { expect, test } from "@jest/globals";
import { Mosquitto } from "../support/brokers.js";
import { runMoments } from "../support/moments.js";
import { judge } from "../support/oracle.js";

const SEEDS = 20;
const MOMENTS = 50;

test.each(Array.from({ length: SEEDS }, (_, index) => index + 1))("seed %i", async (seed) => {
	const broker = await new Mosquitto().start(["allow_anonymous true", "persistence false"]);
	try {
		const { recorder, between, deaths } = await runMoments(broker, MOMENTS, seed);
		const found = judge(recorder.links);
		expect([found.breaches, found.pending, deaths]).toEqual([[], undefined, []]);
		expect(between).toBeGreaterThanOrEqual(MOMENTS / 3);
	} finally {
		await broker.stop();
	}
});
