/** Settings in real XS: power cut anywhere in the writing of a revision; each byte is in tests/slow/soak. */
import { expect, test } from "@jest/globals";
import { cutSettings } from "./settingscut.js";

/** Prime, so that cuts fall anywhere in a record. */
const STEP = 97;

test("a revision of two sections is in force and stays, or the old one: never neither", async () => {
	expect(await cutSettings(STEP)).toBeGreaterThan(6);
});
