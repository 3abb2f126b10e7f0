/**
 * Instants: dates as texts.
 *
 * Follows docs/light.md, Fields one by one (a date; a day).
 */

const INSTANT =
	/^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

/** Milliseconds of UTC of a date of RFC 3339; undefined: it is none. */
export function parseInstant(text: string): number | undefined {
	const found = INSTANT.exec(text);
	if (found === null) return undefined;
	const day = dayAt(Number(found[1]), Number(found[2]), Number(found[3]));
	const [hour, minute, second] = [Number(found[4]), Number(found[5]), Number(found[6])];
	if (day === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
	const millis = Number((found[7] ?? "").slice(0, 3).padEnd(3, "0"));
	const [offsetHour, offsetMinute] = [Number(found[9] ?? 0), Number(found[10] ?? 0)];
	if (offsetHour > 23 || offsetMinute > 59) return undefined;
	const offset = (offsetHour * 60 + offsetMinute) * 60_000 * (found[8] === "-" ? -1 : 1);
	return day + ((hour * 60 + minute) * 60 + second) * 1000 + millis - offset;
}

/** Midnight UTC of a day written as 2026-11-24; undefined: it is none. */
export function parseDay(text: string): number | undefined {
	const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
	if (found === null) return undefined;
	return dayAt(Number(found[1]), Number(found[2]), Number(found[3]));
}

function dayAt(year: number, month: number, day: number): number | undefined {
	const date = new Date(0);
	date.setUTCFullYear(year, month - 1, day);
	const exists =
		date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return exists ? date.getTime() : undefined;
}
