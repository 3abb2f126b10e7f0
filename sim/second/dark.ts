/**
 * Dark: whether it is dark, by the photocell's verdict and the sun.
 *
 * Follows docs/light.md, "Darkness".
 */
import { midnightOf, nightBetween, type Passages, passages } from "./sun.js";

export type Verdict = "unknown" | "bright" | "day" | "night";

export interface Darkness {
	readonly isDark: boolean;
	readonly because: "photocell" | "sun" | "doubt";
	/** Dark by doubt, and the clock shows day. */
	readonly clockShowsDay: boolean;
	/** Until the date changes this by time alone, ms from now; Infinity: it does not. */
	readonly changesIn: number;
}

/** The verdict that counts for darkness. */
export function countedVerdict(
	told: Verdict,
	doubt: string | undefined,
	isFitted: boolean,
): Verdict {
	if (!isFitted) return "unknown";
	if (doubt === undefined) return told;
	return told === "night" && doubt === "contradicted" ? "night" : "unknown";
}

/** Passages of the last nights that were asked for, by elevation; forgotten with another place. */
export interface SunCache {
	latitude: number;
	longitude: number;
	nights: { elevation: number; passages: Passages }[];
}

export function freshSunCache(): SunCache {
	return { latitude: Number.NaN, longitude: Number.NaN, nights: [] };
}

/** The place of the lamp, and the setting `darkElevation`. */
export interface Place {
	readonly latitude: number;
	readonly longitude: number;
	readonly darkElevation: number;
}

function cached(cache: SunCache, place: Place, midnight: number, elevation: number): Passages {
	if (cache.latitude !== place.latitude || cache.longitude !== place.longitude) {
		cache.latitude = place.latitude;
		cache.longitude = place.longitude;
		cache.nights = [];
	}
	for (const night of cache.nights) {
		if (night.elevation === elevation && night.passages.midnight === midnight) {
			return night.passages;
		}
	}
	const found = passages(midnight, place.latitude, place.longitude, elevation);
	cache.nights = cache.nights.filter((night) => night.elevation !== elevation).slice(-3);
	cache.nights.push({ elevation, passages: found });
	return found;
}

/** night(h, m) at a date, and how long it stays so. */
function nightAt(
	cache: SunCache,
	place: Place,
	utc: number,
	elevation: number,
	wider: number,
): { isNight: boolean; changesIn: number } {
	const midnight = midnightOf(utc, place.longitude);
	const { from, until } = nightBetween(cached(cache, place, midnight, elevation), wider);
	if (utc < from) return { isNight: false, changesIn: from - utc };
	if (utc < until) return { isNight: true, changesIn: until - utc };
	// The next night of the sun has its own passages.
	return { isNight: false, changesIn: Math.max(1, midnight + 43_200_000 - utc) };
}

export function darkness(
	verdict: Verdict,
	date: { readonly utc: number; readonly error: number } | undefined,
	place: Place,
	cache: SunCache,
): Darkness {
	const by = (
		isDark: boolean,
		because: Darkness["because"],
		changesIn: number,
		clockShowsDay = false,
	): Darkness => ({ isDark, because, clockShowsDay, changesIn });
	if (verdict === "night") return by(true, "photocell", Infinity);
	if (date === undefined) {
		return verdict === "day" ? by(false, "photocell", Infinity) : by(true, "doubt", Infinity);
	}
	if (verdict === "day") {
		const elevation = Math.min(-3, place.darkElevation);
		const sun = nightAt(cache, place, date.utc, elevation, 0);
		return by(sun.isNight, sun.isNight ? "sun" : "photocell", sun.changesIn);
	}
	if (verdict === "bright") {
		const sun = nightAt(cache, place, date.utc, place.darkElevation, 0);
		return by(sun.isNight, "sun", sun.changesIn);
	}
	if (date.error === Infinity) {
		const sun = nightAt(cache, place, date.utc, place.darkElevation, 0);
		return by(true, "doubt", sun.changesIn, !sun.isNight);
	}
	const error = Math.floor(date.error / 60_000) * 60_000;
	const sun = nightAt(cache, place, date.utc, place.darkElevation, error);
	return by(sun.isNight, "sun", sun.changesIn);
}
