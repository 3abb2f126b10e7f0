/**
 * Adaptive: the lighting class for the volume of traffic, in steps between named classes.
 *
 * A point of a program may name a volume: under `00:00 P6 traffic 60` the street has its full class
 * from 60 road users an hour on, one class less from 30 on, and so on, never less than the point. A
 * class more follows at once. A class less follows after QUIET intervals in a row for which it
 * would have been enough, so three classes change at most four times in an hour. Without a count
 * that can be trusted, and before the first one, the full class applies.
 */
import type { Millis } from "../units.js";

export const INTERVAL: Millis = 900_000;
const AN_HOUR = 4;
export const QUIET = 3;
/** In a stream of road users a PIR stays active, and edges are few: this share of time is full. */
export const BUSY_SHARE = 0.3;

export class AdaptiveClass {
	/** Classes below the full one. */
	down = 0;
	/** End of the interval. */
	endsAt: Millis = 0;
	private quiet = 0;
	private users = 0; // counted before the interval
	private moving: Millis = 0; // time with movement in the interval
	private movingSince: Millis = Infinity;

	/** An edge of the PIR. */
	onEdge(edge: "movement" | "stillness", at: Millis): void {
		if (this.movingSince < at) this.moving += at - this.movingSince;
		this.movingSince = edge === "movement" ? at : Infinity;
	}

	/**
	 * Follows the count, after an edge and at the end of an interval. `users`: counted so far;
	 * undefined: there is no count to be trusted. `given`: an hour, as others measured it. `full`: an
	 * hour, for the full class.
	 */
	look(users: number | undefined, given: number | undefined, full: number, now: Millis): void {
		const isOver = now >= this.endsAt;
		if (isOver && this.movingSince < now) this.onEdge("movement", now);
		let down = 0;
		if ((users ?? given) === undefined || this.endsAt === 0) this.down = 0;
		else {
			const counted = users === undefined ? 0 : AN_HOUR * (users - this.users);
			let share = Math.max(counted, given ?? 0) / full;
			if (users !== undefined) share = Math.max(share, this.moving / (BUSY_SHARE * INTERVAL));
			for (; share < 1 && down <= this.down; share *= 2) down += 1;
		}
		if (down < this.down) {
			this.down = down;
			this.quiet = 0;
		}
		if (!isOver) return;
		this.endsAt = now + INTERVAL;
		this.users = users ?? 0;
		this.moving = 0;
		this.quiet = down > this.down ? this.quiet + 1 : 0;
		if (this.quiet < QUIET) return;
		this.down += 1;
		this.quiet = 0;
	}
}
