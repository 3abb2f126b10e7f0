/**
 * Json: parses text from outside (RFC 8259), with a list of the names allowed in it.
 *
 * On XS each new property name takes an entry of the key table permanently, and a full table
 * restarts the lamp; a long array takes a slot per element; deep nesting takes the C stack. So the
 * structure is walked here, within limits, and a name outside the list never becomes a property.
 * Only single strings, numbers and literals are passed to the engine's parser, so grammar and
 * result are the same on XS and V8 (except the last bit of integers above 2^53, which XS rounds
 * differently). Positions only step over characters of ASCII, because XS counts code points where
 * V8 counts UTF-16 units. Methods are not #private, because on XS each would take a slot in every
 * instance.
 */

export type JsonValue = string | number | boolean | null | JsonObject | readonly JsonValue[];
export interface JsonObject {
	readonly [name: string]: JsonValue | undefined;
}

export type JsonRejectionReason =
	| "malformed" // not JSON, not an object, half a surrogate pair or U+0000 (RFC 7493 2.1)
	| "tooLong"
	| "tooDeep"
	| "tooMany"
	| "duplicateKey" // two values for one name: senders and filters may read different ones
	| "unknownKey";

/** The refusal of a text. It has no `json`; a parsed object is returned as `{json}`. */
export interface JsonRejection {
	readonly reason: JsonRejectionReason;
	/** For `duplicateKey` and `unknownKey`: the name (cut to 32 characters). */
	readonly name?: string;
	/** For `unknownKey`: the values of the known names, e.g. the id for the reply. */
	readonly known?: JsonObject;
}

/** Largest payload either way (broker contract); UTF-8 has at least one byte per character. */
export const JSON_MAX_CHARACTERS = 2048;
/** Levels; the outermost object is 1. The broker contract needs 2; each costs 20 stack slots. */
export const JSON_MAX_DEPTH = 4;
/** Members and elements together, 2 slots each; the widest settings section has half as many. */
export const JSON_MAX_VALUES = 64;
/** Characters of a sender's name that a reply repeats, at most. */
const NAME_SHOWN = 32;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * The object in `text`, or the reason of a refusal. Never throws.
 * @param text at most JSON_MAX_CHARACTERS; must be an object of at most JSON_MAX_DEPTH levels.
 * @param known every name allowed, at any depth; from the firmware's code, never from the sender.
 */
export function parseObject(
	text: string,
	known: readonly string[],
): { readonly json: JsonObject } | JsonRejection {
	if (text.length > JSON_MAX_CHARACTERS) return { reason: "tooLong" };
	const json = parsePlain(text, known);
	return json ? { json } : new Scanner(text, known).document();
}

/** Whether parseObject refused the text. */
export function isJsonRejection(
	result: { readonly json: JsonObject } | JsonRejection,
): result is JsonRejection {
	return "reason" in result;
}

/** `text` as a JSON string, quotes included. */
export function quote(text: string): string {
	return JSON.stringify(text);
}

/**
 * The object in a text as JSON.stringify prints it, of known names and without nesting, escapes and
 * null; undefined for any other text. A fifth of the Scanner's work.
 */
function parsePlain(text: string, known: readonly string[]): JsonObject | undefined {
	if (!text.startsWith('{"') || text.includes("\\")) return undefined;
	const object: Record<string, JsonValue> = {};
	const last = text.length - 1;
	let at = 1; // the quote before a name
	for (let values = 0; values < JSON_MAX_VALUES; values += 1) {
		const close = text.indexOf('":', at + 1);
		const place = close < 0 ? close : known.indexOf(text.slice(at + 1, close));
		if (place < 0) return undefined;
		const start = close + 2;
		const first = text.charCodeAt(start);
		if (first === OPEN_BRACE || first === OPEN_BRACKET || first <= 32) return undefined;
		const isText = first === QUOTE;
		let end = text.indexOf(isText ? '"' : ",", start + 1);
		if (end < 0) end = last;
		else if (isText) end += 1;
		const value = scalar(text.slice(start, end));
		const knownName = known[place]!;
		if (value === undefined || value === null || object[knownName] !== undefined) return undefined;
		if (typeof value === "number" && !Number.isFinite(value)) return undefined;
		object[knownName] = value;
		if (end === last) return text.endsWith("}") ? object : undefined;
		if (!text.startsWith(',"', end)) return undefined;
		at = end + 1;
	}
	return undefined;
}

class Scanner {
	private readonly text: string;
	private readonly known: readonly string[];
	private at = 0;
	private values = 0;
	private problem: JsonRejectionReason | undefined;
	private name: string | undefined; // the name to which `problem` applies
	private unknown: string | undefined; // the first unknown name; scanning goes on

	constructor(text: string, known: readonly string[]) {
		this.text = text;
		this.known = known;
	}

	document(): { readonly json: JsonObject } | JsonRejection {
		if (this.peek() !== OPEN_BRACE) return { reason: "malformed" };
		const json = this.object(1);
		if (this.problem === undefined && !Number.isNaN(this.peek())) this.problem = "malformed";
		if (this.problem !== undefined)
			return this.name === undefined
				? { reason: this.problem }
				: { reason: this.problem, name: shown(this.name) };
		return this.unknown === undefined
			? { json }
			: { reason: "unknownKey", name: shown(this.unknown), known: json };
	}

	/** The next character other than white space; NaN at the end. */
	private peek(): number {
		for (;;) {
			const character = this.text.charCodeAt(this.at);
			if (character !== 32 && character !== 10 && character !== 13 && character !== 9)
				return character;
			this.at += 1;
		}
	}

	private fail(reason: JsonRejectionReason): null {
		this.problem ??= reason;
		return null;
	}

	private value(depth: number): JsonValue {
		this.values += 1;
		if (this.values > JSON_MAX_VALUES) return this.fail("tooMany");
		const character = this.peek();
		if (character === QUOTE) return this.string() ?? null;
		if (character !== OPEN_BRACE && character !== OPEN_BRACKET) return this.literal();
		if (depth >= JSON_MAX_DEPTH) return this.fail("tooDeep");
		return character === OPEN_BRACE ? this.object(depth + 1) : this.array(depth + 1);
	}

	private object(depth: number): JsonObject {
		const object: Record<string, JsonValue> = {};
		this.at += 1;
		if (this.peek() === CLOSE_BRACE) {
			this.at += 1;
			return object;
		}
		do {
			const name = this.peek() === QUOTE ? this.string() : undefined;
			if (name === undefined || this.peek() !== COLON) this.fail("malformed");
			this.at += 1;
			if (this.problem === undefined) this.member(object, name as string, depth);
		} while (this.more(CLOSE_BRACE));
		return object;
	}

	private member(object: Record<string, JsonValue>, name: string, depth: number): void {
		const place = this.known.indexOf(name);
		if (place < 0) this.unknown ??= name;
		const value = this.value(depth);
		if (place < 0) return;
		const knownName = this.known[place]!;
		if (Object.hasOwn(object, knownName) && this.problem === undefined) {
			this.name = name;
			this.fail("duplicateKey");
		}
		object[knownName] = value;
	}

	private array(depth: number): readonly JsonValue[] {
		const array: JsonValue[] = [];
		this.at += 1;
		if (this.peek() === CLOSE_BRACKET) {
			this.at += 1;
			return array;
		}
		do array.push(this.value(depth));
		while (this.more(CLOSE_BRACKET));
		return array;
	}

	/** After a member or element: whether another follows. */
	private more(close: number): boolean {
		if (this.problem !== undefined) return false;
		const character = this.peek();
		this.at += 1;
		if (character === COMMA) return true;
		if (character !== close) this.fail("malformed");
		return false;
	}

	private string(): string | undefined {
		const start = this.at;
		let end = start;
		let escapes = 0;
		do {
			end = this.text.indexOf('"', end + 1);
			if (end < 0) {
				this.fail("malformed");
				return undefined;
			}
			escapes = 0; // an odd number of backslashes makes the quote part of the string
			while (this.text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
		} while (escapes % 2 === 1);
		this.at = end + 1;
		const token = this.text.slice(start, end + 1);
		const value = scalar(token);
		if (typeof value === "string" && (!token.includes("\\u") || isWellFormed(token))) return value;
		this.fail("malformed");
		return undefined;
	}

	/** A number, true, false or null, as the run of characters that they consist of. */
	private literal(): JsonValue {
		const start = this.at;
		while (isLiteralCharacter(this.text.charCodeAt(this.at))) this.at += 1;
		const value = scalar(this.text.slice(start, this.at));
		if (value === undefined || (typeof value === "number" && !Number.isFinite(value)))
			return this.fail("malformed");
		return value;
	}
}

/** A string, number or literal, by the engine's parser; undefined if `token` is none. */
function scalar(token: string): string | number | boolean | null | undefined {
	try {
		return JSON.parse(token);
	} catch {
		return undefined;
	}
}

/** 0-9, a-z, E, + - . */
function isLiteralCharacter(character: number): boolean {
	return (
		(character >= 48 && character <= 57) ||
		(character >= 97 && character <= 122) ||
		character === 69 ||
		character === 43 ||
		character === 45 ||
		character === 46
	);
}

/** Whether the escapes of a valid string token contain no U+0000 and no half surrogate pair. */
function isWellFormed(token: string): boolean {
	let high = -1; // the required position of the low half of a pair
	let at = token.indexOf("\\");
	while (at >= 0) {
		const isUnicode = token.charCodeAt(at + 1) === 117;
		const unit = isUnicode ? Number.parseInt(token.slice(at + 2, at + 6), 16) : 1;
		const isLow = unit >= 0xdc00 && unit <= 0xdfff;
		if (unit === 0 || isLow !== (at === high) || (high >= 0 && at > high)) return false;
		high = unit >= 0xd800 && unit <= 0xdbff ? at + 6 : -1;
		at = token.indexOf("\\", at + 2);
	}
	return high < 0;
}

function shown(name: string): string {
	return name.slice(0, NAME_SHOWN);
}
