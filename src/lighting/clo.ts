/**
 * Constant light output: compensates the ageing of LEDs and the dirt on luminaires.
 *
 * An installation is designed for the end of a maintenance period: the least light of its LEDs and
 * the dirt just before cleaning (maintained mean, EN 13201-2). Before that, a smaller share of the
 * driver's output gives the same light. Both corrections follow operating hours, which need no date
 * (TALQ cloEnabled and lumenDepreciationCurve; uCIFI 3416, cleaning factor).
 */

/** A point of the curve: operating hours, and the light that remains, per cent of new. */
export interface DepreciationPoint {
	readonly hours: number;
	readonly remaining: number;
}

interface DepreciationFault {
	/** Number of the invalid point, from 1. */
	readonly where: number;
	readonly why: string;
}

/** Data sheets give two or three points (L90, L80, L70). */
export const MAX_POINTS = 6;
/** Hours; longer than LEDs are tested. */
const MAX_HOURS = 500_000;
/** Per cent. A luminaire that gives less must be replaced, not driven harder. */
const LEAST_REMAINING = 40;
/** Hours and per cent are whole numbers with at most this many digits. */
const MAX_DIGITS = 6;

/**
 * Parses `0 100; 50000 90; 100000 80`: hours rise, light does not. An empty text gives no points:
 * no constant light output.
 */
export function parseDepreciation(text: string): readonly DepreciationPoint[] | DepreciationFault {
	const points: DepreciationPoint[] = [];
	if (text.trim() === "") return points;
	const parts = text.split(";");
	if (parts.length > MAX_POINTS) return fault(MAX_POINTS + 1, `more than ${MAX_POINTS} points`);
	for (let index = 0; index < parts.length; index += 1) {
		const args = parts[index]!.trim().split(" ");
		const hours = wholeNumber(args[0]);
		const remaining = wholeNumber(args[1]);
		if (args.length !== 2 || hours < 0 || remaining < 0)
			return fault(index + 1, "must be hours and per cent, e.g. 50000 90");
		if (hours > MAX_HOURS) return fault(index + 1, `more than ${MAX_HOURS} hours`);
		if (remaining < LEAST_REMAINING || remaining > 100)
			return fault(index + 1, `must leave ${LEAST_REMAINING} to 100 %`);
		const before = points[index - 1];
		if (before ? hours <= before.hours : hours > 0)
			return fault(index + 1, before ? "hours must rise" : "must begin at 0 hours");
		if (before && remaining > before.remaining) return fault(index + 1, "light must not come back");
		points.push({ hours, remaining });
	}
	return points;
}

export function isFault(
	parsed: readonly DepreciationPoint[] | DepreciationFault,
): parsed is DepreciationFault {
	return "why" in parsed;
}

/**
 * Constant light output: the share of the driver's output that after `hours` of operation gives the
 * light at the end of the curve. At most 1; 1 without a curve and beyond its end.
 */
export function cloShare(points: readonly DepreciationPoint[], hours: number): number {
	const last = points[points.length - 1];
	if (!last || !(hours < last.hours)) return 1;
	let index = 1;
	while (points[index]!.hours <= hours) index += 1;
	const from = points[index - 1]!;
	const to = points[index]!;
	const way = Math.max(0, hours - from.hours) / (to.hours - from.hours);
	return last.remaining / (from.remaining + way * (to.remaining - from.remaining));
}

/**
 * Cleaning factor: the share of output that a luminaire needs `hours` of operation after cleaning,
 * rising from `factor` (per cent) just after to 1 at the end of `period` hours. Negative hours (the
 * counter was lost) count as dirty, so the lamp gives more light.
 */
export function cleaningShare(factor: number, period: number, hours: number): number {
	if (hours < 0 || hours >= period) return 1;
	return (factor + (100 - factor) * (hours / period)) / 100;
}

function fault(where: number, why: string): DepreciationFault {
	return { where, why };
}

/** -1 if the text is not a whole number. */
function wholeNumber(text: string | undefined): number {
	if (!text || text.length > MAX_DIGITS) return -1;
	for (let at = 0; at < text.length; at += 1) {
		const digit = text.charCodeAt(at) - 48;
		if (!(digit >= 0 && digit <= 9)) return -1;
	}
	return Number(text);
}
