/**
 * Places: the kinds of place and the settings of each, which `set place KIND` fills in.
 *
 * One reviewed table for lamp and tools (reasons: docs/places.md). A single setting that is changed
 * afterwards is a deviation from the kind; the kind itself changes nothing by its name.
 */
import type { Settings } from "./table.js";

/** The settings of a kind, in the order of its row. */
const FIELDS = Object.freeze([
	"fullClass",
	"floorClass",
	"floorLevel",
	"lightProtected",
	"sensorEffect",
	"hold",
	"linger",
	"program",
	"program2",
	"calendar",
] as const);
export type PlaceName = (typeof FIELDS)[number];

const row = (...parts: readonly string[]) => parts.join("|");

/** Kind and values, as `set` accepts them: one text a kind, so that it takes one slot of flash. */
const ROWS: readonly string[] = Object.freeze([
	row(
		"residential",
		"P4|P6|20|false|max|30|30",
		"sunset P4; 22:00 P5; 00:00 P6; 05:30 P4; sunrise 0",
		"",
		"",
	),
	row(
		"shopping",
		"P2|P4|20|false|max|30|60",
		"sunset P2; 20:00 P3; 23:00 P4; 06:00 P3; sunrise 0",
		"market: sunset P2; 23:00 P4; 04:30 P2; sunrise 0",
		"Fri: market",
	),
	row(
		"school",
		"P3|P6|20|false|max|30|30",
		"sunset P3; 19:00 P5; 23:00 P6; 06:30 P3; sunrise 0",
		"holidays: sunset P5; 23:00 P6; sunrise 0",
		"07-05..08-24,12-24..01-03,holiday: holidays",
	),
	row("crossing", "C3|C5|20|true|max|30|30", "sunset C3; sunrise 0", "", ""),
	row("park", "P5|P6|20|false|max|60|60", "sunset P5; 23:00 P6; 06:00 P5; sunrise 0", "", ""),
	row(
		"square",
		"P2|P4|20|false|max|45|60",
		"sunset P2; 00:30 P4; 04:30 P2; sunrise 0",
		"weekend: sunset P2; 02:30 P4; 04:30 P2; sunrise 0",
		"Fri,Sat,eve: weekend",
	),
	row(
		"throughRoad",
		"M4|M6|20|false|none|30|30",
		"sunset M4; 22:00 M5; 00:00 M6; 05:30 M4; sunrise 0",
		"",
		"",
	),
	row(
		"darkCorridor",
		"P5|percent|0|false|max|20|10",
		"sunset P5; 22:00 P6; 06:00 P5; sunrise 0",
		"season: sunset P6; 22:00 out set P6 hold 15; sunrise 0",
		"03-15..10-31: season",
	),
]);

/** Name and value of each setting of a kind; none for a lamp without one. */
export function valuesOfPlace(place: Settings["place"]): readonly (readonly [PlaceName, string])[] {
	const found = ROWS.find((each) => each.startsWith(`${place}|`));
	if (found === undefined) return [];
	const values = found.split("|");
	return FIELDS.map((name, index) => [name, values[index + 1]!] as const);
}
