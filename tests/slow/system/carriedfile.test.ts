/** The page as one file: opened by `file://` with the network cut, it does what the page of npm start does. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readEngine } from "../../../sim/pack/kit.js";
import { until } from "../../support/until.js";
import { Program } from "../support/programs.js";
import { actAtPage, STREET } from "./pageacts.js";
import { complaintsOf, type Seen, see } from "./pages.js";

/** Largest file that is passed on, bytes. */
const MOST = 2_000_000;

const folder = mkdtempSync(join(tmpdir(), "luminode-page-"));
const file = join(folder, "street.html");
let seen: Seen;
/** What the page asked for. */
const asked: string[] = [];

beforeAll(async () => {
	const words = ["tools/run.mjs", "sim/pagemain.ts", "--out", file, ...STREET];
	const made = new Program(process.execPath, words);
	expect([await made.ended(), made.output]).toEqual([0, expect.stringContaining(file)]);
	seen = await see(pathToFileURL(file).href, { offline: true });
	seen.page.on("request", (request) => asked.push(request.url()));
});
afterAll(async () => {
	await seen?.close();
	rmSync(folder, { recursive: true });
});

actAtPage(() => seen);

/** The document that a link opens, in a tab of its own. */
async function opened(name: string | RegExp) {
	const popup = seen.page.waitForEvent("popup");
	await seen.page.getByRole("link", { name }).first().click();
	const tab = await popup;
	await tab.waitForURL(/^blob:/);
	return tab;
}

test("its address repeats the inputs", async () => {
	const { page, url } = seen;
	await page.goto(`${url}#view=show&lang=en&seed=5&lamps=3&fault=pirStuckOn@1s/2`);
	await page.locator(".plates li:nth-child(3):last-child").waitFor(); // the fault may be an alarm by now
	await page.getByRole("button", { name: "Break", exact: true }).click();
	await page.getByRole("button", { name: "End it: PIR stuck, lamp 2" }).waitFor();
	expect(page.url()).toMatch(/#view=break&lang=en&lamps=3&seed=5&fault=pirStuckOn%401s%2F2$/);
	await page.goto(`${page.url()}&lamp=1`);
	await page.getByRole("button", { name: "PIR stuck", exact: true }).click();
	await page.getByRole("button", { name: "on foot" }).click();
	await page.getByRole("button", { name: "Put down at lamp 1" }).click();
	const acted = /&fault=pirStuckOn%40[\d.]+s%2F1&person=pedestrian%40[\d.]+s%2F0m$/;
	await until("what was done stands in the address", () => acted.test(page.url()));
	await page.reload();
	await page.getByRole("button", { name: "End it: PIR stuck, lamp 1" }).waitFor();
	expect(page.url()).toMatch(acted);
	await page.getByLabel("Scenario").selectOption("storm");
	await until("the address of the scenario", () => page.url().endsWith("&scenario=storm"));
	await page.goto(`${url}#view=show&lang=en&seed=5&lamps=3`); // pasted into the open page: another street
	await page.getByText("All 3 lamps are online.").waitFor();
	await page.goBack();
	const scenario = () => page.getByLabel("Scenario").inputValue();
	await until("the street before", async () => (await scenario()) === "storm");
	expect(page.url()).toMatch(/&scenario=storm$/);
	await page.goForward();
	await page.getByText("All 3 lamps are online.").waitFor();
});

test("it reports its run, and a decision, as npm start does", async () => {
	const { page } = seen;
	await page.getByRole("button", { name: "Show", exact: true }).click();
	const report = await opened("Print the report of this run");
	const title = await report.getByRole("heading", { level: 1 }).textContent();
	expect(title).toMatch(/^Report of a simulated street/);
	expect(await report.locator(".plot").count()).toBe(3);
	const rules = "[...document.styleSheets].reduce((sum, { cssRules }) => sum + cssRules.length, 0)";
	expect(await report.evaluate(rules)).toBeGreaterThan(20); // its style sheet is within it
	await report.close();
	await page.getByRole("button", { name: "Decide", exact: true }).click();
	const decision = await opened(/report/i);
	await decision.getByRole("heading", { name: "How shall this street be lit?" }).waitFor();
	await decision.close();
});

test("opened at a lamp, in a browser whose language is none, it says why once the street begins", async () => {
	const page = await seen.page.context().browser()!.newPage({ offline: true });
	await page.addInitScript(
		'Object.defineProperty(Navigator.prototype, "language", { value: "C", configurable: true })',
	);
	await page.goto(`${seen.url}#view=prove&lamp=3&t=23:30`);
	await page.getByRole("heading", { name: "Why, at 23:30" }).waitFor();
	await until("it goes there", async () =>
		/^23:3/.test((await page.locator("#clock").textContent()) ?? ""),
	);
	await page.locator(".reasons li").first().waitFor();
	await page.goto(`${seen.url}#view=town`);
	await page.getByText("npx luminode page --out street.html --town FILE").waitFor();
	await page.close();
});

test("two options are compared", async () => {
	const { page, url } = seen;
	await page.getByRole("button", { name: "Prove", exact: true }).click();
	await page.getByRole("button", { name: "Simulate both" }).click();
	await page.getByRole("row", { name: "Checks all kept all kept" }).waitFor();
	await page.goto(`${url}#view=show&lang=en`);
	await page.reload();
});

test("it says what it is made of, and bears the licences", async () => {
	const { page } = seen;
	await page
		.getByText(/^luminode \d+\.\d+\.\d+, commit \w+\+?, firmware \w{12}; nothing was metered$/)
		.click();
	const licences = await opened("Licences and notices");
	const text = (await licences.locator("body").textContent())!;
	for (const part of ["LESSER GENERAL PUBLIC", "Preamble", "wasi-libc", "compiler-rt", "preact"])
		expect(text).toContain(part);
	await licences.close();
	expect(statSync(join(folder, "street-engine-sources.tar.gz")).size).toBeGreaterThan(100_000);
});

test("an engine that a person compiled plays in the place of its own", async () => {
	const { page } = seen;
	const engine = join(folder, "engine.wasm");
	const section = [0, 3, 2, 111, 107]; // of no meaning, named "ok": these bytes are no engine of ours
	writeFileSync(engine, Buffer.concat([await readEngine(() => {}), Buffer.from(section)]));
	await page.getByRole("radio", { name: "600×", exact: true }).check({ force: true });
	await until(
		"later",
		async () => !/^22:3/.test((await page.locator("#clock").textContent()) ?? ""),
	);
	await page.setInputFiles("input[type=file]", engine);
	await until("it begins anew", async () =>
		/^22:3/.test((await page.locator("#clock").textContent()) ?? ""),
	);
	await page.getByText("All 12 lamps are online.").waitFor();
});

// security: a page that is passed on loads or sends something
test("it has 2 MB at most, asked for nothing and never complained", () => {
	expect(statSync(file).size).toBeLessThanOrEqual(MOST);
	expect(asked.filter((url) => !/^(file|blob|data):/.test(url))).toEqual([]);
	expect(complaintsOf(seen)).toEqual([]);
});
