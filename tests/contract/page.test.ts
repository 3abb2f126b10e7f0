/** docs/messages.md and the limits of docs/integrators.md: both follow from the document. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { readContract } from "../../lib/firmware/contractdoc.js";
import { MESSAGES_PAGE } from "../../tools/docs/contractfiles.js";
import { contractPage } from "../../tools/docs/contractpage.js";
import { withLimits } from "../../tools/docs/limitspage.js";
import { withSettings } from "../../tools/docs/settingsschemas.js";

const page = readFileSync(MESSAGES_PAGE, "utf8");
const document = readContract();

describe(MESSAGES_PAGE, () => {
	test("another contract gives another page", () => {
		const other = structuredClone(document) as { channels: Record<string, { address: string }> };
		other.channels.status!.address = "{root}/{site}/{node}/health";
		expect(contractPage(other as never)).not.toBe(page);
	});
	test("names every channel, payload and field", () => {
		for (const { address } of Object.values(document.channels)) expect(page).toContain(address);
		const settings = /^(Settings|Reported)[A-Z]/; // docs/settings.md has their values
		for (const [name, { properties = {} }] of Object.entries(document.components.schemas))
			if (!settings.test(name))
				for (const field of Object.keys(properties))
					expect([name, page.includes(field)]).toEqual([name, true]);
	});
	test("a page without its place is refused", () => {
		expect(() => withLimits("# Other", document)).toThrow("has no");
		expect(() => withSettings("# Other")).toThrow("has no");
	});
});
