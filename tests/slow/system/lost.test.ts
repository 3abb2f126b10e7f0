/** Lost: with the simulator gone the page states nothing about lamps that nobody reports. */
import { expect, test } from "@jest/globals";
import { watch } from "./pages.js";

test("lamps online are a thing of the past", async () => {
	const { page, street, close } = await watch("--lamps", "3", "--seed", "7");
	try {
		const online = page.getByText("All 3 lamps are online.");
		await online.waitFor({ timeout: 60_000 });
		await street.stop("SIGKILL");
		await page.getByText(/^Unknown since \d\d:\d\d, when 3 of 3 lamps were online\.$/).waitFor();
		expect(await online.count()).toBe(0);
	} finally {
		await close();
	}
}, 120_000);
