/**
 * Measured: the installed mean from readings of a lux meter, and its check years later.
 *
 * Readings are those of the grid between two poles (EN 13201-4), of lamps held at one level by an
 * override, without the light of others. The maintained mean is what remains of that light before
 * the next cleaning: maintenance below 1. With constant light output the driver makes up for the
 * age of the LEDs, so a later measurement at the same level, after cleaning, gives the same light.
 */

export interface Measurement {
	readonly pole: string;
	/** `2026-12-01`. */
	readonly date: string;
	/** Make, number and date of its calibration. */
	readonly instrument: string;
	readonly readings_lx: readonly number[];
	/** With the lamps off: moon, windows, other streets. */
	readonly ambient_lx: number;
	/** Of the lamps meanwhile, per cent. */
	readonly level: number;
	/** Share of the light that remains before the next cleaning, 0.5 to 1. */
	readonly maintenance: number;
}

export interface Slip {
	readonly points: number;
	readonly mean_lx: number;
	readonly min_lx: number;
	readonly uniformity: number;
	/** Mean at 100 % of today, before maintenance. */
	readonly fresh_lx: number;
	/** For the setting of that name. */
	readonly installedMean: number;
}

const hundredths = (value: number) => Math.round(100 * value) / 100;

export function slipOf(measurement: Measurement): Slip {
	const light = measurement.readings_lx.map((lux) => Math.max(0, lux - measurement.ambient_lx));
	const mean = light.reduce((sum, lux) => sum + lux, 0) / light.length;
	const min = Math.min(...light);
	const fresh = (100 * mean) / measurement.level;
	return {
		points: light.length,
		mean_lx: hundredths(mean),
		min_lx: hundredths(min),
		uniformity: mean > 0 ? hundredths(min / mean) : 0,
		fresh_lx: hundredths(fresh),
		installedMean: hundredths(fresh * measurement.maintenance),
	};
}

interface Check {
	/** Light of now relative to that of the first measurement, per cent. */
	readonly share: number;
	/** `constant` within the tolerance; `less`: dirt, age or a fault; `more`: wasted energy. */
	readonly verdict: "constant" | "less" | "more";
}

/** Two meters of 6 % each deviate by 9 % together; readings on the same points, by 10. */
export const TOLERANCE = 10;

/** `first_lx`, `now_lx`: mean at 100 % by each measurement, before maintenance. */
export function checkOf(first_lx: number, now_lx: number, tolerance = TOLERANCE): Check {
	const share = Math.round((1000 * now_lx) / first_lx) / 10;
	const off = share - 100;
	return { share, verdict: Math.abs(off) <= tolerance ? "constant" : off < 0 ? "less" : "more" };
}
