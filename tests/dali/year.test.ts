/** A year of energy: that of the driver's memory bank, as the lamp reports it, and the world's own. */
import { expect, test } from "@jest/globals";
import { random } from "../../lib/random.js";
import { measured, onBus } from "../support/buslamp.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";
import { scaled } from "../support/scale.js";
import { WorldBus } from "../support/worldbus.js";

const NOON = Date.UTC(2026, 6, 1, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const DAYS = scaled(1, 365);
/** Of the driver, W: full, at its least level, off (sim/world/driver/usage.ts). */
const WATTS = { full: 40, own: 1.6, off: 0.9 };
/** Light moves for so long after an edge; it is summed by the second then, else by the minute. */
const MOVES = 2 * MINUTE;
/** A reading is 15 min old at most, and in whole watt hours. */
const OLD_kWh = 0.011;

test(`${DAYS} days of energy by memory bank are the world's, within 0.1 % and the last reading`, () => {
	const host = new FakeHost();
	const world = new WorldBus(host, 36);
	const { node } = bootLamp({ host, lux: 10_000, utc: NOON, firmware: onBus(world) });
	const chance = random(36, "year");
	let energy = 0;
	let watts = 0;
	/** The mean of both ends of each step, by the light of the driver alone. */
	const pass = (until: number, step: number): void => {
		while (host.now < until) {
			const from = host.now;
			world.run(Math.min(until, from + step));
			const light = world.gear.lightAt(host.now);
			const next = light > 0 ? WATTS.own + (WATTS.full - WATTS.own) * light : WATTS.off;
			energy += (((watts + next) / 2) * (host.now - from)) / HOUR / 1000;
			watts = next;
		}
	};
	const lux = (value: number) =>
		host.deliver((inputs, now) => inputs.onIlluminance(now, value as never));
	for (let day = 0; day < DAYS; day++) {
		const begin = day * DAY;
		const season = Math.cos((2 * Math.PI * day) / 365); // nights are longest in the middle
		const dusk = begin + Math.round((7.5 + 2 * season) * HOUR);
		const dawn = begin + Math.round((16.5 - 2 * season) * HOUR);
		pass(dusk, MINUTE);
		lux(0);
		pass(host.now + MOVES, 1000);
		while (host.now < dawn - HOUR) {
			pass(Math.min(dawn, host.now + Math.round(chance.wait(20 * MINUTE))), MINUTE);
			host.deliver((inputs, now) => inputs.onMovement(now));
			pass(host.now + 10_000, 1000);
			host.deliver((inputs, now) => inputs.onStillness(now));
			pass(host.now + MOVES, 1000);
		}
		pass(dawn, MINUTE);
		lux(10_000);
		pass(host.now + 2 * MOVES, 1000);
	}
	pass(DAYS * DAY, MINUTE);
	const meterReading = Number(measured(node).activeEnergy_kWh);
	if (process.env.SHOW)
		process.stderr.write(
			`${meterReading} kWh read, ${energy.toFixed(4)} kWh in the world, ${world.frames} frames\n`,
		);
	expect(meterReading).toBeLessThanOrEqual(energy * 1.001 + 0.001);
	expect(meterReading).toBeGreaterThan(energy * 0.999 - OLD_kWh);
});
