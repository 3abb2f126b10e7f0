/** Spans: lengths of time, ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** What `msOfSpan` may read, as a part of a larger pattern. */
export const SPAN = "[\\d.hms]+";
const COUNT = String.raw`(\d{1,9}(?:\.\d{1,3})?)`;
const PARTS = new RegExp(`^(?:${COUNT}h)?(?:${COUNT}m)?(?:${COUNT}s)?$`);

/** `90s`, `2.5h` or `1h30m`, in whole ms; undefined for anything else. */
export function msOfSpan(text: string): number | undefined {
	const [matched, hours = 0, minutes = 0, seconds = 0] = PARTS.exec(text) ?? [];
	if (!matched) return undefined;
	return Math.round(Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000);
}
