/** The dimmer of a pole: which orders its interrupt gets, and the beats while the light falls. */
import { describe, expect, test } from "@jest/globals";
import { board } from "../../../hosts/esp32/boards/esp32-devkit/pins.js";
import { openDimmer } from "../../../hosts/esp32/dimmer.js";
import type { Duty } from "../../../src/units.js";
import { Controller, power } from "./controller.js";

const FULL = 4095 as Duty;

function opened() {
	const controller = new Controller();
	power.on = controller;
	const dimmer = openDimmer(board.lamp);
	dimmer.write(FULL);
	return { controller, dimmer };
}

describe("a fade", () => {
	test("is one order, with as many points as are given", () => {
		const { controller, dimmer } = opened();
		dimmer.fade(Uint32Array.of(100, 3000, 200, 2000, 7, 7), 2);
		expect(controller.paths).toEqual([[100, 3000, 200, 2000]]);
		controller.pass(1000);
		expect(controller.duties).toEqual([0, 0]); // inverted; no step of ours
	});

	const ways: [what: string, path: number[], beats: number[]][] = [
		["that falls has a beat each 500 ms until its end", [2000, 100], [500, 1000, 1500, 2000]],
		["that rises has none", [2000, FULL], []],
		["that falls in less has one, behind its end", [300, 100], [500]],
	];
	test.each(ways)("%s", (_what, path, beats) => {
		const { controller, dimmer } = opened();
		dimmer.fade(Uint32Array.from(path), path.length / 2);
		controller.pass(60_000);
		expect(controller.beats).toEqual(beats);
	});

	test("that is turned in its fall has the beats of the later one, once each", () => {
		const { controller, dimmer } = opened();
		dimmer.fade(Uint32Array.of(2000, 2000), 1);
		controller.pass(1200);
		dimmer.fade(Uint32Array.of(1000, 100), 1);
		controller.pass(60_000);
		expect(controller.beats).toEqual([500, 1000, 1500, 2000, 2500]);
		dimmer.write(FULL);
		dimmer.fade(Uint32Array.of(600, 100), 1);
		controller.pass(60_000);
		expect(controller.beats.slice(5).map((at) => at - 61_200)).toEqual([500, 1000]);
	});

	const ends: [what: string, end: (dimmer: ReturnType<typeof openDimmer>) => void][] = [
		["a duty", (dimmer) => dimmer.write(7 as Duty)],
		["a stop", (dimmer) => dimmer.stop()],
		["a rise", (dimmer) => dimmer.fade(Uint32Array.of(100, FULL), 1)],
	];
	test.each(ends)("that %s ends has one beat behind it at most", (_what, end) => {
		const { controller, dimmer } = opened();
		dimmer.fade(Uint32Array.of(20_000, 100), 1);
		controller.pass(700);
		end(dimmer);
		controller.pass(60_000);
		expect(controller.beats).toEqual([500, 1000]);
	});
});
