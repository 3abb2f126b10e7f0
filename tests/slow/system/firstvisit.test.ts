/** A first visit: the walk of docs/simulator.md, step by step, in a browser that asks for French. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { SCENARIOS } from "../../../sim/cli/scenarios.js";
import { Speech } from "../../../sim/page/client/words.js";
import { until, type Watched, watchIn } from "./pages.js";

const fr = new Speech("fr", "Europe/Brussels");
const say = fr.say.bind(fr);
let watched: Watched;
let page: Page;

beforeAll(async () => {
	watched = await watchIn("fr-BE", "--neighbours", "--group", "quay,square"); // `npm start`
	page = watched.page;
}, 300_000);
afterAll(() => watched?.close());

const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const speed = (name: string) =>
	page.getByRole("radio", { name, exact: true }).check({ force: true });
const textsOf = (selector: string) => page.locator(selector).allTextContents();
const clock = async () => (await page.locator("#clock").textContent()) ?? "";
const plates = () => page.getByRole("button", { name: /^Lampe \d+/ });

/** Of the first paint since the page was asked for, ms. */
const PAINTED = `performance.getEntriesByName("first-contentful-paint")[0]?.startTime`;

test("1: painted within 2 s, a figure within 10 s, without a click, in the browser's language", async () => {
	expect(page.url()).not.toContain("#");
	await page
		.locator(".figure .value")
		.getByText(/^\d+\s%$/)
		.first()
		.waitFor({ timeout: 10_000 });
	expect(await page.evaluate<number>(PAINTED)).toBeLessThan(2_000);
	await page.getByRole("heading", { name: say("next") }).waitFor();
});

test("1: an evening has been lived, and the slider shows the old lamps", async () => {
	await page.locator(".lapse").waitFor({ state: "detached", timeout: 60_000 }); // or it was cut off
	expect(await clock()).toMatch(/^(1[789]|2[012]):\d\d:\d\d$/);
	const night = await textsOf(".figure .value");
	expect(night.filter((text) => text === say("fig.nothing"))).toEqual([]);
	const slider = page.getByRole("slider", { name: say("slider") });
	await slider.fill("100");
	await page.getByText(say("theseLamps"), { exact: true }).waitFor({ state: "hidden" });
	await slider.fill("26");
});

test("2: the lamps ahead of a road user rise", async () => {
	await speed("10×");
	await until(
		"a lamp by presence, and one by a neighbour, both brighter than the program",
		async () => {
			const names = await plates().allTextContents();
			const byCause = (cause: string) =>
				names.some((name) => new RegExp(`: 100.%, ${say(cause)}`).test(name ?? ""));
			return byCause("presence") && byCause("neighbours");
		},
		240_000,
	);
}, 400_000);

test("3: a plate, and the lamp says why over the broker", async () => {
	await plates().nth(4).click();
	await page.getByRole("heading", { name: say("whyNow") }).waitFor();
	await page.locator(".reasons li").first().waitFor({ timeout: 20_000 });
	await press(say("close"));
});

test("4: one cyclist is followed, with three captions", async () => {
	const { title, captions } = SCENARIOS.cyclist!;
	await page.getByRole("button", { name: new RegExp(`^${title.fr}`) }).click();
	for (const caption of captions)
		await page.locator(".caption").getByText(caption.fr).waitFor({ timeout: 240_000 });
}, 800_000);

test("5: the proof: the night, an hour of it, ten minutes of it", async () => {
	await press(say("next.prove"));
	await until("four charts", async () => (await page.locator(".charts .u-over").count()) === 4);
	const chart = page.locator(".charts .u-over").nth(1);
	for (const name of ["hour", "ten"]) {
		await chart.dblclick();
		await page
			.getByRole("button", { name: say(`timeline.${name}`), pressed: true })
			.waitFor({ timeout: 10_000 });
	}
}, 60_000);

test("6: a sensor is broken, found, and mended", async () => {
	await press(say("view.break"));
	await page.locator(".scenario select").selectOption("");
	await until("the street anew", async () => /^1[67]:/.test(await clock()), 60_000);
	const pace = page.locator(".clock .pace");
	const isUnderWay = async () => /^jusqu'à/.test((await pace.textContent()) ?? "");
	await until("its evening", async () => !(await isUnderWay()), 60_000);
	await until("its plates", async () => (await plates().count()) >= 11, 60_000);
	await plates().nth(2).click();
	await press(say("fault.pirStuckOn"));
	await speed("600×");
	await page
		.getByText(new RegExp(say("broken.found", { delay: "\\d+" })))
		.waitFor({ timeout: 120_000 });
	const where = say("broken.at", { lamp: 3 });
	await press(say("broken.endOf", { fault: say("fault.pirStuckOn"), where }));
	await page.getByText(say("broken.none")).waitFor();
}, 300_000);

test("7: the report of this run has two pages of figures", async () => {
	await press(say("view.show"));
	await plates().nth(2).click({ trial: true });
	const close = page.getByRole("button", { name: say("close"), exact: true });
	if (await close.count()) await close.click();
	const [report] = await Promise.all([
		page.context().waitForEvent("page"),
		page.getByRole("link", { name: say("next.report") }).click(),
	]);
	await report.getByRole("heading", { level: 1, name: /^Rapport d'une rue simulée/ }).waitFor();
	expect(await report.locator(".plot").count()).toBe(3);
	expect(await report.locator("code").textContent()).toMatch(
		/ --duration [\d.]+s --fault pirStuckOn@[\d.]+s\+[\d.]+s\/3$/,
	);
	expect(
		watched.complaints.filter((text) => !/ERR_(CONNECTION|INCOMPLETE|EMPTY)/.test(text)),
	).toEqual([]);
});
