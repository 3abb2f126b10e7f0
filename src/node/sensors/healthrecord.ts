/**
 * Health record: the health of the sensors that survives a restart, as one line of numbers.
 *
 * Hours of silence, weight of missed movements, hours learnt, both doubts, and the peaks of the
 * hours. A missing or invalid text means sound sensors without any history.
 */
import type { LightDoubt } from "../../sensing/lighthealth.js";
import type { PirDoubt } from "../../sensing/pirhealth.js";
import { HOUR } from "../../time/civil.js";
import type { Millis } from "../../units.js";

const PIR: readonly (PirDoubt | undefined)[] = Object.freeze([
	undefined,
	"stuckOn",
	"silent",
	"radio",
	"tooBusy",
	"lost",
	"disagreement",
]);
const LIGHT: readonly (LightDoubt | undefined)[] = Object.freeze([
	undefined,
	"silent",
	"stuck",
	"contradicted",
	"lost",
]);
const HEAD = 5;
const PEAKS = 24;
/** The longest silence stored, in hours: settings allow 720 h. */
const SILENCE_MOST = 10_000;

interface HealthRecord {
	readonly silence: Millis;
	readonly missed: number;
	readonly learnt: number;
	readonly pir: PirDoubt | undefined;
	readonly light: LightDoubt | undefined;
	readonly peaks: ArrayLike<number> & { join(by: string): string };
}

const NOTHING: HealthRecord = Object.freeze({
	silence: 0,
	missed: 0,
	learnt: 0,
	pir: undefined,
	light: undefined,
	peaks: Object.freeze([]),
});

/** The record in `text`; sound sensors if it is missing or invalid. */
export function readHealth(text: string | undefined): HealthRecord {
	if (text === undefined) return NOTHING;
	const numbers = text.split(" ").map(Number);
	const [hours = 0, missed = 0, learnt = 0, pir = 0, light = 0] = numbers;
	const isOurs =
		numbers.length === HEAD + PEAKS &&
		numbers.every((n) => Number.isInteger(n) && n >= 0 && n <= SILENCE_MOST);
	if (!isOurs || pir >= PIR.length || light >= LIGHT.length) return NOTHING;
	const silence = hours * HOUR;
	return {
		silence,
		missed,
		learnt,
		pir: PIR[pir],
		light: LIGHT[light],
		peaks: numbers.slice(HEAD),
	};
}

/** The text to store; silence in whole hours, rounded down. */
export function textOfHealth({ silence, missed, learnt, pir, light, peaks }: HealthRecord): string {
	const hours = Math.min(SILENCE_MOST, Math.floor(silence / HOUR));
	const doubts = `${PIR.indexOf(pir)} ${LIGHT.indexOf(light)}`;
	return `${hours} ${missed} ${learnt} ${doubts} ${peaks.join(" ")}`;
}
