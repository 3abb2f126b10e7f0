/** Items: an item of a list is one thought, of forty words at most. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";

const MOST_WORDS = 40;

/** Items of the lists outside of code, each with its own lines alone. */
function itemsOf(text: string): string[] {
	const prose = text.replace(/^```[\s\S]*?^```/gm, "");
	const form = /^[ \t]*(?:[-*]|\d+\.) .*\n(?:[ \t]+(?![-*] |\d+\. )\S.*\n)*/gm;
	return [...prose.matchAll(form)].map(([item]) => item.trim());
}
const longIn = (text: string) =>
	itemsOf(text).filter((item) => item.split(/\s+/).length > MOST_WORDS);

const pages = [
	...readdirSync(".").filter((name) => name.endsWith(".md")),
	...readdirSync("docs")
		.filter((name) => name.endsWith(".md"))
		.map((name) => join("docs", name)),
];

describe("items of lists", () => {
	test.each(pages)("%s", (path) => {
		expect(longIn(readFileSync(path, "utf8"))).toEqual([]);
	});
	test("a long item is seen, one with a nested list is not", () => {
		const words = (count: number) => "word ".repeat(count);
		expect(longIn(`- ${words(40)}\n`)).toHaveLength(1);
		expect(longIn(`1. ${words(30)}\n   - ${words(30)}\n`)).toEqual([]);
		expect(longIn(`- ${words(30)}\n  ${words(30)}\n`)).toHaveLength(1);
	});
});
