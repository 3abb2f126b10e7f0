/** Tab: a page's file with a thousand lamps for twenty minutes, clicked 200 times a minute: its memory stays flat. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "@jest/globals";
import { chromium } from "playwright-core";
import { memoryOf, metricsOf } from "../../../bench/page/looks.js";
import { random } from "../../../lib/random.js";
import { fileOf, makePage } from "../../../sim/pack/page.js";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { pause } from "../../support/until.js";

const LAMPS = 1_000;
const MINUTES = 20;
const CLICKS = 200;
const MINUTE = 60_000;
/** From the first quarter on the tab's memory grows by so much at most. */
const GROWTH = 1.1;
const VALUES = {
	...{ lamps: `${LAMPS}`, seed: "7", neighbours: true, group: "quay,square" },
	start: "2026-11-24T17:30:00+01:00",
};
/** What a person clicks: views, lamps, their tabs; never what ends the run. */
const CLICK = `(chance) => {
	const all = [...document.querySelectorAll("nav button, .plates button, [role=tab]")];
	const button = all[Math.floor(chance * all.length)];
	button?.click();
	return button !== undefined;
}`;

test("a thousand lamps for twenty minutes, 200 clicks a minute", async () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-tab-"));
	const file = join(folder, "street.html");
	writeFileSync(file, fileOf(await makePage({ values: VALUES }, () => {})));
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, offline: true });
		await page.goto(`${pathToFileURL(file).href}#lang=en`);
		await page.getByText(`All ${LAMPS} lamps are online.`).waitFor({ timeout: 0 });
		const tools = await page.context().newCDPSession(page);
		await tools.send("Performance.enable");
		const { processInfo } = await (await browser.newBrowserCDPSession()).send(
			"SystemInfo.getProcessInfo",
		);
		const tabs = processInfo.filter(({ type }) => type === "renderer");
		const chance = random(1, "clicks");
		const sizes: number[] = [];
		let clicks = 0;
		for (let minute = 0; minute <= MINUTES; minute++) {
			await tools.send("HeapProfiler.collectGarbage");
			const heap = (await metricsOf(tools)).get("JSHeapUsedSize")! / 2 ** 20;
			const size = tabs.reduce((sum, { id }) => sum + memoryOf(id).now, 0);
			sizes.push(size);
			const clock = await page.locator("#clock").textContent();
			process.stdout.write(
				`minute ${minute}: ${clock}, ${clicks} clicks; page's heap ${heap.toFixed(1)} MB, tab with its simulation ${size.toFixed(0)} MB\n`,
			);
			if (minute === MINUTES) break;
			const begun = performance.now();
			for (let n = 1; n <= CLICKS; n++) {
				if (await page.evaluate<boolean>(`(${CLICK})(${chance.next()})`)) clicks++;
				await pause(Math.max(0, begun + (n * MINUTE) / CLICKS - performance.now()));
			}
		}
		expect(clicks).toBe(MINUTES * CLICKS);
		const first = Math.max(...sizes.slice(0, MINUTES / 4 + 1));
		expect(Math.max(...sizes) / first).toBeLessThanOrEqual(GROWTH);
	} finally {
		await browser.close();
		rmSync(folder, { recursive: true });
	}
});
