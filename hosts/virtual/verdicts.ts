/**
 * Verdicts: what an observed lamp judged, as numbers. Whoever hears the effect `verdicts` reads them by this.
 */

/** Positions of the numbers in the effect `verdicts`. */
export const VERDICT = Object.freeze({
	photocell: 0, // position in PHOTOCELL_VERDICT
	presenceDoubt: 1, // position in PRESENCE_DOUBT
	lightDoubt: 2, // position in LIGHT_DOUBT
	midnight: 3, // UTC less the monotonic clock, ms, of a clock assumed from learnt nights; NaN: none
	classesBelow: 4, // that the traffic permits; 0 where no point of a program named a volume
	thermalCap: 5, // per cent
	operatingHours: 6,
	nights: 7, // how many of the lengths behind `failing` are known
	work: 8, // bits: 1 a TLS handshake, 2 an image is written, 4 flash is erased
	revision: 9, // of the settings in force
	life: 10, // its number
	clockConflict: 11, // 1: the clock is in conflict with the sun
	photocellOutput: 12, // position in PHOTOCELL_OUTPUT
	share: 13, // of the driver's output at level 100; it changes when the hours count
	credit: 14, // 1: the flash has credit for an action
	isReplyRoomFull: 15, // 1: no query is answered
	failing: 16, // 1: an exception ended the last decision
	commands: 17, // that the console has run in this life
	isAnswering: 18, // 1: it prints an answer
	driverMinimum: 19, // least output of a driver on a bus, by its word, per cent; 0: not known
	firstNight: 20, // and the three behind it: lengths of the last nights, ms; NaN: not known
} as const);

export const PHOTOCELL_VERDICT = Object.freeze(["unknown", "bright", "day", "night"] as const);
export const PHOTOCELL_OUTPUT = Object.freeze(["unknown", "day", "night"] as const);
export const PRESENCE_DOUBT = Object.freeze([
	undefined,
	"stuckOn",
	"silent",
	"radio",
	"tooBusy",
	"lost",
	"disagreement",
] as const);
export const LIGHT_DOUBT = Object.freeze([
	undefined,
	"silent",
	"stuck",
	"contradicted",
	"lost",
] as const);
