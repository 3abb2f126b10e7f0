/**
 * Clock events: the journal's events for an answer of a time server or a typed date.
 */
import type { LampEvent } from "../../journal/events.js";
import { type ClockChange, type ClockState, utcAt } from "../../time/clock.js";
import type { Millis, UtcMillis } from "../../units.js";

/**
 * The event for a new date, or none if the clock agrees. `before`: the clock before the change.
 * `isCorroborated`: a witness vouches for the new date.
 */
export function clockEvent(
	before: ClockState,
	change: ClockChange,
	utc: UtcMillis,
	now: Millis,
	source: string,
	isCorroborated: boolean,
): LampEvent | undefined {
	const shown = utcAt(before, now);
	if (change.kind === "refused") {
		const by_ms = shown === undefined ? 0 : utc - shown;
		return { type: "clockJump", attributes: { by_ms, taken: false } };
	}
	if (shown === undefined) return { type: "clockSet", attributes: { source } };
	if (change.jump === 0) return undefined;
	const by_ms = change.jump;
	if (isCorroborated) return { type: "clockJump", attributes: { by_ms, taken: true } };
	return { type: "clockJump", attributes: { by_ms, taken: true, corroborated: false } };
}
