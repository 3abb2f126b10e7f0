/** docs/integrators.md: its reference is what the document gives. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { readContract } from "../../tools/docs/contractdoc.js";
import { withReference } from "../../tools/docs/contractpage.js";
import { withLimits } from "../../tools/docs/limitspage.js";
import { withSettings } from "../../tools/docs/settingsschemas.js";

const page = readFileSync("docs/integrators.md", "utf8");
const document = readContract();

test("the schemas of the settings are those of the table (`npm run contract` writes them)", () => {
	const text = readFileSync("docs/broker.asyncapi.yaml", "utf8");
	expect(withSettings(text)).toBe(text);
});

describe("docs/integrators.md", () => {
	test("is up to date (`npm run contract` writes it)", () => {
		expect(withReference(page, document)).toBe(page);
		expect(withLimits(page, document)).toBe(page);
	});
	test("another contract gives another page", () => {
		const other = structuredClone(document) as { channels: Record<string, { address: string }> };
		other.channels.status!.address = "{root}/{site}/{node}/health";
		expect(withReference(page, other as never)).not.toBe(page);
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
		expect(() => withReference("# Other", document)).toThrow("has no");
		expect(() => withLimits("# Other", document)).toThrow("has no");
		expect(() => withSettings("# Other")).toThrow("has no");
	});
});
