/** A torch on the light sensor by night: each flash begins and ends a doubt, and flash lasts all the same. */
import { expect, test } from "@jest/globals";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { readHealth } from "../../../src/node/sensors/healthrecord.js";
import { WRITE_RESERVE, WRITES_SAVED } from "../../../src/node/storage/flashbudget.js";
import { HEALTH_KEY } from "../../../src/storekeys.js";
import type { Lux, UtcMillis } from "../../../src/units.js";
import { bootLamp } from "../../support/lamp.js";

const MIDNIGHT = Date.parse("2026-11-24T23:00:00Z") as UtcMillis;
const EVENING = 10 * MINUTE;
const NIGHT = 6 * HOUR;
/** Earned in an hour, and the hourly counters. */
const WRITES_AN_HOUR = 2 + 1;

test("a torch each minute for six hours: writes within the credit, and the newest doubt is stored", () => {
	const settings = { sensing: { offDelay: 0 } };
	const { host, node } = bootLamp({
		settings,
		lux: 0,
		utc: MIDNIGHT,
		isVouched: true,
		until: EVENING,
	});
	const before = host.storeWrites;
	let doubts = 0;
	let last: string | undefined;
	for (let at = EVENING; at < NIGHT; at += MINUTE)
		for (const [after, lux] of [
			[0, 5000],
			[5000, 0],
			[45_000, 0],
		] as const) {
			host.run(at + after);
			host.deliver((inputs, now) => inputs.onIlluminance(now, lux as Lux));
			host.run(at + after + 5000);
			const { doubt } = node.sensorHealth.light;
			if (doubt !== last) doubts += 1;
			last = doubt;
		}
	expect(doubts).toBeGreaterThan(300);
	const most = WRITES_SAVED - WRITE_RESERVE.doubt + (WRITES_AN_HOUR * NIGHT) / HOUR;
	expect(host.storeWrites - before).toBeLessThanOrEqual(most);
	host.deliver((inputs, now) => inputs.onIlluminance(now, 5000 as Lux));
	host.run(NIGHT + HOUR);
	const stored = readHealth(node.store.read(HEALTH_KEY)).light;
	expect([stored, node.sensorHealth.light.doubt]).toEqual(["contradicted", "contradicted"]);
});
