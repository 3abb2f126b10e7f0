/**
 * Money: cost of a lamp by option, and the years until it is paid back.
 *
 * Every price is an input with a date; without one that a figure needs there is no figure. Prices of
 * today hold for all years: no interest, no inflation. Both ends of a range are the worst and the
 * best of all inputs together.
 */
import type { Text } from "../text/bilingual.js";
import type { LightingOption } from "./options.js";
import { type Range, savingOf } from "./range.js";

/** Once for each lamp, EUR. */
export const ONCE = ["node", "sensor", "fitting", "feed"] as const;
/** For each lamp and year, EUR. */
export const YEARLY = ["connection", "maintenance"] as const;
export const INPUTS = ["price", ...ONCE, ...YEARLY] as const;
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
	node: { en: "Controller", fr: "Contrôleur", unit: { en: "€ a lamp", fr: "€ par luminaire" } },
	sensor: {
		en: "Movement sensor",
		fr: "Capteur de mouvement",
		unit: { en: "€ a lamp", fr: "€ par luminaire" },
	},
	fitting: { en: "Fitting", fr: "Pose", unit: { en: "€ a lamp", fr: "€ par luminaire" } },
	feed: {
		en: "Feed that stays on",
		fr: "Alimentation permanente",
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

/** Inputs that the cost of an option needs. */
export function neededBy({ hasNode, hasSensor }: LightingOption): readonly InputName[] {
	if (!hasNode) return ["price"];
	return INPUTS.filter((name) => name !== "sensor" || hasSensor);
}

export const missingIn = (option: LightingOption, prices: Prices): readonly InputName[] =>
	neededBy(option).filter((name) => prices[name] === undefined);

/** Once for a lamp; undefined: an input is missing. */
export function fittingCost(option: LightingOption, prices: Prices): Ends | undefined {
	return sumOf(ONCE, option, prices);
}

/** Energy, connection and maintenance of a lamp in a year; undefined: an input is missing. */
export function yearlyCost(
	option: LightingOption,
	energy_kWh: Range,
	prices: Prices,
): Ends | undefined {
	const running = sumOf(YEARLY, option, prices);
	const { price } = prices;
	if (!running || !price) return undefined;
	return {
		low: energy_kWh.low * price.low + running.low,
		high: energy_kWh.high * price.high + running.high,
	};
}

function sumOf(
	names: readonly InputName[],
	option: LightingOption,
	prices: Prices,
): Ends | undefined {
	let [low, high] = [0, 0];
	for (const name of names.filter((priceName) => neededBy(option).includes(priceName))) {
		const price = prices[name];
		if (!price) return undefined;
		low += price.low;
		high += price.high;
	}
	return { low, high };
}

/**
 * Years until an option is paid back against another; Infinity: never. Undefined: an input is missing,
 * or there is nothing to pay.
 */
export function paybackOf(
	option: LightingOption,
	energy_kWh: Range,
	from: { readonly option: LightingOption; readonly energy_kWh: Range },
	prices: Prices,
): Ends | undefined {
	const cost = fittingCost(option, prices);
	const running = sumOf(YEARLY, option, prices);
	const spared = sumOf(YEARLY, from.option, prices);
	const { price } = prices;
	if (!cost || !running || !spared || !price || cost.high === 0) return undefined;
	const saving = savingOf(from.energy_kWh, energy_kWh);
	const gain = (kWh: number, perKWh: number, more: number, less: number) =>
		kWh * perKWh + less - more;
	const best = gain(
		saving.high,
		saving.high > 0 ? price.high : price.low,
		running.low,
		spared.high,
	);
	const worst = gain(saving.low, saving.low > 0 ? price.low : price.high, running.high, spared.low);
	return {
		low: best > 0 ? cost.low / best : Infinity,
		high: worst > 0 ? cost.high / worst : Infinity,
	};
}

/** kg of CO2 of an amount of energy; never without its factor. */
export function carbonOf({ low, high }: Ends, { g_kWh }: Emission): Ends {
	return { low: (low * g_kWh) / 1000, high: (high * g_kWh) / 1000 };
}
