/** Paper: the page as it is printed: dark on white, without controls. */
import { expect, test } from "@jest/globals";
import { watch } from "./pages.js";

/** In the page: luminance of a colour `rgb(...)` from 0 to 1, roughly. */
const LIGHT = `((selector, what) => {
	const colour = getComputedStyle(document.querySelector(selector))[what];
	const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
	return (0.3 * r + 0.6 * g + 0.1 * b) / 255;
})`;

test("figures are dark on white, and nothing is there to be clicked", async () => {
	const { page, close } = await watch("--lamps", "3", "--seed", "7");
	try {
		await page.locator(".figure .value").first().waitFor();
		const light = (selector: string, what: string) =>
			page.evaluate<number>(`${LIGHT}(${JSON.stringify(selector)}, ${JSON.stringify(what)})`);
		expect(await light("body", "backgroundColor")).toBeLessThan(0.2);
		await page.emulateMedia({ media: "print" });
		expect(await light("body", "backgroundColor")).toBe(1);
		for (const text of [".figure .name", ".figure .how", ".note"])
			expect(await light(text, "color")).toBeLessThan(0.4);
		for (const box of [".street", ".plates"]) {
			const ground = `getComputedStyle(document.querySelector("${box}")).backgroundColor`;
			expect(await page.evaluate(ground)).toBe("rgba(0, 0, 0, 0)");
		}
		for (const control of [".bar .controls", ".bar nav", ".next", ".under .main"])
			expect(await page.locator(control).isVisible()).toBe(false);
	} finally {
		await close();
	}
});
