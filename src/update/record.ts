/**
 * Record: the images of a lamp over a restart: which runs, which is on trial, which failed.
 *
 * One line of text, fields separated by spaces, `-` for an absent one:
 * `1 COUNTER KEY IMAGE RUNS FAILED TRIAL VERSION TRIAL-COUNTER TRIAL-KEY POWER-LOSSES`.
 */
import { frozen } from "../frozen.js";

/** An image that was activated and is neither kept nor reverted yet. */
export interface Trial {
	readonly image: string;
	readonly version: string;
	readonly counter: number;
	readonly key: number;
}

export interface UpdateRecord {
	/** The highest counter of the images kept here. */
	readonly counter: number;
	/** Id of the key that signed the image kept last; 0: none was kept. */
	readonly key: number;
	/** Id of the image kept last; empty: none was kept, or another was flashed over the cable since. */
	readonly image: string;
	/**
	 * Version of the image that ran, beyond its probation, when this was written; empty: none was
	 * written. If another version runs now, its image was flashed over the cable.
	 */
	readonly runs: string;
	/** Ids of images that failed, the latest last. */
	readonly failed: readonly string[];
	readonly trial: Trial | undefined;
	/** Trials in a row that ended with a loss of power; they do not count as failures of the image. */
	readonly powerLosses: number;
}

export const NOTHING_KEPT: UpdateRecord = frozen({
	counter: 0,
	key: 0,
	image: "",
	runs: "",
	failed: [],
	trial: undefined,
	powerLosses: 0,
});

const VERSION = "1";
const NONE = "-";
const FIELDS = 11;
/** Enough failed images to remember: a CMS with more should stop its rollouts. */
export const FAILED_MOST = 4;

/** Parses a record. Total: an invalid text gives an empty record. */
export function parseRecord(text: string | undefined): UpdateRecord {
	const fields = text === undefined ? [] : text.split(" ");
	if (fields.length !== FIELDS || fields[0] !== VERSION) return NOTHING_KEPT;
	const numbers = [fields[1], fields[2], ...fields.slice(8)].map(Number);
	if (!numbers.every((number) => Number.isInteger(number) && number >= 0)) return NOTHING_KEPT;
	const [counter, key, trialCounter, trialKey, powerLosses] = numbers as [
		...[number, number, number, number, number],
	];
	const [image, runs, failed, trial, version] = fields.slice(3, 8).map(orEmpty) as [
		...[string, string, string, string, string],
	];
	return {
		counter,
		key,
		image,
		runs,
		powerLosses,
		failed: failed === "" ? [] : failed.split(","),
		trial:
			trial === "" ? undefined : { image: trial, version, counter: trialCounter, key: trialKey },
	};
}

export function textOf(record: UpdateRecord): string {
	const { counter, key, image, runs, failed, trial, powerLosses } = record;
	const tried = trial ? [trial.image, trial.version, trial.counter, trial.key] : [NONE, NONE, 0, 0];
	const first = [VERSION, counter, key, image || NONE, runs || NONE, failed.join(",") || NONE];
	return [...first, ...tried, powerLosses].join(" ");
}

/**
 * The record as it applies to an image beyond its probation, of this `version`. If `runs` is empty
 * or differs, the running image came over the cable. Counter, key and failures stay, so an image
 * over the cable does not lift them.
 */
export function underVersion(record: UpdateRecord, version: string): UpdateRecord {
	return record.runs === version ? record : { ...record, image: "", runs: version };
}

/** Adds an image that must not be downloaded again. */
export function withFailed(failed: readonly string[], image: string): readonly string[] {
	const others = failed.filter((failedImage) => failedImage !== image);
	return [...others, image].slice(-FAILED_MOST);
}

function orEmpty(field: string): string {
	return field === NONE ? "" : field;
}
