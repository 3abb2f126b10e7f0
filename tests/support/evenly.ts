/**
 * Evenly: an arbitrary number between two bounds, as likely in one part of the range as in another.
 *
 * `fc.double` draws evenly from all numbers of the format, so from 0 to 100 nearly all lie next to
 * 0, and a property never sees the middle of its range.
 */
import fc from "fast-check";

const STEPS = 2 ** 30;

export function evenly(min: number, max: number): fc.Arbitrary<number> {
	return fc.integer({ min: 0, max: STEPS }).map((step) => min + ((max - min) * step) / STEPS);
}
