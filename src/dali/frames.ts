/**
 * Frames: forward frames on a lamp's own bus, of 16 bits to control gear (IEC 62386-102) and of 24 bits
 * to the sensor in the lower socket of the luminaire, an input device (103, 303, 304).
 *
 * Levels are broadcast, so that two drivers of a luminaire are in step. With one driver all else is
 * broadcast, too: neither it nor one that replaces it needs an address. Two are asked by their
 * addresses. Numbers and their sources: docs/dali.md.
 */

/** Added to a frame that the host sends twice within 100 ms: a configuration command. */
export const TWICE = 0x100_0000;
/** A frame above this has 24 bits: no address byte of one is 0. */
export const LARGEST_SHORT = 0xffff;

/** Direct arc power control: with a level of 0 (off) to 254, reached within the fade time. */
export const LEVEL = 0xfe00;
/** With an opcode below. */
export const COMMAND = 0xff00;
/** With data for a setting, or the address of the next byte in a memory bank. */
export const DTR0 = 0xa300;
/** With the number of a memory bank. */
export const DTR1 = 0xc300;

/** The next command is one of device type 6, LED (part 207). */
export const LED_NEXT = 0xc106;

export const QUERY_STATUS = 144;
export const QUERY_DEVICE_TYPE = 153;
export const QUERY_PHYSICAL_MINIMUM = 154;
/** The type after the one that was answered last. */
export const QUERY_NEXT_TYPE = 167;
/** Behind LED_NEXT: the failure status of an LED driver. */
export const QUERY_FAILURE = 241;

/** Reads the byte at DTR0 of the bank DTR1, and adds 1 to DTR0. */
export const READ_MEMORY = 0xffc5;
/** Permits writes to a memory bank until the next other command. */
export const ENABLE_WRITE: number = TWICE + 0xff81;
/** The address of a bank's lock byte, and the frame that writes a latch of all values there. */
export const LATCH_ADDRESS = 2;
export const WRITE_LATCH = 0xc9aa;

/** Bits of the answer to QUERY_STATUS: the light source has failed. */
export const LAMP_FAILURE = 0x02;
/** All settings are the factory's, no level came since power did, or the last one was out of range. */
export const MAY_BE_UNSET = 0xa8;

/** COMMAND to the driver at a short address alone. */
export function commandTo(address: number): number {
	return 0x100 | (address << 9);
}

/** Of 24 bits: to the whole input device, and to its first instance; the nth is 256 more. */
export const DEVICE = 0xff_fe00;
export const INSTANCE = 0xff_0000;
/** With data for a setting of the device, or an address in a memory bank; with the number of a bank. */
export const DEVICE_DTR0 = 0xc1_3000;
export const DEVICE_DTR1 = 0xc1_3100;
/** To DEVICE: how many instances; the byte at DTR0 of the bank DTR1, and adds 1 to DTR0. */
export const QUERY_INSTANCES = 0x35;
export const READ_DEVICE_MEMORY = 0x3c;
/** To an instance. */
export const QUERY_TYPE = 0x80;
export const QUERY_RESOLUTION = 0x81;
export const QUERY_INPUT = 0x8c;
/** The byte of the input value behind the one that was answered last. */
export const QUERY_INPUT_NEXT = 0x8d;

/** Answers that are no byte: BusAnswer of host.ts. */
export const SILENCE = -1;
export const SEVERAL = -2;
export const NO_BUS = -3;

/** Whether an answer is the byte of a backward frame; everything else is worth nothing. */
export function isByte(answer: number): boolean {
	return answer >= 0 && answer <= 0xff && (answer | 0) === answer;
}
