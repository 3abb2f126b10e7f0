/**
 * Zone: between the wall clock of a place and UTC, by Node's zone data.
 *
 * The firmware has rules of its own for this (POSIX strings); a run shows that both agree.
 */
import { DAY } from "./spans.js";

const QUARTER = 15 * 60_000; // no zone has changed its offset off the quarter hour since 1972

export class Zone {
	readonly #format: Intl.DateTimeFormat;
	readonly #known = new Map<number, number>(); // by quarter hour; Intl takes microseconds

	private constructor(readonly name: string) {
		this.#format = new Intl.DateTimeFormat("en-GB", {
			timeZone: name,
			hourCycle: "h23",
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
		});
	}

	/** The zone of that IANA name; undefined if Node has no data for it. */
	static of(name: string): Zone | undefined {
		try {
			return new Zone(name);
		} catch {
			return undefined;
		}
	}

	/** Offset of the wall clock ahead of UTC at that instant, ms. */
	offsetAt(utc: number): number {
		const quarter = Math.floor(utc / QUARTER);
		const known = this.#known.get(quarter);
		if (known !== undefined) return known;
		const instant = quarter * QUARTER;
		const part: Record<string, number> = {};
		for (const { type, value } of this.#format.formatToParts(instant)) part[type] = Number(value);
		const local = Date.UTC(
			part.year!,
			part.month! - 1,
			part.day!,
			part.hour!,
			part.minute!,
			part.second!,
		);
		this.#known.set(quarter, local - instant);
		return local - instant;
	}

	/** Milliseconds of the wall clock as if it were UTC. */
	localOf(utc: number): number {
		return utc + this.offsetAt(utc);
	}

	/**
	 * The instant at which the wall clock shows `local` (as from `localOf`). If it shows it twice:
	 * the first that lies after `after`. If it never does: as far past the gap as `local` is in it.
	 */
	utcOf(local: number, after = -Infinity): number {
		const before = local - this.offsetAt(local - DAY);
		const later = local - this.offsetAt(local + DAY);
		const first = Math.min(before, later);
		const second = Math.max(before, later);
		if (this.localOf(first) === local && first > after) return first;
		return this.localOf(second) === local ? second : before;
	}
}

/**
 * `2026-11-24 17:05[:09[.5]]` (or with a T) as milliseconds of a wall clock; undefined for any
 * other text.
 */
export function readWallClock(text: string): number | undefined {
	const match =
		/^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d)(?::(\d\d)(\.\d{1,3})?)?$/.exec(text) ?? undefined;
	if (!match) return undefined;
	const [year, month, day, hour, minute] = match.slice(1, 6).map(Number) as number[];
	const second = Number(match[6] ?? 0) + Number(match[7] ?? 0);
	if (hour! > 23 || minute! > 59 || second >= 60) return undefined;
	const date = Date.UTC(year!, month! - 1, day!);
	const real = new Date(date);
	if (real.getUTCMonth() !== month! - 1 || real.getUTCDate() !== day) return undefined;
	return Math.round(date + hour! * 3600_000 + minute! * 60_000 + second * 1000);
}

/** `2026-11-24T15:00:00+01:00` (RFC 3339) as UTC ms; without an offset, the wall clock of `zone`. */
export function readInstant(text: string, zone: Zone): number | undefined {
	const match = /^(.*?)(Z|[+-]\d\d:\d\d)?$/.exec(text)!;
	const local = readWallClock(match[1]!);
	if (local === undefined) return undefined;
	const offset = match[2];
	if (offset === undefined) return zone.utcOf(local);
	if (offset === "Z") return local;
	const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4));
	return local - (offset[0] === "-" ? -minutes : minutes) * 60_000;
}
