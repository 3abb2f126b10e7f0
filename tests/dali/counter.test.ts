/** Which reading of the driver's energy is its value. */
import { expect, test } from "@jest/globals";
import { measured, onBus } from "../support/buslamp.js";
import { FakeBus, FakeDriver } from "../support/fakedriver.js";
import { FakeHost } from "../support/fakehost.js";
import { bootLamp } from "../support/lamp.js";

const CASES: [what: string, readings: number[], value: number][] = [
	["the first", [1200], 1200],
	["one that has grown", [1200, 1200.1, 1200.2], 1200.2],
	["one after an unknown", [1200, Number.NaN, 1200.3], 1200.3],
	["not one that went back", [1200, 7], 1200],
	["nor one that leapt", [1200, 99_000], 1200],
	["one that went back and stays: another driver, or rolled over", [1200, 7, 7.1], 7.1],
	["not two that contradict each other", [1200, 7, 5000, 7], 1200],
	["not one between two that are right", [1200, 9, 1200.2, 8], 1200.2],
];
/** Bank 202 from its scale on, in Wh; all ones for an unknown. */
function bytesOf(energy: number): number[] {
	if (Number.isNaN(energy)) return [0, 255, 255, 255, 255, 255, 255];
	const watthours = Math.round(energy * 1000);
	return [0, ...[5, 4, 3, 2, 1, 0].map((place) => Math.floor(watthours / 256 ** place) % 256)];
}
test.each(CASES)("%s", (_what, readings, value) => {
	const host = new FakeHost();
	const bus = new FakeBus(host, new FakeDriver());
	const { node } = bootLamp({ host, firmware: onBus(bus) });
	const gear = node.gear as unknown as {
		onBlock(block: number, bytes: number[], now: number, driver: number): void;
	};
	readings.forEach((seen, index) => {
		gear.onBlock(2, [...bytesOf(seen), 0, 0, 0, 0, 1], (index + 1) * 3_600_000, 0);
	});
	expect(measured(node).activeEnergy_kWh).toBe(value);
});
