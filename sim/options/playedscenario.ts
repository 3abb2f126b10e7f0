/** Played scenario: a scenario as it is written, offered and captioned. Types only. */
import type { Today } from "../../lib/lightingoptions/options.js";
import type { Values } from "./values.js";

/** A text in both languages. */
export interface Both {
	readonly en: string;
	readonly fr: string;
}

export interface ScenarioName {
	readonly name: string;
	readonly title: Both;
	readonly what: Both;
	/** It has captions and is meant to be watched. */
	readonly isPlayed: boolean;
}

export interface PlayedScenario extends ScenarioName {
	/** The same street with this option is shown beside it, in the place of the old lamps. */
	readonly beside: Today | undefined;
	/** Each stands from its instant on, UTC, ms. */
	readonly captions: readonly (Both & { readonly utc: number })[];
	/** End of the last one, UTC, ms. */
	readonly end: number;
}

/** The state that a caption states for its instant, by the world and the broker. */
export interface Fact {
	/** Lamps from 1, all, or those near a road user. */
	readonly lamps?: readonly number[] | "all" | "someone";
	/** Light of these lamps, per cent. */
	readonly least?: number;
	readonly most?: number;
	/** A fault that stands, an event that was reported, and of which lamp. */
	readonly fault?: string;
	readonly event?: string;
	readonly lamp?: number;
	readonly online?: "all";
}

export interface Caption extends Both {
	/** Virtual ms. */
	readonly at: number;
	readonly fact: Fact;
}

/** From that instant on, virtual ms, the street runs at this speed. */
interface Pace {
	readonly at: number;
	readonly speed: number;
}

export interface NamedScenario {
	readonly title: Both;
	/** Its purpose, in a line. */
	readonly what: Both;
	readonly beside: Today | undefined;
	/** Options in the form of the command line, without `--`. */
	readonly options: Values;
	/** Empty: it is not played on the page. */
	readonly play: readonly Pace[];
	readonly captions: readonly Caption[];
}
