/** Compared: which option needs least, and from which others the difference is not sure. */
import { savingOf } from "../../../../lib/lightingoptions/range.js";
import type { OptionYear } from "../../../../lib/lightingoptions/year.js";

export interface Least {
	readonly least: OptionYear;
	/** Options whose range of the difference contains none. */
	readonly ties: readonly OptionYear[];
}

/** Of the options with LED; *mixed* is one of the others. */
export function leastOf(options: readonly OptionYear[]): Least | undefined {
	const led = options.filter(({ name }) => name !== "sodium" && name !== "mixed");
	const [first, ...others] = [...led].sort((a, b) => a.energy_kWh.mid - b.energy_kWh.mid);
	if (!first) return undefined;
	const ties = others.filter((option) => savingOf(option.energy_kWh, first.energy_kWh).low <= 0);
	return { least: first, ties };
}

/** Whether `one` surely uses less than `other`: 1; more: -1; not sure: 0. */
export function verdictOf(optionYear: OptionYear, other: OptionYear): -1 | 0 | 1 {
	const { low, high } = savingOf(other.energy_kWh, optionYear.energy_kWh);
	return low > 0 ? 1 : high < 0 ? -1 : 0;
}
