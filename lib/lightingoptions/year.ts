/** Year: figures of a lamp and year with each option, as they are handed on. */

import type { OptionName } from "./options.js";
import type { Range } from "./range.js";
import type { Traffic } from "./traffic.js";

export interface OptionYear {
	readonly name: OptionName;
	/** The option that *mixed* takes in this street. */
	readonly as?: OptionName;
	/** Of a lamp. */
	readonly energy_kWh: Range;
	/** Road users who pass at night. */
	readonly passages: number;
	/** Hours of darkness by the sun, and of these without light. */
	readonly dark_h: number;
	readonly unlit_h: number;
	/** Road users who pass the street while its lamps are out. */
	readonly unlit: Range;
	/**
	 * Share of the passages at night with less than the full class, per cent; `null`: presence, of
	 * which only a simulation shows it.
	 */
	readonly below: number | null;
}

/** The years of all options in one street. */
export interface StreetYear {
	readonly year: number;
	/** Power of the LED at full, and of the old lamp, watts. */
	readonly ledPower_W: number;
	readonly oldLampPower_W: number;
	readonly traffic: Traffic;
	/** Days of which `traffic` is the mean. */
	readonly days: number;
	/** From a recording; else that of the simulator's residential street. */
	readonly isRecorded: boolean;
	readonly options: readonly OptionYear[];
}

/** Road users on an average night of the year, from dusk to dawn. */
export function passagesANight({ options }: StreetYear): number {
	const { passages } = options.find(({ name }) => name === "full")!;
	return passages / NIGHTS;
}

const NIGHTS = 365;
