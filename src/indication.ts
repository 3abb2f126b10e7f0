/**
 * Indication: the lists whose positions are the numbers of the host's indicator.
 *
 * Positions are part of the simulator's trace format and of the status LED's codes: append only.
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
