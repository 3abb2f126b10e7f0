/** Compared: which way needs least, and from which others the difference is not sure. */
import { savingOf } from "../../../../lib/ways/range.js";
import type { WayYear } from "../../../../lib/ways/year.js";

export interface Least {
	readonly least: WayYear;
	/** Ways whose range of the difference contains none. */
	readonly ties: readonly WayYear[];
}

/** Of the ways with LED; *mixed* is one of the others. */
export function leastOf(ways: readonly WayYear[]): Least | undefined {
	const led = ways.filter(({ name }) => name !== "sodium" && name !== "mixed");
	const [first, ...others] = [...led].sort((a, b) => a.energy_kWh.mid - b.energy_kWh.mid);
	if (!first) return undefined;
	const ties = others.filter((way) => savingOf(way.energy_kWh, first.energy_kWh).low <= 0);
	return { least: first, ties };
}

/** Whether `one` surely uses less than `other`: 1; more: -1; not sure: 0. */
export function verdictOf(one: WayYear, other: WayYear): -1 | 0 | 1 {
	const { low, high } = savingOf(other.energy_kWh, one.energy_kWh);
	return low > 0 ? 1 : high < 0 ? -1 : 0;
}
