/**
 * Standing orders: the orders in force, apart from their effect on the light.
 *
 * At most one override, one emergency and one maintenance are in force; a new one replaces the old
 * one of its kind. Each ends at the earlier of a date and a span of the monotonic clock, so that
 * neither a missing nor a wrong clock can prolong it. The span of an order of this life is exact, so
 * only a date that is certainly past ends it before; a restored one that may darken ends by any
 * clock. The stored order is the request that the arbiter reads.
 */
import type { EndReason, LampEvent } from "../journal/events.js";
import type { LightCommand, Override } from "../lighting/arbiter.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { OrderEnd, StandingOrder } from "./orders.js";

export interface Ends {
	/** Absent if no clock was available when the order arrived. */
	readonly until: UtcMillis | undefined;
	/** On the monotonic clock of this life. */
	readonly endsAt: Millis;
	/** It ends at `until` by any dated clock: its span may be too long by a time without power. */
	readonly byClock?: true;
}

/** `source` is the order's id. */
export interface HeldOverride extends Override, Ends {
	readonly reason: "override";
	readonly source: string;
	readonly belowFloor: boolean;
}

/** `source` is the order's id; the level is the full class or, of `extent` maximum, 100 %. */
export interface HeldEmergency extends LightCommand, Ends {
	readonly extent?: "maximum" | undefined;
	readonly reason: "emergency";
	readonly source: string;
}

/** `source` is the order's id; the level is that when the work began. Presence raises it. */
export interface HeldMaintenance extends Override, Ends {
	readonly reason: "override";
	readonly source: string;
}

export interface StandingOrders {
	readonly override: HeldOverride | undefined;
	readonly emergency: HeldEmergency | undefined;
	readonly maintenance: HeldMaintenance | undefined;
}

export const NOTHING_ORDERED: StandingOrders = Object.freeze({
	override: undefined,
	emergency: undefined,
	maintenance: undefined,
});

/** The limits reduce it to the setting maxLevel. */
export const MAXIMUM = 100 as Percent;

/** Levels of the lamp that an order uses. */
export interface LevelsNow {
	/** The level of an emergency. */
	readonly fullLevel: Percent;
	/** The level that maintenance holds. */
	readonly level: Percent;
}

/** The standing orders after this order. */
export function accept(
	standing: StandingOrders,
	order: StandingOrder,
	now: Millis,
	levels: LevelsNow,
): StandingOrders {
	switch (order.kind) {
		case "clearOverride":
			return standing.override ? { ...standing, override: undefined } : standing;
		case "endMaintenance":
			return standing.maintenance ? { ...standing, maintenance: undefined } : standing;
		case "maintenanceMode":
			return { ...standing, maintenance: maintained(order.id, levels.level, ends(order, now)) };
		case "override":
			return {
				...standing,
				override: {
					reason: "override",
					level: order.level,
					rampToLevelTime: order.rampToLevelTime,
					source: order.id,
					inhibitSensors: order.inhibitSensors,
					belowFloor: order.belowFloor,
					...ends(order, now),
				},
			};
		case "emergency":
			return {
				...standing,
				emergency: {
					reason: "emergency",
					level: order.extent ? MAXIMUM : levels.fullLevel,
					source: order.id,
					extent: order.extent,
					...ends(order, now),
				},
			};
	}
}

function ends({ until, duration }: OrderEnd, now: Millis): Ends {
	return { until, endsAt: now + duration };
}

/** Maintenance in the form that the arbiter reads. */
export function maintained(source: string, level: Percent, ends: Ends): HeldMaintenance {
	return { reason: "override", level, source, inhibitSensors: false, ...ends };
}

/**
 * The standing orders without those that have ended at `now`; the same object if none has. `utc`: the
 * clock's date; `past`: a date that is certainly past.
 */
export function expire(
	standing: StandingOrders,
	now: Millis,
	utc: UtcMillis | undefined,
	past = utc,
): StandingOrders {
	const rest = (held: Ends | undefined) => remaining(held, now, utc, past);
	const override = rest(standing.override) > 0 ? standing.override : undefined;
	const emergency = rest(standing.emergency) > 0 ? standing.emergency : undefined;
	const maintenance = rest(standing.maintenance) > 0 ? standing.maintenance : undefined;
	const isSame = override === standing.override && emergency === standing.emergency;
	if (isSame && maintenance === standing.maintenance) return standing;
	return { override, emergency, maintenance };
}

/** When an order ends by time, by the present clocks; Infinity: none does. */
export function dueAt(
	standing: StandingOrders,
	now: Millis,
	utc: UtcMillis | undefined,
	past = utc,
): Millis {
	const rest = (held: Ends | undefined) => (held ? remaining(held, now, utc, past) : Infinity);
	const { override, emergency, maintenance } = standing;
	return now + Math.min(rest(override), rest(emergency), rest(maintenance));
}

/** The last level of an order in force (TALQ targetLightCommand). */
export function target(standing: StandingOrders): Percent | undefined {
	return (standing.emergency ?? standing.override)?.level;
}

/**
 * The journal events for the change from one state of the standing orders to the next. `why`: the
 * reason of the orders' end.
 */
export function changes(
	before: StandingOrders,
	after: StandingOrders,
	why: EndReason,
): readonly LampEvent[] {
	const events: LampEvent[] = [];
	const [old, override] = [before.override, after.override];
	const [oldEmergency, emergency] = [before.emergency, after.emergency];
	if (old !== override) {
		if (old) ended("override", old.source, override ? "replaced" : why, events);
		if (old?.belowFloor) ended("belowFloor", old.source, override ? "replaced" : why, events);
		if (override) begun("override", override, events);
		if (override?.belowFloor) begun("belowFloor", override, events);
	}
	if (oldEmergency !== emergency) {
		if (oldEmergency) ended("emergency", oldEmergency.source, emergency ? "replaced" : why, events);
		if (emergency) begun("emergency", emergency, events);
	}
	const [oldWork, work] = [before.maintenance, after.maintenance];
	if (oldWork !== work) {
		if (oldWork) ended("maintenanceMode", oldWork.source, work ? "replaced" : why, events);
		if (work) begun("maintenanceMode", work, events);
	}
	return events;
}

type OrderEvent = "override" | "belowFloor" | "emergency" | "maintenanceMode";

function begun(
	type: OrderEvent,
	held: HeldOverride | HeldEmergency | HeldMaintenance,
	events: LampEvent[],
): void {
	const { source: id, level } = held;
	if (type === "emergency") events.push({ type, startEndFlag: "start", attributes: { id } });
	else events.push({ type, startEndFlag: "start", attributes: { id, level } });
}

function ended(type: OrderEvent, id: string, why: EndReason, events: LampEvent[]): void {
	events.push({ type, startEndFlag: "end", attributes: { id, why } });
}

/** Remaining time of an order, by the clock on which it ends first, ms; 0 if there is none. */
export function remaining(
	held: Ends | undefined,
	now: Millis,
	utc: UtcMillis | undefined,
	past = utc,
): Millis {
	if (held === undefined) return 0;
	const date = held.byClock ? utc : past;
	const byDate = held.until === undefined || date === undefined ? Infinity : held.until - date;
	return Math.max(0, Math.min(held.endsAt - now, byDate));
}
