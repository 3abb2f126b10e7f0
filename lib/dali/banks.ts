/**
 * Banks: addresses of the memory banks 0, 1 and 202 to 206 (IEC 62386-102, DiiA parts 251 to 253).
 *
 * Values are bytes, the highest first. MASK is all ones: the driver has no such value; TMASK, one
 * less: it has none at present.
 */
import type { SourceName } from "./fact.js";

/**
 * Kind of a value, by its writer: `fixed` the driver's maker; `locked` the luminaire's maker, while
 * the lock byte permits; `resettable` everybody; `live` the driver.
 */
export type FieldKind = "fixed" | "locked" | "resettable" | "live";

export interface Field {
	readonly name: string;
	readonly at: number;
	readonly bytes: number;
	/** Empty: a number or a flag. */
	readonly unit: string;
	/** Raw values of one unit; temperatures are raised by 60. */
	readonly perUnit: number;
	readonly kind: FieldKind;
	readonly sources: readonly SourceName[];
}

export interface BankTable {
	readonly bank: number;
	readonly meaning: string;
	readonly last: number;
	/** Meaning of the byte at address 2. */
	readonly lockByte: "none" | "lock" | "latch" | "both";
	/** Of the last address. */
	readonly sources: readonly SourceName[];
	readonly fields: readonly Field[];
}

/** Address of the byte that locks or latches a bank. */
export const LOCK_AT = 2;
/** Its values: writable (source A), latched (source A). */
export const UNLOCKED = 0x55;
export const LATCHED = 0xaa;
/** Raw value of 0 degrees (source A). */
export const CELSIUS_OFFSET = 60;
/** The byte before a value `scaled` is a power of ten, -6 to 6 (sources A, F). */
export const LARGEST_POWER = 6;

type Row = readonly [
	at: number,
	bytes: number,
	name: string,
	unit?: string,
	per?: number,
	from?: string,
];

function fields(kind: FieldKind, from: string, rows: readonly Row[]): Field[] {
	return rows.map(([at, bytes, name, unit = "", perUnit = 1, sources = from]) => {
		return { name, at, bytes, unit, perUnit, kind, sources: [...sources] as SourceName[] };
	});
}

function bank(
	number: number,
	meaning: string,
	last: number,
	lockByte: BankTable["lockByte"],
	from: string,
	...parts: Field[][]
): BankTable {
	const all = parts.flat().sort((a, b) => a.at - b.at);
	return { bank: number, meaning, last, lockByte, sources: [...from] as SourceName[], fields: all };
}

const IDENTITY: readonly Row[] = [
	[0x03, 6, "gtin", "", 1, "ABHN"],
	[0x09, 1, "firmwareMajor", "", 1, "ABHN"],
	[0x0a, 1, "firmwareMinor", "", 1, "AHN"],
	[0x0b, 8, "serial"],
	[0x13, 1, "hardwareMajor"],
	[0x14, 1, "hardwareMinor"],
	[0x15, 1, "version101"],
	[0x16, 1, "version102"],
	[0x17, 1, "version103", "", 1, "A"],
	[0x18, 1, "deviceUnits", "", 1, "A"],
	[0x19, 1, "gearUnits", "", 1, "A"],
	[0x1a, 1, "unitIndex", "", 1, "A"],
];

const LUMINAIRE: readonly Row[] = [
	[0x03, 6, "luminaireGtin"],
	[0x09, 8, "luminaireSerial"],
	[0x11, 2, "contentFormat"],
	[0x13, 1, "year"],
	[0x14, 1, "week"],
	[0x15, 2, "nominalPower", "W"],
	[0x17, 2, "leastPower", "W"],
	[0x19, 2, "leastMains", "V"],
	[0x1b, 2, "mostMains", "V"],
	[0x1d, 3, "nominalLight", "lm"],
	[0x20, 1, "colourRendering"],
	[0x21, 2, "colourTemperature", "K"],
	[0x23, 1, "distribution"],
	[0x24, 24, "colour"],
	[0x3c, 60, "identification"],
];

/** Energy and power, each behind its power of ten. */
function meter(energy: string, power: string, from: string): Field[] {
	return [
		...fields("fixed", from, [
			[0x03, 1, "version", "", 1, "A"],
			[0x04, 1, "energyScale"],
			[0x0b, 1, "powerScale"],
		]),
		...fields("live", from, [
			[0x05, 6, "energy", energy],
			[0x0c, 4, "power", power],
		]),
	];
}

const DRIVER: readonly Row[] = [
	[0x04, 4, "operatingTime", "s"],
	[0x08, 3, "starts"],
	[0x0b, 2, "supply", "V", 10],
	[0x0d, 1, "frequency", "Hz"],
	[0x0e, 1, "powerFactor", "", 100],
	[0x0f, 1, "failed"],
	[0x10, 1, "failures"],
	[0x11, 1, "undervoltage"],
	[0x12, 1, "undervoltages"],
	[0x13, 1, "overvoltage"],
	[0x14, 1, "overvoltages"],
	[0x15, 1, "powerLimited"],
	[0x16, 1, "powerLimitations"],
	[0x17, 1, "derated"],
	[0x18, 1, "deratings"],
	[0x19, 1, "shutDown"],
	[0x1a, 1, "shutdowns"],
	[0x1b, 1, "temperature", "C", 1, "AF"],
	[0x1c, 1, "outputCurrent", "%"],
];

const LIGHT_SOURCE: readonly Row[] = [
	[0x07, 3, "starts"],
	[0x0e, 4, "onTime", "s"],
	[0x12, 2, "voltage", "V", 10, "AF"],
	[0x14, 2, "current", "A", 1000, "AF"],
	[0x16, 1, "failed"],
	[0x17, 1, "failures"],
	[0x18, 1, "shorted"],
	[0x19, 1, "shorts"],
	[0x1a, 1, "open"],
	[0x1b, 1, "opens"],
	[0x1c, 1, "derated"],
	[0x1d, 1, "deratings"],
	[0x1e, 1, "shutDown"],
	[0x1f, 1, "shutdowns"],
	[0x20, 1, "temperature", "C"],
];

const MAINTENANCE: readonly Row[] = [
	[0x04, 1, "ratedLife", "1000 h"],
	[0x05, 1, "referenceTemperature", "C"],
	[0x06, 2, "ratedStarts", "100"],
];

const VERSION: readonly Row[] = [[0x03, 1, "version"]];

export const BANKS: readonly BankTable[] = [
	bank(0, "identity of the driver", 0x1a, "none", "AB", fields("fixed", "AN", IDENTITY)),
	bank(1, "the luminaire (part 251)", 0x77, "lock", "AF", fields("locked", "A", LUMINAIRE)),
	bank(202, "active energy and power (252)", 0x0f, "latch", "AF", meter("Wh", "W", "AF")),
	bank(203, "apparent energy and power (252)", 0x0f, "latch", "AF", meter("VAh", "VA", "A")),
	bank(204, "energy and power of the load (252)", 0x0f, "latch", "AF", meter("Wh", "W", "A")),
	bank(
		205,
		"diagnostics of the driver (253)",
		0x1c,
		"both",
		"AF",
		fields("fixed", "A", VERSION),
		fields("live", "A", DRIVER),
	),
	bank(
		206,
		"diagnostics of the light source (253)",
		0x20,
		"both",
		"AF",
		fields("fixed", "A", VERSION),
		fields("resettable", "A", [
			[0x04, 3, "startsResettable"],
			[0x0a, 4, "onTimeResettable", "s"],
		]),
		fields("live", "A", LIGHT_SOURCE),
	),
	bank(
		207,
		"maintenance of the luminaire (253)",
		0x07,
		"lock",
		"A",
		fields("fixed", "A", VERSION),
		fields("locked", "A", MAINTENANCE),
	),
];

/** The table of a bank; throws for none. */
export function bankTable(number: number): BankTable {
	const found = BANKS.find(({ bank: bankNumber }) => bankNumber === number);
	if (!found) throw new Error(`bank ${number} is not in the table`);
	return found;
}
