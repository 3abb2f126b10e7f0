/** Shown: the part of the night that the timeline's charts show. */
import type { LogEntry } from "../../../results/logentry.js";
import type { Speech } from "../words.js";
import type { Night } from "./history.js";

/** Seconds UTC. */
export type Range = readonly [from: number, to: number];

export interface Shown {
	readonly night: Night | undefined;
	readonly speech: Speech;
	readonly range: Range | undefined;
	readonly log: readonly LogEntry[];
	readonly chosen: number | undefined;
	readonly instant: number | undefined;
}
