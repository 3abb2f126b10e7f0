/** Data: a street's night in every way of lighting, its year, its money and its faults. */

import type { Emission, Prices } from "../../../lib/ways/money.js";
import { passagesOut } from "../../../lib/ways/traffic.js";
import { mixedWay, OURS, TODAY, type Today } from "../../../lib/ways/ways.js";
import type { StreetYear, WayYear } from "../../../lib/ways/year.js";
import type { Zone } from "../../../lib/zone.js";
import type { Finding } from "../../results/findings.js";
import type { NightLight, WayNight } from "../../results/waynight.js";
import type { HourCount } from "../data.js";
import type { Language } from "../words.js";

/** The order of the report's rows. */
export const ROWS = [...TODAY, ...OURS] as const;
export type Row = (typeof ROWS)[number];
/** A way that machines were run for. */
export const SIMULATED = ["presence", "neighbours", "hourly"] as const;
export type Simulated = (typeof SIMULATED)[number];

export interface Inputs {
	readonly prices: Prices;
	readonly emission: Emission | undefined;
	/** The way of today against which savings and years are stated. */
	readonly from: Today;
}

export interface DecisionData {
	readonly inputs: Inputs;
	readonly lamps: number;
	readonly seed: number;
	readonly epochUtc: number;
	readonly hours: number;
	readonly zone: Zone;
	readonly place: readonly [latitude: number, longitude: number];
	readonly year: StreetYear;
	readonly nights: Readonly<Record<Simulated | Today, WayNight>>;
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

/** The way that a row shows: that of *mixed* in this street, else its own. */
export function shownAs({ year }: DecisionData, row: Row): Simulated | Today {
	return row === "mixed" ? mixedWay(passagesOut(year.traffic)) : row;
}

export function yearIn({ year }: DecisionData, name: Row | "sodium"): WayYear {
	return year.ways.find((one) => one.name === name)!;
}

export function nightIn(data: DecisionData, row: Row): WayNight {
	return data.nights[shownAs(data, row)];
}
