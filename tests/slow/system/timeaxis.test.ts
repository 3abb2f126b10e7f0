/** Time axis: its times are whole and apart, from the first minute of a run on. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { until } from "../../support/until.js";
import { type Watched, watch } from "./pages.js";

/** In the page: each text that a canvas gets as a time, as `[left, right, width]`. */
const RECORD = `
window.times = new Map();
let axis; // a second drawing may have other times: only the last one is on the screen
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...area) {
	if (this.canvas === axis) window.times.clear();
	return clear.apply(this, area);
};
const fill = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...more) {
	if (/^\\d\\d:\\d\\d/.test(text)) {
		axis = this.canvas;
		const at = this.getTransform().transformPoint({ x, y }).x;
		const half = this.measureText(text).width / 2;
		window.times.set(text, [at - half, at + half, this.canvas.width]);
	}
	return fill.call(this, text, x, y, ...more);
};`;
type Drawn = readonly (readonly [left: number, right: number, whole: number])[];

let watched: Watched;
beforeAll(async () => {
	watched = await watch("--lamps", "3", "--seed", "7", "--start", "2026-11-24T22:30:00+01:00");
	await watched.page.addInitScript(RECORD);
});
afterAll(() => watched?.close());

test.each([700, 1000, 1280, 1440])("%d px wide", async (width) => {
	const { page, port } = watched;
	await page.setViewportSize({ width, height: 800 });
	await page.goto(`http://127.0.0.1:${port}/#view=prove`);
	await page.reload();
	await page.locator("canvas").nth(3).waitFor();
	let drawn: Drawn = [];
	await until("an axis", async () => {
		await page.evaluate("window.times.clear()");
		await page.waitForTimeout(1_500);
		drawn = await page.evaluate<Drawn>("[...window.times.values()].sort((a, b) => a[0] - b[0])");
		return drawn.length > 1;
	});
	for (const [n, [left, right, axisWidth]] of drawn.entries()) {
		expect(left).toBeGreaterThan((drawn[n - 1]?.[1] ?? 0) + 4);
		expect(right).toBeLessThanOrEqual(axisWidth);
	}
});
