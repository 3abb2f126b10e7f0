/**
 * Headless: simulates the nights of a town without its page, keeps them, and prints the figures as
 * text.
 */
import { writeFileSync } from "node:fs";
import { INPUTS, type Price } from "../lib/lightingoptions/money.js";
import { TODAY } from "../lib/lightingoptions/options.js";
import type { Range } from "../lib/lightingoptions/range.js";
import { languageOf } from "../lib/text/bilingual.js";
import type { Zone } from "../lib/zone.js";
import { FAILED, WRONG_INPUT } from "../sim/cli/ending.js";
import { readPress } from "../sim/files/press.js";
import type { Options } from "../sim/options/options.js";
import type { TownReport } from "../sim/options/townpart.js";
import { TOWN_OPTIONS } from "./nights/townnights.js";
import { streetsIn, wholeOf } from "./nights/wholedistrict.js";
import { townReport } from "./report/townreport.js";
import { hasOldLamps, servedNight } from "./server/encoded.js";
import type { TownServer } from "./server/townserver.js";
import { writeExampleNights } from "./townargument.js";

type Print = (line: string) => void;

/** Makes the nights that are missing. @returns the exit code */
export async function makeNights(
	{
		town: word,
		whole: wholeDistrict,
		report,
		zone,
	}: Pick<Options, "town" | "whole" | "report" | "zone">,
	townServer: TownServer,
	print: Print,
): Promise<number> {
	const { shownTown } = townServer;
	if (report?.from === "sodium" && !hasOldLamps(shownTown.about.town)) {
		process.stderr.write(
			`--from sodium: the file names no old lamp with its watts, so its energy is not known. Give the columns of lamp and power (docs/town.md), or another option of today: ${TODAY.join(", ")}\n`,
		);
		return WRONG_INPUT;
	}
	for (const line of typicalLines(shownTown)) print(line);
	await shownTown.begin();
	if (shownTown.failure !== undefined) {
		process.stderr.write(`the nights failed: ${shownTown.failure}\n`);
		return FAILED;
	}
	for (const line of figureLines(shownTown)) print(line);
	if (wholeDistrict !== undefined) return compare(wholeDistrict, townServer, print);
	if (report) return writeReport(report, word!, zone, townServer, print);
	if (word === "example") print(`nights: ${writeExampleNights(shownTown.nights)} bytes`);
	return 0;
}

/** The report of a decision. @returns the exit code */
function writeReport(
	{ file, from, prices, vat }: TownReport,
	word: string,
	zone: Zone,
	{ shownTown }: TownServer,
	print: Print,
): number {
	const { about, nights, years } = shownTown;
	const language = languageOf(process.env);
	const parts = [
		`--town ${word}`,
		`--from ${from}`,
		vat && `--vat ${vat}`,
		...INPUTS.map((name) => prices[name] && `--${name} ${textOf(prices[name])}`),
		`--lang ${language}`,
	];
	const command = `npx luminode report --decision ${parts.filter(Boolean).join(" ")}`;
	const given = { about, nights, years, zone, from, prices, vat, command, ...readPress() };
	try {
		writeFileSync(file, townReport(given, language));
	} catch (error) {
		process.stderr.write(`--report ${file}: ${(error as Error).message}\n`);
		return FAILED;
	}
	print(file);
	return 0;
}

const textOf = ({ low, high, dated }: Price): string =>
	`${low === high ? low : `${low}..${high}`}@${dated}`;

/** `NAME` or `NAME:LAMPS`. @returns the exit code */
async function compare(
	wholeDistrict: string,
	{ shownTown }: TownServer,
	print: Print,
): Promise<number> {
	const [, name = "", lamps] = /^(.*?)(?::(\d{1,6}))?$/.exec(wholeDistrict) ?? [];
	const streets = streetsIn(shownTown, name, Number(lamps ?? Infinity));
	if (streets.length === 0) {
		process.stderr.write(
			`--whole ${wholeDistrict}: no street of ${shownTown.about.town.districts.join(", ")}\n`,
		);
		return WRONG_INPUT;
	}
	const result = await wholeOf(shownTown, streets, () => {});
	print(`${name}: ${result.streets} streets, ${result.lamps} lamps, each in a machine`);
	const more = (value: number, of: number) =>
		of === 0 ? "-" : `${value >= of ? "+" : ""}${((100 * (value - of)) / of).toFixed(1)} %`;
	for (const { option, energy_kWh, byTypical_kWh, below_h, byTypicalBelow_h } of result.rows) {
		const energy = `${energy_kWh.toFixed(2)} kWh, by typical streets ${byTypical_kWh.toFixed(2)} (${more(byTypical_kWh, energy_kWh)})`;
		const below = `${below_h.toFixed(1)} h below class, by typical streets ${byTypicalBelow_h.toFixed(1)} (${more(byTypicalBelow_h, below_h)})`;
		print(`${option}: ${energy}; ${below}`);
	}
	return 0;
}

function* typicalLines({ about }: TownServer["shownTown"]): Iterable<string> {
	for (const [index, typicalStreet] of about.sorted.typicalStreets.entries()) {
		const { place, isRoad, vehicles, isCounted, lamps, spacing_m, streets, lights } = typicalStreet;
		const traffic = `${vehicles} vehicles a day${isCounted ? "" : " (assumed)"}`;
		const size = `${lamps} lamps at ${spacing_m} m`;
		yield `typical street ${index}: ${place}${isRoad ? " of class M" : ""}, ${traffic}, ${size}; ${streets} streets, ${lights} lights`;
	}
}

/** The town with each option. */
export function* figureLines({
	about,
	nights,
	years,
}: Pick<TownServer["shownTown"], "about" | "nights" | "years">): Iterable<string> {
	for (const option of TOWN_OPTIONS) {
		if (!nights.options[option]) continue;
		const row = servedNight(about, nights, option, years).figures.at(-1)!;
		const {
			meanLevel,
			passagesDark,
			darkHours,
			belowClass_h,
			mwhYear,
			mwhOld,
			origin,
			yearOrigin,
		} = row;
		const energy = mwhYear ? `; ${ranged(mwhYear)} MWh a year (${yearOrigin})` : "";
		yield `${option} (${origin}): mean level ${meanLevel} %, ${ranged(passagesDark)} passages without light, ${darkHours.mid.toFixed(2)} hours without light, ${ranged(belowClass_h)} person-hours below class${energy}`;
		if (mwhOld)
			yield `sodium: the file's old lamps all night, ${ranged(mwhOld)} MWh a year (${yearOrigin})`;
	}
}

function ranged({ low, mid, high }: Range): string {
	const [from, middle, to] = [low, mid, high].map((value) => Math.round(value));
	return from === to ? `${middle}` : `${middle} (${from} to ${to})`;
}
