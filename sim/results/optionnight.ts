/** Option night: the figures of one night of a street with an option. Types only. */
import type { ComparedOption, Today } from "../../lib/lightingoptions/options.js";
import type { UserKind } from "../world/timetable.js";

/** Figures of a street with an option, from the begin of the run on. */
export interface OptionNight {
	/** Of all lamps. */
	readonly energy_kWh: number;
	/** Seconds of persons under a lamp at night, and of these with less than full class. */
	readonly person_s: number;
	readonly below_s: number;
	/** Road users who passed at night; and of these a lamp that gave no light. */
	readonly passed: Readonly<Record<UserKind, number>>;
	readonly unlit: Readonly<Record<UserKind, number>>;
	/** Hours of darkness, and of these without light, the mean of the lamps. */
	readonly dark_h: number;
	readonly unlit_h: number;
}

/** The light of a night: the mean of each lamp, per cent, in steps. */
export interface NightLight {
	/** UTC, ms. */
	readonly from: number;
	readonly step: number;
	readonly rows: number;
	/** Base64 of bytes, all rows of a step, then the next. */
	readonly levels: string;
}

/** One night of the street with an option. */
export interface Outcome extends OptionNight {
	readonly option: ComparedOption;
	/** The option that *mixed* takes in this street. */
	readonly as?: ComparedOption;
	readonly lamps: number;
	readonly old_kWh: number;
	/** Today's options in the same night: played, without machines. */
	readonly today: Readonly<Record<Today, OptionNight>>;
	/** Of the machines: of an option of today, the LED at full class. */
	readonly light: NightLight;
	/** Checks that were not kept. */
	readonly failed: readonly string[];
}
