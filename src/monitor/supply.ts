/**
 * Supply: what a life that ended soon tells of the power.
 *
 * How many there were in a row, and how often power was lost, stands in the journal's tally. On a
 * switched feeder a loss of power is the morning: none is counted then.
 */
import type { Millis } from "../units.js";

/** A contactor that bounces or a cable that arcs comes back sooner; a person at the cabinet, later. */
export const SHORT_LIFE: Millis = 10 * 60_000;
/** Short lives in a row that are no chance (TALQ cyclingFailure). */
export const CYCLING_LIVES = 3;
