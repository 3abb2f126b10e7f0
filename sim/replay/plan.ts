/**
 * Plan: a recording as a run: the boots of one lamp, its inputs and its recorded levels in virtual
 * time, and since when its light can be compared.
 *
 * A life that was recorded from its start on is replayed as it was. Of one whose start is missing
 * the lamp boots at the first input that is there, with the date and the last light reading that are
 * known; its light is compared once presence and photocell have settled.
 */

import { POWER_CAUSE } from "../../hosts/virtual/protocol.js";
import {
	lostIn,
	type RecordedInput,
	type RecordedLevel,
	type RecordedLife,
	type RecordedSettings,
	type Recording,
} from "../../lib/recording/recording.js";
import { MANUAL_ERROR } from "../../src/time/clock.js";

type Values = RecordedSettings["values"];

/** An input of the lamp; of one without a sensor its text (lamp/replay.ts). */
export interface Act {
	readonly at: number;
	readonly kind:
		| "movement"
		| "stillness"
		| "illuminance"
		| "temperature"
		| "time"
		| "text"
		| "settings";
	readonly value: number;
	readonly text?: string;
	readonly values?: Values;
}

export interface Level {
	readonly at: number;
	/** Per cent. */
	readonly level: number;
	/** The request that won. */
	readonly who: string;
}

/** Facts of a boot as `lamp/replay.ts` reads them. */
export type Boot = readonly [
	serial: string,
	cause: string,
	level: number | null,
	wall: number | null,
];

export interface PlannedLife {
	readonly life: number;
	readonly bootAt: number;
	readonly boot: Boot;
	readonly settings: Values;
	readonly acts: readonly Act[];
	readonly levels: readonly Level[];
	/** Its light is compared in [from, until). */
	readonly from: number;
	readonly until: number;
	/** Recorded from its start on. */
	readonly isWhole: boolean;
	/** Inputs that were overwritten before they were saved, the start apart. */
	readonly lost: number;
}

export interface Plan {
	readonly recording: Recording;
	/** UTC ms of virtual instant 0. */
	readonly epochUtc: number;
	readonly end: number;
	readonly lives: readonly PlannedLife[];
}

/** Beside the times of the settings, until the light has come to rest, ms. */
const SETTLING = 15_000;
/** After the first level that is recorded, ms: the replay has it a tenth earlier or later. */
const SHOWN = 1_000;
/** Entries of a boot with a clock: the boot, the date, its milliseconds. */
const BOOT_ENTRIES = 3;
/** The lamp is without power for so long before a further boot, ms. */
export const BETWEEN = 300;
/** Orders that end a life or change its settings, which are recorded by themselves. */
const ORDER_ENDS: readonly string[] = [
	"restart",
	"assign",
	"nodeReplaced",
	"luminaireReplaced",
	"factoryReset",
];

/** Undefined: no input of it can be replayed. */
export function planOf(recording: Recording): Plan | undefined {
	const usable = recording.lives.filter(
		({ inputs, settings }) => inputs.length > 0 && settings.length > 0,
	);
	const [first] = usable;
	if (!first) return undefined;
	const origin = first.began + baseOf(first);
	const lives: PlannedLife[] = [];
	for (const life of usable) {
		const least = lives.length === 0 ? 0 : lives.at(-1)!.until + BETWEEN;
		const bootAt = Math.max(least, Math.round(life.began + baseOf(life) - origin));
		lives.push(lifeOf(recording.serial, life, bootAt));
	}
	return {
		recording,
		epochUtc: dateOf(first, baseOf(first)) ?? origin,
		end: lives.at(-1)!.until,
		lives,
	};
}

/** Whether nothing before the first entry is missing. */
function isWhole({ inputs: [first], settings: [known] }: RecordedLife): boolean {
	return first?.nth === 0 && first.input === "boot" && known?.at_ms === 0;
}

/** The instant of the lamp's clock at which the replay boots. */
function baseOf(life: RecordedLife): number {
	if (isWhole(life)) return life.inputs[0]!.at_ms;
	return Math.max(life.inputs[0]!.at_ms, life.settings[0]!.at_ms);
}

function lifeOf(serial: string, life: RecordedLife, bootAt: number): PlannedLife {
	const base = baseOf(life);
	const isComplete = isWhole(life);
	const virtual = (at_ms: number) => bootAt + at_ms - base;
	const inputs = life.inputs.filter(({ at_ms }) => at_ms >= base);
	const [known, ...later] = life.settings;
	const acts = isComplete ? [] : beginning(life, inputs, bootAt, base);
	const bootEntries = isComplete && clockOf(inputs) !== undefined ? BOOT_ENTRIES : 0;
	inputs.forEach((input, index) => {
		if (index < bootEntries) return;
		const act = actOf(inputs.slice(index, index + 3), virtual(input.at_ms), known!.values);
		if (act) acts.push(act);
	});
	for (const { at_ms, values } of later)
		acts.push({ at: virtual(at_ms), kind: "settings", value: 0, values });
	acts.sort((a, b) => a.at - b.at);
	const settled = bootAt + settlingOf(known!.values);
	const skipped = lostIn(life).filter(({ until_ms }) => until_ms > base);
	const levels = life.levels.map((entry) => levelOf(entry, virtual(entry.at_ms)));
	return {
		life: life.life,
		bootAt,
		boot: bootOf(serial, life, inputs, base, isComplete),
		settings: known!.values,
		acts,
		levels,
		from: isComplete ? bootAt : Math.max(settled, (levels[0]?.at ?? 0) + SHOWN),
		until: Math.max(bootAt + 1, virtual(life.until_ms)),
		isWhole: isComplete,
		lost: skipped.reduce((sum, { count }) => sum + count, 0),
	};
}

function levelOf({ level, who }: RecordedLevel, at: number): Level {
	return { at, level, who };
}

function bootOf(
	serial: string,
	life: RecordedLife,
	inputs: readonly RecordedInput[],
	base: number,
	isComplete: boolean,
): Boot {
	const cause = (POWER_CAUSE as readonly string[]).includes(life.powerCause)
		? life.powerCause
		: "powerOn";
	if (!isComplete) {
		const before = life.levels.filter(({ at_ms }) => at_ms <= base).at(-1) ?? life.levels[0];
		const wall = dateOf(life, base) ?? null;
		return [serial, "restart", before?.level ?? null, wall];
	}
	return [serial, cause, inputs[0]!.value ?? null, clockOf(inputs) ?? null];
}

/** The date of a clock that ran on at the boot, which is recorded at its instant. */
function clockOf([boot, time, date]: readonly RecordedInput[]): number | undefined {
	if (time?.input !== "time" || time.at_ms !== boot!.at_ms) return undefined;
	return 1000 * time.value! + (date?.value ?? 0);
}

/** The lamp's date at an instant of its clock; undefined: it had none. */
function dateOf(life: RecordedLife, at_ms: number): number | undefined {
	const { state, inputs } = life;
	if (state.utc !== undefined) return state.utc - state.at_ms + at_ms;
	const index = inputs.findIndex(({ input }) => input === "time");
	const [time, date] = inputs.slice(index);
	if (index < 0 || time?.value === undefined) return undefined;
	return 1000 * time.value + (date?.value ?? 0) - time.at_ms + at_ms;
}

/** Facts from before the first input: the last light reading, and a PIR that was active. */
function beginning(
	{ state }: RecordedLife,
	inputs: readonly RecordedInput[],
	bootAt: number,
	base: number,
): Act[] {
	const acts: Act[] = [];
	const lux = inputs.find(({ input }) => input === "illuminance");
	const value = lux ? lux.value : state.lux;
	if (value !== undefined && lux?.at_ms !== base)
		acts.push({ at: bootAt, kind: "illuminance", value });
	const edge = inputs.find(({ input }) => input === "movement" || input === "stillness");
	if (edge?.input === "stillness") acts.push({ at: bootAt, kind: "movement", value: 0 });
	return acts;
}

function settlingOf(values: Values): number {
	const seconds = ["settleTime", "hold", "linger", "fallTime", "onDelay"];
	return SETTLING + 1000 * seconds.reduce((sum, name) => sum + Number(values[name] ?? 0), 0);
}

/** A doubt that the replayed lamp has by itself: nobody contradicts its PIR. */
function isOwn({ name }: RecordedInput, { neighbourGroup }: Values): boolean {
	return name === "doubt" && !(Number(neighbourGroup) > 0);
}

/** Of the first of these entries; those behind it may belong to it. */
function actOf(
	[input, next, third]: readonly RecordedInput[],
	at: number,
	values: Values,
): Act | undefined {
	if (!input) return undefined;
	const { value = 0 } = input;
	const text = (content: string): Act => ({ at, kind: "text", value: 0, text: content });
	switch (input.input) {
		case "movement":
		case "stillness":
		case "illuminance":
		case "temperature":
			return { at, kind: input.input, value };
		case "time": {
			const utc = 1000 * value + (next?.value ?? 0);
			if (third?.input !== "vouched") return { at, kind: "time", value: utc };
			const { value: error = 0 } = third;
			// a technician reads it off a watch; the city's is more exact
			return text(error >= MANUAL_ERROR ? `t ${utc}` : `c ${utc} ${error}`);
		}
		case "asked":
			return isOwn(input, values) ? undefined : text(`a ${input.name} ${value}`);
		case "order": {
			if (ORDER_ENDS.includes(input.name ?? "")) return undefined;
			return text(`o ${orderText(input, next?.value ?? 0)}`);
		}
	}
	return undefined;
}

/** An accepted order, by the bits of the recorder (src/journal/recorder.ts), for lamp/replay.ts. */
function orderText({ name: order, bits = 0, value = 0 }: RecordedInput, duration: number): string {
	const isOverride = order === "override";
	const ramp = isOverride ? 1000 * ((bits >>> 17) - 1) : -1;
	const flags = (bits >>> 4) & 7;
	const volume = order === "trafficVolume" ? bits >>> 7 : 0;
	return [order, isOverride ? value : 0, ramp, flags, duration, volume].join(" ");
}
