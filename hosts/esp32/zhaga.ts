/**
 * Zhaga: one lamp in the socket of a luminaire whose driver is on a DALI bus, which feeds it. It has no
 * relay: an open contact would take its own power. The driver shines fully from power on until the
 * first level.
 */
import { openBus } from "host/bus";
import { idf, powerCause, workOn } from "host/machine";
import { board } from "host/pins";
import { Esp32Host } from "host/pole";
import { Turn } from "host/turn";
import { BusDimmer, BusNode } from "luminode/node/busnode";
import Timer from "timer";
import type { BusBoard } from "./board";

/** If the lamp cannot be created, full light stays for this long before a restart. */
const START_AGAIN_ms = 60_000;
/** Level 254 to all. */
const FULL = 0xfefe;

export default function (): void {
	const cause = powerCause();
	const here = board as unknown as BusBoard;
	const rescue = {
		lightUp(): void {
			bus.arm(-1);
			bus.insist(FULL);
		},
		restart: () => idf().esp_restart(),
		at: (input: number) => workOn(input, "input"),
	};
	const turn = new Turn(rescue);
	const bus = openBus(turn, here.bus);
	try {
		const dimmer = new BusDimmer(bus, () => turn.clock.now());
		const pole = new Esp32Host(turn, here, cause, dimmer);
		const node = new BusNode(pole, dimmer);
		turn.begin(node);
		pole.listen(node.safePause);
	} catch {
		rescue.lightUp();
		Timer.set(rescue.restart, START_AGAIN_ms);
	}
}
