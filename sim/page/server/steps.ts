/**
 * Steps: the history of a lamp's images, by its own events and births.
 */
import { type Fields, flag, instant, isFields, number, text } from "../../util/fields.js";
import type { UpdateStep } from "../messages.js";

/** An offer that is tried again and again has more; the latest are shown. */
const STEPS_MOST = 40;

/**
 * The history with the step that an event or a birth adds, in order of life and number: events wait
 * in a lamp that is away from its broker. The same list if nothing is added. `arrived`: instant of
 * arrival, UTC, ms, for a message without a time.
 */
export function withStep(
	steps: readonly UpdateStep[],
	suffix: string,
	fields: Fields,
	arrived: number,
): readonly UpdateStep[] {
	const step = suffix === "event" ? stepOf(fields, arrived) : bootOf(steps, fields, arrived);
	if (
		!step ||
		steps.some((updateStep) => updateStep.life === step.life && updateStep.seq === step.seq)
	)
		return steps;
	const later = steps.findIndex((updateStep) => isBefore(step, updateStep));
	const at = later < 0 ? steps.length : later;
	return [...steps.slice(0, at), step, ...steps.slice(at)].slice(-STEPS_MOST);
}

function stepOf(fields: Fields, arrived: number): UpdateStep | undefined {
	const { attributes } = fields;
	const type = text(fields.type);
	const life = number(fields.life);
	const seq = number(fields.seq);
	const uptime_ms = number(fields.uptime_ms);
	if (!type?.startsWith("update") || !isFields(attributes)) return undefined;
	if (life === undefined || seq === undefined || uptime_ms === undefined) return undefined;
	return {
		type,
		life,
		seq,
		uptime_ms,
		utc: instant(fields.time) ?? arrived,
		...known({
			version: text(attributes.version),
			counter: number(attributes.counter),
			bytes: number(attributes.bytes),
			reason: text(attributes.reason),
			received: number(attributes.received_bytes),
			final: flag(attributes.final),
		}),
	};
}

/** Without the members that are undefined. */
function known<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
	const entries = Object.entries(members).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A life that begins within a history; births of the same life come with each connection. */
function bootOf(
	steps: readonly UpdateStep[],
	fields: Fields,
	arrived: number,
): UpdateStep | undefined {
	const life = number(fields.life);
	const reason = text(fields.powerCause);
	if (life === undefined || reason === undefined) return undefined;
	if (!steps.some((step) => step.life < life)) return undefined;
	const utc = (instant(fields.time) ?? arrived) - (number(fields.uptime_ms) ?? 0);
	const onProbation = fields.imageOnProbation === true;
	return { type: "booted", life, seq: BOOT, uptime_ms: 0, utc, reason, onProbation };
}

/** Before all events of its life, whose numbers begin with 0 or later. */
const BOOT = -1;

function isBefore(updateStep: UpdateStep, other: UpdateStep): boolean {
	return (
		updateStep.life < other.life || (updateStep.life === other.life && updateStep.seq < other.seq)
	);
}
