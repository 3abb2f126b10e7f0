/**
 * Plate: level and cause under a lamp. The level is the light itself, as it is drawn above: a report
 * may be a minute old, at 60 times the pace of a clock a second of the visitor's.
 */
import type { LampReport } from "../../messages.js";
import { type Cause, causeOf, contradiction } from "./causes.js";

export interface Plate {
	/** Null before the first report, and while the light is not the one that was reported. */
	readonly cause: Cause | null;
	/** Per cent. */
	readonly level: number;
	/** Reported, per cent; null before the first report. */
	readonly reported: number | null;
	readonly isOff: "noPower" | "offline" | null;
	readonly odd: "lampDark" | "lampBurns" | null;
	/** Since when the lamp is offline, UTC, ms. */
	readonly at: number | null;
	/** The light has changed since the report. */
	readonly isNewer: boolean;
}

/** The report is of this light if both differ by no more, per cent. */
const SAME = 3;

/** `light`: in the world, 0 to 1; negative without power. */
export function plateOf(report: LampReport, light: number): Plate {
	const isOff = report.online === false ? (light < 0 ? "noPower" : "offline") : null;
	const reported = report.level === undefined ? null : Math.round(report.level);
	const shines = Math.round(100 * Math.max(0, light));
	const isNewer =
		isOff === null && Math.abs((report.actual ?? report.level ?? shines) - shines) > SAME;
	return {
		cause: isNewer ? null : (causeOf(report) ?? null),
		level: shines,
		reported,
		isOff,
		odd: contradiction(report, light) ?? null,
		at: isOff === "offline" ? (report.lostAt ?? null) : null,
		isNewer,
	};
}
