/**
 * Record: what a lamp knows of its images over a restart: which runs, which is on trial, which failed.
 *
 * One line of text, fields apart by spaces, `-` where there is none:
 * `1 COUNTER KEY IMAGE FAILED TRIAL VERSION TRIAL-COUNTER TRIAL-KEY POWER-LOSSES`.
 */
import { frozen } from "../frozen.js";

/** An image that was activated and neither kept nor gone back from yet. */
export interface Trial {
	readonly image: string;
	readonly version: string;
	readonly counter: number;
	readonly key: number;
}

export interface UpdateRecord {
	/** The highest of the images kept here. */
	readonly counter: number;
	/** Id of the key of the latest one; 0: none was kept. */
	readonly key: number;
	/** Id of the image that was kept last; empty: none was. */
	readonly image: string;
	/** Ids of images that failed, the latest last. */
	readonly failed: readonly string[];
	readonly trial: Trial | undefined;
	/** Trials in a row that a loss of power ended, which is not the image's fault. */
	readonly powerLosses: number;
}

export const NOTHING_KEPT: UpdateRecord = frozen({
	...{ counter: 0, key: 0, image: "", failed: [], trial: undefined, powerLosses: 0 },
});

const VERSION = "1";
const NONE = "-";
const FIELDS = 10;
/** Images that one does not want back: more is a city that should stop and think. */
export const FAILED_MOST = 4;

/** Total: what is no record is an empty one. */
export function parseRecord(text: string | undefined): UpdateRecord {
	const fields = text === undefined ? [] : text.split(" ");
	if (fields.length !== FIELDS || fields[0] !== VERSION) return NOTHING_KEPT;
	const numbers = [fields[1], fields[2], fields[7], fields[8], fields[9]].map(Number);
	if (!numbers.every((number) => Number.isInteger(number) && number >= 0)) return NOTHING_KEPT;
	const [counter, key, trialCounter, trialKey, powerLosses] = numbers as [
		...[number, number, number, number, number],
	];
	const [image, failed, trial, version] = fields.slice(3, 7).map(orEmpty) as [
		...[string, string, string, string],
	];
	return {
		...{ counter, key, image, powerLosses },
		failed: failed === "" ? [] : failed.split(","),
		trial:
			trial === "" ? undefined : { image: trial, version, counter: trialCounter, key: trialKey },
	};
}

export function textOf(record: UpdateRecord): string {
	const { counter, key, image, failed, trial, powerLosses } = record;
	const tried = trial ? [trial.image, trial.version, trial.counter, trial.key] : [NONE, NONE, 0, 0];
	const first = [VERSION, counter, key, image || NONE, failed.join(",") || NONE];
	return [...first, ...tried, powerLosses].join(" ");
}

/** Never to be fetched again. */
export function withFailed(failed: readonly string[], image: string): readonly string[] {
	const others = failed.filter((one) => one !== image);
	return [...others, image].slice(-FAILED_MOST);
}

function orEmpty(field: string): string {
	return field === NONE ? "" : field;
}
