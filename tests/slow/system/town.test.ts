/** A town in the browser: from a file of lights to a street's live lamp, and the view's doors and sizes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { Speech } from "../../../sim/page/client/words.js";
import { until } from "../../support/until.js";
import { complaintsOf, LIGHTS, lightsFile, type Watched, watch } from "./pages.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let folder: string;
let watched: Watched;
let page: Page;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), "town-"));
	const file = join(folder, "commune.csv");
	writeFileSync(file, lightsFile());
	watched = await watch("--neighbours", "--town", file);
	page = watched.page;
	await page.emulateMedia({ reducedMotion: "reduce" });
	await page.reload(); // a night that was here before would play
});
afterAll(async () => {
	await watched?.close();
	rmSync(folder, { recursive: true, force: true });
});

const en = new Speech("en", "Europe/Brussels");
const say = en.say.bind(en);
const open = (hash: string) => page.goto(`http://127.0.0.1:${watched.port}/${hash}`);
const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

/** Lit pixels of the map, of all. */
const LIT = `(() => {
	const canvas = document.querySelector(".lights canvas");
	const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
	let lit = 0;
	for (let at = 0; at < data.length; at += 4) if (data[at] > 90) lit++;
	return lit;
})()`;

/** Names of the two options that the card lies over. */
const CARD_OVER = `(() => {
	const card = document.querySelector(".townCard").getBoundingClientRect();
	return [...document.querySelectorAll(".edge .side:not([hidden])")]
		.filter((name) => {
			const { left, right, top, bottom } = name.getBoundingClientRect();
			return left < card.right && right > card.left && top < card.bottom && bottom > card.top;
		})
		.map(({ textContent }) => textContent);
})()`;

test("five actions from the command to a street's live lamp", async () => {
	await page.getByRole("application", { name: say("town.map") }).waitFor(); // 1: npm start
	const field = page.getByRole("combobox", { name: say("town.street") });
	await field.fill("eglise"); // 2
	await page.getByRole("option", { name: /^Rue de l'Église/ }).waitFor();
	await field.press("Enter"); // 3
	await page.getByRole("heading", { name: "Rue de l'Église" }).waitFor();
	await press(say("town.show")); // 4
	const starting = page.getByRole("status").getByText(/^Starting/);
	await starting.waitFor();
	await starting.waitFor({ state: "detached" });
	const lamp = page.getByRole("button", { name: /^Lamp 3 ?: \d+.% ?, / });
	await lamp.waitFor();
	await lamp.click(); // 5
	await page.locator(".reasons li").first().waitFor(); // the lamp connects first
	expect(await page.locator(".plates li").count()).toBe(LIGHTS);
	expect(page.url()).toContain("view=show");
});

test("the first option's night plays as soon as it is there, with its figures", async () => {
	await press(/^Town$/);
	const scrubber = page.getByRole("slider", { name: say("town.instant") });
	await scrubber.waitFor();
	expect(await scrubber.getAttribute("aria-valuetext")).toBe("22:14");
	await until("the map is drawn", async () => (await page.evaluate<number>(LIT)) > LIGHTS);
	await page.getByText(say("town.origin.simulated"), { exact: true }).first().waitFor();
	await scrubber.fill(String(await scrubber.getAttribute("max")));
	await until("dawn", async () => (await page.evaluate<number>(LIT)) === 0);
	await page.getByText(say("town.privacy")).waitFor();
});

test("a feeder that is broken takes its lights, and they come back lit", async () => {
	await open("#view=town&lang=en");
	const scrubber = page.getByRole("slider", { name: say("town.instant") });
	await scrubber.waitFor();
	await page.getByRole("combobox", { name: say("town.street") }).fill("moulin");
	await page.keyboard.press("Enter");
	await page.getByRole("heading", { name: "Rue du Moulin" }).waitFor();
	const ends = await Promise.all(["min", "max"].map((end) => scrubber.getAttribute(end)));
	await scrubber.fill(String(Math.round((Number(ends[0]) + Number(ends[1])) / 2))); // about midnight
	await press(say("town.pole", { n: 1 })); // by key, too: the map's own poles want a pointer
	await press(say("town.pole", { n: 2 }));
	await page.getByRole("heading", { name: say("town.pole", { n: 2 }) }).waitFor();
	await page.getByText(/^LED full, at the same instant: 100.%\.$/).waitFor();
	const edge = page.getByRole("slider", { name: /^Edge between/ });
	for (const split of ["20", "42", "70"]) {
		await edge.fill(split);
		expect([split, await page.evaluate(CARD_OVER)]).toEqual([split, []]);
	}
	await press(say("town.cut", { cabinet: "C0" }));
	await page.getByText(say("town.isOut", { n: LIGHTS })).waitFor();
	const faults = page.locator(".districts tr.all td").nth(-2);
	await until("faults in the table", async () => (await faults.textContent()) === String(LIGHTS));
	await press(say("town.mend", { cabinet: "C0" }));
	await page.getByText("100 %".replace(" ", "\u00a0"), { exact: true }).first().waitFor();
	await until("no fault left", async () => (await faults.textContent()) === "0");
});

test.each([
	[390, 844],
	[768, 1024],
	[1280, 800],
	[1920, 1080],
	[2560, 1440],
])(
	"at %d px axe finds nothing, and nothing reaches beyond, in both languages and schemes",
	async (width, height) => {
		await page.setViewportSize({ width, height });
		for (const [language, colorScheme] of [
			["en", "light"],
			["fr", "dark"],
		] as const) {
			await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
			await open(`#view=town&lang=${language}`);
			await page.locator(".scrubber").waitFor();
			await page.locator(".districts").waitFor();
			expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
			await page.evaluate(AXE);
			const found = await page.evaluate(
				`axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`,
			);
			expect([language, found]).toEqual([language, []]);
		}
		await page.setViewportSize({ width: 1280, height: 800 });
	},
);

test("another file is read with its errors by line before it is opened", async () => {
	await open("#view=town&lang=en");
	await press(say("town.import"));
	const broken = lightsFile().replace("185030;", "here;");
	await page
		.getByLabel(say("town.file"))
		.setInputFiles({ name: "broken.csv", mimeType: "text/csv", buffer: Buffer.from(broken) });
	await page.getByRole("heading", { name: say("town.account") }).waitFor();
	await page.locator(".error li").getByText(/\b3\b/).waitFor();
	await page.evaluate(AXE);
	expect(
		await page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))"),
	).toEqual([]);
	const kept = readdirSync(folder).sort();
	await press(say("town.open"));
	await page.getByRole("heading", { name: "broken" }).waitFor();
	expect(readdirSync(folder).sort()).toEqual(kept);
	await press(say("town.import"));
	await press(say("town.shipped.example"));
	await page.getByText("29,942").waitFor();
	await press(say("town.open"));
	await page.getByRole("heading", { name: "Montpellier" }).waitFor();
	expect(complaintsOf(watched)).toEqual([]);
});
