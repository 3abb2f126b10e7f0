/** Paper: how many sheets a page of the browser is when it is printed, by its own style. */
import type { Page } from "playwright-core";

/** As Chromium prints it for the command and for the button: with the style's paper and margins. */
export async function sheetsOf(page: Page): Promise<number> {
	const pdf = await page.pdf({ preferCSSPageSize: true });
	return [...pdf.toString("latin1").matchAll(/\/Type\s*\/Page\b/g)].length;
}
