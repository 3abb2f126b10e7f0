/**
 * Dark: decides whether it is dark, by photocell, sun or doubt. No other place decides it.
 *
 * A trusted photocell measures the real sky and comes first; the sun by a dated clock comes second.
 * Without both it counts as dark, because doubt lights the lamp. A bright sensor under a sun that
 * gives no daylight counts as dark, too: the light on it is a lamp's.
 *
 * The date may be wrong by `error` (corroboration.ts). The sun alone makes day only if it is up at both
 * ends of that span, so a date that no witness vouches for makes no day; but any date makes night. A
 * photocell that is about to turn to day agrees with the sun, and so a lamp that boots by day is not
 * lit for the photocell's delay.
 */
import type { Millis, UtcMillis } from "../units.js";
import { DAY } from "./civil.js";
import { type Place, type SunNight, solarMidnightFrom, sunNight } from "./sun.js";

export interface Dark {
	readonly dark: boolean;
	readonly because: "photocell" | "sun" | "doubt";
	/** Dark by doubt, while the sun is up by a date that no witness vouches for. */
	readonly isDayByClock?: boolean;
	/** When time alone may change the result; absent: only an input can. */
	readonly dueAt?: UtcMillis;
}

/**
 * The photocell's state; `unknown` if it is not fitted, silent or not trusted, `bright` if it has no
 * output yet and daylight on it.
 */
export type PhotocellVerdict = "unknown" | "bright" | "day" | "night";

const DAY_BY_PHOTOCELL: Dark = Object.freeze({ dark: false, because: "photocell" });
const NIGHT_BY_PHOTOCELL: Dark = Object.freeze({ dark: true, because: "photocell" });
const DARK_BY_DOUBT: Dark = Object.freeze({ dark: true, because: "doubt" });

/** With the sun below, a clear sky gives 23 lx, a third of the default `offLevel`; degrees. */
const NO_DAYLIGHT = -3;

/** Darkness at one place, by photocell and sun. */
export class Darkness {
	private readonly sun: SunDarkness;
	private readonly deepSun: SunDarkness;

	/** @param elevation degrees; the sun's centre below it means dark (setting darkElevation). */
	constructor(place: Place, elevation: number) {
		this.sun = new SunDarkness(place, elevation, "sun");
		this.deepSun = new SunDarkness(place, Math.min(elevation, NO_DAYLIGHT), "photocell");
	}

	/** @param utc the date, or undefined. @param error its greatest error, ms. */
	assess(photocell: PhotocellVerdict, utc: UtcMillis | undefined, error: Millis = 0): Dark {
		if (photocell === "night") return NIGHT_BY_PHOTOCELL;
		if (photocell === "day") return utc === undefined ? DAY_BY_PHOTOCELL : this.deepSun.assess(utc);
		if (utc === undefined) return DARK_BY_DOUBT;
		return this.sun.assess(utc, photocell === "bright" ? 0 : error);
	}

	/** When the darkness of a night ends by the sun; its noon if it does not end before. */
	endOf({ start, end }: { readonly start: UtcMillis; readonly end: UtcMillis }): UtcMillis {
		return this.sun.risesIn(start) ?? end;
	}
}

/**
 * Darkness by the sun at one place for one elevation. Holds the passages of the sun from solar noon to
 * solar noon and the result in force, so that a query allocates only when the result changes.
 */
class SunDarkness {
	private readonly place: Place;
	private readonly elevation: number;
	private readonly dayBy: Dark["because"];
	private night: SunNight | undefined;
	private answer: Dark = DARK_BY_DOUBT;
	private from = 0; // the result by the sun holds in [from, until)
	private until = 0;
	private margin = 0; // of that result

	/** @param dayBy reason given for day, with the sun above `elevation`; for night it is `sun`. */
	constructor(place: Place, elevation: number, dayBy: Dark["because"]) {
		this.place = place;
		this.elevation = elevation;
		this.dayBy = dayBy;
	}

	/**
	 * `margin`: the night begins so much earlier and ends so much later, ms; Infinity: no date makes
	 * day, and the result is doubt.
	 */
	assess(utc: UtcMillis, margin: Millis = 0): Dark {
		if (!(utc >= this.from && utc < this.until && margin === this.margin)) this.ask(utc, margin);
		return this.answer;
	}

	/** When the sun passes the elevation in the morning after the noon `from`. */
	risesIn(from: UtcMillis): UtcMillis | undefined {
		return sunNight(this.place, this.elevation, solarMidnightFrom(this.place, from)).risesAt;
	}

	private ask(utc: UtcMillis, margin: Millis): void {
		this.margin = margin;
		const isDoubted = margin === Infinity;
		const early = isDoubted ? 0 : margin;
		let night = this.night;
		if (!night || utc < night.start || utc >= night.end) {
			// the midnight whose noons enclose utc; the next noon belongs to the next night
			const midnight = solarMidnightFrom(this.place, (utc - DAY / 2 + 1) as UtcMillis);
			night = sunNight(this.place, this.elevation, midnight);
			this.night = night;
		}
		const { start, end, below } = night;
		const isDay = night.sinksAt === undefined && !below; // the sun stays above, until the end
		const sinksAt = isDay ? end : Math.max(start, (night.sinksAt ?? start) - early);
		const risesAt = Math.min(end, (night.risesAt ?? end) + early);
		const dark = utc >= sinksAt && utc < risesAt;
		this.from = dark ? sinksAt : utc < sinksAt ? start : risesAt;
		this.until = dark ? risesAt : utc < sinksAt ? sinksAt : end;
		const dueAt = this.until as UtcMillis;
		this.answer = isDoubted
			? { dark: true, because: "doubt", isDayByClock: !dark, dueAt }
			: { dark, because: dark ? "sun" : this.dayBy, dueAt };
	}
}
