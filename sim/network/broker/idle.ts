/**
 * Idle: detects that the embedded broker has finished its work.
 *
 * Between memory streams the broker's work is nothing but microtasks and turns of the event loop; it
 * reads no file and waits for no timer. Microtasks are drained before a turn begins. So a turn that
 * finds no other turn waiting has proved that nothing is left to do.
 */
import type { Turns } from "../../util/turns.js";

/** More rounds than any packet needs (a publish to ten thousand takes as many as one to ten). */
const ROUNDS_MAX = 100_000;

/** The broker does not become idle: a bug here or in the broker; no instant would be reliable. */
class RestlessBroker extends Error {
	override readonly name = "RestlessBroker";
}

/**
 * Calls back when nothing is left to do, from inside a turn, so that a chain of waits costs no promise
 * each.
 */
export function whenIdle(turns: Turns, done: (error?: RestlessBroker) => void): void {
	let rounds = 0;
	const look = () => {
		if (!turns.areWaiting()) done();
		else if (++rounds > ROUNDS_MAX) done(new RestlessBroker("the broker does not come to rest"));
		else turns.soon(look);
	};
	turns.soon(look);
}
