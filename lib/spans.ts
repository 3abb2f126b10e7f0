/** Spans: lengths of time, ms. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const PART = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/;

/** `90s`, `10m` or `1h30m`; undefined for anything else. */
export function msOfSpan(text: string): number | undefined {
	const [matched, hours = 0, minutes = 0, seconds = 0] = PART.exec(text) ?? [];
	if (!matched) return undefined;
	return Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * 1000;
}
