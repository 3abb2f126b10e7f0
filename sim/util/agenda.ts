/**
 * Agenda: coming events of the world, earliest first.
 *
 * Entries of the same instant come in the order in which they were added, so a run has one order
 * only.
 */
import { TimedQueue } from "./timedqueue.js";

/** A part of the world that acts when it is due. */
export interface Actor {
	/** `subject` is the number given to `add`: a lamp, a road user, or nothing. */
	due(at: number, subject: number): void;
}

interface Entry {
	readonly at: number;
	/** The same for all: a lamp's number gives it no precedence here. */
	readonly lamp: 0;
	readonly actor: Actor;
	readonly subject: number;
}

export class Agenda {
	readonly #queue = new TimedQueue<Entry>();
	#paused = false;

	/** The instant of the earliest entry; Infinity if there is none. */
	get next(): number {
		return this.#queue.nextDue();
	}

	/** Whole milliseconds: `at` is rounded up. Infinity is never. */
	add(at: number, actor: Actor, subject = 0): void {
		if (at !== Infinity) this.#queue.push({ at: Math.ceil(at), lamp: 0, actor, subject });
	}

	/** Runs every actor due up to `until`, that instant included, or until one calls `pause`. */
	run(until: number): void {
		this.#paused = false;
		while (!this.#paused) {
			const entry = this.#queue.take(until);
			if (!entry) return;
			entry.actor.due(entry.at, entry.subject);
		}
	}

	/** Ends `run` after the actor that acts now. */
	pause(): void {
		this.#paused = true;
	}
}
