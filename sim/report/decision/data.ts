/** Data: a street's night with every option, its year, its money and its faults. */

import type { Emission, Prices, Vat } from "../../../lib/lightingoptions/money.js";
import {
	type Baseline,
	mixedOption,
	OURS,
	TODAY,
	type Today,
} from "../../../lib/lightingoptions/options.js";
import { passagesOut } from "../../../lib/lightingoptions/traffic.js";
import type { OptionYear, StreetYear } from "../../../lib/lightingoptions/year.js";
import type { Zone } from "../../../lib/zone.js";
import type { Finding } from "../../results/findings.js";
import type { NightLight, OptionNight } from "../../results/optionnight.js";
import type { HourCount } from "../data.js";
import type { Language } from "../words.js";

/** The order of the report's rows. */
export const ROWS = [...TODAY, ...OURS] as const;
export type Row = (typeof ROWS)[number];
/** An option that machines were run for. */
export const SIMULATED = ["presence", "neighbours", "hourly"] as const;
export type Simulated = (typeof SIMULATED)[number];

export interface Inputs {
	readonly prices: Prices;
	readonly emission: Emission | undefined;
	/** The commune's lighting today. */
	readonly from: Baseline;
	/** Lamps that the euros are for. */
	readonly count: number;
	readonly vat: Vat;
}

export interface DecisionData {
	readonly inputs: Inputs;
	/** Of the street. */
	readonly name: string | undefined;
	readonly lamps: number;
	readonly seed: number;
	readonly epochUtc: number;
	readonly hours: number;
	readonly zone: Zone;
	readonly place: readonly [latitude: number, longitude: number];
	readonly year: StreetYear;
	readonly nights: Readonly<Record<Simulated | Today, OptionNight>>;
	readonly lights: Readonly<Record<Simulated, NightLight>>;
	/** Begin and end of the old lamps' night, UTC, ms. */
	readonly dark: readonly [from: number, until: number];
	readonly users: readonly HourCount[];
	/** Of a night of its own, with presence shared with neighbours. */
	readonly findings: readonly Finding[];
	/** Checks that were not kept, of all runs. */
	readonly failed: readonly string[];
	readonly checks: number;
	readonly command: string;
}

export interface DecisionOptions {
	readonly language: Language;
	readonly version: string;
	/** Names of faults in the language, by the fault's own. */
	readonly faultNames: Readonly<Record<string, string>>;
	/** The style sheet, within the document; absent: a link to `/report.css`. */
	readonly style?: string;
}

/** The option that a row shows: that of *mixed* in this street, else its own. */
export function shownAs({ year }: DecisionData, row: Row): Simulated | Today {
	return row === "mixed" ? mixedOption(passagesOut(year.traffic)) : row;
}

export function yearIn({ year }: DecisionData, name: Row | "sodium"): OptionYear {
	return year.options.find((option) => option.name === name)!;
}
