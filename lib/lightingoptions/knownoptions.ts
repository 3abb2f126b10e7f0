/**
 * Known options: energy and time below full class of the options in `docs/energy.md`
 * (tests/lib/lightingoptions/knownoptions.test.ts compares both).
 */

import type { OptionName } from "./options.js";
import { type Range, rangeOf, spreadOf } from "./range.js";
import type { OptionYear } from "./year.js";

interface KnownOption {
	readonly option: OptionName;
	/** Per cent of full class all night. */
	readonly energy: number;
	/** Per cent of the time of persons under a lamp; with half and twice the traffic. */
	readonly below: number;
	readonly half: number;
	readonly twice: number;
}

export const KNOWN_OPTIONS: readonly KnownOption[] = [
	{ option: "full", energy: 100, below: 0, half: 0, twice: 0 },
	{ option: "profile", energy: 73, below: 14.2, half: 14.2, twice: 14.2 },
	{ option: "off", energy: 65.1, below: 4.1, half: 4, twice: 4.1 },
	{ option: "weeknights", energy: 75.1, below: 2.1, half: 2.2, twice: 2.1 },
	{ option: "hourly", energy: 59.1, below: 43.5, half: 94.2, twice: 20.5 },
	{ option: "presence", energy: 62.1, below: 19.7, half: 27.9, twice: 11.4 },
	{ option: "neighbours", energy: 65.4, below: 1.4, half: 2.1, twice: 0.7 },
];

/** Road users of the week. */
export const KNOWN_USERS = 3690;

/** Time below full class: half and twice the traffic, and twice the standard error of the users. */
export function belowKnown(name: OptionName): Range {
	const { below, half, twice } = KNOWN_OPTIONS.find(({ option }) => option === name)!;
	const share = below / 100;
	const error = 200 * Math.sqrt((share * (1 - share)) / KNOWN_USERS);
	const [down, up] = spreadOf(below, half, twice);
	return rangeOf(below, { traffic: [Math.hypot(down, error), Math.hypot(up, error)] });
}

/**
 * Share of the road users of a year who pass with less than the full class, per cent, the same on the
 * page and in the report. An option by the clock has it from this street's traffic; presence from the
 * recorded week, because only a simulation shows it.
 */
export function belowIn({ name, as, below }: OptionYear): Range {
	return below === null ? belowKnown(as ?? name) : rangeOf(below, {});
}
