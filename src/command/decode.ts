/**
 * Decode: the text of an order into an order, or the reason why not.
 *
 * What a queue hands over late is not obeyed: every order from the broker says when it was issued
 * and how long it is good for. Without a trusted clock nobody can tell, so only what cannot darken
 * is taken then: inquiries, an emergency, and an override to 100 %. Such an order ends after
 * `expiration` - `issued` on the monotonic clock, or at `expiration` if a clock comes first. Orders
 * from the console are fresh by nature and need neither `issued` nor a clock.
 */
import type { JsonObject, JsonRejection, JsonValue } from "../json.js";
import { parseObject } from "../json.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import { parseDate, parseInstant } from "./instant.js";
import type { Order, OrderEnd, OrderRejection, OrderVia, RejectionReason } from "./orders.js";
import type { CommandName, FieldName, FieldRule, OrderRule } from "./table.js";
import {
	BELOW_FLOOR_MAX_S,
	EMERGENCY_MAX_S,
	FIELD_NAMES,
	FIELDS,
	NAMES,
	ORDERS,
	OVERRIDE_MAX_S,
} from "./table.js";

/** What the node knows about how and when the text came. */
export interface OrderContext {
	/** Absent without a trusted clock. */
	readonly utc: UtcMillis | undefined;
	/** Delivered with RETAIN set. */
	readonly retained: boolean;
	readonly via: OrderVia;
}

/** `validFor` of an order that does not say it, in seconds (broker contract). */
export const VALID_FOR_DEFAULT_S = 60;
/** How far the sender's clock and ours may differ: both follow NTP; a day without it drifts 9 s. */
export const CLOCK_SKEW: Millis = 30_000;
/** Longest id: a UUID in text form. */
export const ID_MAX_CHARACTERS = 36;

interface Refusal {
	readonly reason: RejectionReason;
	readonly field?: string | undefined;
}

/** The order in `text`, complete and checked, or why it is refused. Never throws. */
export function decode(text: string, context: OrderContext): Order | OrderRejection {
	const parsed = parseObject(text, NAMES);
	const json = "json" in parsed ? parsed.json : parsed.known;
	if (json === undefined) return rejection(unreadable(parsed as JsonRejection), undefined);
	const id = readId(json.id);
	const order = interpret(json, id, "json" in parsed ? undefined : parsed, context);
	return "kind" in order ? order : rejection(order, id);
}

function interpret(
	json: JsonObject,
	id: string | undefined,
	fault: JsonRejection | undefined,
	context: OrderContext,
): Order | Refusal {
	const command = commandOf(json.command);
	if (json.command === undefined) return { reason: "missing", field: "command" };
	if (command === undefined) return { reason: "unknownCommand" };
	if (id === undefined)
		return { reason: json.id === undefined ? "missing" : "malformed", field: "id" };
	if (context.retained) return { reason: "retained" };
	const rule: OrderRule = ORDERS[command];
	if (!rule.via.includes(context.via)) return { reason: "notAllowed" };
	if (rule.later) return { reason: "notAvailable" };
	return (
		(fault && unreadable(fault)) ??
		checkFields(json, rule) ??
		checkFreshness(json, context) ??
		build(command, json, id, context)
	);
}

function rejection(refusal: Refusal, id: string | undefined): OrderRejection {
	return { reason: refusal.reason, id, field: refusal.field };
}

function unreadable(fault: JsonRejection): Refusal {
	return { reason: fault.reason === "tooLong" ? "tooLong" : "malformed", field: fault.name };
}

/** 1 to ID_MAX_CHARACTERS of `A-Z a-z 0-9 _ - . :`, so that it can be stored and sent anywhere. */
function readId(value: JsonValue | undefined): string | undefined {
	const isText = typeof value === "string" && value.length > 0 && value.length <= ID_MAX_CHARACTERS;
	if (!isText) return undefined;
	for (let place = 0; place < value.length; place += 1)
		if (!ID_CHARACTERS.includes(value.charAt(place))) return undefined;
	return value;
}
const ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:";

function commandOf(value: JsonValue | undefined): CommandName | undefined {
	return typeof value === "string" && Object.hasOwn(ORDERS, value)
		? (value as CommandName)
		: undefined;
}

/** Every field of the right kind and range, none too few, none that does not belong here. */
function checkFields(json: JsonObject, rule: OrderRule): Refusal | undefined {
	for (const field of FIELD_NAMES) {
		const value = json[field];
		const isCommon = field === "issued" || field === "validFor";
		if (value === undefined) {
			if (rule.required.includes(field)) return { reason: "missing", field };
		} else if (!isCommon && !rule.fields.includes(field)) return { reason: "malformed", field };
		else {
			const reason = faultOf(FIELDS[field], value);
			if (reason !== undefined) return { reason, field };
		}
	}
	return undefined;
}

function faultOf(rule: FieldRule, value: JsonValue): RejectionReason | undefined {
	switch (rule.kind) {
		case "number":
			if (typeof value !== "number") return "malformed";
			if (rule.whole && value !== Math.floor(value)) return "malformed";
			return value >= rule.min && value <= rule.max ? undefined : "outOfRange";
		case "boolean":
			return typeof value === "boolean" ? undefined : "malformed";
		case "date": {
			const day = typeof value === "string" ? parseDate(value) : undefined;
			if (day === undefined) return "malformed";
			return day >= rule.min && day <= rule.max ? undefined : "outOfRange";
		}
		case "instant":
			return typeof value === "string" && parseInstant(value) !== undefined
				? undefined
				: "malformed";
	}
}

function checkFreshness(json: JsonObject, { utc, via }: OrderContext): Refusal | undefined {
	if (via === "console") return undefined;
	const issued = instantOf(json, "issued");
	if (issued === undefined) return { reason: "missing", field: "issued" };
	if (utc === undefined) return undefined;
	if (issued > utc + CLOCK_SKEW) return { reason: "notYet", field: "issued" };
	const validFor = 1000 * (numberOf(json, "validFor") ?? VALID_FOR_DEFAULT_S);
	return utc > issued + validFor + CLOCK_SKEW ? { reason: "stale", field: "issued" } : undefined;
}

function build(
	command: CommandName,
	json: JsonObject,
	id: string,
	context: OrderContext,
): Order | Refusal {
	switch (command) {
		case "override":
			return buildOverride(json, id, context);
		case "clearOverride":
			if (context.utc === undefined && context.via !== "console") return { reason: "noClock" };
			return { kind: "clearOverride", id };
		case "emergency": {
			const end = endOf(json, context, EMERGENCY_MAX_S, EMERGENCY_MAX_S);
			return "reason" in end ? end : { kind: "emergency", id, ...end };
		}
		case "report":
			return { kind: "report", id };
		case "explain": {
			const at = instantOf(json, "at");
			if (at === undefined) return { kind: "explain", id };
			if (context.utc === undefined) return { reason: "noClock" };
			if (at > context.utc + CLOCK_SKEW) return { reason: "outOfRange", field: "at" };
			return { kind: "explain", id, at };
		}
		case "preview": {
			const day = typeof json.date === "string" ? parseDate(json.date) : undefined;
			if (day === undefined && context.utc === undefined) return { reason: "noClock" };
			return { kind: "preview", id, day, page: numberOf(json, "page") ?? 1 };
		}
		default:
			return { reason: "notAvailable" };
	}
}

function buildOverride(json: JsonObject, id: string, context: OrderContext): Order | Refusal {
	const level = numberOf(json, "level") as Percent;
	const ramp = numberOf(json, "rampToLevelTime");
	const belowFloor = json.belowFloor === true;
	if (belowFloor && context.via === "all") return { reason: "notAllowed", field: "belowFloor" };
	if (context.utc === undefined && context.via !== "console" && level < 100)
		return { reason: "noClock" };
	const end = endOf(json, context, belowFloor ? BELOW_FLOOR_MAX_S : OVERRIDE_MAX_S, undefined);
	if ("reason" in end) return end;
	return {
		kind: "override",
		id,
		level,
		rampToLevelTime: ramp === undefined ? undefined : ramp * 1000,
		inhibitSensors: json.inhibitSensors === true,
		belowFloor,
		until: end.until,
		duration: end.duration,
	};
}

/** When it ends: by `expiration`, at the console also by `duration`. `longest`, `usual`: seconds. */
function endOf(
	json: JsonObject,
	{ utc, via }: OrderContext,
	longest: number,
	usual: number | undefined,
): OrderEnd | Refusal {
	const from = utc ?? instantOf(json, "issued");
	const seconds = numberOf(json, "duration");
	if (seconds !== undefined && via !== "console")
		return { reason: "notAllowed", field: "duration" };
	const expiration = instantOf(json, "expiration");
	const field = expiration === undefined ? "duration" : "expiration";
	const span = seconds ?? usual;
	let duration: Millis;
	if (expiration === undefined && span === undefined)
		return { reason: "missing", field: "expiration" };
	if (expiration === undefined) duration = 1000 * (span as number);
	else if (seconds !== undefined) return { reason: "malformed", field: "duration" };
	else if (from === undefined) return { reason: "noClock", field };
	else duration = expiration - from;
	if (duration <= 0) return { reason: "expired", field };
	if (duration > 1000 * longest) return { reason: "outOfRange", field };
	const until = expiration ?? (from === undefined ? undefined : ((from + duration) as UtcMillis));
	return { until, duration };
}

function numberOf(json: JsonObject, field: FieldName): number | undefined {
	const value = json[field];
	return typeof value === "number" ? value : undefined;
}

function instantOf(json: JsonObject, field: FieldName): UtcMillis | undefined {
	const value = json[field];
	return typeof value === "string" ? parseInstant(value) : undefined;
}
