/**
 * Supply: short lives as a sign of a bad supply.
 *
 * Their number in a row, and the number of power losses, are in the tally of the journal. On a
 * switched feeder power is lost every morning: none is counted then.
 */
import type { Millis } from "../units.js";

/** A bouncing contactor or an arcing cable returns sooner; a person at the cabinet, later. */
export const SHORT_LIFE: Millis = 10 * 60_000;
/** Short lives in a row that are not chance (TALQ cyclingFailure). */
export const CYCLING_LIVES = 3;
