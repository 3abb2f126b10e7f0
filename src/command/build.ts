/**
 * Build: an order from fields that were checked one by one, or the reason why they form none.
 *
 * The rules for orders without a clock, and for the end of an order, are here.
 */
import type { JsonObject } from "../json.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import { parseDate, parseInstant } from "./instant.js";
import type {
	InheritedCounters,
	Order,
	OrderContext,
	OrderEnd,
	RejectionReason,
} from "./orders.js";
import {
	BELOW_FLOOR_MAX_S,
	CLOCK_SKEW,
	type CommandName,
	EMERGENCY_MAX_S,
	type FieldName,
	IDENTIFY_MAX_S,
	IDENTIFY_USUAL_S,
	MAINTENANCE_MAX_S,
	OVERRIDE_MAX_S,
	VOLUME_MAX_S,
} from "./table.js";

/** Why there is no order; `field` names the field at fault, if there is one. */
export interface Refusal {
	readonly reason: RejectionReason;
	readonly field?: string | undefined;
}

export function build(
	command: CommandName,
	json: JsonObject,
	id: string,
	context: OrderContext,
): Order | Refusal {
	if (NEEDS_CLOCK.includes(command) && isUndated(context)) return { reason: "noClock" };
	switch (command) {
		case "override":
			return buildOverride(json, id, context);
		case "clearOverride":
		case "selfTest":
		case "restart":
		case "factoryReset":
			return { kind: command, id };
		case "log":
			return { kind: command, id, page: numberOf(json, "page") ?? 1 };
		case "assign":
			return {
				kind: command,
				id,
				site: textOf(json, "site"),
				node: textOf(json, "node"),
				group: textOf(json, "group"),
			};
		case "nodeReplaced":
			return buildReplacement(json, id, context);
		case "luminaireReplaced":
			return { kind: command, id, ledPower_W: numberOf(json, "ledPower_W") };
		case "maintenanceMode":
			return buildMaintenance(json, id, context);
		case "identify": {
			const seconds = numberOf(json, "duration") ?? IDENTIFY_USUAL_S;
			if (seconds > IDENTIFY_MAX_S) return { reason: "outOfRange", field: "duration" };
			return { kind: "identify", id, duration: 1000 * seconds };
		}
		case "emergency": {
			const end = endOf(json, context, EMERGENCY_MAX_S, EMERGENCY_MAX_S);
			if ("reason" in end) return end;
			const extent = json.extent === "maximum" ? "maximum" : undefined;
			return { kind: "emergency", id, extent, ...end };
		}
		case "trafficVolume": {
			const end = endOf(json, context, VOLUME_MAX_S, undefined);
			return "reason" in end ? end : { kind: command, id, volume: json.volume as number, ...end };
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
	}
}

/** 2000-01-01, the earliest date of every clock; the store takes none before 1970. */
const SINCE_MIN = 946_684_800_000;

/** Without a clock it cannot be checked whether these are fresh, and a stale one could do harm. */
const NEEDS_CLOCK: readonly CommandName[] = Object.freeze([
	"clearOverride",
	"selfTest",
	"maintenanceMode",
	"trafficVolume",
	"restart",
	"assign",
	"nodeReplaced",
	"luminaireReplaced",
]);

/** Whether no clock is available to check the order's age; at the pole none is needed. */
function isUndated({ utc, via }: OrderContext): boolean {
	return utc === undefined && via !== "console";
}

function buildMaintenance(json: JsonObject, id: string, context: OrderContext): Order | Refusal {
	if (json.enabled !== false) {
		const end = endOf(json, context, MAINTENANCE_MAX_S, undefined);
		return "reason" in end ? end : { kind: "maintenanceMode", id, ...end };
	}
	for (const field of ["expiration", "duration"] as const)
		if (json[field] !== undefined) return { reason: "malformed", field };
	return { kind: "endMaintenance", id };
}

function buildOverride(json: JsonObject, id: string, context: OrderContext): Order | Refusal {
	const level = numberOf(json, "level") as Percent;
	const ramp = numberOf(json, "rampToLevelTime");
	const belowFloor = json.belowFloor === true;
	if (belowFloor && context.via === "all") return { reason: "notAllowed", field: "belowFloor" };
	if (isUndated(context) && level < 100) return { reason: "noClock" };
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

/** The order's end: `expiration`, at the console also `duration`. `longest`, `usual`: seconds. */
function endOf(
	json: JsonObject,
	context: OrderContext,
	longest: number,
	usual: number | undefined,
): OrderEnd | Refusal {
	const { via } = context;
	const from = beginOf(json, context);
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

/**
 * When the order's span began: now, if it is no older than senders' clocks differ, which a date that is
 * not certain can shorten by as little; else at its issue, or later as far as that is certain.
 */
function beginOf(json: JsonObject, context: OrderContext): UtcMillis | undefined {
	const issued = instantOf(json, "issued");
	if (context.via === "console" || issued === undefined) return context.utc ?? issued;
	const age = ageOf(issued, context) ?? 0;
	const isNew = age <= CLOCK_SKEW && issued + age < (instantOf(json, "expiration") ?? Infinity);
	return (issued + Math.max(0, isNew ? age : age - (context.error ?? 0))) as UtcMillis;
}

/** The age of an order, ms; from -12 h to 12 h if the day is open. Undefined without a clock. */
export function ageOf(
	issued: UtcMillis,
	{ utc, isDayOpen = false }: OrderContext,
): Millis | undefined {
	if (utc === undefined) return undefined;
	const age = utc - issued;
	return isDayOpen ? age - Math.round(age / DAY) * DAY : age;
}
const DAY: Millis = 86_400_000;

function buildReplacement(json: JsonObject, id: string, context: OrderContext): Order | Refusal {
	const counters = countersOf(json);
	const since = counters.roadUsersSince ?? SINCE_MIN;
	const { utc = Infinity, error = 0, isDayOpen = false } = context;
	const latest = isDayOpen ? Infinity : utc + error + CLOCK_SKEW;
	if (since < SINCE_MIN || since > latest)
		return { reason: "outOfRange", field: "accumulatedSince" };
	return { kind: "nodeReplaced", id, counters };
}

function countersOf(json: JsonObject): InheritedCounters {
	return {
		life: numberOf(json, "life") as number,
		activeEnergy_kWh: numberOf(json, "activeEnergy_kWh"),
		energySaved_kWh: numberOf(json, "energySaved_kWh"),
		operatingHours: numberOf(json, "operatingHours"),
		switchOnCounter: numberOf(json, "switchOnCounter"),
		roadUsers: numberOf(json, "accumulatedRoadUserNumber"),
		roadUsersSince: instantOf(json, "accumulatedSince"),
	};
}

function textOf(json: JsonObject, field: FieldName): string {
	const value = json[field];
	return typeof value === "string" ? value : "";
}

export function numberOf(json: JsonObject, field: FieldName): number | undefined {
	const value = json[field];
	return typeof value === "number" ? value : undefined;
}

export function instantOf(json: JsonObject, field: FieldName): UtcMillis | undefined {
	const value = json[field];
	return typeof value === "string" ? parseInstant(value) : undefined;
}
