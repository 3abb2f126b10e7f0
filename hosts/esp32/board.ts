/**
 * Board: what a pole controller has, and on which pins. Types only; a board is a file of data.
 */

/** Pins are numbers of GPIO. */
export interface Board {
	/** Name and revision, as the CMS reads it in reports. */
	readonly hardware: string;
	readonly lamp: LampPins;
	/** The contact before the driver, where there is one. */
	readonly relay?: OutputPin;
	/** Shows the codes of statusled.ts. */
	readonly led?: OutputPin;
	readonly movement: InputPin;
	/** Absent: the lamp goes by the sun. */
	readonly light?: AnalogLight | LightChipPins;
	readonly temperature?: ChipPins;
	/** A DS3231; one that is not fitted does no harm. */
	readonly clock?: ChipPins;
	readonly technician: SerialPins;
}

export interface LampPins {
	readonly pin: number;
	/** 4 kHz or more: far above what IEEE 1789 calls harmless at any depth (3 kHz). */
	readonly hz: number;
	/**
	 * Bits: 12, since the dimming curve of IEC 62386-102 begins at 0.1 %, or 13. With 14, the most of an
	 * ESP32-C3, full light would overflow its counter.
	 */
	readonly resolution: number;
	/** The driver is at full light when the pin is low. */
	readonly inverted: boolean;
}

export interface OutputPin {
	readonly pin: number;
	readonly activeLow: boolean;
}

export interface InputPin extends OutputPin {
	/** What holds the line while the sensor is silent or torn off. */
	readonly pull: "up" | "down" | "none";
}

/** A photodiode over a resistor, on ADC1: the other converter is the Wi-Fi's. */
export interface AnalogLight {
	readonly kind: "analog";
	readonly pin: number;
	/** Lux at full scale of the converter, the range's end. Below 7 % of it the converter is blind. */
	readonly fullScale_lx: number;
}

export interface ChipPins {
	readonly data: number;
	readonly clock: number;
	readonly address: number;
}

export interface LightChipPins extends ChipPins {
	readonly kind: "veml7700" | "bh1750";
	/** What the housing lets through, 0..1. */
	readonly transmission: number;
}

export interface SerialPins {
	/** 1 or 2: UART0 is the debugger's. */
	readonly port: number;
	readonly receive: number;
	readonly transmit: number;
}
