/** Firmware light: what an observed lamp shows at its doors. */
import { expect, test } from "@jest/globals";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { FirmwareLight } from "../../../sim/comparison/firmwarelight.js";
import { indicated } from "./effects.js";

const NONE = new Uint8Array(0);
const path = (...numbers: number[]) => new Uint8Array(new Uint32Array(numbers).buffer);

test("it says nothing before the firmware does, and forgets it with the life", () => {
	const light = new FirmwareLight();
	expect([light.presence, light.reason, light.isRelayClosed]).toEqual([undefined, undefined, true]);
	light.onEffect(EFFECT.indicate, 5, 0, indicated("holding", "override", 37.5));
	light.onEffect(EFFECT.relay, 5, 0, NONE);
	expect([light.presence, light.reason, light.level, light.isRelayClosed]).toEqual([
		"holding",
		"override",
		37.5,
		false,
	]);
	light.end(6);
	expect([light.presence, light.reason, light.isRelayClosed]).toEqual([undefined, undefined, true]);
});

test("the duty follows what was written, a path, and its stop", () => {
	const light = new FirmwareLight();
	light.onEffect(EFFECT.duty, 100, 800, NONE);
	light.onEffect(EFFECT.fade, 200, 0, path(400, 1000, 1000, 4000));
	const duties = [200, 400, 600, 900, 1200, 5000].map((at) => light.dutyAt(at));
	expect(duties).toEqual([800, 900, 1000, 2500, 4000, 4000]);
	expect(light.fadeEndsAt).toBe(1200);
	light.onEffect(EFFECT.fade, 6000, 0, path(1000, 0));
	expect(light.fadeEndsAt).toBe(7000);
	light.onEffect(EFFECT.fade, 6500, 0, NONE);
	expect([light.fadeEndsAt, light.dutyAt(6500), light.dutyAt(9000)]).toEqual([0, 2000, 2000]);
	light.onEffect(EFFECT.fade, 9000, 0, path(1000, 0));
	light.onEffect(EFFECT.duty, 9500, 7, NONE);
	expect([light.fadeEndsAt, light.dutyAt(9999)]).toEqual([0, 7]);
	light.end(10_000);
	expect(light.dutyAt(10_000)).toBe(0);
});

test("a copy goes on by itself", () => {
	const light = new FirmwareLight();
	light.onEffect(EFFECT.fade, 100, 0, path(1000, 1000));
	const copy = light.copy();
	copy.onEffect(EFFECT.duty, 200, 9, NONE);
	expect([light.dutyAt(600), copy.dutyAt(600)]).toEqual([500, 9]);
	expect(light.fadeEndsAt).toBe(1100);
});
