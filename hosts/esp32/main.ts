/**
 * Main: one lamp on a pole controller. Why it boots and light come first, then the lamp, then inputs.
 */

import { openDimmer } from "host/dimmer";
import { idf, powerCause } from "host/machine";
import { board } from "host/pins";
import { Esp32Host } from "host/pole";
import { Turn } from "host/turn";
import { Node } from "luminode/node";
import Timer from "timer";

/** A lamp that could not even be made shines this long, then starts over. */
const START_AGAIN_ms = 60_000;

export default function (): void {
	const cause = powerCause();
	const dimmer = openDimmer(board.lamp);
	try {
		const turn = new Turn();
		const pole = new Esp32Host(turn, board, cause, dimmer);
		turn.begin(new Node(pole));
		pole.listen();
	} catch {
		Timer.set(() => idf().esp_restart(), START_AGAIN_ms);
	}
}
