/**
 * Year: `npm run bench -- energy --year`: one lamp of 37 W in Charleroi through a year, by option,
 * in three streets and in a commune made of them.
 *
 * By the firmware's own forecast of each night and the stated traffic (lib/firmware/optionyear.ts); no
 * machine is run, so it takes seconds.
 */

import { optionYear, streetLamp } from "../../lib/firmware/optionyear.js";
import {
	CLASS_LEVELS,
	FLOOR,
	LIGHTING_OPTIONS,
	type OptionName,
	optionOf,
} from "../../lib/lightingoptions/options.js";
import type { Traffic } from "../../lib/lightingoptions/traffic.js";
import type { OptionYear } from "../../lib/lightingoptions/year.js";

export const YEAR = 2026;
/** Charleroi, Belgium. */
export const CHARLEROI = { latitude: 50.41, longitude: 4.44 };
/**
 * Road users at a lamp of a side street by hour of the wall clock, from midnight: 80 in the busiest
 * hour, two in the emptiest.
 */
const SIDE_STREET: Traffic = [
	4, 2, 2, 2, 2, 6, 16, 44, 64, 36, 32, 36, 40, 38, 42, 54, 72, 80, 56, 38, 26, 16, 10, 6,
];
/** Streets of the commune: traffic against the side street, and share of the lamps. */
const STREETS = [
	{ name: "lane", factor: 1 / 16, share: 0.5 },
	{ name: "side street", factor: 1, share: 0.4 },
	{ name: "main street", factor: 4, share: 0.1 },
] as const;

/** Options that are shown with a floor of P6, too: the same floor for both. */
const LOWER: readonly OptionName[] = ["profile", "neighbours"];
const P6 = CLASS_LEVELS[3];

/** An option in each of the streets. */
export function inStreets(name: OptionName, floor = FLOOR): readonly OptionYear[] {
	const lamp = streetLamp(CHARLEROI);
	return STREETS.map(({ factor }) =>
		optionYear(
			name,
			lamp,
			YEAR,
			SIDE_STREET.map((count) => factor * count),
			floor,
		),
	);
}

/** The mean lamp of the commune. */
function mean(years: readonly OptionYear[], of: (optionYear: OptionYear) => number): number {
	return years.reduce((sum, year, index) => sum + STREETS[index]!.share * of(year), 0);
}

/** The table of docs/energy.md. */
export function* yearLines(): Iterable<string> {
	yield `one lamp of 37 W, Charleroi, ${YEAR}; modelled energy is not a bill\n`;
	const streets = STREETS.map(({ name }) => `${name}, kWh`).join(" | ");
	yield `| option | ${streets} | commune, kWh | passages without light | without light, h | controllers |`;
	yield "|---|---:|---:|---:|---:|---:|---:|---:|";
	const rows = LIGHTING_OPTIONS.flatMap(({ name, title }) => [
		{ name, title: title.en, floor: FLOOR },
		...(LOWER.includes(name) ? [{ name, title: `${title.en}, floor P6`, floor: P6 }] : []),
	]);
	for (const { name, title, floor } of rows) {
		const years = inStreets(name, floor);
		const cells = years.map(({ energy_kWh: { low, mid, high } }) => span(low, mid, high));
		const all = (of: (optionYear: OptionYear) => number) => mean(years, of);
		const fitted = all((optionYear) =>
			optionOf(optionYear.as ?? optionYear.name).hasNode ? 100 : 0,
		);
		const rest = [
			span(
				all((optionYear) => optionYear.energy_kWh.low),
				all((optionYear) => optionYear.energy_kWh.mid),
				all((optionYear) => optionYear.energy_kWh.high),
			),
			span(
				all((optionYear) => optionYear.unlit.low),
				all((optionYear) => optionYear.unlit.mid),
				all((optionYear) => optionYear.unlit.high),
			),
			all((optionYear) => optionYear.unlit_h).toFixed(0),
			`${fitted.toFixed(0)} %`,
		];
		yield `| ${title} | ${[...cells, ...rest].join(" | ")} |`;
	}
}

/** `71 (57-87)`; a figure without a range alone. */
function span(low: number, mid: number, high: number): string {
	const [from, middle, to] = [low, mid, high].map((value) => value.toFixed(0));
	return from === to ? middle! : `${middle} (${from}-${to})`;
}
