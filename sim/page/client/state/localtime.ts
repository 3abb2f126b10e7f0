/** Local time: instants in the street's zone as a browser's field for date and time has them. */

/** `2026-11-24T18:30` in `zone` for a UTC instant, ms. */
export function localOf(utc: number, zone: string): string {
	const text = new Date(utc).toLocaleString("sv-SE", { timeZone: zone });
	return text.slice(0, 16).replace(" ", "T");
}

/** RFC 3339 in UTC of a local text; one that the clock skips is the hour after. */
export function utcOf(local: string, zone: string): string {
	const asUtc = Date.parse(`${local.slice(0, 16)}:00Z`);
	let utc = asUtc;
	for (let turn = 0; turn < 2; turn++) utc = asUtc - offsetAt(utc, zone);
	return new Date(utc).toISOString();
}

/** Local time less UTC at an instant, ms. */
function offsetAt(utc: number, zone: string): number {
	return Date.parse(`${localOf(utc, zone)}:00Z`) - Math.floor(utc / 60_000) * 60_000;
}

/** The instant of a clock time, `HH:MM`, nearest to `utc`. */
export function instantOf(time: string, utc: number, zone: string): number {
	const day = localOf(utc, zone).slice(0, 10);
	const at = Date.parse(utcOf(`${day}T${time}`, zone));
	const dayLength = 86_400_000;
	return [at - dayLength, at, at + dayLength].reduce((best, candidate) =>
		Math.abs(candidate - utc) < Math.abs(best - utc) ? candidate : best,
	);
}
