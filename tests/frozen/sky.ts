/** Sky: what a light sensor sees of a late November's day, from a table, so that no library moves it. */
import { HOUR, MINUTE } from "../../lib/spans.js";

const TEN_MINUTES = 10 * MINUTE;
/** Lux at each ten minutes of dusk; dawn is the same backwards. */
const DUSK = [400, 200, 100, 50, 30, 15, 5, 2];
const DUSK_FROM = 15 * HOUR + 20 * MINUTE;
const DAWN_FROM = 6 * HOUR + 20 * MINUTE;
const BY_DAY = 5000;
const BY_NIGHT = 1;

/** Lux at a date, UTC ms. */
export function skyAt(utc: number): number {
	const time = utc % (24 * HOUR);
	const toDusk = Math.floor((time - DUSK_FROM) / TEN_MINUTES);
	const toDawn = Math.floor((time - DAWN_FROM) / TEN_MINUTES);
	if (toDusk >= DUSK.length || toDawn < 0) return BY_NIGHT;
	if (toDusk >= 0) return DUSK[toDusk]!;
	return toDawn < DUSK.length ? DUSK[DUSK.length - 1 - toDawn]! : BY_DAY;
}
