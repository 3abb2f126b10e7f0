/**
 * Documents: links and diagrams of all Markdown files, and the prose of those that have been revised.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { extractMermaidBlocks, validate } from "@probelabs/maid";
import {
	breachesOf,
	isFrench,
	passagesOfComments,
	passagesOfMarkdown,
	passagesOfTexts,
} from "../tools/docs/prose.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const below = (folder: string, pattern: RegExp) =>
	(readdirSync(join(root, folder), { recursive: true }) as string[])
		.filter((name) => pattern.test(name))
		.map((name) => join(folder, name));
const documents = [
	...readdirSync(root).filter((name) => name.endsWith(".md")),
	...below("docs", /\.md$/),
].sort();

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string): string =>
	heading
		.toLowerCase()
		.replace(/`|\[([^\]]*)\]\([^)]*\)/g, "$1")
		.replace(/[^\p{L}\p{N} _-]/gu, "")
		.trim()
		.replaceAll(" ", "-");

function anchorsOf(text: string): string[] {
	const code = text.replace(/^```[\s\S]*?^```/gm, "");
	return [...code.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!));
}

/** Links of a document that lead nowhere. */
function deadLinks(path: string, text: string): string[] {
	const code = text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
	return [...code.matchAll(/\]\(([^)\s]+)\)/g)]
		.map(([, link]) => link!)
		.filter((link) => !/^[a-z]+:/.test(link))
		.filter((link) => {
			const [file, anchor] = link.split("#");
			const target = file === "" ? path : normalize(join(dirname(path), file!));
			if (!existsSync(join(root, target))) return true;
			return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
		});
}

describe("documents", () => {
	test.each(documents)("%s has no dead link", (path) => {
		expect(deadLinks(path, read(path))).toEqual([]);
	});
	test("a dead link and a dead anchor are seen", () => {
		const text = "[a](docs/none.md) [b](README.md#none) [c](README.md#two-commands)";
		expect(deadLinks("README.md", text)).toEqual(["docs/none.md", "README.md#none"]);
	});
});

/** `a/{b,c}.ts` is two paths. */
function expanded(path: string): string[] {
	const [, head, names, tail] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
	return names === undefined ? [path] : names.split(",").map((name) => `${head}${name}${tail}`);
}

/**
 * Paths in code marks that do not exist. A bare file name follows a path of its folder:
 * `src/link/session.ts`, `backoff.ts`.
 */
function deadPaths(text: string): string[] {
	const dead: string[] = [];
	for (const line of text.split("\n")) {
		let folder = "";
		for (const [, code] of line.matchAll(/`([^`\s]+)`/g)) {
			const isPath = /^(src|hosts|sim|tools|bench|tests|docs)\//.test(code!);
			if (!isPath && !(folder !== "" && /^[a-z0-9]+\.ts$/.test(code!))) continue;
			const paths = expanded(isPath ? code! : `${folder}/${code}`);
			dead.push(...paths.filter((path) => !path.includes("*") && !existsSync(join(root, path))));
			if (isPath) folder = code!.endsWith("/") ? code!.slice(0, -1) : dirname(code!);
		}
	}
	return dead;
}

describe("paths in code marks", () => {
	const table =
		/## Where do I change what\?\n+([\s\S]*?)\n\n/.exec(read("CONTRIBUTING.md"))?.[1] ?? "";
	const questions = table.split("\n").slice(2);
	test("the table answers ten questions and more", () => {
		expect(questions.length).toBeGreaterThanOrEqual(10);
	});
	test.each(questions)("%s", (row) => {
		expect(row.split("|")[2]).toMatch(/`[^`]+`/);
		expect(deadPaths(row)).toEqual([]);
	});
	test.each([
		"README.md",
		"LISEZMOI.md",
		"CONTRIBUTING.md",
		"docs/architecture.md",
		"docs/glossary.md",
	])("%s names no file that does not exist", (path) => {
		expect(deadPaths(read(path))).toEqual([]);
	});
	test("each name of code in the architecture is one of the sources", () => {
		const trees = ["src", "hosts", "lib", "sim", "tools", "city", "tests"];
		const files = trees.flatMap((tree) => below(tree, /\.(tsx?|c|h|json)$/));
		const own = files.filter((path) => !path.startsWith("tests/frozen/cases"));
		const sources = `${own.join("\n")}\n${own.map(read).join("\n")}\n${read("manifest.json")}`;
		const page = read("docs/architecture.md").replace(/```[\s\S]*?```/g, "");
		const names = [...page.matchAll(/`([A-Za-z_][\w.]*)`/g)].flatMap(([, name]) =>
			name!.split("."),
		);
		const known = new Set(sources.match(/\w+/g));
		expect(names.length).toBeGreaterThan(100);
		expect(names.filter((name) => !known.has(name))).toEqual([]);
	});
	test("a dead path, a dead name beside one and a dead name in braces are seen", () => {
		const row = "`src/link/none.ts` `src/link/session.ts`, `none.ts` `src/{time,none}/sun.ts`";
		const dead = ["src/link/none.ts", "src/link/none.ts", "src/none/sun.ts"];
		expect(deadPaths(row)).toEqual(dead);
	});
});

describe("diagrams", () => {
	const blocks = documents.flatMap((path) =>
		extractMermaidBlocks(read(path)).map(({ content, startLine }) => ({
			path,
			content,
			startLine,
		})),
	);
	test("boot, turn, order, bank switch and update are drawn", () => {
		expect(blocks.length).toBeGreaterThanOrEqual(5);
	});
	/** Errors of syntax; warnings are advice on style. */
	const errorsOf = (content: string) =>
		validate(content).errors.filter(({ severity }) => severity === "error");

	test.each(blocks)("$path:$startLine parses", ({ content }) => {
		expect(errorsOf(content)).toEqual([]);
	});
	test("a broken one is seen, and a warning is none", () => {
		expect(errorsOf("flowchart LR\n  a -> b")).not.toEqual([]);
		const advised = "sequenceDiagram\n  A->>B: x\n  B-->>-A: y";
		expect(validate(advised).errors.map(({ severity }) => severity)).toEqual(["warning"]);
		expect(errorsOf(advised)).toEqual([]);
	});
});

/** Pages that the rule of prose does not hold for yet. */
const NOT_REVISED = ["docs/sentences.md"];
const PROSE_DOCUMENTS = documents.filter((path) => !NOT_REVISED.includes(path));
/** Folders whose comments were revised. */
const PROSE_COMMENTS = ["src", "hosts", "lib", "sim", "tools", "city"];
/** Files whose texts a person reads: explanation, forecast, settings' meanings, the page. */
const PROSE_TEXTS = ["src/explain", "src/settings", "sim/page/client"];
/** Sentences that break a rule on purpose, each with its reason. */
const EXCEPTIONS: readonly (readonly [path: string, sentence: string, reason: string])[] = [
	[
		"CONTRIBUTING.md",
		"A machine does not tell, hear, know, believe or feel.",
		"states the rule in the words that it forbids",
	],
	[
		"src/settings/rules.ts",
		"must be told where a class is set",
		"part of the fingerprint of every seal: a change would validate all stored settings anew",
	],
	[
		"docs/settings.md",
		"code must be told where a class is set.",
		"the same, as the page is generated",
	],
	["docs/sentences.md", "must be told where a class is set", "the same"],
	[
		"docs/reglages.md",
		"heures pour cent; ..., au plus 80 caractères",
		"the form in which the value is typed",
	],
	["docs/messages.md", "what (code, code)", "the name of an attribute"],
];

describe("prose", () => {
	const unexcused = (path: string, passages: ReturnType<typeof passagesOfMarkdown>) =>
		passages
			.flatMap(breachesOf)
			.filter(({ text }) => !EXCEPTIONS.some(([file, one]) => file === path && one === text))
			.map(({ line, rule, text }) => `${path}:${line}: ${rule}: ${text}`);

	test.each(PROSE_DOCUMENTS)("%s", (path) => {
		expect(unexcused(path, passagesOfMarkdown(read(path)))).toEqual([]);
	});
	test.each(PROSE_COMMENTS)("comments of %s", (folder) => {
		const files = below(folder, /\.(ts|c|h)$/);
		expect(files.flatMap((path) => unexcused(path, passagesOfComments(read(path))))).toEqual([]);
	});
	test.each(PROSE_TEXTS)("texts of %s", (folder) => {
		const files = below(folder, /\.ts$/);
		expect(files.flatMap((path) => unexcused(path, passagesOfTexts(read(path))))).toEqual([]);
	});

	test.each(EXCEPTIONS)("%s still needs its exception: %s", (path, sentence) => {
		const text = read(path);
		const passages = path.endsWith(".md")
			? passagesOfMarkdown(text)
			: [...passagesOfComments(text), ...passagesOfTexts(text)];
		expect(passages.flatMap(breachesOf).map((breach) => breach.text)).toContain(sentence);
	});

	const planted: [rule: RegExp, sentence: string][] = [
		[/no mind/, "The lamp knows the time."],
		[/no mind/, "A broker tells the lamp."],
		[/passive of a mind/, "The answer is told by the link."],
		[/foretell/, "Preview foretells the night."],
		[/whoever/, "Light for whoever comes."],
		[/as a subject/, "What was sent is sent again."],
		[/as a subject/, "It waits; who passes it on seals it anew."],
		[/puzzles/, "It is meant."],
		[/nobody/, "Nobody knows better."],
		[/the CMS/, "The city asks for it."],
		[/espace/, "La lampe est allumée: le programme est en cours."],
		[/virgule/, "Le niveau de la lampe est 2.5 % pour une heure."],
		[/broker/, "Le courtier de la commune est là."],
		[/ne pense ni/, "La lampe sait que la nuit est là."],
		[/calque/, "Sans date sûre la lampe est allumée : il est censé faire nuit."],
	];
	test.each(planted)("%s is seen in: %s", (rule, text) => {
		expect(breachesOf({ line: 1, text }).map((breach) => breach.rule)).toEqual(
			expect.arrayContaining([expect.stringMatching(rule)]),
		);
	});
	test("plain sentences pass, in both languages", () => {
		for (const text of [
			"Decides which answers to accept; a jump is held until further answers agree.",
			"If TCP does not connect, no light is requested.",
			"Le plancher s'applique : la lampe reste à 2,5 % de la puissance.",
			"What time is it?",
		])
			expect(breachesOf({ line: 1, text })).toEqual([]);
	});
	test("a French name does not make a French sentence", () => {
		expect(isFrench("The sky of Liège; nobody passes.")).toBe(false);
		expect(isFrench("Lamps along la Meuse.")).toBe(false);
	});
	test("code and addresses are no prose", () => {
		const text = "The `lamp tells` code.\n\n```\nThe lamp tells.\n```\n";
		expect(passagesOfMarkdown(text).flatMap(breachesOf)).toEqual([]);
		expect(passagesOfComments('const url = "http://the.lamp/tells";')).toEqual([]);
	});
});
