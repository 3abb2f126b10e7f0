/** Json: the same answers as JSON.parse for what is let in, and a reason for what is not. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { JsonRejectionReason } from "../src/json.js";
import {
	isJsonRejection,
	JSON_MAX_CHARACTERS,
	JSON_MAX_DEPTH,
	JSON_MAX_VALUES,
	parseObject,
	quote,
} from "../src/json.js";

const KNOWN = ["a", "b", "level", "é", ""];
const SEED = 20_261_124;

const accepted: [why: string, text: string][] = [
	["nothing in it", "{}"],
	["white space everywhere", ' \t\r\n{ "a" : 1 , "b" : [ ] , "é" : { } } \n'],
	["every literal", '{"a":true,"b":false,"level":null}'],
	["the smallest and largest numbers", '{"a":5e-324,"b":-1.7976931348623157e308,"level":-0}'],
	["numbers past 2^31 and 2^53", '{"a":4294967296,"b":9007199254740993,"level":1e21}'],
	["every escape", '{"a":"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9"}'],
	["an escaped backslash before the closing quote", '{"a":"\\\\","b":"\\\\\\""}'],
	["a surrogate pair by escapes, then more", '{"a":"\\ud83d\\ude00\\n\\u0041"}'],
	["escapes beside those of the pairs", '{"a":"\\ud7ff\\ue000"}'],
	["text outside the basic plane", '{"a":"😀","b":1}'],
	["a name written with escapes", '{"\\u0061":1,"":2}'],
	["as deep as allowed", '{"a":[[{"b":1}]]}'],
	["structure inside strings", '{"a":"}]{[,:","b":"\\"}"}'],
];

const refused: [why: string, text: string, reason: JsonRejectionReason, name?: string][] = [
	["nothing", "", "malformed"],
	["not an object", "[1]", "malformed"],
	["another bracket for the first one", '["a":1}', "malformed"],
	["text after the end", "{} {}", "malformed"],
	["a missing end", '{"a":1', "malformed"],
	["a string without end", '{"a":"b', "malformed"],
	["a string that ends in an escaped quote", '{"a":"b\\"}', "malformed"],
	["a name without quotes", "{a:1}", "malformed"],
	["one quote for an empty name", '{":1}', "malformed"],
	["a missing colon", '{"a" 1}', "malformed"],
	["a missing value", '{"a":}', "malformed"],
	["a comma too many", '{"a":1,}', "malformed"],
	["a semicolon for a comma", '{"a":"b";"b":1}', "malformed"],
	["a comma too many in an array", '{"a":[1,]}', "malformed"],
	["the wrong bracket", '{"a":[1}}', "malformed"],
	["a leading zero", '{"a":01}', "malformed"],
	["a plus sign", '{"a":+1}', "malformed"],
	["a bare point", '{"a":1.}', "malformed"],
	["a word of JavaScript", '{"a":NaN}', "malformed"],
	["a number no double holds", '{"a":1e999}', "malformed"],
	["a raw control character", '{"a":"\u0001"}', "malformed"],
	["an escape that is none", '{"a":"\\x41"}', "malformed"],
	["half a surrogate pair", '{"a":"\\ud83d"}', "malformed"],
	["a high half before another escape", '{"a":"\\ud83d\\n\\ude00"}', "malformed"],
	["a high half before a letter", '{"a":"\\ud83dx\\u0041"}', "malformed"],
	["a low half alone", '{"a":"\\ude00"}', "malformed"],
	["a zero, which ends text in C", '{"a":"\\u0000"}', "malformed"],
	["a name twice", '{"a":1,"a":2}', "duplicateKey", "a"],
	["a name twice, once in disguise", '{"a":1,"\\u0061":2}', "duplicateKey", "a"],
	["a stranger", '{"a":1,"colour":2}', "unknownKey", "colour"],
	["a stranger further down", '{"a":{"x":1}}', "unknownKey", "x"],
	["what every object inherits", '{"__proto__":{"a":1}}', "unknownKey", "__proto__"],
	["a very long stranger", `{"${"x".repeat(99)}":1}`, "unknownKey", "x".repeat(32)],
	["a stranger, then nonsense", '{"colour":2,"a":!}', "malformed"],
	["one level too deep", `{"a":${"[".repeat(JSON_MAX_DEPTH)}`, "tooDeep"],
	["brackets without end", `{"a":${"[".repeat(2000)}`, "tooDeep"],
	["an element too many", `{"a":[${"1,".repeat(JSON_MAX_VALUES)}1]}`, "tooMany"],
	["one character too long", `{}${" ".repeat(JSON_MAX_CHARACTERS - 1)}`, "tooLong"],
];

test.each(accepted)("lets in: %s", (_why, text) => {
	expect(parseObject(text, KNOWN)).toEqual({ json: JSON.parse(text) });
});

test("lets in as many values and characters as allowed", () => {
	const text = `{"a":[${"1,".repeat(JSON_MAX_VALUES - 2)}1]}`;
	expect(parseObject(text.padEnd(JSON_MAX_CHARACTERS), KNOWN)).toEqual({ json: JSON.parse(text) });
});

for (const [why, text, reason, name] of refused)
	test(`refuses: ${why}`, () => {
		const result = parseObject(text, KNOWN);
		expect(isJsonRejection(result) && [result.reason, result.name]).toEqual([reason, name]);
	});

test("reports what the known names hold beside a stranger", () => {
	const result = parseObject('{"x":{"y":[1,"2"]},"a":"id-7"}', KNOWN);
	expect(result).toEqual({ reason: "unknownKey", name: "x", known: { a: "id-7" } });
	expect(isJsonRejection(result)).toBe(true);
});

test("gives names of its own, so that no sender's text becomes a property", () => {
	const known = Object.freeze(["level"]);
	const result = parseObject('{"\\u006cevel":3}', known);
	expect(isJsonRejection(result) ? [] : Object.keys(result.json)).toEqual(["level"]);
});

test("writes strings that read back", () => {
	for (const text of ["", 'a"b', "é\n\\", "😀"])
		expect(parseObject(`{"a":${quote(text)}}`, KNOWN)).toEqual({ json: { a: text } });
});

describe("against JSON.parse", () => {
	const name = fc.constantFrom(...KNOWN);
	const leaf = fc.oneof(
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.integer(),
		fc.boolean(),
		fc.constant(null),
		fc.string({ unit: "grapheme", maxLength: 12 }).filter((s) => !s.includes("\0")),
	);
	const { value } = fc.letrec((tie) => ({
		value: fc.oneof(
			{ depthSize: "small", maxDepth: JSON_MAX_DEPTH - 2 },
			leaf,
			fc.array(tie("value"), { maxLength: 3 }),
			fc.dictionary(name, tie("value"), { maxKeys: 3 }),
		),
	}));
	const document = fc.dictionary(name, value, { maxKeys: 3 });

	test(`every document within the limits is the same value (seed ${SEED})`, () => {
		fc.assert(
			fc.property(document, fc.constantFrom(0, 1, "\t"), (object, indent) => {
				const text = JSON.stringify(object, null, indent);
				expect(parseObject(text, KNOWN)).toEqual({ json: JSON.parse(text) });
			}),
			{ seed: SEED, numRuns: 1000 },
		);
	});

	test(`a damaged document is the same value, or refused with cause (seed ${SEED})`, () => {
		const damage = fc.tuple(
			fc.nat(60),
			fc.nat(3),
			fc.constantFrom('"', "\\", "{", "]", ",", "", "0"),
		);
		fc.assert(
			fc.property(document, fc.array(damage, { maxLength: 3 }), (object, damages) => {
				let text = JSON.stringify(object);
				for (const [at, cut, put] of damages) text = text.slice(0, at) + put + text.slice(at + cut);
				const result = parseObject(text, KNOWN);
				const oracle = parsed(text);
				if (!isJsonRejection(result)) expect(result.json).toEqual(oracle);
				else if (result.reason === "malformed") assert.equal(isPlain(oracle, text), false);
			}),
			{ seed: SEED, numRuns: 3000 },
		);
	});

	function parsed(text: string): unknown {
		try {
			return JSON.parse(text);
		} catch {
			return undefined;
		}
	}
	/** What JSON.parse takes and we must, too, unless for one of the named limits. */
	function isPlain(oracle: unknown, text: string): boolean {
		const isObject = typeof oracle === "object" && oracle !== null && !Array.isArray(oracle);
		return isObject && !/\\u(d[89a-f]|0000)/i.test(text) && !/e\+?\d{3}/.test(text);
	}
});
