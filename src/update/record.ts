/**
 * Record: what a lamp knows of its images over a restart: which runs, which is on trial, which failed.
 *
 * One line of text, fields apart by spaces, `-` where there is none:
 * `1 COUNTER KEY IMAGE:RUNS FAILED TRIAL VERSION TRIAL-COUNTER TRIAL-KEY POWER-LOSSES`.
 *
 * `RUNS` came later, without a field of its own: an image that is gone back from leaves its record to
 * the one before, which may know ten fields alone, and must find counter, key and failures in it. That
 * one takes `IMAGE:RUNS` for an id it does not know, and at worst fetches once what runs.
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
	/** Id of the image that was kept last; empty: none was, or another came over the cable since. */
	readonly image: string;
	/**
	 * What the image that ran for good when this was written called itself; empty: written by firmware
	 * that did not say so. Who finds another one running knows that it came over the cable.
	 */
	readonly runs: string;
	/** Ids of images that failed, the latest last. */
	readonly failed: readonly string[];
	readonly trial: Trial | undefined;
	/** Trials in a row that a loss of power ended, which is not the image's fault. */
	readonly powerLosses: number;
}

export const NOTHING_KEPT: UpdateRecord = frozen({
	...{ counter: 0, key: 0, image: "", runs: "", failed: [], trial: undefined, powerLosses: 0 },
});

const VERSION = "1";
const NONE = "-";
/** In no id and in no version (update/header.ts). */
const BEFORE_RUNS = ":";
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
	const [last, failed, trial, version] = fields.slice(3, 7).map(orEmpty) as [
		...[string, string, string, string],
	];
	const colon = last.indexOf(BEFORE_RUNS);
	return {
		...{ counter, key, powerLosses },
		image: colon < 0 ? last : orEmpty(last.slice(0, colon)),
		runs: colon < 0 ? "" : last.slice(colon + 1),
		failed: failed === "" ? [] : failed.split(","),
		trial:
			trial === "" ? undefined : { image: trial, version, counter: trialCounter, key: trialKey },
	};
}

export function textOf(record: UpdateRecord): string {
	const { counter, key, image, runs, failed, trial, powerLosses } = record;
	const tried = trial ? [trial.image, trial.version, trial.counter, trial.key] : [NONE, NONE, 0, 0];
	const last = (image || NONE) + (runs && BEFORE_RUNS + runs);
	const first = [VERSION, counter, key, last, failed.join(",") || NONE];
	return [...first, ...tried, powerLosses].join(" ");
}

/**
 * What holds of it for an image that runs for good and calls itself `version`. All that firmware with
 * `runs` keeps it writes down with it: where it is another's, or none, that image came over the cable.
 * What was kept, retired and gone back from stays so: a cable is no way round a counter or a key.
 */
export function underVersion(record: UpdateRecord, version: string): UpdateRecord {
	return record.runs === version ? record : { ...record, image: "", runs: version };
}

/** Never to be fetched again. */
export function withFailed(failed: readonly string[], image: string): readonly string[] {
	const others = failed.filter((one) => one !== image);
	return [...others, image].slice(-FAILED_MOST);
}

function orEmpty(field: string): string {
	return field === NONE ? "" : field;
}
