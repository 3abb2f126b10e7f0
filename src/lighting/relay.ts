/**
 * Relay: decides when the driver is powered, and which levels wait for it.
 *
 * A driver at duty 0 still draws power, and a 1-10 V driver still shines; so the relay opens when
 * the lamp has been out for OPEN_AFTER. Closing causes the driver's inrush current. The inrush
 * limiter must have cooled before, and the inrush of a whole street at once is too much for a fuse.
 * Therefore:
 * - a program does not close the relay within MINIMUM_OFF after it opened;
 * - a program's switch-on comes at the lamp's own part of INRUSH_SPREAD.
 *
 * Only a program waits, and only with its level above the floor; the floor shines at once while it
 * is dark. For people, orders, emergencies and doubt the light takes precedence over the contact,
 * also where they request no more than the program.
 *
 * At boot the relay is closed: the contact needs power to open, so a failure leaves the lamp lit.
 * Numbers change in place, as in a fade; the node owns the only instance.
 */
import type { Millis, Percent } from "../units.js";

/** Long enough that a cloud at the photocell's threshold does not operate the contact. */
export const OPEN_AFTER: Millis = 60_000;
/** An inrush limiter (NTC) is cold again after half a minute to a minute. */
export const MINIMUM_OFF: Millis = 60_000;
/** Spreads the inrush of a street over its fuse; while it is dark, the floor shines meanwhile. */
export const INRUSH_SPREAD: Millis = 2000;

export class RelayState {
	/** When `open` is due because the lamp is out; Infinity: the relay need not open. */
	opensAt: Millis;
	/** Until when a program's level above the floor waits; Infinity: it does not wait. */
	releaseAt: Millis = Infinity;
	private isClosed = true;
	private openedAt: Millis = -Infinity;
	private ownPart: Millis = 0; // of the last opening

	/** Starts closed, with the lamp out. */
	constructor(now: Millis) {
		this.opensAt = now + OPEN_AFTER;
	}

	/** A level that never waits. */
	pass(level: Percent): Percent {
		this.releaseAt = Infinity;
		return level;
	}

	/**
	 * The part of a program's level that may shine now. `floor`: the level that never waits, for
	 * the street or for people there.
	 */
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

	/** The lamp goes out, or lights (`lit`). Returns whether the relay must close first. */
	follow(lit: boolean, now: Millis): boolean {
		this.opensAt = lit ? Infinity : now + OPEN_AFTER;
		if (!lit || this.isClosed) return false;
		this.isClosed = true;
		return true;
	}

	/**
	 * Records that the relay opens; called when `opensAt` has come. `ownPart`: the lamp's own part of
	 * INRUSH_SPREAD, which the next switch-on by program waits.
	 */
	open(now: Millis, ownPart: Millis): void {
		this.isClosed = false;
		this.ownPart = ownPart;
		this.opensAt = Infinity;
		this.releaseAt = Infinity;
		this.openedAt = now;
	}
}
