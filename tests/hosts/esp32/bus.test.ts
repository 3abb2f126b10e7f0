/** The bus of a pole: answers by polling, one each, and beats while a frame is armed. */
import { expect, test } from "@jest/globals";
import { board } from "../../../hosts/esp32/boards/zhaga/pins.js";
import { openBus } from "../../../hosts/esp32/bus.js";
import type { Turn } from "../../../hosts/moddable/turn.js";
import { Controller, power } from "./controller.js";

function opened() {
	const controller = new Controller();
	power.on = controller;
	const answers: [at: number, answer: number][] = [];
	const lamp = { onBusAnswered: (at: number, answer: number) => void answers.push([at, answer]) };
	const turn = {
		guarded: (act: () => void) => act,
		post: (_input: string, note: (lamp: unknown, now: number) => void) =>
			note(lamp, controller.now),
	} as unknown as Turn;
	return { controller, answers, bus: openBus(turn, board.bus) };
}

test("a frame has one answer, within 5 ms of the host's", () => {
	const { controller, answers, bus } = opened();
	expect(bus.send(0xff90, false)).toBe(true);
	expect(bus.send(0xff91, false)).toBe(false);
	controller.pass(31);
	controller.bus.answer = 85;
	controller.pass(1000);
	expect(answers).toEqual([[35, 85]]);
	expect(bus.send(0xff91, true)).toBe(true);
	expect(controller.bus.sent).toEqual([
		[0xff90, 0],
		[0xff91, 1],
	]);
});

test("beats come each 500 ms while a frame is armed, and no longer", () => {
	const { controller, bus } = opened();
	bus.arm(0xfefe);
	controller.pass(1200);
	bus.arm(0xfe80); // another one
	controller.pass(900);
	bus.arm(-1);
	controller.pass(5000);
	expect(controller.bus.beats).toEqual([500, 1000, 1500, 2000]);
	expect(controller.bus.armed).toEqual([0xfefe, 0xfe80, -1]);
});

test("a frame that is insisted on is passed on while an answer is owed", () => {
	const { controller, bus } = opened();
	expect(bus.send(0xff90, false)).toBe(true);
	bus.insist(0xfefe);
	expect(controller.bus.insisted).toEqual([0xfefe]);
});
