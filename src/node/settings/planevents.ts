/**
 * Refused plan: the event of a program or calendar that was rejected (TALQ invalidProgram,
 * invalidCalendar). The settings in force stay.
 */
import type { LampEvent } from "../../journal/events.js";
import type { Rejection } from "../../settings/validate.js";

/** The event of a rejection; undefined if it concerns neither a program nor a calendar. */
export function refusedPlan({ reason, name, why }: Rejection): LampEvent | undefined {
	const attributes = { where: name, why };
	if (reason === "invalidProgram") return { type: "invalidProgram", attributes };
	const isCalendar = reason === "invalidCalendar" || (reason === "conflict" && name === "calendar");
	return isCalendar ? { type: "invalidCalendar", attributes } : undefined;
}
