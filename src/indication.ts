/**
 * Indication: the lists behind the numbers that the host's indicator shows.
 *
 * Positions are part of the trace format of the simulator and of the status LED's codes: append only.
 */

export const PRESENCE = Object.freeze(["vacant", "moving", "holding", "settling"] as const);
export const PHOTOCELL = Object.freeze(["unknown", "day", "night"] as const);
export const REASON = Object.freeze([
	"default",
	"program",
	"sensor",
	"override",
	"emergency",
	"systemFailure",
] as const);
export const LINK = Object.freeze(["off", "waiting", "connecting", "online"] as const);
