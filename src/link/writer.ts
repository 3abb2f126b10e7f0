/**
 * Writer: text and numbers as bytes in one preallocated buffer.
 *
 * Every message of the link, packet head and JSON payload alike, is written here straight into the
 * bytes for the stream. No message exists as an object or as one long string: in a small heap
 * that avoids a garbage collection for each report. Text that does not fit sets `failed`, and the
 * packet is not sent.
 */
import type { Utf8 } from "../host.js";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const ZERO_DIGITS = "000000"; // fixed() has 6 digits at most

type Scalar = string | number | boolean | undefined;

export class Writer {
	readonly bytes: Uint8Array;
	/** Position of the next byte. */
	at = 0;
	/** Whether anything did not fit since the last `restart`. */
	failed = false;
	/** The begin of each report, with its comma: the lamp's names. */
	opening = "{";
	private readonly utf8: Utf8;
	private isFirst = true; // of the object or array being written

	constructor(utf8: Utf8, size: number) {
		this.utf8 = utf8;
		this.bytes = new Uint8Array(size);
	}

	restart(at: number): void {
		this.at = at;
		this.failed = false;
	}

	byte(value: number): void {
		if (this.at < this.bytes.length) this.bytes[this.at++] = value;
		else this.failed = true;
	}

	/** Two bytes, high byte first (MQTT 3.1.1, 1.5.2). */
	word(value: number): void {
		const { bytes, at } = this;
		if (at + 2 > bytes.length) this.failed = true;
		else {
			bytes[at] = value >> 8;
			bytes[at + 1] = value & 255;
			this.at = at + 2;
		}
	}

	/** The text unchanged, in UTF-8. */
	text(text: string): void {
		const count = this.utf8.encode(text, this.bytes, this.at);
		if (count < 0) this.failed = true;
		else this.at += count;
	}

	/** Reserves two bytes for a length that `closeLength` fills in. */
	openLength(): number {
		this.word(0);
		return this.at;
	}

	/** Writes the number of bytes since `from` into the two bytes before it. */
	closeLength(from: number): void {
		const count = this.at - from;
		if (this.failed || count > 65535) {
			this.failed = true;
			return;
		}
		this.bytes[from - 2] = count >> 8;
		this.bytes[from - 1] = count & 255;
	}

	/** `{` as a value, or as the member `name`. */
	openObject(name?: string): void {
		this.open(name, OPEN_OBJECT);
	}

	/** `{` of a whole message. */
	openReport(): void {
		this.text(this.opening);
		this.isFirst = true;
	}

	closeObject(): void {
		this.byte(CLOSE_OBJECT);
		this.isFirst = false;
	}

	openArray(name?: string): void {
		this.open(name, OPEN_ARRAY);
	}

	closeArray(): void {
		this.byte(CLOSE_ARRAY);
		this.isFirst = false;
	}

	/** A member of an object. Without undefined and non-finite values, which JSON lacks. */
	member(name: string, value: Scalar): void {
		if (typeof value === "string") this.json(name, JSON.stringify(value));
		else if (typeof value === "boolean" || Number.isFinite(value)) this.json(name, `${value}`);
	}

	/**
	 * A number with at most `digits` (0-6) decimals. It is printed as whole numbers, since engines
	 * differ in the last decimals of some fractions.
	 */
	fixed(name: string, value: number | undefined, digits: number): void {
		if (value === undefined || !Number.isFinite(value)) return;
		this.json(name, decimal(value, digits));
	}

	/**
	 * A member whose value is JSON text. Signs are put as bytes: as texts they were half of the cost
	 * of a report.
	 */
	json(name: string, text: string): void {
		const { bytes, utf8 } = this;
		let at = this.at;
		if (!this.isFirst) bytes[at++] = COMMA; // beyond the end nothing is written
		this.isFirst = false;
		bytes[at++] = QUOTE;
		const letters = utf8.encode(name, bytes, at);
		at += letters;
		bytes[at++] = QUOTE;
		bytes[at++] = COLON;
		const count = utf8.encode(text, bytes, at);
		if (letters < 0 || count < 0) this.failed = true;
		else this.at = at + count;
	}

	private open(name: string | undefined, bracket: number): void {
		if (name !== undefined) this.json(name, "");
		else if (!this.isFirst) this.byte(COMMA);
		this.byte(bracket);
		this.isFirst = true;
	}

	/** Starts a JSON text: no comma precedes its first member. */
	startJson(): void {
		this.isFirst = true;
	}
}

/** Below this a number of tenths has 32 bits. */
const TENTHS_LIMIT = 2 ** 27;

/** `value` with at most `digits` decimals, as JSON. */
export function decimal(value: number, digits: number): string {
	if ((value | 0) === value) return `${value}`;
	if (digits !== 1 || !(value >= 0 && value < TENTHS_LIMIT)) return fixedText(value, digits);
	const tenths = Math.round(value * 10); // most: levels and lux
	const integer = (tenths / 10) | 0;
	const rest = tenths - integer * 10;
	return rest === 0 ? `${integer}` : `${integer}.${rest}`;
}

/** `value` rounded to `digits` decimals, without trailing zeros. */
export function fixedText(value: number, digits: number): string {
	let scale = 1;
	for (let digit = 0; digit < digits; digit += 1) scale *= 10;
	const scaled = Math.round(Math.abs(value) * scale);
	if (scaled > Number.MAX_SAFE_INTEGER) return `${Math.round(value)}`;
	const integer = Math.floor(scaled / scale);
	let rest = scaled - integer * scale;
	const sign = value < 0 && scaled > 0 ? "-" : "";
	if (rest === 0) return `${sign}${integer}`;
	let places = digits;
	for (; rest % 10 === 0; places -= 1) rest /= 10;
	const shown = `${rest}`;
	return `${sign}${integer}.${ZERO_DIGITS.slice(0, places - shown.length)}${shown}`;
}
