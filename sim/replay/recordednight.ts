/**
 * Recorded messages: a recorded night and its replay, for the page. Types only.
 */

/** A recorded night that is replayed (sim/replay). Instants in UTC, ms. */
export interface RecordedNight {
	readonly node: string;
	readonly serial: string;
	readonly swVersion: string;
	/** Its times were cut to the minute. */
	readonly isBlurred: boolean;
	/** All that was recorded has been replayed. */
	readonly isOver: boolean;
	readonly lives: readonly RecordedLifeView[];
	/** The levels as recorded, and those of the replay so far. */
	readonly recorded: readonly RecordedStep[];
	readonly replayed: readonly RecordedStep[];
	/** The first one; `null`: none so far. */
	readonly difference: RecordedDifference | null;
}

interface RecordedLifeView {
	readonly from: number;
	readonly until: number;
	/** From when on the light is compared: later than `from` where the start is not recorded. */
	readonly comparedFrom: number;
	/** Inputs that were overwritten before they were saved. */
	readonly lost: number;
}

export interface RecordedStep {
	readonly utc: number;
	/** Per cent. */
	readonly level: number;
	/** The request that won. */
	readonly who: string;
}

interface RecordedDifference {
	readonly utc: number;
	readonly recorded: RecordedStep | null;
	readonly replayed: RecordedStep | null;
}
