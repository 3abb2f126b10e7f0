/** Paper: how many sheets a page of the browser is when it is printed, by its own style, and its smallest text. */
import type { Page } from "playwright-core";

/** As Chromium prints it for the command and for the button: with the style's paper and margins. */
export async function sheetsOf(page: Page): Promise<number> {
	const pdf = await page.pdf({ preferCSSPageSize: true });
	return [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length;
}

const PX_OF_MM = 96 / 25.4;
const POINTS_OF_PX = 72 / 96;

/** A report of decision between its margins. What is wider than them is printed smaller than its style says. */
export async function decisionPaper(page: Page) {
	const width = Math.floor(184 * PX_OF_MM);
	await page.setViewportSize({ width, height: 1_000 });
	await page.emulateMedia({ media: "print" });
	const found = await page.evaluate(() => {
		const sizes: number[] = [];
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (texts.nextNode()) {
			const holder = texts.currentNode.parentElement;
			if (!holder?.getClientRects().length || texts.currentNode.nodeValue?.trim() === "") continue;
			const scale = holder instanceof SVGGraphicsElement ? holder.getScreenCTM()!.a : 1;
			sizes.push(scale * Number.parseFloat(getComputedStyle(holder).fontSize));
		}
		return { least_px: Math.min(...sizes), wide_px: document.documentElement.scrollWidth };
	});
	return {
		sheets: await sheetsOf(page),
		hasSmallText: POINTS_OF_PX * found.least_px < 8.99,
		isTooWide: found.wide_px > width,
	};
}

/** What each report of a decision keeps to. */
export const TWO_SHEETS = { sheets: 2, hasSmallText: false, isTooWide: false };
