/**
 * Where and when: places from pole to equator and over the date line, in years until 2069, for a part
 * of the streets; the others stay in the Europe of 2026.
 */
import { random } from "../../lib/random.js";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { integer, pick } from "./chance.js";

/** Each so-manieth street is somewhere else. */
const ELSEWHERE = 3;
const FIRST = Date.UTC(2026, 0, 1);
/** A lamp accepts no date from 2070 on (src/time/clock.ts). */
const LAST = Date.UTC(2069, 11, 28);
/**
 * A zone with its place: odd hours, no or other rules, both sides of the date line, both hemispheres.
 * A rule of POSIX must give it in every year: that of Chile, a Sunday after a date, does not.
 */
const ZONES: readonly (readonly [zone: string, north: number, east: number])[] = [
	["Arctic/Longyearbyen", 78.2, 15.6],
	["Antarctica/Troll", -72, 2.5],
	["UTC", -89, 0],
	["UTC", 89, 0],
	["America/Guayaquil", 0, -80],
	["Pacific/Wallis", -13.3, -179],
	["Pacific/Kiritimati", 1.9, -157.4],
	["Pacific/Auckland", -41.3, 174.8],
	["Pacific/Fiji", -16.8, 179.9],
	["Asia/Tokyo", 43.1, 141.3],
	["Asia/Kathmandu", 27.7, 85.3],
	["Asia/Singapore", 1.3, 103.8],
	["Australia/Sydney", -33.9, 151.2],
	["Europe/Helsinki", 60.2, 24.9],
	["Africa/Nairobi", -1.3, 36.8],
	["Atlantic/Azores", 37.7, -25.7],
	["America/St_Johns", 47.6, -52.7],
	["America/Sao_Paulo", -23.5, -46.6],
	["America/New_York", 40.7, -74],
	["America/Los_Angeles", 34.1, -118.2],
	["America/Anchorage", 61.2, -149.9],
	["America/Punta_Arenas", -53.2, -70.9],
	["Pacific/Pago_Pago", -14.3, -170.7],
];

export interface Where {
	/** UTC ms, an afternoon or evening of the place. */
	readonly start: number;
	readonly zone: string;
	readonly place: readonly [north: number, east: number];
}

/** In a stream of its own; undefined: the street is where it was. */
export function whereOf(seed: number): Where | undefined {
	if (seed % ELSEWHERE !== ELSEWHERE - 1) return undefined;
	const chance = random(seed, "where");
	const [zone, north, east] = pick(chance, ZONES);
	const day = FIRST + integer(chance, 0, (LAST - FIRST) / DAY) * DAY;
	const sunHours = integer(chance, 12, 20) - east / 15;
	const start = day + Math.round(sunHours * 60) * MINUTE + integer(chance, 0, 1) * HOUR;
	const shift = () => integer(chance, -10, 10) / 10;
	const place = [north + shift(), Math.max(-180, Math.min(180, east + shift()))] as const;
	return { start, zone, place: [Number(place[0].toFixed(1)), Number(place[1].toFixed(1))] };
}

/** The place as one word: in the south it begins with a dash. */
export function placeWord([north, east]: readonly [number, number]): string {
	return `--place=${north},${east}`;
}
