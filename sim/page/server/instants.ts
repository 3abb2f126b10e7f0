/** Instants: where a jump of the page leads to: the next dusk, clock time or dawn. */
import { DAY, MINUTE } from "../../../lib/spans.js";
import { readInstant, type Zone } from "../../../lib/zone.js";
import { crossing, HORIZON } from "../../world/sun.js";
import { LATITUDE, LONGITUDE } from "../../world/world.js";

/** Before sunset and after it: the lamps light while somebody watches; and before sunrise. */
const BEFORE_DUSK = 10 * MINUTE;
const BEFORE_DAWN = 25 * MINUTE;
/** A jump to where the street is already leads to the next one. */
const LEAST = MINUTE;

/** UTC, ms, of the next such instant after `utc`; undefined for no such word. */
export function instantOf(where: unknown, utc: number, zone: Zone): number | undefined {
	for (let day = -1; day <= 2; day++) {
		const at = on(where, utc + day * DAY, zone);
		if (at !== undefined && at >= utc + LEAST) return at;
	}
	return undefined;
}

/** The instant on the civil day of `utc`. */
function on(where: unknown, utc: number, zone: Zone): number | undefined {
	const date = new Date(zone.localOf(utc)).toISOString().slice(0, 10);
	const clock = (time: string) => readInstant(`${date}T${time}:00`, zone);
	const noon = clock("12:00");
	if (noon === undefined) return undefined;
	if (where === "22") return clock("22:00");
	if (where === "02") return clock("02:00");
	if (where === "dusk") {
		const sunset = crossing(noon, noon + DAY / 2, HORIZON, LATITUDE, LONGITUDE);
		return sunset && sunset - BEFORE_DUSK;
	}
	if (where !== "dawn") return undefined;
	const sunrise = crossing(noon - DAY / 2, noon, HORIZON, LATITUDE, LONGITUDE);
	return sunrise && sunrise - BEFORE_DAWN;
}
