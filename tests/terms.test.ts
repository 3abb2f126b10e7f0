/**
 * Terms: a word that was used for two things is gone from every text that a person reads, and no text
 * promises light without power.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { sentences } from "../tools/docs/sentences.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const documents = [
	...readdirSync(root).filter((name) => name.endsWith(".md")),
	...["docs", "docs/decisions"].flatMap((folder) =>
		readdirSync(join(root, folder))
			.filter((name) => name.endsWith(".md"))
			.map((name) => `${folder}/${name}`),
	),
	"docs/pictures/wiring.svg",
	"docs/broker.asyncapi.yaml",
	"examples/dashboard.json",
];

/** By file: what a person reads there. */
const texts = new Map<string, string>([
	...documents.map((path): [string, string] => [path, readFileSync(join(root, path), "utf8")]),
	...[...sentences(root)].map(([path, all]): [string, string] => [
		path,
		all.map(({ en, fr }) => `${en}\n${fr}`).join("\n"),
	]),
]);

describe.each([
	[
		"“in the dark” is “without light” (past a lamp that gives none) or “at night”",
		/\bin the dark\b|\bdark hours\b|\bdans le noir\b|heures d['’]obscurité par an/i,
	],
	[
		"without power or with a dead LED a lamp is dark",
		/(every|each|after every) failure\b.{0,20}\blit\b|faults? ends? in light|always lit|toute défaillance|en panne, .{0,20}reste allumé|panne, la lumière reste allumée/i,
	],
])("%s", (_rule, wrong) => {
	test.each([...texts.keys()])("%s", (path) => {
		const found = texts
			.get(path)!
			.split("\n")
			.filter((line) => wrong.test(line));
		expect(found).toEqual([]);
	});
});
