/**
 * Server steps: the story of a lamp's images, as its own events and births tell it.
 */
import type { ToldStep } from "./server-view.js";

type Fields = Readonly<Record<string, unknown>>;

/** An offer that is tried again and again has more; the latest are shown. */
const STEPS_MOST = 40;
const TEXT_MOST = 64;

/**
 * The story with what an event or a birth adds, in order of life and uptime: events wait in a lamp that
 * is away from its broker. The same list where it adds nothing. `heard`: UTC, ms, for what has no time
 * of its own.
 */
export function tellStep(
	steps: readonly ToldStep[],
	suffix: string,
	fields: Fields,
	heard: number,
): readonly ToldStep[] {
	const step = suffix === "event" ? stepOf(fields, heard) : bootOf(steps, fields, heard);
	if (!step || steps.some((one) => one.life === step.life && one.seq === step.seq)) return steps;
	const later = steps.findIndex((one) => isBefore(step, one));
	const at = later < 0 ? steps.length : later;
	return [...steps.slice(0, at), step, ...steps.slice(at)].slice(-STEPS_MOST);
}

function stepOf(fields: Fields, heard: number): ToldStep | undefined {
	const { type, life, seq, uptime_ms, attributes } = fields;
	if (typeof type !== "string" || !type.startsWith("update") || !isFields(attributes))
		return undefined;
	if (typeof life !== "number" || typeof seq !== "number" || typeof uptime_ms !== "number")
		return undefined;
	const { version, counter, bytes, reason, received_bytes: received, final } = attributes;
	const utc = instant(fields.time) ?? heard;
	return {
		...{ type: type.slice(0, TEXT_MOST), life, seq, uptime_ms, utc },
		...(typeof version === "string" ? { version: version.slice(0, TEXT_MOST) } : {}),
		...(typeof counter === "number" ? { counter } : {}),
		...(typeof bytes === "number" ? { bytes } : {}),
		...(typeof reason === "string" ? { reason: reason.slice(0, TEXT_MOST) } : {}),
		...(typeof received === "number" ? { received } : {}),
		...(typeof final === "boolean" ? { final } : {}),
	};
}

/** A life that begins within a story; births of the same life come with each connection. */
function bootOf(steps: readonly ToldStep[], fields: Fields, heard: number): ToldStep | undefined {
	const { life, powerCause, imageOnProbation, uptime_ms } = fields;
	if (typeof life !== "number" || typeof powerCause !== "string") return undefined;
	if (!steps.some((step) => step.life < life)) return undefined;
	const uptime = typeof uptime_ms === "number" ? uptime_ms : 0;
	const utc = (instant(fields.time) ?? heard) - uptime;
	const began = { type: "booted", life, seq: BOOT, uptime_ms: 0, utc };
	return {
		...began,
		reason: powerCause.slice(0, TEXT_MOST),
		onProbation: imageOnProbation === true,
	};
}
/** Before all events of its life, whose numbers begin with 0 or later. */
const BOOT = -1;

function isBefore(one: ToldStep, other: ToldStep): boolean {
	return one.life < other.life || (one.life === other.life && one.seq < other.seq);
}

function instant(value: unknown): number | undefined {
	const utc = typeof value === "string" ? Date.parse(value) : NaN;
	return Number.isNaN(utc) ? undefined : utc;
}

function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
