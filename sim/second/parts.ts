/**
 * Parts: how the two halves of the second lamp meet. Types only.
 *
 * The light half (light, presence, program, fade, relay, darkness) asks the facts half (settings,
 * orders, dates, broker, console, neighbours) for what is in force at an instant.
 */

import type { Millis, Percent, UtcMillis } from "../../src/units.js";
import type { Reply } from "./heard.js";

/**
 * The settings in force: of each section of docs/settings.md all values, in the units of that page, with
 * the defaults filled in: `settings.light.hold` is seconds, `settings.light.fullLevel` per cent.
 */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What a standing order asks for (docs/light.md, Who wins). */
export interface Ordered {
	/** Of the chain: the order's id, or what docs/light.md says. */
	readonly source: string;
	readonly level: Percent;
	/** `rampToLevelTime`, ms; undefined: the lamp's own times. */
	readonly ramp: Millis | undefined;
	readonly belowFloor: boolean;
	readonly inhibitSensors: boolean;
}

/** The step of identify or of a self-test that runs. The light half computes its level when `step` is new. */
export interface SequenceStep {
	/** The order's id. */
	readonly source: string;
	/** Share of the way from the least level to the full one, 0 to 1. */
	readonly share: number;
	/** Differs for each step of each sequence. */
	readonly step: number;
	/** ms */
	readonly ramp: Millis;
}

/** What the light half tells after each decision. */
export interface DecisionTold {
	/** The level that it heads for, after all limits. */
	readonly level: Percent;
	readonly isDark: boolean;
}

/** A reply of the facts half; `explain` is completed by the light half (notes.md). */
export interface ReplyToFill extends Reply {
	readonly explainAt?: "now" | UtcMillis;
	/** The instant of `explainAt` on the monotonic clock. */
	readonly explainInstant?: Millis;
}

/** The facts in force at the instant of a decision. */
export interface Facts {
	readonly settings: Settings;
	/** Counts up with each change of the settings in force, so that what follows from them is computed anew. */
	readonly settingsCount: number;
	/** Identify or self-test; it comes before `override`. */
	readonly sequence: SequenceStep | undefined;
	/** The order `override`, or else maintenance. */
	readonly override: Ordered | undefined;
	readonly emergency: Ordered | undefined;
	/** A volume of traffic that was given by an order, road users an hour. */
	readonly givenVolume: number | undefined;
	/** The clock by which the program runs; undefined: none. */
	readonly program:
		| {
				readonly utc: UtcMillis;
				/** Its greatest error, ms. */
				readonly error: Millis;
				/** Assumed from learnt nights. */
				readonly isAssumed: boolean;
		  }
		| undefined;
	/** The date that darkness goes by, and how far it may be from the truth; Infinity: nobody vouches for it. */
	readonly date: { readonly utc: UtcMillis; readonly error: Millis } | undefined;
	/** A witness vouches for the clock by which the program runs. */
	readonly isCorroborated: boolean;
	/** Neighbours ask for light until this instant (-Infinity: they do not), at `neighbourLevel`. */
	readonly comingUntil: Millis;
	/** When time alone changes one of these facts; Infinity: never. */
	readonly dueAt: Millis;
	/** The date's clock jumped since the last decision. */
	readonly hasJumped: boolean;
}

/** A link of the chain. */
export interface Link {
	readonly by: string;
	readonly level: number;
	readonly source?: string;
}
