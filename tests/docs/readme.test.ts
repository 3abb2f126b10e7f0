/** Readme: README.md and LISEZMOI.md are short, equal in commands, links and figures, and lead to each page. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "@jest/globals";

const PAGES = ["README.md", "LISEZMOI.md"] as const;
/** Targets of one page, and their counterparts in French. */
const FRENCH: Readonly<Record<string, string>> = {
	"LISEZMOI.md": "README.md",
	"docs/technician.md": "docs/technicien.md",
	"docs/personaldata.md": "docs/donneespersonnelles.md",
	"docs/wiring.md": "docs/cablage.md",
	"docs/settings.md#to-change-a-setting": "docs/reglages.md#modifier-un-réglage",
	"docs/pictures/minute-en.webp": "docs/pictures/minute-fr.webp",
	"docs/pictures/town-en-1.jpg": "docs/pictures/town-fr-1.jpg",
};

const read = (path: string) => readFileSync(path, "utf8");
/** Targets of links and pictures, in their order. */
const linksOf = (text: string) => [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
/** Commands of blocks without their comments, and those within sentences. */
const commandsOf = (text: string) =>
	[...text.matchAll(/`(np[mx] [^`]*)`|^(np[mx] .*)$/gm)].map(([, inline, line]) =>
		(inline ?? line!).replace(/\s+#.*$/, ""),
	);
/** The section below the heading that an anchor names, or the whole page. */
function sectionOf(link: string): string {
	const [path, anchor] = link.split("#");
	const text = read(path!);
	if (anchor === undefined) return text;
	const nameOf = (heading: string) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N} _-]/gu, "")
			.trim()
			.replaceAll(" ", "-");
	const sections = text.split(/^(?=#+ )/m);
	return sections.find((part) => nameOf(part.split("\n")[0]!.replace(/^#+/, "")) === anchor)!;
}

describe("README and LISEZMOI", () => {
	const [english, french] = PAGES.map(read) as [string, string];
	test("have the same commands", () => {
		expect(commandsOf(french)).toEqual(commandsOf(english));
		expect(commandsOf(english)).toContain("npm ci && npm start");
	});
	test("have the same links", () => {
		const translated = linksOf(english).map((link) => FRENCH[link] ?? link);
		expect(linksOf(french)).toEqual(translated);
	});
	test.each([
		["README.md", english],
		["LISEZMOI.md", french],
	])("%s opens with the film of a night, of 2 MB at most, then the town", (_, text) => {
		const [film, town] = linksOf(text).filter((link) => link.startsWith("docs/pictures/"));
		expect(statSync(film!).size).toBeLessThanOrEqual(2_000_000);
		expect([film, town].join()).toMatch(/minute-..\.webp,.*town-..-1\.jpg$/);
	});
	test("every page of docs/ is two links away", () => {
		const near = (path: string) =>
			linksOf(read(path))
				.filter((link) => !/^[a-z]+:/.test(link))
				.map((link) => normalize(join(dirname(path), link.split("#")[0]!)));
		const first = near("README.md").filter((path) => path.endsWith(".md"));
		const all = new Set([...first, ...first.flatMap(near)]);
		const pages = (readdirSync("docs", { recursive: true }) as string[])
			.filter((name) => name.endsWith(".md"))
			.map((name) => join("docs", name));
		expect(pages.filter((path) => !all.has(path) && path !== "docs/README.md")).toEqual([]);
	});
});

/** What a newcomer looks for: the words of the link in both languages, and what the target must hold. */
const questions: [task: string, quoi: string, answer: RegExp][] = [
	["see a street", "voir une rue", /`npm start`/],
	["wire a pole", "câbler un mât", /wiring\.svg[\s\S]*lamp PWM \| relay \| PIR/],
	[
		"change the floor",
		"changer le plancher",
		/light\.floorLevel=45`[\s\S]*`floorLevel` (?:is 0 to|va de 0 à) 100 %/,
	],
	["qualify a broker", "qualifier un broker", /npx luminode broker-check/],
	["roll out an image", "déployer une image", /npx luminode desk update[\s\S]*desk rollback/],
	["back up", "sauvegarder", /\| database \|[\s\S]*passphrase[\s\S]*xs_esp32\.elf/],
];

describe("a newcomer finds how to", () => {
	test.each(questions)("%s", (task, quoi, answer) => {
		for (const [path, linkText] of [
			["README.md", task],
			["LISEZMOI.md", quoi],
		] as const) {
			const [, link] = new RegExp(`\\[${linkText}\\]\\(([^)]+)\\)`).exec(read(path)) ?? [];
			expect([path, linkText, link]).toEqual([path, linkText, expect.any(String)]);
			expect(sectionOf(link!)).toMatch(answer);
		}
	});
});
