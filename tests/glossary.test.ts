/**
 * Glossary: every noun that a type of src/ is named by stands in docs/glossary.md or is a plain word.
 *
 * The noun of `RevisionCollector` is `collector`: the longest end of the name that is a term or plain.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { sourcesOf } from "../tools/toolchain/modules.js";

const root = fileURLToPath(new URL("..", import.meta.url));

const wordsIn = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that mean here what they mean to everyone, or to every programmer. */
const PLAIN: readonly string[] = [
	...wordsIn(`
		address allowance alphabet answer attribute base budget bytes capability cause
		certificate change choice class collector command condition conduct context credit
		crypto cycling date day decoder detector digest download editor effect end ending entry
		filter flag force form greeting handler head header holiday id import importing index
		indicator input item kind lamp language light line list log machine mark name object
		options page part past path percent place point port power queue reader record refusal
		rejection repeat report result row rule scalar sequence severity slot state status step
		store suffix test text time trend type unit value visitor watch window sealer stretch
		talk total violation word writer face wire
	`),
	// units, and the dated parts of a calendar
	...wordsIn("lux millis watts"),
	// what a value is, said of the value: `Loaded`, `Received`
	...wordsIn("dark doubted installed inferred loaded needed received recorded retained"),
	// names of alternatives: `NotAvailable`, `LevelsNow`, `InsideOf`, `OrderVia`
	...wordsIn("available now of via utf8"),
];

interface Row {
	readonly term: string;
	readonly meaning: string;
	readonly file: string;
}

const rows: readonly Row[] = [
	...readFileSync(join(root, "docs/glossary.md"), "utf8").matchAll(
		/^\| ([^|]+) \| ([^|]+) \| `([^`|]+)` \|$/gm,
	),
].map(([, term, meaning, file]) => ({ term: term!, meaning: meaning!, file: file! }));

/** One form for singular and plural, joined or not. */
function fold(word: string): string {
	const plain = word.toLowerCase().replace(/[ -]/g, "");
	return plain
		.replace(/ies$/, "y")
		.replace(/sses$/, "ss")
		.replace(/(?<!s)s$/, "");
}

/** The longest end of a type's name that is known; undefined: none is. */
function nounOf(name: string, known: ReadonlySet<string>): string | undefined {
	const words = name.match(/[A-Z][a-z0-9]*/g) ?? [];
	for (let from = 0; from < words.length; from += 1) {
		const end = fold(words.slice(from).join(""));
		if (known.has(end)) return end;
	}
	return undefined;
}

/** Names of the classes, interfaces, types and enumerations that a source exports. */
function typesOf(text: string): string[] {
	const exported = /^export (?:abstract )?(?:class|interface|type|enum) (\w+)/gm;
	return [...text.matchAll(exported)].map(([, name]) => name!);
}

describe("the glossary", () => {
	const terms = new Set(rows.map(({ term }) => fold(term)));
	const known = new Set([...terms, ...PLAIN.map(fold)]);

	test("has a row for each term, in order, and none twice", () => {
		const order = rows.map(({ term }) => term);
		expect(rows.length).toBeGreaterThan(100);
		expect(order).toEqual([...new Set(order)].sort());
	});
	test.each(rows)("$term is said in one sentence and stands in $file", ({ meaning, file }) => {
		expect(meaning).toMatch(/^[A-Z][^.*]*\.( \*(TALQ|DALI-2|ECMA-419|EN 13201-2|MQTT)[^*]*\*)?$/);
		expect(existsSync(join(root, file))).toBe(true);
	});
	test("and the plain words have no term among them", () => {
		expect(PLAIN.filter((word) => terms.has(fold(word)))).toEqual([]);
	});
	test.each(sourcesOf(join(root, "src")))("has the nouns of src/%s", (name) => {
		const types = typesOf(readFileSync(join(root, "src", name), "utf8"));
		expect(types.filter((type) => nounOf(type, known) === undefined)).toEqual([]);
	});
	test("does not know a noun of one's own", () => {
		expect(nounOf("SettingsDesk", known)).toBeUndefined();
		expect(nounOf("Attendant", known)).toBeUndefined();
		expect(nounOf("FaultBackoff", known)).toBe("backoff");
	});
});
