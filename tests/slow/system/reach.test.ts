/** Reach: every control of every view at six sizes, and a scenario in view wherever it was chosen. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { SCENARIOS } from "../../../sim/cli/scenarios.js";
import { Speech, type WordOf } from "../../../sim/page/client/words.js";
import { poleFiles } from "../../../tools/pole/assets.js";
import { PATIENCE, until } from "../../support/until.js";
import { LampOnLine } from "../../tools/laptop/lamponline.js";
import { reach, SIZES } from "../support/reach.js";
import { type Watched, watch } from "./pages.js";
import { openPage } from "./polepage.js";

const LANGUAGES = ["en", "fr"] as const;
type Language = (typeof LANGUAGES)[number];

/** What lies over a control, in any state of a page. @returns lines `state: control, place: what` */
async function coveredIn(page: Page, state: string, least = 1): Promise<string[]> {
	const { count, found } = await reach(page);
	expect([state, count >= least]).toEqual([state, true]);
	return found.map((line) => `${state}: ${line}`);
}

describe("the page of a street and a town", () => {
	let watched: Watched;
	let page: Page;

	beforeAll(async () => {
		watched = await watch("--neighbours", "--group", "quay,square", "--town", "example");
		page = watched.page;
		await page.emulateMedia({ reducedMotion: "reduce" });
		const headers = { "Content-Type": "application/json" };
		const body = JSON.stringify({ name: "powerCut", lamp: 8 });
		const { status } = await fetch(`${watched.url}fault`, {
			method: "POST",
			headers,
			body,
		});
		expect(status).toBe(204);
	});
	afterAll(() => watched?.close());

	const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();
	const seen = (selector: string) => page.locator(selector).first().waitFor({ timeout: PATIENCE });

	/** Each view, and what its own controls open in it: the address and the act. */
	function statesIn(language: Language): readonly (readonly [string, () => Promise<unknown>])[] {
		const speech = new Speech(language, "Europe/Brussels");
		const say = speech.say.bind(speech);
		const tab = (name: WordOf<"tab">) =>
			page.getByRole("tab", { name: say(`tab.${name}`) }).click();
		const field = () => page.getByRole("combobox", { name: say("town.street") });
		const tabs = ["why", "night", "field", "settings", "orders", "events", "console"] as const;
		return [
			["view=show", () => seen(".cards button")],
			["view=show", () => page.getByRole("slider", { name: say("slider") }).fill("50")],
			...(["why", "night", "orders"] as const).map(
				(name) => ["view=show&lamp=3", () => tab(name)] as const,
			),
			["view=decide", () => seen(".answers .see button")],
			["view=prove", () => seen(".timeline")],
			...tabs.map((name) => ["view=prove&lamp=3", () => tab(name)] as const),
			["view=break", () => seen(".broken li button")],
			["view=break&lamp=3", () => seen(".events tbody tr button")],
			["view=town", () => seen(".districts tbody tr")],
			[
				"view=town",
				() =>
					field()
						.fill("gambetta")
						.then(() => seen("[role=option]")),
			],
			[
				"view=town",
				() =>
					field()
						.press("Enter")
						.then(() => seen(".townCard")),
			],
			["view=town", () => press(say("town.pole", { n: 1 }))],
			["view=town", () => press(say("town.import"))],
			["view=town", () => press(say("town.shipped.made")).then(() => seen("#verdict"))],
			["view=break", () => press(say("help"))], // last: it hides the rest
		];
	}

	test.each(SIZES)(
		"at %d x %d nothing lies over a control of any view, in both languages",
		async (width, height) => {
			await page.setViewportSize({ width, height });
			const found: string[] = [];
			for (const language of LANGUAGES) {
				let shown = "";
				for (const [index, [view, act]] of statesIn(language).entries()) {
					if (view !== shown) await page.goto(`${watched.url}#${view}&lang=${language}`);
					if (shown === "") await page.reload(); // no street of the town is chosen
					shown = view;
					await act();
					found.push(...(await coveredIn(page, `${language} ${index} ${view}`)));
				}
			}
			expect(found).toEqual([]);
		},
	);

	/** Of the picture, with plates and caption: how far it is outside the window, px. */
	const outside = () =>
		page.evaluate<number>(`(() => {
			const { top, bottom, height } = document.querySelector(".street").getBoundingClientRect();
			return Math.max(-top, bottom - Math.max(innerHeight, height));
		})()`);

	test.each(SIZES)(
		"a scenario plays in view wherever it was chosen, at %d x %d",
		async (...size) => {
			await page.setViewportSize({ width: size[0], height: size[1] });
			for (const [view, buttons, name] of [
				["show", ".cards button", "noBroker"],
				["decide", ".answers .see button", "storm"],
			] as const) {
				const hasText = SCENARIOS[name]!.title.fr;
				await page.goto(`${watched.url}#view=${view}&lang=fr`);
				await page.reload();
				await page.locator(buttons, { hasText }).click(); // scrolls to it, as a visitor does
				await page.locator(".street").waitFor();
				await until("the picture at the choice", async () => (await outside()) <= 1);
				await page.locator(".caption", { hasText }).waitFor({ timeout: PATIENCE });
				await page
					.locator(".notices [role=status]")
					.waitFor({ state: "detached", timeout: PATIENCE });
				await until("the picture as it plays", async () => (await outside()) <= 1);
			}
		},
	);
});

describe("the page at the pole", () => {
	let folder: string;
	const file = (name: string) => join(folder, name);

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), "luminode-test-"));
		for (const [name, text] of Object.entries(await poleFiles())) writeFileSync(file(name), text);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

	test("nothing lies over a control at six sizes, without and with a lamp, in both languages", async () => {
		const pole = new LampOnLine("fake-7");
		pole.host.deliver((inputs, now) => inputs.onTime(now, pole.host.wall!));
		pole.type("\rsecret LEFT-OPEN-BY-A-COLLEAGUE\r");
		let receive: (text: string) => void = () => {};
		const line = {
			write: (text: string) => receive(pole.type(text)),
			listen: (to: typeof receive) => {
				receive = to;
			},
		};
		const { browser, page } = await openPage(`file://${file("index.html")}`, line);
		try {
			const found: string[] = [];
			const look = async (state: string) => {
				for (const [width, height] of SIZES)
					for (const name of ["Français", "English"]) {
						await page.setViewportSize({ width, height });
						await button(page, name).click();
						found.push(...(await coveredIn(page, `${state}, ${name}, ${width} x ${height}`)));
					}
			};
			await look("without a lamp");
			await button(page, "Connect to the lamp").click();
			await button(page, "All reasons").click();
			await page.locator("#why").getByText(/./).first().waitFor();
			await button(page, "Open the terminal").click();
			await page.locator("#screen").waitFor();
			await look("with a lamp");
			expect(found).toEqual([]);
		} finally {
			await browser.close();
		}
	});

	test.each(["en", "fr"])("nothing lies over a link of its guide (%s)", async (language) => {
		const { browser, page } = await openPage(`file://${file(`guide-${language}.html`)}`, undefined);
		try {
			const found: string[] = [];
			for (const [width, height] of SIZES) {
				await page.setViewportSize({ width, height });
				found.push(...(await coveredIn(page, `${width} x ${height}`, 0)));
			}
			expect(found).toEqual([]);
		} finally {
			await browser.close();
		}
	});
});
