/**
 * Refused plan: the event of a program or a calendar that was not taken (TALQ invalidProgram,
 * invalidCalendar). What was in force before stays.
 */
import type { LampEvent } from "../../journal/events.js";
import type { Rejection } from "../../settings/validate.js";

/** Undefined where a rejection is about something else. */
export function refusedPlan({ reason, name, why }: Rejection): LampEvent | undefined {
	const attributes = { where: name, why };
	if (reason === "invalidProgram") return { type: "invalidProgram", attributes };
	const isCalendar = reason === "invalidCalendar" || (reason === "conflict" && name === "calendar");
	return isCalendar ? { type: "invalidCalendar", attributes } : undefined;
}
