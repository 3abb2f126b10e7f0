/**
 * Classes by the hour: the classic adaptive approach, a lighting class for each hour's traffic.
 *
 * In each hour of the night the whole street has the class for its counted traffic. The design
 * volume is that of the busiest hour of an average day. Each halving of the volume lowers the
 * street by one class, from P3 to P5 of EN 13201-2. This favours the approach: it uses each hour's
 * true count at the beginning of the hour, which no counter supplies.
 */
import { type ClassSettings, fullLevelOf } from "../../src/settings/classes.js";
import type { Percent } from "../../src/units.js";

/** Brightest first; a class applies from that share of the design volume on. */
const STEPS = [
	{ name: "P3", from: 0.5 },
	{ name: "P4", from: 0.25 },
	{ name: "P5", from: 0 },
] as const;

type StreetClass = (typeof STEPS)[number]["name"] | "P6";

export interface Hour {
	/** Beginning of the hour, UTC ms, and by the wall clock, 0 to 23. */
	readonly utc: number;
	readonly clock: number;
	/** Road users in this hour. */
	readonly count: number;
}

/** Road users in the busiest hour of an average day. */
export function designVolume(hours: readonly Hour[]): number {
	const sums = new Float64Array(24);
	const days = new Float64Array(24);
	for (const { clock, count } of hours) {
		sums[clock]! += count;
		days[clock]! += 1;
	}
	return Math.max(...sums.map((sum, clock) => sum / Math.max(1, days[clock]!)));
}

/** The class for a volume. */
export function classOf(count: number, design: number): StreetClass {
	return STEPS.find(({ from }) => count >= from * design)!.name;
}

/** The level of a class if the luminaires give P3 at full level. */
export function levelOf(name: StreetClass): Percent {
	const street: ClassSettings = {
		fullClass: name,
		floorClass: "percent",
		installedMean: 7.5, // lx, of P3
		fullLevel: 100 as Percent,
		floorLevel: 0 as Percent,
		presenceLevel: 0 as Percent,
		lingerLevel: 0 as Percent,
	};
	return fullLevelOf(street);
}

/** A program for one night with the class of each hour; switch points at its changes. */
export function hourlyProgram(night: readonly Hour[], design: number): string {
	const points: string[] = [];
	let before: StreetClass | undefined;
	for (const { clock, count } of night) {
		const name = classOf(count, design);
		if (name !== before) points.push(`${String(clock).padStart(2, "0")}:00 ${levelOf(name)}`);
		before = name;
	}
	return points.join("; ");
}
