/**
 * Policies: the reconnection of other clients, in a few lines each, for comparison.
 *
 * `wait`: ms before attempt number `attempt` (0: the first after a loss). At power-on the first
 * attempt is made at once, as by these clients.
 */
import { HOUR } from "../../lib/spans.js";
import { TimedQueue } from "../../sim/util/timedqueue.js";
import { type Chance, chanceOf, type Door, RTT, type Tally } from "./street.js";

interface Policy {
	readonly name: string;
	wait(attempt: number, chance: number): number;
}

export const OTHERS: readonly Policy[] = [
	{ name: "fixed 0.5 s", wait: () => 500 },
	{ name: "fixed 5 s", wait: () => 5_000 },
	{ name: "fixed 30 s", wait: () => 30_000 },
	{ name: "linear 10-120 s", wait: (attempt) => Math.min(10_000 * (attempt + 1), 120_000) },
	{
		name: "full jitter, 300 s to 1 h",
		wait: (attempt, chance) => Math.floor(chance * Math.min(300_000 * 2 ** attempt, HOUR)),
	},
];

/** Runs lamps that all lose the broker at `from`, or that get power at the given instants. */
export function runPolicy(
	policy: Policy,
	starts: readonly number[],
	isBoot: boolean,
	door: Door,
	tally: Tally,
	seed: number,
): void {
	const queue = new TimedQueue<{ at: number; lamp: number; attempt: number; chance: Chance }>();
	starts.forEach((start, lamp) => {
		const chance = chanceOf(seed, lamp);
		let attempt = 0;
		let at = isBoot ? start : start + policy.wait(0, chance());
		for (; !door.isUp(at); attempt += 1) {
			tally.attempt(at, false);
			at += RTT + policy.wait(attempt + (isBoot ? 0 : 1), chance());
		}
		queue.push({ at, lamp, attempt, chance });
	});
	for (let next = queue.take(Infinity); next; next = queue.take(Infinity)) {
		const { at, lamp, attempt, chance } = next;
		const isLetIn = door.admits(at);
		tally.attempt(at, isLetIn);
		if (isLetIn)
			tally.back(at + 3 * RTT); // including CONNACK and SUBACK
		else {
			const wait = policy.wait(attempt + (isBoot ? 0 : 1), chance());
			queue.push({ at: at + RTT + wait, lamp, attempt: attempt + 1, chance });
		}
	}
}
