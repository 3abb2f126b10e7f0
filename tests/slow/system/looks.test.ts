/** The page's looks: no text is cut at any size, in either language, and every view keeps one scheme. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Speech, type Word } from "../../../sim/page/client/words.js";
import { complaintsOf, type Watched, watch } from "./pages.js";

let watched: Watched;
let page: Page;

beforeAll(async () => {
	watched = await watch("--neighbours", "--start", "2026-11-24T22:30:00+01:00");
	page = watched.page;
	await page.emulateMedia({ reducedMotion: "reduce" });
});
afterAll(() => watched?.close());

const open = (hash: string) => page.goto(`http://127.0.0.1:${watched.port}/#${hash}`);
const SIZES = [
	[360, 740],
	[640, 400], // 1280 x 800 at 200 %
	[768, 1024],
	[1280, 800],
	[1421, 900],
	[1440, 900],
	[1920, 1080],
] as const;
/** What a plate may say in words; the longest of them come rarely. */
const PLATE_WORDS: readonly Word[] = [
	"silent",
	"newer",
	"noPower",
	"default",
	"fault",
	"neighbours",
];

/** In the page: texts of which a part is hidden, each choice of a field included. */
const CUT = `(() => {
	const hides = (value) => value === "hidden" || value === "clip";
	const cut = [];
	for (const element of document.querySelectorAll("main *, header *")) {
		if (element.closest(".unseen, svg, pre, [hidden], details:not([open]) > :not(summary)")) continue;
		const { width } = element.getBoundingClientRect();
		if (element instanceof HTMLSelectElement) {
			const chosen = element.selectedIndex;
			for (const [n, option] of [...element.options].entries()) {
				element.selectedIndex = n;
				if (element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight + 1)
					cut.push(option.textContent);
			}
			element.selectedIndex = chosen;
			continue;
		}
		const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
		if (!hasText || width === 0) continue;
		const range = document.createRange();
		range.selectNodeContents(element);
		const text = range.getBoundingClientRect();
		for (let box = element; box && box !== document.body; box = box.parentElement) {
			const { overflowX, overflowY } = getComputedStyle(box);
			if (/auto|scroll/.test(overflowX + overflowY)) break;
			const { left, right, top, bottom } = box.getBoundingClientRect();
			const isCut =
				(hides(overflowX) && (text.left < left - 1 || text.right > right + 1)) ||
				(hides(overflowY) && (text.top < top - 1 || text.bottom > bottom + 1));
			if (isCut) cut.push(element.textContent);
		}
	}
	return [...new Set(cut)];
})()`;

/** In the page: plates in which a word has no room. */
const plateWithout = (word: string) => `(() => {
	const text = document.querySelector(".plates .why > span");
	const before = text.textContent;
	text.textContent = ${JSON.stringify(word)};
	const plate = text.closest("button").getBoundingClientRect();
	const range = document.createRange();
	range.selectNodeContents(text);
	const { right, bottom } = range.getBoundingClientRect();
	const isCut = right > plate.right || bottom > plate.bottom;
	text.textContent = before;
	return isCut;
})()`;

test.each(SIZES)("at %d x %d no text is cut, in either language", async (width, height) => {
	await page.setViewportSize({ width, height });
	for (const language of ["en", "fr"] as const)
		for (const view of ["show", "decide", "prove", "town", "break"]) {
			await open(`view=${view}&lamp=3&lang=${language}`);
			await page.locator("main").waitFor();
			await page.locator(".tabs, .options, .town, .tools").first().waitFor();
			expect([view, language, await page.evaluate(CUT)]).toEqual([view, language, []]);
			if (view !== "show") continue;
			await page.locator(".plates .why > span").first().waitFor({ state: "attached" });
			const speech = new Speech(language, "Europe/Brussels");
			for (const word of PLATE_WORDS) {
				const text = speech.say(word);
				expect([text, await page.evaluate(plateWithout(text))]).toEqual([text, false]);
			}
		}
});

test.each(["en", "fr"] as const)(
	"without a town of its own, key 4 shows the example, and a field for a commune's file: %s",
	async (language) => {
		const speech = new Speech(language, "Europe/Brussels");
		await open(`view=show&lang=${language}`);
		await page.locator(".plates").waitFor();
		await page.keyboard.press("4");
		await page.getByRole("heading", { name: "Montpellier" }).waitFor();
		await page.getByLabel(speech.say("town.ownFile")).waitFor();
		await page.reload();
		await page.getByRole("heading", { name: "Montpellier" }).waitFor();
		await page.keyboard.press("1");
		await page.locator(".plates li").first().waitFor();
	},
);

test.each(["show", "decide", "prove", "town", "break"])(
	"%s has the colours of the page where a reader prefers light ones",
	async (view) => {
		await open(`view=${view}&lang=en`);
		const colours = `["html", "body", "header", "main"].map((name) => {
			const { color, backgroundColor } = getComputedStyle(document.querySelector(name));
			return [name, color, backgroundColor];
		})`;
		await page.locator("main").waitFor();
		await page.emulateMedia({ colorScheme: "dark" });
		const dark = await page.evaluate(colours);
		await page.emulateMedia({ colorScheme: "light" });
		expect(await page.evaluate(colours)).toEqual(dark);
	},
);

test("it never complained", () => {
	expect(complaintsOf(watched)).toEqual([]);
});
