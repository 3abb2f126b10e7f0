/**
 * Board: the parts of a pole controller and their pins. Types only; a board is a file of data.
 */

/** Pins are numbers of GPIO. */
export interface Board extends PoleBoard {
	readonly lamp: LampPins;
}

/** Its driver is on a DALI bus (bus.json). */
export interface BusBoard extends PoleBoard {
	readonly bus: BusPins;
}

export interface PoleBoard {
	/** Name and revision, as reported to the CMS. */
	readonly hardware: string;
	/** The contact before the driver, if fitted. */
	readonly relay?: OutputPin;
	/** Shows the codes of statusled.ts. */
	readonly led?: OutputPin;
	readonly movement: InputPin;
	/** Absent: darkness is decided by the sun alone. */
	readonly light?: AnalogLight | LightChipPins;
	readonly temperature?: ChipPins;
	/** ISO 3166 code of the place of use: channels and power of the radio. Wi-Fi boards alone. */
	readonly country?: string;
	/** A DS3231; it may be left unfitted. */
	readonly clock?: ChipPins;
	readonly technician: SerialPins;
}

export interface LampPins {
	readonly pin: number;
	/**
	 * 1 kHz behind an optocoupler, whose edges take 4 to 18 us, for a driver that averages its input.
	 * A driver that switches the LED by it needs more than 3 kHz and a fast part (docs/boards.md).
	 */
	readonly hz: number;
	/**
	 * Bits: 12, since the dimming curve of IEC 62386-102 begins at 0.1 %, or 13. With 14, the
	 * maximum of an ESP32-C3, full light would overflow its counter.
	 */
	readonly resolution: number;
	/** The driver is at full light while the pin is low. */
	readonly inverted: boolean;
}

/** Pins of a DALI bus; inverted: the pin is low while the bus is high. */
export interface BusPins {
	readonly transmit: number;
	readonly receive: number;
	readonly transmitInverted: boolean;
	readonly receiveInverted: boolean;
}

export interface OutputPin {
	readonly pin: number;
	readonly activeLow: boolean;
}

export interface InputPin extends OutputPin {
	/** Holds the line while the sensor is silent or disconnected. */
	readonly pull: "up" | "down" | "none";
}

/** A photodiode over a resistor, on ADC1: ADC2 is reserved for Wi-Fi. */
export interface AnalogLight {
	readonly kind: "analog";
	readonly pin: number;
	/** Lux at full scale of the converter. Below 7 % of it the converter measures nothing. */
	readonly fullScale_lx: number;
}

export interface ChipPins {
	readonly data: number;
	readonly clock: number;
	readonly address: number;
}

interface LightChipPins extends ChipPins {
	readonly kind: "veml7700" | "bh1750";
	/** Share of the light that passes the housing, 0..1. */
	readonly transmission: number;
}

export interface SerialPins {
	/** 1 or 2: UART0 is used by the debugger. */
	readonly port: number;
	readonly receive: number;
	readonly transmit: number;
}
