/** Timing: bits, frames and pauses of a DALI bus, the curve, fade times and reset values. */
import { fact } from "./fact.js";

/** Milliseconds. */
export const TIMING = {
	halfBit: fact(0.41667, "half a bit of the Manchester code, 1,200 bit/s", "BDE"),
	halfBitLeast: fact(0.333, "shortest half bit that a receiver takes", "E"),
	halfBitMost: fact(0.5, "longest half bit that a receiver takes", "E"),
	stop: fact(2.45, "idle bus that ends a frame", "BE"),
	forwardFrame: fact(15.83, "start bit, 16 bits, two stop bits: 38 half bits", "BD"),
	longFrame: fact(22.5, "start bit, 24 bits, two stop bits: 54 half bits", "A"),
	backwardFrame: fact(9.17, "start bit, 8 bits, two stop bits: 22 half bits", "BD"),
	answerLeast: fact(5.5, "shortest pause before a backward frame (edition 1: 2.92)", "B"),
	answerMost: fact(10.5, "longest pause before a backward frame (edition 1: 9.17)", "B"),
	settling: fact(13.5, "shortest pause before a forward frame (edition 1: 9.17)", "B"),
	twice: fact(100, "a configuration command counts if it comes twice within this time", "BO"),
	busFailure: fact(550, "a bus without voltage for so long is a system failure", "E"),
	reset: fact(300, "after RESET a driver may miss frames for so long", "A"),
	step: fact(200, "UP and DOWN fade for so long", "A"),
} as const;

/** The logarithmic curve: light in per cent = 10 ^ ((level - 1) / CURVE.steps - 1). */
export const CURVE = {
	least: fact(1, "lowest level, 0.1 %", "JL"),
	most: fact(254, "highest level, 100 %", "JL"),
	steps: fact(253 / 3, "levels for ten times the light", "JK"),
} as const;

/** Points of the curve that a source states: level, per cent, source. */
export const CURVE_POINTS = [
	[1, 0.1, "J"],
	[10, 0.128, "K"],
	[127, 3.12, "K"],
	[170, 10, "J"],
	[195, 20, "J"],
	[220, 40, "J"],
	[229, 50.53, "K"],
	[244, 76.11, "K"],
	[254, 100, "J"],
] as const;

/** Fade times 0 to 15, ms: half a second times the root of 2 ^ n. */
export const FADE_TIMES = [
	0, 707, 1000, 1400, 2000, 2800, 4000, 5700, 8000, 11_300, 16_000, 22_600, 32_000, 45_300, 64_000,
	90_500,
] as const;
/** Fade rates 0 to 15, levels a second: 506 by the root of 2 ^ n; 0 is none. */
export const FADE_RATES = [0, 358, 253, 179, 127, 89, 63, 45, 32, 22, 16, 11, 8, 6, 4, 3] as const;
export const FADES = {
	time: fact(
		16,
		"FADE TIME n, 1 to 15, is 0.5 s times the root of 2 ^ n; 0: none or extended",
		"AB",
	),
	rate: fact(16, "FADE RATE n, 1 to 15, is 506 levels a second by the root of 2 ^ n", "AB"),
	base: fact(0x0f, "bits of SET EXTENDED FADE TIME: the base, less 1", "AC"),
	multiplier: fact(0x70, "bits of it: 0 none, 1 to 4: 100 ms, 1 s, 10 s, 1 min", "AC"),
	extendedMost: fact(0x4f, "a larger one sets both to 0", "A"),
} as const;

/** Values after RESET; the short address stays. */
export const RESET_VALUES = {
	actualLevel: fact(254, "light after RESET", "B"),
	powerOnLevel: fact(254, "level when mains power comes; 255: the last one", "B"),
	systemFailureLevel: fact(254, "level when the bus fails; 255: no change", "B"),
	maxLevel: fact(254, "highest level", "B"),
	fadeTime: fact(0, "none", "B"),
	fadeRate: fact(7, "45 levels a second", "B"),
} as const;

export const LEVELS = {
	off: fact(0, "fades to the lowest level, then off", "AB"),
	mask: fact(255, "DAPC: ends a fade where it is; settings and answers: none", "AL"),
} as const;
