/** Way night: the figures of one night of a street in a way of lighting. Types only. */
import type { ComparedWay, Today } from "../../lib/ways/ways.js";
import type { UserKind } from "../world/timetable.js";

/** Figures of a street in a way of lighting, from the begin of the run on. */
export interface WayNight {
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

/** One night of the street in a way of lighting. */
export interface Outcome extends WayNight {
	readonly way: ComparedWay;
	/** The way that *mixed* takes in this street. */
	readonly as?: ComparedWay;
	readonly lamps: number;
	readonly old_kWh: number;
	/** The ways of today in the same night: played, without machines. */
	readonly today: Readonly<Record<Today, WayNight>>;
	/** Of the machines: of a way of today, the LED at full class. */
	readonly light: NightLight;
	/** Checks that were not kept. */
	readonly failed: readonly string[];
}
