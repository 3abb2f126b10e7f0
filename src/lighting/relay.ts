/**
 * Relay: whether the driver has power, and what must wait for it.
 *
 * A driver at duty 0 still draws power, and a 1-10 V one still shines. So the relay opens once the
 * lamp has been out for OPEN_AFTER. Closing draws the driver's inrush, which its limiter bears only
 * when it has cooled, and which is too much for a fuse if a whole street does it at once:
 * - for MINIMUM_OFF after it opened a program does not close it again;
 * - a program's switch-on comes in the lamp's own part of INRUSH_SPREAD.
 * Only a program waits, and only with what it asks above the floor, which shines at once while it is
 * dark. For people, orders, emergencies and doubt the light wins over the contact, also where they ask
 * for no more than the program does.
 *
 * At boot it is closed: the contact is one that needs power to open, so that what fails, fails lit.
 * Numbers that change in place, as of a fade; the node owns the only one.
 */
import type { Millis, Percent } from "../units.js";

/** Long enough that a cloud at the photocell's threshold costs no operation of the contact. */
export const OPEN_AFTER: Millis = 60_000;
/** An inrush limiter (NTC) is cold again after half a minute to a minute. */
export const MINIMUM_OFF: Millis = 60_000;
/** The street's fuse sees the inrush of few at a time; while it is dark the floor shines meanwhile. */
export const INRUSH_SPREAD: Millis = 2000;

export class RelayState {
	/** When `open` is due, because it has been out; Infinity: it is not. */
	opensAt: Millis;
	/** Until when a program waits with what it asks above the floor; Infinity: it does not. */
	releaseAt: Millis = Infinity;
	private isClosed = true;
	private openedAt: Millis = -Infinity;
	private readonly ownPart: Millis;

	/** Closed, and out so far. `ownPart`: of INRUSH_SPREAD, the lamp's own. */
	constructor(ownPart: Millis, now: Millis) {
		this.ownPart = ownPart;
		this.opensAt = now + OPEN_AFTER;
	}

	/** A level that waits for nothing. */
	pass(level: Percent): Percent {
		this.releaseAt = Infinity;
		return level;
	}

	/** What of a program's level may shine now. `floor`: what never waits, for the street or for who is there. */
	allow(level: Percent, floor: Percent, now: Millis): Percent {
		if (level <= floor || (this.isClosed && floor <= 0)) return this.pass(level);
		if (!this.isClosed) {
			const spread = now + this.ownPart;
			const until = floor > 0 ? spread : Math.max(spread, this.openedAt + MINIMUM_OFF);
			if (until < this.releaseAt) this.releaseAt = until;
		}
		if (this.releaseAt === Infinity || now >= this.releaseAt) return this.pass(level);
		return Math.min(level, floor) as Percent;
	}

	/** It goes out, or lights (`lit`). Returns whether the relay must close first. */
	follow(lit: boolean, now: Millis): boolean {
		this.opensAt = lit ? Infinity : now + OPEN_AFTER;
		if (!lit || this.isClosed) return false;
		this.isClosed = true;
		return true;
	}

	/** It was out long enough. */
	open(now: Millis): void {
		this.isClosed = false;
		this.opensAt = Infinity;
		this.releaseAt = Infinity;
		this.openedAt = now;
	}
}
