/**
 * Decode: the text of an order into an order, or the reason why it is rejected.
 *
 * An order that a queue delivers late is rejected: every order from the broker contains its time of
 * issue and its validity. Without a dated clock the age cannot be checked, so only orders that
 * cannot darken are accepted then: queries, an emergency, and an override to 100 %. Orders from the
 * console are always fresh and need neither `issued` nor a clock.
 *
 * A date may be forged, so an order counts as late or early only beyond the error to which a witness
 * vouches for the clock. Only an order that permits less than the floor is judged by the clock as
 * it is. An order whose age is not known ends after `expiration` - `issued` on the monotonic clock,
 * or at `expiration` if that date is certainly past.
 */
import { frozen } from "../frozen.js";
import type { JsonObject, JsonRejection, JsonValue } from "../json.js";
import { parseObject } from "../json.js";
import { isRejection, type Validators, validate } from "../settings/validate.js";
import type { Millis } from "../units.js";
import { ageOf, build, instantOf, numberOf, type Refusal } from "./build.js";
import { parseDate, parseInstant } from "./instant.js";
import type { Order, OrderContext, OrderRejection, RejectionReason } from "./orders.js";
import type { CommandName, FieldName, FieldRule, OrderRule } from "./table.js";
import {
	CLOCK_SKEW,
	COMMAND_NAMES,
	COMMON_FIELDS,
	FIELD_NAMES,
	FIELDS,
	NAMES,
	ORDERS,
	QUERY_SPREAD_S,
	SPREAD_MAX_S,
} from "./table.js";

/** `validFor` of an order without that field, s (broker contract). */
const VALID_FOR_DEFAULT_S = 60;
/** Longest id: a UUID in text form. */
export const ID_MAX_CHARACTERS = 36;

/** The order in `text`, complete and checked, or why it is rejected. Never throws. */
export function decode(text: string, context: OrderContext): Order | OrderRejection {
	const parsed = parseObject(text, NAMES);
	const json = "json" in parsed ? parsed.json : parsed.known;
	if (json === undefined)
		return { ...unreadable(parsed as JsonRejection), id: undefined, spread: undefined };
	const id = readId(json.id);
	const order = interpret(json, id, "json" in parsed ? undefined : parsed, context);
	const spread = spreadOf(json);
	if ("kind" in order) return { ...order, spread };
	return { reason: order.reason, id, field: order.field, spread };
}

function interpret(
	json: JsonObject,
	id: string | undefined,
	fault: JsonRejection | undefined,
	given: OrderContext,
): Order | Refusal {
	const context = json.belowFloor === true ? { ...given, ...BY_CLOCK } : given;
	const command = commandOf(json.command);
	if (json.command === undefined) return { reason: "missing", field: "command" };
	if (command === undefined) return { reason: "unknownCommand" };
	if (id === undefined)
		return { reason: json.id === undefined ? "missing" : "malformed", field: "id" };
	if (context.retained) return { reason: "retained" };
	const rule: OrderRule = ORDERS[command];
	if (!rule.via.includes(context.via)) return { reason: "notAllowed" };
	return (
		(fault && unreadable(fault)) ??
		checkFields(json, rule) ??
		checkConfirmation(json, rule) ??
		checkFreshness(json, context) ??
		build(command, json, id, context)
	);
}

/** Of an order that permits less than the floor: where its age is in doubt, the lamp stays lit. */
const BY_CLOCK = Object.freeze({ error: 0, isDayOpen: false });

/** Queries to many are spread over minutes; the others by the setting replySpread (undefined). */
function spreadOf({ spread_s: seconds, command }: JsonObject): Millis | undefined {
	const isValid = typeof seconds === "number" && seconds >= 0 && seconds <= SPREAD_MAX_S;
	if (isValid) return 1000 * seconds;
	const isQuery = QUERIES.some((name) => name === command);
	return isQuery ? 1000 * QUERY_SPREAD_S : undefined;
}
const QUERIES: readonly CommandName[] = frozen(["report", "explain", "preview", "log"]);

function unreadable(fault: JsonRejection): Refusal & { readonly field: string | undefined } {
	return { reason: fault.reason === "tooLong" ? "tooLong" : "malformed", field: fault.name };
}

/** 1 to ID_MAX_CHARACTERS of `A-Z a-z 0-9 _ - . :`, so that it can be stored and sent anywhere. */
export function readId(value: JsonValue | undefined): string | undefined {
	const isText = typeof value === "string" && value.length > 0 && value.length <= ID_MAX_CHARACTERS;
	if (!isText) return undefined;
	for (let place = 0; place < value.length; place += 1)
		if (!ID_CHARACTERS.includes(value.charAt(place))) return undefined;
	return value;
}
const ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.:";

/**
 * Searches this firmware's own list: on XS, a lookup in ORDERS by an unknown name stores that name
 * as a key for ever (tests/tidy).
 */
function commandOf(value: JsonValue | undefined): CommandName | undefined {
	return COMMAND_NAMES.find((name) => name === value);
}

/** Checks each field's kind and range; no field may be missing or foreign to the order. */
function checkFields(json: JsonObject, rule: OrderRule): Refusal | undefined {
	for (const field of FIELD_NAMES) {
		const value = json[field];
		if (value === undefined) {
			if (rule.required.includes(field)) return { reason: "missing", field };
		} else if (!COMMON_FIELDS.includes(field) && !rule.fields.includes(field))
			return { reason: "malformed", field };
		else {
			const reason = faultOf(field, value);
			if (reason !== undefined) return { reason, field };
		}
	}
	return undefined;
}

function faultOf(field: FieldName, value: JsonValue): RejectionReason | undefined {
	const rule: FieldRule = FIELDS[field];
	switch (rule.kind) {
		case "number":
			if (typeof value !== "number") return "malformed";
			if (rule.isInteger && value !== Math.floor(value)) return "malformed";
			return value >= rule.min && value <= rule.max ? undefined : "outOfRange";
		case "boolean":
			return typeof value === "boolean" ? undefined : "malformed";
		case "choice":
			if (typeof value !== "string") return "malformed";
			return rule.choices.includes(value) ? undefined : "outOfRange";
		case "date": {
			const day = typeof value === "string" ? parseDate(value) : undefined;
			if (day === undefined) return "malformed";
			return day >= rule.min && day <= rule.max ? undefined : "outOfRange";
		}
		case "instant":
			return typeof value === "string" && parseInstant(value) !== undefined
				? undefined
				: "malformed";
		case "setting":
			if (value === "" && !rule.mayBeEmpty) return "outOfRange";
			return settingFault(field, value);
	}
}

/** Settings that an order can contain are no programs, zones or the like. */
const notHere = () => "is not for an order";
const NO_VALIDATORS: Validators = Object.freeze({
	program: notHere,
	namedProgram: notHere,
	calendar: notHere,
	holidays: notHere,
	zone: notHere,
	depreciation: notHere,
});

function settingFault(name: string, value: JsonValue): RejectionReason | undefined {
	const result = validate(name, value, NO_VALIDATORS);
	if (!isRejection(result)) return typeof value === typeof result ? undefined : "malformed";
	switch (result.reason) {
		case "reservedName":
			return "notAllowed";
		case "wrongLength":
		case "outOfRange":
			return "outOfRange";
		default:
			return "malformed";
	}
}

function checkConfirmation(json: JsonObject, { confirm }: OrderRule): Refusal | undefined {
	if (!confirm || json.commandConfirmation === true) return undefined;
	return { reason: "unconfirmed", field: "commandConfirmation" };
}

const STALE: Refusal = Object.freeze({ reason: "stale", field: "issued" });

function checkFreshness(json: JsonObject, context: OrderContext): Refusal | undefined {
	if (context.via === "console") return undefined;
	const issued = instantOf(json, "issued");
	if (issued === undefined) return { reason: "missing", field: "issued" };
	const validFor = 1000 * (numberOf(json, "validFor") ?? VALID_FOR_DEFAULT_S);
	const { error = 0, past = Number.NEGATIVE_INFINITY } = context;
	if (past > issued + validFor + CLOCK_SKEW) return STALE;
	const age = ageOf(issued, context);
	if (age === undefined) return undefined;
	const skew = CLOCK_SKEW + error;
	if (age < -skew) return { reason: "notYet", field: "issued" };
	return age > validFor + skew ? STALE : undefined;
}
