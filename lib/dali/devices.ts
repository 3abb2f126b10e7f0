/** Devices: frames of 24 bits to an input device (IEC 62386-103), its instances and their values (303, 304). */
import { fact } from "./fact.js";

/** The first byte, to all; or the first two, of a special command with its data in the third. */
export const DEVICE = {
	all: fact(0xff, "first byte: all devices, a command", "A"),
	whole: fact(0xfe, "second byte: the device and no instance; else the number of one", "A"),
	dtr0: fact(0xc130, "data into DTR0 of the device", "A"),
	dtr1: fact(0xc131, "data into DTR1", "A"),
} as const;

export const DEVICE_QUERY = {
	instances: fact(0x35, "number of instances", "A"),
	readMemory: fact(0x3c, "the byte at DTR0 of bank DTR1; DTR0 + 1", "A"),
} as const;

export const INSTANCE = {
	setHoldTimer: fact(0x21, "303, twice: hold timer = DTR0, 10 s each; 0: 1 s (BR)", "AB"),
	holdTimer: fact(0x2d, "303: hold timer", "A"),
	enable: fact(0x62, "twice: the instance measures and sends events", "A"),
	setEventFilter: fact(0x68, "twice: event filter = DTR0 (and DTR1, DTR2); 0: no events", "A"),
	type: fact(0x80, "3: occupancy (303), 4: light (304)", "AB"),
	resolution: fact(0x81, "bits of the input value", "A"),
	enabled: fact(0x86, "yes, no", "A"),
	inputValue: fact(0x8c, "first byte of the input value, filled up below its last bit", "AR"),
	inputValueNext: fact(0x8d, "next byte of the value that was answered last", "A"),
	eventFilter: fact(0x90, "lowest byte of the event filter", "A"),
} as const;

export const INPUT = {
	vacant: fact(0x00, "303: neither occupied nor movement", "BR"),
	movement: fact(0x55, "303: movement, not occupied", "B"),
	occupied: fact(0xaa, "303: occupied, no movement", "BR"),
	both: fact(0xff, "303: occupied and movement", "BR"),
	occupancy: fact(3, "instance type of part 303", "AB"),
	light: fact(4, "instance type of part 304", "AB"),
	holdTimer: fact(90, "303: hold timer as delivered, 15 min", "B"),
} as const;

/** Illuminance at the largest value of the simulated sensor, lux: a maker's own. */
export const LUX_MOST = 10_000;
