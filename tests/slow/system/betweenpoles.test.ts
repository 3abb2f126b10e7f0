/** The light between two poles on the page: figures, class, verdict, curve and table. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { until } from "../../support/until.js";
import { type Watched, watch } from "./pages.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let watched: Watched;
let page: Page;

/** One cyclist of three lamps without neighbours: the light is with the cyclist and not ahead. */
beforeAll(async () => {
	const set = ["fullClass=P4", "floorClass=P6", "installedMean=10", "presenceLevel=0"];
	const args = ["--lamps", "3", "--seed", "7", "--start", "2026-11-24T23:00:00+01:00", "--quiet"];
	args.push("--program", "sunset P4; 22:00 P5; sunrise 0", "--field", "6,6", "--speed", "60");
	args.push("--person", "bicycle@352s", ...set.flatMap((setting) => ["--set", `light.${setting}`]));
	watched = await watch(...args);
	page = watched.page;
	const utc = Date.UTC(2026, 10, 24, 22, 12);
	await until("ten minutes", async () => (await pageOf(1)).utc > utc);
});
afterAll(() => watched?.close());

interface FieldReport {
	readonly utc: number;
	readonly now: { readonly mean_lx: number } | null;
	readonly marks: string;
}
const pageOf = async (lamp: number) =>
	(await (
		await fetch(`http://127.0.0.1:${watched.port}/field?lamp=${lamp}`)
	).json()) as FieldReport;
const open = async (hash: string, tab: string) => {
	await page.goto(`http://127.0.0.1:${watched.port}/#view=prove&${hash}`);
	await page.getByRole("tab", { name: tab }).click();
};
const verdict = () => page.locator(".verdict").textContent();
const cells = (name: string) =>
	page
		.getByRole("row", { name: new RegExp(`^${name} `) })
		.first()
		.getByRole("cell");

test("a vacant street at P5 has its class, with the figures of the grid", async () => {
	await open("lamp=2&lang=en", "Between poles");
	await page.getByRole("heading", { name: "Between lamp 2 and lamp 3" }).waitFor();
	expect(await verdict()).toBe(" P5 is met (the program's class, the place is vacant).");
	expect(await cells("Mean").allTextContents()).toEqual(["3.00\u00a0lx", "3.00\u00a0lx"]);
	expect(await cells("Minimum").allTextContents()).toEqual(["1.82\u00a0lx", "0.60\u00a0lx"]);
	await page.getByRole("button", { name: "Lamp 1", exact: true }).last().click();
	await page.getByRole("heading", { name: "Between lamp 1 and lamp 2" }).waitFor();
	await page.getByRole("img", { name: /^Mean and minimum between lamp 1 and lamp 2/ }).waitFor();
});

test("each minute of the night is kept: lines, and a table in which the class was reached", async () => {
	await page.getByText("The light between the poles hour by hour").click();
	const row = page.getByRole("row", { name: /^24 Nov 23:00 3\.\d\d.lx/ });
	expect(await row.getByRole("cell").last().textContent()).toMatch(/^\d+.%$/);
	expect(await page.locator("path.mean").first().getAttribute("d")).toMatch(/^M[\d.]+ [\d.]+[HL]/);
	await page.evaluate(AXE); // by the debugger, which the policy of the page does not bind
	const found = await page.evaluate(
		`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`,
	);
	expect(found).toEqual([]);
});

test("the cyclist between one lamp at class and one at the floor: below P4, in French, too", async () => {
	await open("lamp=1&t=23:06&lang=fr", "Entre les mâts");
	await page.getByRole("heading", { name: "Entre le luminaire 1 et le luminaire 2" }).waitFor();
	await page.getByRole("heading", { name: "À 23:06" }).waitFor();
	expect(await verdict()).toBe(" En dessous de P4 (quelqu'un se trouve entre les mâts).");
	expect((await cells("Moyenne").allTextContents())[1]).toBe("5,00\u00a0lx");
	await page.setViewportSize({ width: 390, height: 844 });
	expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
	expect(watched.complaints.filter((text) => !/\b504\b/.test(text))).toEqual([]);
});
