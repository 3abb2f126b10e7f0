/** Played scenario: a scenario as it is offered and captioned. Types only. */

/** A text in both languages. */
interface Both {
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
	/** Each stands from its instant on, UTC, ms. */
	readonly captions: readonly (Both & { readonly utc: number })[];
	/** End of the last one, UTC, ms. */
	readonly end: number;
}
