/**
 * Recording: the inputs of one lamp, its settings and the levels that it decided, as a laptop or the
 * page at the pole saved them.
 *
 * Instants are those of the lamp's own clock, ms since its start. A life is the time from one start
 * to the next. A recording that is blurred has its instants cut to whole minutes.
 */

/** One input; `nth` counts those of the life from 0. */
export interface RecordedInput {
	readonly nth: number;
	readonly at_ms: number;
	readonly input: string;
	readonly value?: number;
	/** Of `order` its command, of `asked` the part of the firmware that requested light. */
	readonly name?: string;
	/** Details of an order (src/journal/recorder.ts). */
	readonly bits?: number;
}

/** One decided level; `nth` counts those of the life from 0. */
export interface RecordedLevel {
	readonly nth: number;
	readonly at_ms: number;
	readonly level: number;
	/** The request that won. */
	readonly who: string;
}

type SettingValue = string | number | boolean;

/** Settings in force from an instant on, without secrets. */
export interface RecordedSettings {
	readonly at_ms: number;
	readonly values: Readonly<Record<string, SettingValue>>;
}

/** The lamp's state when it was first asked in this life. */
export interface RecordedState {
	readonly at_ms: number;
	/** Its date, UTC ms; undefined: it had none. */
	readonly utc?: number | undefined;
	readonly lux?: number | undefined;
	readonly operatingHours?: number | undefined;
}

export interface RecordedLife {
	readonly life: number;
	readonly powerCause: string;
	/** Its start by the clock of the laptop, UTC ms. */
	readonly began: number;
	/** Nothing else came until then; of the last listing. */
	readonly until_ms: number;
	readonly state: RecordedState;
	readonly settings: readonly RecordedSettings[];
	/** Without those that were overwritten before they were saved. */
	readonly inputs: readonly RecordedInput[];
	readonly levels: readonly RecordedLevel[];
}

export interface Recording {
	readonly serial: string;
	readonly site: string;
	readonly node: string;
	readonly hardware: string;
	readonly swVersion: string;
	/** When it was begun, UTC ms by the clock of the laptop. */
	readonly saved: number;
	readonly isBlurred: boolean;
	readonly lives: readonly RecordedLife[];
}

/** Days for which a recording is kept: it holds who passed when. */
export const KEPT_DAYS = 30;
const DAY = 86_400_000;
export const BLUR = 60_000;

export function isExpired({ saved }: Pick<Recording, "saved">, now: number): boolean {
	return now > saved + KEPT_DAYS * DAY;
}

/**
 * The recording with all instants cut to the minute. Dates of time servers keep their distance from
 * the instant, so the clock is that of the lamp to the minute.
 */
export function blurred(recording: Recording): Recording {
	if (recording.isBlurred) return recording;
	const cut = <T extends { readonly at_ms: number }>(entry: T): T => ({
		...entry,
		at_ms: Math.floor(entry.at_ms / BLUR) * BLUR,
	});
	const lives = recording.lives.map((life) => ({
		...life,
		began: Math.floor(life.began / BLUR) * BLUR,
		until_ms: Math.floor(life.until_ms / BLUR) * BLUR,
		state: withDate(life.state, cut(life.state)),
		settings: life.settings.map(cut),
		inputs: life.inputs.map((input) => dated(input, cut(input))),
		levels: life.levels.map(cut),
	}));
	return { ...recording, saved: Math.floor(recording.saved / BLUR) * BLUR, isBlurred: true, lives };
}

function withDate(before: RecordedState, after: RecordedState): RecordedState {
	if (before.utc === undefined) return after;
	return { ...after, utc: before.utc - (before.at_ms - after.at_ms) };
}

/** The seconds of a date move with its instant, and its milliseconds are dropped. */
function dated(before: RecordedInput, after: RecordedInput): RecordedInput {
	const { input, value = 0 } = before;
	if (input === "date") return { ...after, value: 0 };
	if (input !== "time") return after;
	return { ...after, value: value - Math.round((before.at_ms - after.at_ms) / 1000) };
}

/** Inputs that are missing in a life: a listing came too late for them. */
export interface Lost {
	/** Of the life; those before the first one that is there count as well. */
	readonly count: number;
	/** The instant before which they came. */
	readonly until_ms: number;
}

export function lostIn({ inputs }: Pick<RecordedLife, "inputs">): readonly Lost[] {
	const lost: Lost[] = [];
	let expected = 0;
	for (const { nth: index, at_ms } of inputs) {
		if (index > expected) lost.push({ count: index - expected, until_ms: at_ms });
		expected = index + 1;
	}
	return lost;
}
