/**
 * Documents: links, paths and diagrams of all Markdown files.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { extractMermaidBlocks, validate } from "@probelabs/maid";

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
		const trees = ["src", "hosts", "lib", "sim", "town", "tools", "city", "tests"];
		const files = trees.flatMap((tree) => below(tree, /\.(tsx?|c|h|json)$/));
		const currentFiles = files.filter((path) => !path.startsWith("tests/frozen/cases"));
		const sources = `${currentFiles.join("\n")}\n${currentFiles.map(read).join("\n")}\n${read("manifest.json")}`;
		const page = read("docs/architecture.md").replace(/```[\s\S]*?```/g, "");
		const names = [...page.matchAll(/`([A-Za-z_][\w.]*)`/g)].flatMap(([, name]) =>
			name!.split("."),
		);
		const known = new Set(sources.match(/\w+/g));
		expect(names.length).toBeGreaterThan(50);
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
