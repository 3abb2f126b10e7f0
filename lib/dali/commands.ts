/** Commands: address bytes, opcodes and status bits of control gear (IEC 62386-102). */
import { fact } from "./fact.js";

/** Address bytes; bit 0 is 0 before a level and 1 before an opcode. */
export const ADDRESS = {
	short: fact(0x00, "0AAA AAAS: short address A, 0 to 63", "AB"),
	group: fact(0x80, "100A AAAS: group A, 0 to 15", "AB"),
	unaddressed: fact(0xfc, "1111 110S: all without a short address", "A"),
	broadcast: fact(0xfe, "1111 111S: all", "AP"),
} as const;

/** Levels at once, or by the fade; opcode behind an address byte. */
export const LIGHT = {
	off: fact(0x00, "off, without a fade", "AC"),
	up: fact(0x01, "brighter for 200 ms by the fade rate", "AC"),
	down: fact(0x02, "darker for 200 ms by the fade rate", "AC"),
	stepUp: fact(0x03, "one level brighter", "AC"),
	stepDown: fact(0x04, "one level darker, never off", "AC"),
	recallMax: fact(0x05, "the highest level, without a fade", "AC"),
	recallMin: fact(0x06, "the lowest level, without a fade", "AC"),
	stepDownAndOff: fact(0x07, "one level darker, off below the lowest", "AC"),
	onAndStepUp: fact(0x08, "one level brighter, from off the lowest", "AC"),
	goToLast: fact(0x0a, "the last level that was not off, by the fade", "AC"),
} as const;

/** Each counts only if it comes twice. */
export const CONFIGURATION = {
	reset: fact(0x20, "all variables to their reset values", "AC"),
	storeActual: fact(0x21, "actual level into DTR0", "AC"),
	save: fact(0x22, "variables into flash", "AC"),
	setMax: fact(0x2a, "highest level = DTR0", "AC"),
	setMin: fact(0x2b, "lowest level = DTR0", "AC"),
	setFailure: fact(0x2c, "level of a system failure = DTR0", "AC"),
	setPowerOn: fact(0x2d, "level at power on = DTR0", "AC"),
	setFadeTime: fact(0x2e, "fade time = DTR0", "AC"),
	setFadeRate: fact(0x2f, "fade rate = DTR0", "AC"),
	setExtendedFade: fact(0x30, "extended fade time = DTR0", "AC"),
	setShort: fact(0x80, "short address = DTR0, as 0AAA AAA1; 255: none", "AC"),
	enableWrite: fact(0x81, "memory banks may be written", "AC"),
} as const;

/** An answer is a byte, or 255 for yes and silence for no. */
export const QUERY = {
	status: fact(0x90, "bits of STATUS", "AC"),
	present: fact(0x91, "yes", "AC"),
	lampFailure: fact(0x92, "yes, no", "AC"),
	lampOn: fact(0x93, "yes, no", "AC"),
	limitError: fact(0x94, "yes, no", "AC"),
	resetState: fact(0x95, "yes, no", "AC"),
	missingShort: fact(0x96, "yes, no", "AC"),
	version: fact(0x97, "version of part 102, as in bank 0", "AC"),
	dtr0: fact(0x98, "DTR0", "AC"),
	deviceType: fact(0x99, "6: LED; 255: several types", "AC"),
	physicalMinimum: fact(0x9a, "lowest level of the hardware", "AC"),
	powerFailure: fact(0x9b, "yes, no", "AC"),
	dtr1: fact(0x9c, "DTR1", "AC"),
	dtr2: fact(0x9d, "DTR2", "AC"),
	nextDeviceType: fact(0xa7, "behind `deviceType` or itself: the next type; 254: no more", "AQ"),
	actualLevel: fact(0xa0, "present level; 255: the light source has failed", "AC"),
	maxLevel: fact(0xa1, "highest level", "AC"),
	minLevel: fact(0xa2, "lowest level", "AC"),
	powerOnLevel: fact(0xa3, "level at power on", "AC"),
	failureLevel: fact(0xa4, "level of a system failure", "AC"),
	fade: fact(0xa5, "fade time in bits 7 to 4, fade rate in bits 3 to 0", "AC"),
	extendedFade: fact(0xa8, "multiplier in bits 6 to 4, base in bits 3 to 0", "AC"),
	gearFailure: fact(0xaa, "yes, no", "AC"),
	readMemory: fact(0xc5, "the byte at DTR0 of bank DTR1; DTR0 + 1", "AC"),
} as const;

/** Of device type 6 (part 207), each behind `SPECIAL.deviceType`; those that set come twice. */
export const LED = {
	selectCurve: fact(0xe3, "dimming curve = DTR0: 0 standard (logarithmic), 1 linear", "AQ"),
	curve: fact(0xee, "dimming curve", "AQ"),
	failure: fact(
		0xf1,
		"1 short circuit, 2 open circuit, 4 load decrease, 8 load increase ...",
		"AQ",
	),
} as const;

/** Whole address bytes; the other byte is data. All receive them. */
export const SPECIAL = {
	terminate: fact(0xa1, "ends addressing", "AC"),
	initialise: fact(0xa5, "twice: begins addressing, for 15 min; 0: of all", "AC"),
	randomise: fact(0xa7, "twice: each draws a number of 24 bits, within 100 ms", "AC"),
	compare: fact(0xa9, "yes, if its number is at most the one searched", "AC"),
	withdraw: fact(0xab, "the one whose number is searched takes no more part", "AC"),
	searchHigh: fact(0xb1, "highest byte of the number searched", "AC"),
	searchMiddle: fact(0xb3, "its middle byte", "AC"),
	searchLow: fact(0xb5, "its lowest byte", "AC"),
	programShort: fact(0xb7, "the one whose number is searched has this address, 0AAA AAA1", "AC"),
	dtr0: fact(0xa3, "data into DTR0", "AC"),
	deviceType: fact(0xc1, "next command is one of that device type", "AC"),
	dtr1: fact(0xc3, "data into DTR1", "AC"),
	dtr2: fact(0xc5, "data into DTR2", "AC"),
	write: fact(0xc7, "data into DTR0 of bank DTR1, answered by it; DTR0 + 1", "AC"),
	writeSilently: fact(0xc9, "the same without an answer", "AC"),
} as const;

/** Bits of the answer to QUERY STATUS. */
export const STATUS = {
	gearFailure: fact(0x01, "the driver has failed", "ABI"),
	lampFailure: fact(0x02, "the light source has failed", "ABI"),
	lampOn: fact(0x04, "the light source is lit", "AB"),
	limitError: fact(0x08, "the last level was outside the lowest and highest", "ABI"),
	fadeRunning: fact(0x10, "a fade runs", "ABI"),
	resetState: fact(0x20, "all variables have their reset values", "ABI"),
	missingShort: fact(0x40, "no short address", "ABI"),
	powerCycle: fact(0x80, "no level and no RESET since power came", "ABI"),
} as const;

export const ANSWER = {
	yes: fact(0xff, "no is silence", "A"),
	ledDevice: fact(6, "device type of LED drivers (part 207)", "AB"),
	noType: fact(254, "no device type, or no more of them", "A"),
} as const;
