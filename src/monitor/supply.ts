/**
 * Supply: how often power was lost, and whether it comes and goes, over the lives of the lamp.
 *
 * Two numbers in one stored text: losses, and lives in a row that ended within SHORT_LIFE. Two writes
 * a boot. On a switched feeder a loss of power is the morning: none is counted then.
 */
import type { Millis } from "../units.js";

/** A contactor that bounces or a cable that arcs comes back sooner; a person at the cabinet, later. */
export const SHORT_LIFE: Millis = 10 * 60_000;
/** Short lives in a row that are no chance (TALQ cyclingFailure). */
export const CYCLING_LIVES = 3;
/** A text with larger numbers is not ours. */
const MOST = 0xffff_ffff;

export interface Supply {
	/** TALQ supplyLossCount. */
	readonly losses: number;
	/** Short lives in a row, this one counted until it has lasted. */
	readonly short: number;
}

/** Nothing is known, and nothing was lost. */
export const NO_LOSS: Supply = Object.freeze({ losses: 0, short: 0 });

/** What the lives before left behind; undefined: this is the first one. */
export function readSupply(text: string | undefined): Supply | undefined {
	if (text === undefined) return undefined;
	const [losses, short, ...rest] = text.split(" ").map(Number);
	const isOurs =
		rest.length === 0 && losses! >= 0 && losses! < MOST && short! >= 0 && short! < MOST;
	return isOurs ? { losses: Math.floor(losses!), short: Math.floor(short!) } : NO_LOSS;
}

/** The supply as this life begins, after a loss of power. */
export function powered(before: Supply | undefined): Supply {
	return before ? { losses: before.losses + 1, short: before.short + 1 } : { losses: 0, short: 1 };
}

export function writeSupply({ losses, short }: Supply): string {
	return `${losses} ${short}`;
}
