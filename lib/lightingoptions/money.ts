/** Money: prices as inputs with a date, and the emissions of a kWh. */
import type { Text } from "../text/bilingual.js";

/** `node`: once for each lamp, fitted, with its sensor and a feed that stays on; the last two each year. */
export const INPUTS = ["price", "node", "connection", "maintenance"] as const;
export type InputName = (typeof INPUTS)[number];

/** A price between two ends, as of a date: `2026-11` or `2026-11-24`. */
export interface Price {
	readonly low: number;
	readonly high: number;
	readonly dated: string;
}
export type Prices = Readonly<Partial<Record<InputName, Price>>>;

/** Emissions of a kWh: as stated by a source for a year. */
export interface Emission {
	readonly g_kWh: number;
	readonly year: string;
	readonly source: string;
}

export const INPUT_TEXTS: Readonly<Record<InputName, Text & { readonly unit: Text }>> = {
	price: {
		en: "Electricity",
		fr: "Électricité",
		unit: { en: "€ a kWh", fr: "€ le kWh" },
	},
	node: {
		en: "Controller with sensor, fitted",
		fr: "Contrôleur avec capteur, posé",
		unit: { en: "€ a lamp", fr: "€ par luminaire" },
	},
	connection: {
		en: "Network connection",
		fr: "Connexion au réseau",
		unit: { en: "€ a lamp and year", fr: "€ par luminaire et par an" },
	},
	maintenance: {
		en: "Maintenance of controller and sensor",
		fr: "Maintenance du contrôleur et du capteur",
		unit: { en: "€ a lamp and year", fr: "€ par luminaire et par an" },
	},
};

/** Above this a kWh is asked about, EUR: `32` is meant as 0.32. */
export const PRICE_ASKED = 2;
/** No input is larger, EUR. */
const MOST = 100_000;

/** `60`, `60..90`, decimals with a point or a comma, and a date behind `@`; undefined: none of these. */
export function readPrice(text: string): Price | undefined {
	const found =
		/^\s*(\d+(?:[.,]\d+)?)(?:\s*\.\.\s*(\d+(?:[.,]\d+)?))?\s*@\s*(20\d\d-\d\d(?:-\d\d)?)\s*$/.exec(
			text,
		);
	if (!found) return undefined;
	const [, lowText, other, dated] = found;
	const [low, high] = [lowText!, other ?? lowText!].map((part) => Number(part.replace(",", ".")));
	if (low! > high! || high! > MOST) return undefined;
	return { low: low!, high: high!, dated: dated! };
}

/** `275@2023,ORES`: grams, year, source. */
export function readEmission(text: string): Emission | undefined {
	const found = /^\s*(\d+(?:[.,]\d+)?)\s*@\s*(20\d\d)\s*,\s*(\S.{0,79}?)\s*$/.exec(text);
	if (!found) return undefined;
	const [, grams, year, source] = found;
	return { g_kWh: Number(grams!.replace(",", ".")), year: year!, source: source! };
}

/** The two ends of an amount. */
export interface Ends {
	readonly low: number;
	readonly high: number;
}

/** Whether the prices of a sum come with VAT; "": not stated. */
export const VATS = ["", "with", "without"] as const;
export type Vat = (typeof VATS)[number];

/** kg of CO2 of an amount of energy; never without its factor. */
export function carbonOf({ low, high }: Ends, { g_kWh }: Emission): Ends {
	return { low: (low * g_kWh) / 1000, high: (high * g_kWh) / 1000 };
}
