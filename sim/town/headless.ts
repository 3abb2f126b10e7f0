/**
 * Headless: the nights of a town without its page: made, kept, and printed as a table.
 */
import { FAILED, WRONG_INPUT } from "../cli/ending.js";
import type { Options } from "../cli/options.js";
import { writeExampleNights } from "./file.js";
import { TOWN_WAYS } from "./nights.js";
import { servedNight } from "./serve.js";
import type { TownDesks } from "./towndesk.js";
import { streetsIn, wholeOf } from "./whole.js";

type Print = (line: string) => void;

/** Makes the nights that are missing. @returns the exit code */
export async function makeNights(
	{ town: word, whole }: Pick<Options, "town" | "whole">,
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
	if (whole !== undefined) return compare(whole, desks, print);
	if (word === "example") print(`nights: ${writeExampleNights(desk.nights)} bytes`);
	return 0;
}

/** `NAME` or `NAME:LAMPS`. @returns the exit code */
async function compare(whole: string, { desk }: TownDesks, print: Print): Promise<number> {
	const [, name = "", lamps] = /^(.*?)(?::(\d{1,6}))?$/.exec(whole) ?? [];
	const streets = streetsIn(desk, name, Number(lamps ?? Infinity));
	if (streets.length === 0) {
		process.stderr.write(
			`--whole ${whole}: no street of ${desk.about.town.districts.join(", ")}\n`,
		);
		return WRONG_INPUT;
	}
	const result = await wholeOf(desk, streets, () => {});
	print(`${name}: ${result.streets} streets, ${result.lamps} lamps, each in a machine`);
	const more = (value: number, of: number) =>
		of === 0 ? "-" : `${value >= of ? "+" : ""}${((100 * (value - of)) / of).toFixed(1)} %`;
	for (const { way, energy_kWh, byKinds_kWh, below_h, byKindsBelow_h } of result.rows) {
		const energy = `${energy_kWh.toFixed(2)} kWh, by kinds ${byKinds_kWh.toFixed(2)} (${more(byKinds_kWh, energy_kWh)})`;
		const below = `${below_h.toFixed(1)} h below class, by kinds ${byKindsBelow_h.toFixed(1)} (${more(byKindsBelow_h, below_h)})`;
		print(`${way}: ${energy}; ${below}`);
	}
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
