/**
 * Range: a figure with its low and high end, by named and independent sources of error.
 *
 * A source moves the figure down or up by an amount; the ends are the roots of the sums of squares on
 * either side. A figure is shown with its range or not at all.
 */

/** Power of the lamp against its data sheet; traffic against the count; the model of power and presence. */
export const SOURCES = ["power", "traffic", "model"] as const;
export type Source = (typeof SOURCES)[number];

/** Per cent either way: IEC 62722-2-1 permits a luminaire 10 % more than its rated power. */
export const POWER_TOLERANCE = 10;
/** Per cent either way; no luminaire was metered. */
export const MODEL_TOLERANCE = 10;
/** Traffic of another week or street: half to twice. */
export const TRAFFIC_FACTORS = [0.5, 2] as const;

/** Amounts by which a source moves the figure; both 0 or more. */
type Spread = readonly [down: number, up: number];
export type Spreads = Readonly<Partial<Record<Source, Spread>>>;

export interface Range {
	readonly low: number;
	readonly mid: number;
	readonly high: number;
	/** Each source alone. */
	readonly by: Spreads;
}

export function rangeOf(mid: number, by: Spreads): Range {
	const end = (index: 0 | 1) => Math.hypot(...SOURCES.map((source) => by[source]?.[index] ?? 0));
	return { low: mid - end(0), mid, high: mid + end(1), by };
}

/** The spread of a figure that a source moves to either of two values. */
export function spreadOf(mid: number, ...values: readonly number[]): Spread {
	return [mid - Math.min(mid, ...values), Math.max(mid, ...values) - mid];
}

/**
 * `from` less `to`, two energies of the same lamps: its power moves both alike, the model each by
 * itself, and one's low traffic is the other's.
 */
export function savingOf(from: Range, to: Range): Range {
	const mid = from.mid - to.mid;
	const share = from.mid > 0 ? (from.by.power?.[1] ?? 0) / from.mid : 0;
	const power = Math.abs(mid) * share;
	const model = Math.hypot(from.by.model?.[1] ?? 0, to.by.model?.[1] ?? 0);
	const [fewer, more] = from.by.traffic ?? [0, 0];
	const [toFewer, toMore] = to.by.traffic ?? [0, 0];
	const traffic = spreadOf(mid, mid - fewer + toFewer, mid + more - toMore);
	return rangeOf(mid, { power: [power, power], traffic, model: [model, model] });
}

/** Of two sets of lamps: a source moves both the same way. */
export function sumOfRanges(a: Range, b: Range): Range {
	const both = (source: Source, index: 0 | 1) =>
		(a.by[source]?.[index] ?? 0) + (b.by[source]?.[index] ?? 0);
	const spreads = SOURCES.map((source) => [source, [both(source, 0), both(source, 1)]] as const);
	return rangeOf(a.mid + b.mid, Object.fromEntries(spreads));
}

/** Three digits that count: 0.283, 14.2, 85.9, 1,280. */
export function threeDigits(value: number): number {
	return value === 0 ? 0 : Number(value.toPrecision(3));
}

/** Decimals with which three digits of a value are written. */
export function decimalsOf(value: number): number {
	const size = Math.abs(threeDigits(value));
	if (size === 0) return 0;
	return Math.max(0, Math.min(3, 2 - Math.floor(Math.log10(size))));
}
