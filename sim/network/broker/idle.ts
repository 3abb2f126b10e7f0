/**
 * Idle: detects that the embedded broker has finished its work.
 *
 * Between memory streams the broker's work is nothing but microtasks, next ticks and immediates; it
 * reads no file and waits for no timer. Microtasks and next ticks are drained before an immediate
 * runs. So an immediate that finds no other immediate waiting has proved that nothing is left to
 * do.
 */

/** More rounds than any packet needs (a publish to ten thousand takes as many as one to ten). */
const ROUNDS_MAX = 100_000;

/** The broker does not become idle: a bug here or in the broker; no instant would be reliable. */
class RestlessBroker extends Error {
	override readonly name = "RestlessBroker";
}

/**
 * Calls back when nothing is left to do, from inside an immediate, so that a chain of waits costs
 * no promise each.
 */
export function whenIdle(done: (error?: RestlessBroker) => void): void {
	let rounds = 0;
	const look = () => {
		if (!immediatesWait()) done();
		else if (++rounds > ROUNDS_MAX) done(new RestlessBroker("the broker does not come to rest"));
		else setImmediate(look);
	};
	setImmediate(look);
}

/** Whether any immediate waits that holds the process open (all of the broker's do). */
function immediatesWait(): boolean {
	return process.getActiveResourcesInfo().includes("Immediate");
}
