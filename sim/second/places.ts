/**
 * Places: the settings that a kind of place sets at the console.
 *
 * Follows docs/places.md, the table; docs/light.md, A trial at the pole (1).
 */
import type { Value } from "./settings.js";

type Kind = Readonly<Record<string, Readonly<Record<string, Value>>>>;

function kind(
	full: string,
	floor: string,
	hold: number,
	linger: number,
	program: string,
	program2: string,
	calendar: string,
	others: Readonly<Record<string, Value>> = {},
): Kind {
	const light = {
		fullClass: full,
		floorClass: floor,
		floorLevel: 20,
		lightProtected: false,
		sensorEffect: "max",
		hold,
		linger,
		...others,
	};
	return { light, calendar: { program, program2, calendar } };
}

export const PLACES: Readonly<Record<string, Kind>> = {
	residential: kind(
		"P4",
		"P6",
		30,
		30,
		"sunset P4; 22:00 P5; 00:00 P6; 05:30 P4; sunrise 0",
		"",
		"",
	),
	shopping: kind(
		"P2",
		"P4",
		30,
		60,
		"sunset P2; 20:00 P3; 23:00 P4; 06:00 P3; sunrise 0",
		"market: sunset P2; 23:00 P4; 04:30 P2; sunrise 0",
		"Fri: market",
	),
	school: kind(
		"P3",
		"P6",
		30,
		30,
		"sunset P3; 19:00 P5; 23:00 P6; 06:30 P3; sunrise 0",
		"holidays: sunset P5; 23:00 P6; sunrise 0",
		"07-05..08-24,12-24..01-03,holiday: holidays",
	),
	crossing: kind("C3", "C5", 30, 30, "sunset C3; sunrise 0", "", "", { lightProtected: true }),
	park: kind("P5", "P6", 60, 60, "sunset P5; 23:00 P6; 06:00 P5; sunrise 0", "", ""),
	square: kind(
		"P2",
		"P4",
		45,
		60,
		"sunset P2; 00:30 P4; 04:30 P2; sunrise 0",
		"weekend: sunset P2; 02:30 P4; 04:30 P2; sunrise 0",
		"Fri,Sat,eve: weekend",
	),
	throughRoad: kind(
		"M4",
		"M6",
		30,
		30,
		"sunset M4; 22:00 M5; 00:00 M6; 05:30 M4; sunrise 0",
		"",
		"",
		{ sensorEffect: "none" },
	),
	darkCorridor: kind(
		"P5",
		"percent",
		20,
		10,
		"sunset P5; 22:00 P6; 06:00 P5; sunrise 0",
		"season: sunset P6; 22:00 out set P6 hold 15; sunrise 0",
		"03-15..10-31: season",
		{ floorLevel: 0 },
	),
};
