/**
 * Standing record: the standing orders as text for the store, restored in the next life.
 *
 * Each end is stored as a date and as remaining time. Time without power counts only by the date,
 * so the node stores the record again each STORE_INTERVAL: a lamp that never receives the date can
 * prolong an order by no more than that at each restart.
 */
import type { JsonObject } from "../json.js";
import { parseObject, quote } from "../json.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type {
	Ends,
	HeldEmergency,
	HeldMaintenance,
	HeldOverride,
	StandingOrders,
} from "./standingorders.js";
import { expire, MAXIMUM, maintained, NOTHING_ORDERED, remaining } from "./standingorders.js";
import {
	BELOW_FLOOR_MAX_S,
	EMERGENCY_MAX_S,
	FIELDS,
	MAINTENANCE_MAX_S,
	OVERRIDE_MAX_S,
} from "./table.js";

/** While an order is in force: 24 small writes a day, which NVS distributes over its sectors. */
export const STORE_INTERVAL: Millis = 3_600_000;

const NAMES: readonly string[] = Object.freeze([
	"override",
	"emergency",
	"maintenance",
	"id",
	"level",
	"ramp_ms",
	"inhibitSensors",
	"belowFloor",
	"until",
	"remaining_ms",
]);

type Held = HeldOverride | HeldEmergency | HeldMaintenance;

/** JSON text, at most 450 characters; empty if no order is in force. */
export function serialise(
	standing: StandingOrders,
	now: Millis,
	utc: UtcMillis | undefined,
	past = utc,
): string {
	const { override, emergency, maintenance } = standing;
	const parts: string[] = [];
	const ends = (held: Held) => endText(held, remaining(held, now, utc, past));
	if (override) {
		const ramp =
			override.rampToLevelTime === undefined ? "" : `,"ramp_ms":${override.rampToLevelTime}`;
		parts.push(
			`"override":{${ends(override)},"level":${override.level}${ramp},` +
				`"inhibitSensors":${override.inhibitSensors},"belowFloor":${override.belowFloor}}`,
		);
	}
	if (emergency) {
		const level = emergency.extent ? `,"level":${emergency.level}` : "";
		parts.push(`"emergency":{${ends(emergency)}${level}}`);
	}
	if (maintenance) parts.push(`"maintenance":{${ends(maintenance)},"level":${maintenance.level}}`);
	return parts.length > 0 ? `{${parts.join(",")}}` : "";
}

function endText({ source, until: date }: Held, rest: Millis): string {
	const until = date === undefined ? "" : `,"until":${date}`;
	return `"id":${quote(source)}${until},"remaining_ms":${rest}`;
}

/**
 * The standing orders in `text`, without those that have ended. A text not made by serialise gives
 * none: then the lamp follows its program, which is never darker than its floor. An emergency ends by
 * `past` alone, a date that is certainly past; the others end by the clock's date, too.
 */
export function restore(
	text: string,
	now: Millis,
	utc: UtcMillis | undefined,
	fullLevel: Percent,
	past = utc,
): StandingOrders {
	const parsed = parseObject(text, NAMES);
	if ("reason" in parsed) return NOTHING_ORDERED;
	const { override, emergency, maintenance } = parsed.json;
	const standing: StandingOrders = {
		override: isObject(override) ? readOverride(override, now, utc) : undefined,
		emergency: isObject(emergency) ? readEmergency(emergency, now, past, fullLevel) : undefined,
		maintenance: isObject(maintenance) ? readMaintenance(maintenance, now, utc) : undefined,
	};
	return expire(standing, now, utc, past);
}

function readOverride(
	json: JsonObject,
	now: Millis,
	utc: UtcMillis | undefined,
): HeldOverride | undefined {
	const { id, level, ramp_ms: ramp, inhibitSensors, belowFloor } = json;
	const end = readEnd(json, now, utc, belowFloor === true ? BELOW_FLOOR_MAX_S : OVERRIDE_MAX_S);
	if (end === undefined || typeof id !== "string" || !isLevel(level)) return undefined;
	return {
		reason: "override",
		level,
		rampToLevelTime: typeof ramp === "number" ? ramp : undefined,
		source: id,
		inhibitSensors: inhibitSensors === true,
		belowFloor: belowFloor === true,
		...end,
		byClock: true,
	};
}

/** A record with a level is of an emergency at maximum. */
function readEmergency(
	json: JsonObject,
	now: Millis,
	past: UtcMillis | undefined,
	fullLevel: Percent,
): HeldEmergency | undefined {
	const end = readEnd(json, now, past, EMERGENCY_MAX_S);
	const { id: source } = json;
	if (end === undefined || typeof source !== "string") return undefined;
	const extent = json.level === MAXIMUM ? "maximum" : undefined;
	const level = extent ? MAXIMUM : fullLevel;
	return { reason: "emergency", level, source, extent, ...end };
}

function readMaintenance(
	json: JsonObject,
	now: Millis,
	utc: UtcMillis | undefined,
): HeldMaintenance | undefined {
	const { id, level } = json;
	const end = readEnd(json, now, utc, MAINTENANCE_MAX_S);
	if (end === undefined || typeof id !== "string" || !isLevel(level)) return undefined;
	return maintained(id, level, { ...end, byClock: true });
}

function isLevel(value: unknown): value is Percent {
	const { min, max } = FIELDS.level;
	return typeof value === "number" && value >= min && value <= max;
}

/** The date of this boot bounds the span, too: one that is set wrong later cannot prolong the order. */
function readEnd(
	json: JsonObject,
	now: Millis,
	utc: UtcMillis | undefined,
	longest: number,
): Ends | undefined {
	const { until: date, remaining_ms: rest } = json;
	if (typeof rest !== "number" || !(rest >= 0 && rest <= 1000 * longest)) return undefined;
	const until = typeof date === "number" ? (date as UtcMillis) : undefined;
	const span = remaining({ until, endsAt: now + rest }, now, utc);
	return { until, endsAt: now + span };
}

function isObject(value: unknown): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
