/**
 * Json: the JSON of orders and of sections of settings, with its bounds.
 *
 * Follows docs/light.md, The JSON of an order; RFC 8259.
 */

export interface JsonObject {
	/** In the order of the text; of a name that comes twice the first one. */
	readonly members: readonly (readonly [string, Json])[];
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export type JsonFault = {
	readonly word: "malformed" | "tooDeep" | "tooMany" | "duplicateKey";
	/** The name that comes twice. */
	readonly name: string | undefined;
};

/** More values than this, members and elements together, are refused. */
const VALUES = 64;
/** More levels than this, the outermost being the first, are refused. */
const LEVELS = 4;

export function isObject(value: Json | undefined): value is JsonObject {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function member(object: JsonObject, name: string): Json | undefined {
	for (const [known, value] of object.members) if (known === name) return value;
	return undefined;
}

/** Reads one JSON object with white space around it. A name that `isKnown` must not come twice. */
export function parseObject(
	text: string,
	isKnown: (name: string) => boolean,
): { readonly object: JsonObject } | { readonly fault: JsonFault } {
	const reader: Reader = { text, at: 0, values: 0, isKnown };
	try {
		skipSpace(reader);
		if (reader.text[reader.at] !== "{") fail("malformed");
		const object = readObject(reader, 1);
		skipSpace(reader);
		if (reader.at < reader.text.length) fail("malformed");
		return { object };
	} catch (error) {
		if (error instanceof Fault) return { fault: { word: error.word, name: error.twice } };
		throw error;
	}
}

interface Reader {
	readonly text: string;
	at: number;
	values: number;
	readonly isKnown: (name: string) => boolean;
}

class Fault extends Error {
	constructor(
		readonly word: JsonFault["word"],
		readonly twice: string | undefined,
	) {
		super(word);
	}
}

function fail(word: JsonFault["word"], name?: string): never {
	throw new Fault(word, name);
}

function skipSpace(reader: Reader): void {
	while (" \t\n\r".includes(reader.text[reader.at] ?? "x")) reader.at++;
}

function readValue(reader: Reader, level: number): Json {
	skipSpace(reader);
	const first = reader.text[reader.at];
	if (first === "{") return readObject(reader, level + 1);
	if (first === "[") return readArray(reader, level + 1);
	if (first === '"') return readText(reader);
	for (const [word, value] of [
		["true", true],
		["false", false],
		["null", null],
	] as const) {
		if (reader.text.startsWith(word, reader.at)) {
			reader.at += word.length;
			return value;
		}
	}
	return readNumber(reader);
}

function countValue(reader: Reader): void {
	reader.values++;
	if (reader.values > VALUES) fail("tooMany");
}

function readObject(reader: Reader, level: number): JsonObject {
	if (level > LEVELS) fail("tooDeep");
	reader.at++;
	const members: (readonly [string, Json])[] = [];
	const names = new Set<string>();
	skipSpace(reader);
	if (reader.text[reader.at] === "}") {
		reader.at++;
		return { members };
	}
	for (;;) {
		skipSpace(reader);
		if (reader.text[reader.at] !== '"') fail("malformed");
		const name = readText(reader);
		if (names.has(name) && reader.isKnown(name)) fail("duplicateKey", name);
		skipSpace(reader);
		if (reader.text[reader.at] !== ":") fail("malformed");
		reader.at++;
		countValue(reader);
		const value = readValue(reader, level);
		if (!names.has(name)) members.push([name, value]);
		names.add(name);
		skipSpace(reader);
		const next = reader.text[reader.at++];
		if (next === "}") return { members };
		if (next !== ",") fail("malformed");
	}
}

function readArray(reader: Reader, level: number): readonly Json[] {
	if (level > LEVELS) fail("tooDeep");
	reader.at++;
	const elements: Json[] = [];
	skipSpace(reader);
	if (reader.text[reader.at] === "]") {
		reader.at++;
		return elements;
	}
	for (;;) {
		countValue(reader);
		elements.push(readValue(reader, level));
		skipSpace(reader);
		const next = reader.text[reader.at++];
		if (next === "]") return elements;
		if (next !== ",") fail("malformed");
	}
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

function readNumber(reader: Reader): number {
	NUMBER.lastIndex = reader.at;
	const found = NUMBER.exec(reader.text);
	if (found === null) return fail("malformed");
	reader.at += found[0].length;
	const value = Number(found[0]);
	if (!Number.isFinite(value)) fail("malformed");
	return value;
}

const ESCAPES: Readonly<Record<string, string>> = {
	'"': '"',
	"\\": "\\",
	"/": "/",
	b: "\b",
	f: "\f",
	n: "\n",
	r: "\r",
	t: "\t",
};

function readText(reader: Reader): string {
	reader.at++;
	let out = "";
	for (;;) {
		const letter = reader.text[reader.at++];
		if (letter === undefined || letter < " ") return fail("malformed");
		if (letter === '"') return out;
		if (letter !== "\\") {
			out += letter;
			continue;
		}
		const escaped = reader.text[reader.at++] ?? "";
		if (escaped === "u") out += readUnicode(reader);
		else {
			const plain = ESCAPES[escaped];
			if (plain === undefined) return fail("malformed");
			out += plain;
		}
	}
}

/** An escape of U+0000 or of half a surrogate pair is refused. */
function readUnicode(reader: Reader): string {
	const first = readHex(reader);
	if (first === 0 || (first >= 0xdc00 && first < 0xe000)) return fail("malformed");
	if (first < 0xd800 || first >= 0xe000) return String.fromCharCode(first);
	if (reader.text[reader.at] !== "\\" || reader.text[reader.at + 1] !== "u") {
		return fail("malformed");
	}
	reader.at += 2;
	const second = readHex(reader);
	if (second < 0xdc00 || second >= 0xe000) return fail("malformed");
	return String.fromCharCode(first, second);
}

function readHex(reader: Reader): number {
	const digits = reader.text.slice(reader.at, reader.at + 4);
	if (!/^[0-9A-Fa-f]{4}$/.test(digits)) return fail("malformed");
	reader.at += 4;
	return Number.parseInt(digits, 16);
}
