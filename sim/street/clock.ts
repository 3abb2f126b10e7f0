/**
 * Clock: paces virtual time by the wall clock.
 *
 * This is the one place of the simulator that reads the wall clock. It decides when a window may
 * run, never its contents, so the speed leaves no mark on the trace.
 */
import type { Turns } from "../util/turns.js";

/** The wall clock, and its timers; ms. */
export interface Wall {
	now(): number;
	/** @returns cancels it */
	after(ms: number, act: () => void): () => void;
	/** After pending input and output. */
	soon(act: () => void): void;
}

/** This machine's; without turns a millisecond passes before input and output have had theirs. */
export function wallOf(turns?: Turns): Wall {
	return {
		now: () => performance.now(),
		after(ms, act) {
			const timer = setTimeout(act, ms);
			return () => clearTimeout(timer);
		},
		soon: turns?.soon ?? ((act) => void setTimeout(act)),
	};
}

/** Streets that run side by side (sim/street/peers.ts), as one of them sees them. */
export interface Pack {
	/** Undefined if the instant `at` may run now; else a pause after which to ask again. */
	until(at: number): Promise<void> | undefined;
	/** Ends the pauses. */
	interrupt(): void;
}

/** A longer sleep would delay the page's pause button and Ctrl-C noticeably, ms. */
const LONGEST_SLEEP = 50;
/** At unlimited speed others (page, broker, signals) get their turn this often, ms. */
const BREATHE = 20;
/**
 * A street that is later than this gives the rest up, ms of wall clock: after a slow stretch it
 * does not run faster than the chosen speed.
 */
const LATEST = 250;

export class Clock {
	readonly #wall: Wall;
	readonly #began: number;
	#speed: number;
	#paused = false;
	#anchorWall: number;
	#anchorVirtual = 0;
	#reached = 0; // end of the last window; nothing happens before it any more
	#due = 0; // the next due instant, not yet run
	#latest = 0; // the latest instant returned
	#goal: number | undefined; // a jump runs until then
	#breathed: number;
	#wake: (() => void) | undefined;

	/**
	 * `speed`: virtual seconds a second, above 0; Infinity: unlimited. `givesUp`: lateness is given up
	 * beyond LATEST; else the street catches up with the wall clock, however late it is. `pack`: other
	 * streets, whose pace it keeps.
	 */
	constructor(
		speed: number,
		wall: Wall = wallOf(),
		private readonly givesUp = true,
		private readonly pack?: Pack,
	) {
		this.#speed = speed;
		this.#wall = wall;
		this.#began = this.#anchorWall = this.#breathed = wall.now();
	}

	/**
	 * Virtual ms now; between two windows it advances at the clock's speed, but not beyond the next
	 * due instant: on a machine that cannot keep the speed, time passes as the street does. It never
	 * goes back, at no change of speed.
	 */
	now(): number {
		const running = this.#isAtOnce
			? this.#reached
			: this.#isStill
				? this.#anchorVirtual
				: this.#pace();
		const now = Math.max(this.#reached, Math.min(running, this.#due));
		return (this.#latest = Math.max(this.#latest, now));
	}

	get speed(): number {
		return this.#speed;
	}
	get paused(): boolean {
		return this.#paused;
	}
	/** Seconds since this clock was created, by the wall clock. */
	get wallSeconds(): number {
		return (this.#wall.now() - this.#began) / 1000;
	}

	/**
	 * Runs to the instant `at` as fast as the street can; then goes on at the chosen speed, or stands
	 * if it was paused. Another speed or a pause ends the jump.
	 */
	jumpTo(at: number): void {
		this.#anchor();
		this.#goal = Math.max(at, this.now());
		this.#interrupt();
	}

	/** The end of the jump that is under way, virtual ms. */
	get goal(): number | undefined {
		return this.#goal;
	}

	setSpeed(speed: number): void {
		this.#endJump();
		this.#speed = speed;
		this.#interrupt();
	}

	setPaused(paused: boolean): void {
		this.#endJump();
		this.#paused = paused;
		this.#interrupt();
	}

	/** A window has run to `at`. */
	reach(at: number): void {
		this.#reached = this.#due = at;
	}

	/**
	 * Undefined if the instant `at` may run now; else a pause after which to ask again, because an
	 * earlier input may have come from outside meanwhile, or the speed changed.
	 */
	until(at: number): Promise<void> | undefined {
		this.#due = at;
		const held = this.pack?.until(at);
		if (held) return held;
		const goal = this.#goal;
		if (goal !== undefined && at > goal && (this.#isAtOnce || this.#pace() >= goal)) {
			this.#anchorVirtual = this.#latest = Math.max(this.#latest, goal);
			this.#anchorWall = this.#wall.now();
			this.#goal = undefined;
		}
		if (this.#isStill) return this.#sleep(LONGEST_SLEEP);
		if (this.#rate === Infinity) return this.#breathe();
		const wait = (at - this.#pace()) / this.#rate;
		if (wait < -LATEST && this.givesUp) this.#anchor();
		return wait > 0 ? this.#sleep(Math.min(wait, LONGEST_SLEEP)) : this.#breathe();
	}

	/** Ends a pause at once, for a stop. */
	interrupt(): void {
		this.#interrupt();
		this.pack?.interrupt();
	}

	#pace(): number {
		return this.#anchorVirtual + (this.#wall.now() - this.#anchorWall) * this.#rate;
	}

	/** The speed in force. */
	get #rate(): number {
		return this.#goal === undefined ? this.#speed : Infinity;
	}

	/** No time passes: a pause, and no jump. */
	get #isStill(): boolean {
		return this.#paused && this.#goal === undefined;
	}

	/** Time passes as the street runs. */
	get #isAtOnce(): boolean {
		return this.#rate === Infinity && !this.#isStill;
	}

	#endJump(): void {
		this.#anchor();
		this.#goal = undefined;
	}

	#anchor(): void {
		this.#anchorVirtual = this.now();
		this.#anchorWall = this.#wall.now();
	}

	#breathe(): Promise<void> | undefined {
		if (this.#wall.now() - this.#breathed < BREATHE) return undefined;
		return new Promise((resolve) =>
			this.#wall.soon(() => {
				this.#breathed = this.#wall.now();
				resolve();
			}),
		);
	}

	#sleep(wait: number): Promise<void> {
		return new Promise((resolve) => {
			const cancel = this.#wall.after(wait, () => this.#interrupt());
			this.#wake = () => {
				cancel();
				this.#wake = undefined;
				resolve();
			};
		});
	}

	#interrupt(): void {
		this.#breathed = this.#wall.now();
		this.#wake?.();
	}
}
