/**
 * Bottom line: what controllers add to the same LED dimmed by its driver, in euros a year, euros to
 * invest and years; and what every option costs in ten years.
 *
 * Prices of today hold for all years: no interest, no inflation. The middle has every input at its
 * middle; both ends are the worst and the best of all inputs together.
 */
import { INPUTS, type InputName, type Price, type Prices } from "./money.js";
import { type OptionName, optionOf } from "./options.js";
import { type Range, savingOf } from "./range.js";
import type { OptionYear } from "./year.js";

/** The same LED, dimmed by the program in its driver: nothing is bought for it. */
export const DIMMED = "profile";
/** The option that controllers are bought for. */
export const BOUGHT = "neighbours";
/** Years of the table, and of the advice. */
export const SPAN = 10;

/** A lamp's year with each option, as far as money needs it: of a street, a district or a town. */
export interface LampYear {
	readonly options: readonly Pick<OptionYear, "name" | "energy_kWh" | "unlit_h">[];
}

export interface Amount {
	readonly low: number;
	readonly mid: number;
	readonly high: number;
}

/** An input that moves the years: a price, or the energy that is saved. */
export type Mover = InputName | "saved";

export interface BottomLine {
	/** Of a lamp and year, kWh. */
	readonly saved: Range;
	/** Of all lamps, energy less connection and maintenance, EUR; undefined: the price is missing. */
	readonly yearly: Amount | undefined;
	readonly invest: Amount | undefined;
	/** Infinity: never paid back. */
	readonly years: Amount | undefined;
	readonly missing: readonly InputName[];
	/** The two inputs whose range moves the years most; fewer where the others have none. */
	readonly movers: readonly Mover[];
}

const NOTHING: Amount = { low: 0, mid: 0, high: 0 };
export const amountOf = ({ low, high }: Price): Amount => ({ low, mid: (low + high) / 2, high });
const scaled = ({ low, mid, high }: Amount, by: number): Amount => ({
	low: by * low,
	mid: by * mid,
	high: by * high,
});
const product = (a: Amount, b: Amount): Amount => {
	const ends = [a.low, a.high].flatMap((one) => [one * b.low, one * b.high]);
	return { low: Math.min(...ends), mid: a.mid * b.mid, high: Math.max(...ends) };
};
const sum = (...all: readonly Amount[]): Amount => ({
	low: all.reduce((total, { low }) => total + low, 0),
	mid: all.reduce((total, { mid }) => total + mid, 0),
	high: all.reduce((total, { high }) => total + high, 0),
});
const minus = ({ low, mid, high }: Amount): Amount => ({ low: -high, mid: -mid, high: -low });
const yearsOf = (invest: number, yearly: number): number =>
	yearly > 0 ? invest / yearly : Number.POSITIVE_INFINITY;

export const yearNamed = <Y extends { readonly name: OptionName }>(
	{ options }: { readonly options: readonly Y[] },
	wanted: OptionName,
): Y => options.find(({ name }) => name === wanted)!;

export function bottomLine(year: LampYear, prices: Prices, lamps: number): BottomLine {
	const [dimmed, bought] = [yearNamed(year, DIMMED), yearNamed(year, BOUGHT)];
	const saved = savingOf(dimmed.energy_kWh, bought.energy_kWh);
	const of = (name: InputName) => (prices[name] ? amountOf(prices[name]) : NOTHING);
	const of_a_lamp = sum(
		product(saved, of("price")),
		minus(sum(of("connection"), of("maintenance"))),
	);
	const yearly = prices.price && scaled(of_a_lamp, lamps);
	const invest = prices.node && scaled(of("node"), lamps);
	const years = yearly &&
		invest && {
			low: yearsOf(invest.low, yearly.high),
			mid: yearsOf(invest.mid, yearly.mid),
			high: yearsOf(invest.high, yearly.low),
		};
	return {
		saved,
		yearly,
		invest,
		years,
		missing: INPUTS.filter((name) => prices[name] === undefined),
		movers: years ? moversOf(saved, of) : [],
	};
}

const MOVERS = 2;

/** By the share of the investment that comes back in a year: unlike the years it has no infinity. */
function moversOf(saved: Amount, of: (name: InputName) => Amount): readonly Mover[] {
	const share = (changed: Mover | undefined, end: "low" | "high") => {
		const at = (name: Mover) =>
			(name === "saved" ? saved : of(name))[name === changed ? end : "mid"];
		const gain = at("saved") * at("price") - at("connection") - at("maintenance");
		return at("node") > 0 ? gain / at("node") : 0;
	};
	const spread = (name: Mover) => Math.abs(share(name, "high") - share(name, "low"));
	return (["saved", ...INPUTS] as const)
		.filter((name) => spread(name) > 0)
		.sort((a, b) => spread(b) - spread(a))
		.slice(0, MOVERS);
}

export const COLUMNS = ["energy", "connection", "maintenance", "purchase", "total"] as const;
export type Column = (typeof COLUMNS)[number];
export type Cost = Readonly<Record<Column, Amount | undefined>>;

export interface CostRow {
	readonly year: LampYear["options"][number];
	readonly cost: Cost;
	/** One more than the options that are surely cheaper: their ranges do not overlap. 0: without a total. */
	readonly place: number;
	readonly isDarkest: boolean;
	/** No hour without light. */
	readonly isLit: boolean;
}

/** Ten years of each option, EUR of all lamps; `names`: the order of those with the same place. */
export function tenYears(
	year: LampYear,
	names: readonly OptionName[],
	prices: Prices,
	lamps: number,
): readonly CostRow[] {
	const costs = names.map((name) => {
		const optionYear = yearNamed(year, name);
		return { year: optionYear, cost: costOf(optionYear, prices, lamps) };
	});
	const darkest = Math.max(...costs.map((row) => row.year.unlit_h));
	const placeOf = ({ total }: Cost) =>
		total ? 1 + costs.filter(({ cost }) => cost.total && cost.total.high < total.low).length : 0;
	const rows = costs.map((row) => ({
		...row,
		place: placeOf(row.cost),
		isDarkest: darkest > 0 && row.year.unlit_h === darkest,
		isLit: row.year.unlit_h === 0,
	}));
	return rows.sort((a, b) => (a.place || Infinity) - (b.place || Infinity) || 0);
}

function costOf({ name, energy_kWh }: CostRow["year"], prices: Prices, lamps: number): Cost {
	const { hasNode } = optionOf(name);
	const of = (input: InputName, years: number) => {
		if (input !== "price" && !hasNode) return NOTHING;
		return prices[input] && scaled(amountOf(prices[input]), years * lamps);
	};
	const price = of("price", SPAN);
	const energy = price && product(energy_kWh, price);
	const [connection, maintenance] = [of("connection", SPAN), of("maintenance", SPAN)];
	const purchase = of("node", 1);
	const parts = [energy, connection, maintenance, purchase];
	const isWhole = parts.every((part) => part !== undefined);
	const total = isWhole ? sum(...(parts as readonly Amount[])) : undefined;
	return { energy, connection, maintenance, purchase, total };
}
