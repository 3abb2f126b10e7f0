/** Places: the zone rules of 32 places, as POSIX TZ strings. */
import type { Zone } from "../../src/time/zone.js";
import { isZoneRejection, parseZone } from "../../src/time/zonetext.js";

/** A zone that is known to be one. */
export function zone(text: string): Zone {
	const parsed = parseZone(text);
	if (isZoneRejection(parsed)) throw new Error(`${text}: ${parsed.why} at ${parsed.where}`);
	return parsed;
}

/**
 * The footers of the IANA database's files (2026b) for places whose rule has not changed since 2024,
 * so that every copy of the database that a Node brings says the same.
 */
export const PLACES: [name: string, text: string][] = [
	["Europe/Brussels", "CET-1CEST,M3.5.0,M10.5.0/3"],
	["Europe/London", "GMT0BST,M3.5.0/1,M10.5.0"],
	["Europe/Dublin", "IST-1GMT0,M10.5.0,M3.5.0/1"], // winter is the daylight time, and negative
	["Europe/Lisbon", "WET0WEST,M3.5.0/1,M10.5.0"],
	["Europe/Helsinki", "EET-2EEST,M3.5.0/3,M10.5.0/4"],
	["Europe/Athens", "EET-2EEST,M3.5.0/3,M10.5.0/4"],
	["Europe/Istanbul", "<+03>-3"],
	["Atlantic/Azores", "<-01>1<+00>,M3.5.0/0,M10.5.0/1"],
	["Africa/Cairo", "EET-2EEST,M4.5.5/0,M10.5.4/24"], // hour 24 of a Thursday
	["Africa/Lagos", "WAT-1"],
	["Asia/Jerusalem", "IST-2IDT,M3.4.4/26,M10.5.0"], // hour 26
	["Asia/Beirut", "EET-2EEST,M3.5.0/0,M10.5.0/0"],
	["Asia/Tehran", "<+0330>-3:30"],
	["Asia/Kolkata", "IST-5:30"],
	["Asia/Kathmandu", "<+0545>-5:45"],
	["Asia/Tokyo", "JST-9"],
	["Asia/Riyadh", "<+03>-3"],
	["America/New_York", "EST5EDT,M3.2.0,M11.1.0"],
	["America/St_Johns", "NST3:30NDT,M3.2.0,M11.1.0"],
	["America/Havana", "CST5CDT,M3.2.0/0,M11.1.0/1"],
	["America/Santiago", "<-04>4<-03>,M9.1.6/24,M4.1.6/24"],
	["America/Sao_Paulo", "<-03>3"],
	["America/Nuuk", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0"], // a negative hour: the day before
	["America/Los_Angeles", "PST8PDT,M3.2.0,M11.1.0"],
	["Australia/Sydney", "AEST-10AEDT,M10.1.0,M4.1.0/3"],
	["Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"], // half an hour of daylight time
	["Pacific/Auckland", "NZST-12NZDT,M9.5.0,M4.1.0/3"],
	["Pacific/Chatham", "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45"],
	["Pacific/Easter", "<-06>6<-05>,M9.1.6/22,M4.1.6/22"],
	["Pacific/Kiritimati", "<+14>-14"],
	["Antarctica/Troll", "<+00>0<+02>-2,M3.5.0/1,M10.5.0/3"], // two hours of daylight time
	["UTC", "UTC0"],
];
