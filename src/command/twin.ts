/**
 * Twin: what the city wants of the lamp at the moment, apart from what the lamp makes of it.
 *
 * At most one override and one emergency are in force; a new one takes the old one's place. Both
 * end by themselves at the earlier of a date and a span of the monotonic clock, so that neither a
 * missing nor a wrong clock can make one last. The held order is the request that the arbiter reads.
 */
import type { EndReason, LampEvent } from "../journal/events.js";
import type { LightCommand, Override } from "../lighting/arbiter.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { ActingOrder } from "./orders.js";

interface Ends {
	/** Absent if no clock was there when the order came. */
	readonly until: UtcMillis | undefined;
	/** On the monotonic clock of this life. */
	readonly endsAt: Millis;
}

/** `source` is the order's id. */
export interface HeldOverride extends Override, Ends {
	readonly reason: "override";
	readonly source: string;
	readonly belowFloor: boolean;
}

/** `source` is the order's id; the level is the full class. */
export interface HeldEmergency extends LightCommand, Ends {
	readonly reason: "emergency";
	readonly source: string;
}

export interface Twin {
	readonly override: HeldOverride | undefined;
	readonly emergency: HeldEmergency | undefined;
}

export const NOTHING_ORDERED: Twin = Object.freeze({ override: undefined, emergency: undefined });

/** What the order makes of the twin. `fullLevel`: the level of an emergency. */
export function accept(twin: Twin, order: ActingOrder, now: Millis, fullLevel: Percent): Twin {
	switch (order.kind) {
		case "clearOverride":
			return twin.override ? { override: undefined, emergency: twin.emergency } : twin;
		case "override":
			return {
				override: {
					reason: "override",
					level: order.level,
					rampToLevelTime: order.rampToLevelTime,
					source: order.id,
					inhibitSensors: order.inhibitSensors,
					belowFloor: order.belowFloor,
					until: order.until,
					endsAt: now + order.duration,
				},
				emergency: twin.emergency,
			};
		case "emergency":
			return {
				override: twin.override,
				emergency: {
					reason: "emergency",
					level: fullLevel,
					source: order.id,
					until: order.until,
					endsAt: now + order.duration,
				},
			};
	}
}

/** The twin without what is over at `now`; the same object if nothing is. */
export function expire(twin: Twin, now: Millis, utc: UtcMillis | undefined): Twin {
	const override = remaining(twin.override, now, utc) > 0 ? twin.override : undefined;
	const emergency = remaining(twin.emergency, now, utc) > 0 ? twin.emergency : undefined;
	if (override === twin.override && emergency === twin.emergency) return twin;
	return { override, emergency };
}

/** When time alone changes the twin, by the clocks as they stand; Infinity if it does not. */
export function dueAt(twin: Twin, now: Millis, utc: UtcMillis | undefined): Millis {
	return (
		now +
		Math.min(
			twin.override ? remaining(twin.override, now, utc) : Infinity,
			twin.emergency ? remaining(twin.emergency, now, utc) : Infinity,
		)
	);
}

/** The last level asked for by an order in force (TALQ targetLightCommand). */
export function target(twin: Twin): Percent | undefined {
	return (twin.emergency ?? twin.override)?.level;
}

/** What the journal says about the step from one twin to the next. `why` things are over. */
export function changes(before: Twin, after: Twin, why: EndReason): readonly LampEvent[] {
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
	return events;
}

function begun(
	type: "override" | "belowFloor" | "emergency",
	held: HeldOverride | HeldEmergency,
	events: LampEvent[],
): void {
	const { source: id, level } = held;
	if (type === "emergency") events.push({ type, startEndFlag: "start", attributes: { id } });
	else events.push({ type, startEndFlag: "start", attributes: { id, level } });
}

function ended(
	type: "override" | "belowFloor" | "emergency",
	id: string,
	why: EndReason,
	events: LampEvent[],
): void {
	events.push({ type, startEndFlag: "end", attributes: { id, why } });
}

/** How long what is held lasts from now, by whichever clock says less; 0 if nothing is held. */
export function remaining(held: Ends | undefined, now: Millis, utc: UtcMillis | undefined): Millis {
	if (held === undefined) return 0;
	const byDate = held.until === undefined || utc === undefined ? Infinity : held.until - utc;
	return Math.max(0, Math.min(held.endsAt - now, byDate));
}
