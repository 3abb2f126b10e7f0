/**
 * Traffic: road users an hour by the wall clock, and the options that follow from them.
 */
import { CLASS_LEVELS, FLOOR, OUT_FROM, OUT_UNTIL } from "./options.js";

/** Road users in each hour of the wall clock, from midnight; the mean of the days counted. */
export type Traffic = readonly number[];

/** A class less below each of these shares of the busiest hour's traffic. */
const SHARES = [0.5, 0.25, 0.125, 0] as const;
const HOURS = 24;
const NOON = 12;

/** Passages of a night in the hours of lights out. */
export function passagesOut(traffic: Traffic): number {
	return traffic.slice(OUT_FROM, OUT_UNTIL).reduce((sum, count) => sum + count, 0);
}

/** The program with the class of each hour's traffic, from P3 of the busiest hour down to the floor. */
export function hourlyProgram(traffic: Traffic): string {
	const most = Math.max(...traffic);
	const levels = Array.from({ length: HOURS }, (_, index) => {
		const count = traffic[(NOON + index) % HOURS] ?? 0;
		const level = CLASS_LEVELS[SHARES.findIndex((share) => count >= share * most)]!;
		return Math.max(FLOOR, level);
	});
	const points = levels.flatMap((level, index) =>
		index > 0 && level === levels[index - 1] ? [] : [`${clockOf(NOON + index)} ${level}`],
	);
	return points.join("; ");
}

/** `05:00`. */
export function clockOf(hour: number): string {
	return `${String(hour % HOURS).padStart(2, "0")}:00`;
}
