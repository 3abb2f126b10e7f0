/**
 * Causes: why a lamp shines, from its reports, in the eight kinds that the page shows everywhere
 * alike.
 */
import type { LampReport } from "../../messages.js";

export type Cause =
	| "none"
	| "daylight"
	| "default"
	| "program"
	| "presence"
	| "neighbours"
	| "doubt"
	| "order"
	| "emergency"
	| "fault";

const BY_REASON: Readonly<Record<string, Cause>> = {
	default: "default",
	program: "program",
	sensor: "presence",
	override: "order",
	emergency: "emergency",
	systemFailure: "fault",
};

/** The cause that a lamp reported last; undefined before its first report. */
export function causeOf({ reason, level, chain, photocell }: LampReport): Cause | undefined {
	if (reason === undefined) return undefined;
	const isDay = chain?.some(({ by }) => by === "daylight") || photocell === "day";
	if (level === 0 && isDay) return "daylight";
	if (reason !== "sensor") return BY_REASON[reason] ?? "fault";
	const source = chain?.find(({ by }) => by === "sensor")?.source;
	return source === "neighbours" || source === "doubt" ? source : "presence";
}

/**
 * A lamp whose light the world has otherwise than it reports: dark though lit, or lit though dark. One
 * with rare reports may be lit by presence that it does not report.
 */
export function contradiction(
	{ actual, online, isNarrow = false }: LampReport,
	light: number,
): "lampDark" | "lampBurns" | undefined {
	if (actual === undefined || light < 0 || online === false) return undefined;
	if (actual >= 15 && light < 0.02) return "lampDark";
	return !isNarrow && actual <= 2 && light > 0.2 ? "lampBurns" : undefined;
}
