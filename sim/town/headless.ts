/**
 * Headless: the nights of a town without its page: made, kept, and printed as a table.
 */
import { FAILED } from "../cli/ending.js";
import type { Options } from "../cli/options.js";
import { writeExampleNights } from "./file.js";
import { TOWN_WAYS } from "./nights.js";
import { servedNight } from "./serve.js";
import type { TownDesks } from "./towndesk.js";

type Print = (line: string) => void;

/** Makes the nights that are missing. @returns the exit code */
export async function makeNights(
	{ town: word }: Pick<Options, "town">,
	desks: TownDesks,
	print: Print,
): Promise<number> {
	const { desk } = desks;
	for (const line of kindLines(desk)) print(line);
	await desk.begin();
	if (desk.failure !== undefined) {
		process.stderr.write(`the nights failed: ${desk.failure}\n`);
		return FAILED;
	}
	for (const line of figureLines(desk)) print(line);
	if (word === "example") print(`nights: ${writeExampleNights(desk.nights)} bytes`);
	return 0;
}

function* kindLines({ about }: TownDesks["desk"]): Iterable<string> {
	for (const [nth, kind] of about.kinds.kinds.entries()) {
		const { place, isRoad, vehicles, isCounted, lamps, spacing_m, streets, lights } = kind;
		const traffic = `${vehicles} vehicles a day${isCounted ? "" : " (assumed)"}`;
		const size = `${lamps} lamps at ${spacing_m} m`;
		yield `kind ${nth}: ${place}${isRoad ? " of class M" : ""}, ${traffic}, ${size}; ${streets} streets, ${lights} lights`;
	}
}

/** The town in each way. */
function* figureLines({ about, nights, years }: TownDesks["desk"]): Iterable<string> {
	for (const way of TOWN_WAYS) {
		if (!nights.ways[way]) continue;
		const row = servedNight(about, nights, way, years).figures.at(-1)!;
		const { meanLevel, passagesDark, darkHours, belowClass_h, mwhYear } = row;
		const energy = mwhYear ? `, ${Math.round(mwhYear.mid)} MWh a year` : "";
		yield `${way}: mean level ${meanLevel} %, ${Math.round(passagesDark.mid)} passages in the dark, ${darkHours.mid.toFixed(2)} dark hours, ${Math.round(belowClass_h.mid)} person-hours below class${energy}`;
	}
}
