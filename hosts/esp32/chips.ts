/**
 * Chips: the registers and conversion of each sensor chip; another chip is another row.
 *
 * VEML7700 (Vishay 84286, rev. 1.8): gain 1, 100 ms: 0.0672 lx a count, saturated at 4,404 lx.
 * BH1750 (Rohm 11046EDT01): continuous, high resolution: 1/1.2 lx a count, saturated at 54,612 lx.
 * A lamp switches between 20 and 100 lx: both resolve dusk to a fraction of a lux, and saturate
 * only in bright day.
 */
import I2C from "embedded:io/i2c";
import type { ChipPins } from "./board";

interface Chip {
	/** Bytes that start the measurement. */
	readonly start: readonly number[];
	/** Register to read; undefined for a chip without registers. */
	readonly register: number | undefined;
	readonly bigEndian: boolean;
	readonly unit: number; // per count
	readonly signed: boolean;
}

const CHIPS = Object.freeze({
	veml7700: Object.freeze({
		start: Object.freeze([0x00, 0x00, 0x00]),
		register: 0x04,
		bigEndian: false,
		unit: 0.0672,
		signed: false,
	}),
	bh1750: Object.freeze({
		start: Object.freeze([0x10]),
		register: undefined,
		bigEndian: true,
		unit: 1 / 1.2,
		signed: false,
	}),
	/** TMP102 (TI SBOS397): 1/16 K in the upper 12 bits. */
	tmp102: Object.freeze({
		start: Object.freeze([]),
		register: 0x00,
		bigEndian: true,
		unit: 1 / 256,
		signed: true,
	}),
});

/** 100 kHz: two metres of cable up the pole. */
const HZ = 100_000;
/** A transfer takes half a millisecond; the SDK's own limit of 400 ms would hold an edge. */
const LONGEST_TRANSFER_ms = 20;

type Options = ConstructorParameters<typeof I2C>[0];

/** The SDK does not declare `close` and `writeRead`. */
export type Bus = I2C & {
	/** Releases the address: a second bus to it would be refused. */
	close(): void;
	/**
	 * Write and read in one transfer with a repeated start; the SDK's `write` always ends in a
	 * stop.
	 */
	writeRead(bytes: Uint8Array, into: Uint8Array): number;
};

/** A quantity that can be measured. */
export interface Sensor {
	/** Measures once; throws if no chip answers. */
	read(): number;
	close(): void;
}

/**
 * The bus to one chip. Throws if the pins are in use; so do its reads and writes without an answer.
 */
export function openBus({ data, clock, address }: ChipPins): Bus {
	return new I2C({ data, clock, address, hz: HZ, timeout: LONGEST_TRANSFER_ms } as Options) as Bus;
}

/** Starts the chip; its first measurement is not ready yet. Throws if the chip does not answer. */
export function openChip(name: keyof typeof CHIPS, pins: ChipPins): Sensor {
	const chip: Chip = CHIPS[name];
	const bus = openBus(pins);
	try {
		if (chip.start.length > 0) bus.write(Uint8Array.from(chip.start));
	} catch (error) {
		bus.close();
		throw error;
	}
	const register = chip.register === undefined ? undefined : Uint8Array.of(chip.register);
	const bytes = new Uint8Array(2);
	const view = new DataView(bytes.buffer);
	return {
		read() {
			if (register) bus.writeRead(register, bytes);
			else bus.read(bytes);
			const little = !chip.bigEndian;
			return chip.unit * (chip.signed ? view.getInt16(0, little) : view.getUint16(0, little));
		},
		close: () => bus.close(),
	};
}
