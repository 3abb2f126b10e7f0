/**
 * Lost: once the simulator is gone, the page states nothing about its lamps; before, a
 * street of more lamps than the picture shows has an overview.
 */
import { expect, test } from "@jest/globals";
import { boxOf, watch } from "./pages.js";

test("an overview leads to a lamp; lamps online are a thing of the past", async () => {
	const args = ["--lamps", "48", "--seed", "7", "--start", "2026-11-24T18:00:00+01:00"];
	const { page, street, close } = await watch(...args);
	try {
		const online = page.getByText("All 48 lamps are online.");
		await online.waitFor();
		const counts = /^48 lamps: \d+ at full, \d+ at less, 0 dark; 0 offline, 0 with an alarm\./;
		await page.getByText(counts).waitFor();
		const plate = page.getByRole("button", { name: /^Lamp 48 ?:/ });
		expect(await plate.count()).toBe(0);
		const cell = (await boxOf(page.locator(".overview canvas"))).height;
		await page.locator(".overview canvas").click({ position: { x: 47.5 * cell, y: cell / 2 } });
		await plate.waitFor();
		await street.stop("SIGKILL");
		await page.getByText(/^Unknown since \d\d:\d\d, when 48 of 48 lamps were online\.$/).waitFor();
		expect(await online.count()).toBe(0);
	} finally {
		await close();
	}
});
