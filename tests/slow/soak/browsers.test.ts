/**
 * Browsers: the page as a file by `file://` and as a folder over HTTP does the same in Chromium, Firefox and
 * WebKit, where this machine has it: the evening, a lamp's reasons, an order, the report, each scenario.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { chromium } from "playwright-core";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { pause, until } from "../../support/until.js";
import { Firefox } from "../support/firefox.js";
import { Program } from "../support/programs.js";
import { served } from "../support/served.js";
import { chromiumDriven, type Driven } from "../support/traces.js";
import { WebKit } from "../support/webkit.js";
import { see, violationsOf } from "../system/pages.js";

const BROWSERS: [name: string, open: () => Promise<Driven>][] = [
	["Chromium", chromiumDriven],
	["Firefox", () => Firefox.open()],
	...(WebKit.isHere ? [["WebKit", () => WebKit.open()] as [string, () => Promise<Driven>]] : []),
];
/** The first lamp that is lit and shown; then the page's own time, ms from its opening. */
const FIRST_LIGHT =
	"/[1-9]\\d*.%/.test(document.querySelector('.plates')?.textContent) && performance.now()";

const say = (line: string) => void process.stdout.write(`${line}\n`);
/** ms; `value`: of an expression in the page. */
async function firstLight(value: (expression: string) => Promise<unknown>): Promise<number> {
	let at: unknown;
	await until("first light", async () => Boolean((at = await value(FIRST_LIGHT))));
	return Math.round(at as number);
}

const folder = mkdtempSync(join(tmpdir(), "luminode-browsers-"));
const file = join(folder, "street.html");
const site = join(folder, "site");
let server: Awaited<ReturnType<typeof served>>;

beforeAll(async () => {
	for (const where of [
		["--out", file],
		["--site", site],
	]) {
		const made = new Program(process.execPath, ["tools/run.mjs", "sim/pagemain.ts", ...where]);
		expect([await made.ended(), made.output]).toEqual([0, expect.any(String)]);
	}
	server = await served(site);
});
afterAll(() => {
	server?.close();
	rmSync(folder, { recursive: true });
});

/** What a hand does, in the page itself. */
const HAND = `{
	const all = (selector) => [...document.querySelectorAll(selector)];
	window.hand = {
		text: (selector) => all(selector).map((part) => part.textContent).join(" | "),
		press(selector, name) {
			const found = all(selector).find(({ textContent, ariaLabel, value }) =>
				[textContent.trim(), ariaLabel, value].includes(name));
			found?.click();
			return found !== undefined;
		},
		fill(selector, value) {
			const [field] = all(selector);
			if (!field) return false;
			field.value = value;
			for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
			return true;
		},
	};
}`;

describe.each(BROWSERS)("%s", (name, open) => {
	test.each(["file", "site"])("%s", async (form) => {
		const url = form === "file" ? pathToFileURL(file).href : server.url;
		const browser = await open();
		const hand = <T>(act: string, ...given: string[]) =>
			browser.value<T>(`hand.${act}(${given.map((word) => JSON.stringify(word)).join()})`);
		const read = (selector: string) => hand<string>("text", selector);
		const sees = (selector: string, text: RegExp) =>
			until(`${text} in ${selector}`, async () => text.test(await read(selector)));
		const does = (act: "press" | "fill", selector: string, value: string) =>
			until(`${act} ${selector} ${value}`, () => hand<boolean>(act, selector, value));
		const goTo = (hash: string) => browser.value(`void (location.hash = ${JSON.stringify(hash)})`);
		try {
			await browser.goto(`${url}#view=show&lang=en`);
			say(`${name}, ${form}: first light after ${await firstLight((of) => browser.value(of))} ms`);
			await browser.value(`void (() => ${HAND})()`);
			await sees("main", /All 12 lamps are online\./);
			await does("press", ".bar input", "600");
			await sees("#clock", /^(1[89]|2\d):/); // the evening is played
			await does("press", ".bar input", "10");
			await goTo("#view=prove&lamp=3&lang=en");
			await sees(".reasons li", /\d+.%/);
			await does("press", "[role=tab]", "Orders");
			await does("fill", "#to", "lamp");
			await does("fill", "#what", "Identify");
			await does("fill", ".ordering [name=duration]", "10");
			await does("press", ".ordering button[type=submit]", "Send");
			await sees(".answer p", /^Lamp 3: accepted\.$/);
			await goTo("#view=show&lang=en");
			await browser.value(`void (window.open = () => null)`);
			await browser.value(
				`void (URL.createObjectURL = (blob) => void blob.text().then((text) => (window.read = text)))`,
			);
			await does("press", "a", "Print the report of this run");
			await until("the report", () => browser.value("window.read !== undefined"));
			expect(await browser.value("window.read")).toMatch(/<h1>Report of a simulated street/);
			const names = await browser.value<string[]>(
				"[...document.querySelectorAll('.scenario option')].map(({ value }) => value)",
			);
			expect(names.length).toBeGreaterThan(5);
			for (const scenario of names.slice(1)) {
				await does("fill", ".scenario select", scenario);
				await until(`the scenario ${scenario}`, () =>
					browser.value(`location.hash.includes("scenario=${scenario}")`),
				);
				await sees("main", /All \d+ lamps are online\.|\d+ (is|are) offline|caption/);
			}
			const asked = await browser.value<string[]>(
				"performance.getEntriesByType('resource').map(({ name }) => name)",
			);
			const own = new RegExp(`^(blob:|data:|${form === "file" ? "file:" : server.url})`);
			expect(asked.filter((name) => !own.test(name))).toEqual([]);
		} finally {
			await browser.close();
		}
	});
});

test("first light at a phone's size, with a page that is slowed four times", async () => {
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		for (let count = 0; count < 3; count++) {
			const page = await browser.newPage({ viewport: { width: 390, height: 740 } });
			const session = await page.context().newCDPSession(page);
			await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
			await page.goto(server.url);
			say(`phone: first light after ${await firstLight((of) => page.evaluate(of))} ms`);
			await page.close();
		}
	} finally {
		await browser.close();
	}
});

test.each([
	[320, 640],
	[390, 740],
	[768, 1024],
	[1280, 800],
	[2560, 1440],
])("axe finds nothing in any view at %d x %d, in either language", async (width, height) => {
	const seen = await see(pathToFileURL(file).href, { offline: true, viewport: { width, height } });
	try {
		await seen.page.getByText("All 12 lamps are online.").waitFor();
		for (const view of ["show", "decide", "prove", "town", "break"])
			for (const language of ["en", "fr"]) {
				await seen.page.goto(`${seen.url}#view=${view}&lamp=5&lang=${language}`);
				await seen.page.locator("main h2, main h3, main p").first().waitFor();
				await pause(1_500);
				expect([view, language, await violationsOf(seen.page)]).toEqual([view, language, []]);
			}
	} finally {
		await seen.close();
	}
});
