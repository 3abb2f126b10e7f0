/**
 * Banks: the memory banks of a D4i driver, and the values in them (DiiA parts 251 to 253).
 *
 * A value is bytes, the highest first. All ones mean that the driver has no such value, one less that
 * it has none at present: both are unknown, as is a value out of its range. Unknown is NaN and never
 * a number. Addresses, units and their sources: docs/dali.md. Tables of numbers, because an object
 * takes a slot of flash for each member.
 */

/** Runs of bytes that are read in one piece, latched: bank, first address, bytes. */
// biome-ignore format: a row a block
const BLOCKS = Uint8Array.of(
	0, 0x03, 16, // identity: type number (GTIN), version, serial number
	1, 0x15, 14, // the luminaire, as its maker described it
	202, 0x04, 12, // energy and power at the mains
	205, 0x04, 24, // the driver
	206, 0x07, 26, // the light source
	207, 0x04, 4, // what the luminaire is rated for
);
const BLOCK_COLUMNS = 3;
export const BLOCK_COUNT: number = BLOCKS.length / BLOCK_COLUMNS;
export const IDENTITY = 0;
export const ENERGY = 2;
export const MOST_BYTES = 26;
/** The banks that have a latch. */
export const LATCHED_FROM = 202;
export const LATCHED_TO = 206;

export const BANK = 0;
export const FROM = 1;
export const BYTES = 2;
/** A number of a block: BANK, FROM or BYTES. */
export function ofBlock(index: number, column: number): number {
	return BLOCKS[BLOCK_COLUMNS * index + column]!;
}

/** The values, `_` before their units: names of the contract (docs/broker.md). */
export const VALUES =
	"nominalPower_W nominalLight_lm colourTemperature_K activeEnergy_kWh activePower_W operatingHours" +
	" starts supply_V powerFactor isFailed temperature_C lampStarts lampHours lampIsFailed" +
	" lampTemperature_C ratedLife_h ratedStarts";
/** Place of `activeEnergy_kWh` in VALUES. */
export const ENERGY_AT = 3;
export const POWER_AT = 4;
export const LAMP_STARTS_AT = 11;
export const LAMP_HOURS_AT = 12;

/** The byte before a value is the power of ten of its unit; its raw value is 60 too high. */
const SCALED = 1;
const CELSIUS = 2;
/** A larger kind is the value of 1. */
/** Of each value: block, place in it, bytes, kind, raw value of 1, most (of a temperature: least is -60). */
// biome-ignore format: a row a value, in the order of VALUES
const PLACES = Uint32Array.of(
	1, 0, 2, 0, 1, 10_000,
	1, 8, 3, 0, 1, 1_000_000,
	1, 12, 2, 0, 1, 17_000,
	2, 1, 6, SCALED, 1000, 10_000_000, // a kilowatt for a thousand years
	2, 8, 4, SCALED, 1, 10_000,
	3, 0, 4, 0, 3600, 1_000_000,
	3, 4, 3, 0, 1, 0xff_ffff,
	3, 7, 2, 0, 10, 600,
	3, 10, 1, 0, 100, 1,
	3, 11, 1, 0, 1, 1,
	3, 23, 1, CELSIUS, 1, 150,
	4, 0, 3, 0, 1, 0xff_ffff,
	4, 7, 4, 0, 3600, 1_000_000,
	4, 15, 1, 0, 1, 1,
	4, 25, 1, CELSIUS, 1, 150,
	5, 0, 1, 1000, 1, 1_000_000,
	5, 2, 2, 100, 1, 10_000_000,
);
const PLACE_COLUMNS = 6;
const OFFSET = 60;
export const VALUE_COUNT: number = PLACES.length / PLACE_COLUMNS;

/** The bytes of one block; below 0: not read. */
export type BlockBytes = ArrayLike<number>;

/** The nth of VALUES in the bytes of a block, NaN: unknown; undefined: it is in another block. */
export function readingOf(value: number, block: number, bytes: BlockBytes): number | undefined {
	const place = PLACE_COLUMNS * value;
	if (PLACES[place] !== block) return undefined;
	const at = PLACES[place + 1]!;
	const count = PLACES[place + 2]!;
	const kind = PLACES[place + 3]!;
	let raw = 0;
	for (let index = at; index < at + count; index += 1)
		raw = bytes[index]! >= 0 ? raw * 256 + bytes[index]! : Number.NaN;
	if (!(raw < 256 ** count - 2)) return Number.NaN;
	if (kind === CELSIUS) raw -= OFFSET;
	else if (kind > CELSIUS) raw *= kind;
	if (kind === SCALED) raw *= scaleOf(bytes[at - 1]!);
	const reading = raw / PLACES[place + 4]!;
	return reading <= PLACES[place + 5]! ? reading : Number.NaN;
}

/** The power of ten that a byte with a sign gives, -6 to 6. */
function scaleOf(byte: number): number {
	const power = byte > 127 ? byte - 256 : byte;
	return byte >= 0 && power >= -6 && power <= 6 ? 10 ** power : Number.NaN;
}

/** Of the bytes of IDENTITY: the type number, then two of a version, then the serial number. */
const TYPE_BYTES = 6;
const SERIAL_AT = 8;

/**
 * Type and serial number of the driver as hexadecimal digits, with a point between; undefined if
 * either is not whole, or the serial number is all ones or zeros, as of drivers without one.
 */
export function identityOf(bytes: BlockBytes): string | undefined {
	let text = "";
	let each = bytes[SERIAL_AT]!;
	for (let index = 0; index < ofBlock(IDENTITY, BYTES); index += 1) {
		if (index === TYPE_BYTES) text += ".";
		if (index >= TYPE_BYTES && index < SERIAL_AT) continue;
		const byte = bytes[index]!;
		if (!(byte >= 0)) return undefined;
		text += (256 + byte).toString(16).slice(1);
		if (index >= SERIAL_AT && byte !== each) each = -1;
	}
	return each === 0 || each === 0xff ? undefined : text;
}
