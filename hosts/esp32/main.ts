/**
 * Main: one lamp on a pole controller. Reset reason and light first, then the lamp, then its
 * inputs.
 */

import { fullOf, openDimmer } from "host/dimmer";
import { dutyBefore, idf, powerCause, workOn } from "host/machine";
import { board } from "host/pins";
import { Esp32Host } from "host/pole";
import { Turn } from "host/turn";
import { Node } from "luminode/node";
import type { Duty } from "luminode/units";
import Timer from "timer";

/** If the lamp cannot be created, full light stays for this long before a restart. */
const START_AGAIN_ms = 60_000;

export default function (): void {
	const cause = powerCause();
	const dimmer = openDimmer(board.lamp, dutyBefore(cause));
	const rescue = {
		lightUp: () => dimmer.write(fullOf(board.lamp) as Duty),
		restart: () => idf().esp_restart(),
		at: (input: number) => workOn(input, "input"),
	};
	try {
		const turn = new Turn(rescue);
		const pole = new Esp32Host(turn, board, cause, dimmer);
		const node = new Node(pole);
		turn.begin(node);
		pole.listen(node.safePause);
	} catch {
		rescue.lightUp();
		Timer.set(rescue.restart, START_AGAIN_ms);
	}
}
