/** SECURITY.md: its support period has one source, and what the maker must fill is marked. */
import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { SUPPORTED_UNTIL, SW_DATE, SW_VERSION } from "../../../src/version.js";

const policy = readFileSync("SECURITY.md", "utf8");
/** Five years, stated in docs and in src/version.ts. */
const SUPPORT_YEARS = 5;

// security: 5.3-13
test("the support period of SECURITY.md is that of the firmware", () => {
	expect(policy).toContain(`| ${SW_VERSION} | ${SUPPORTED_UNTIL} |`);
	expect(policy.match(/\b20\d\d-\d\d-\d\d\b/g)).toEqual([SUPPORTED_UNTIL]);
	const end = new Date(SW_DATE);
	end.setUTCFullYear(end.getUTCFullYear() + SUPPORT_YEARS);
	expect(SUPPORTED_UNTIL).toBe(end.toISOString().slice(0, 10));
});

test("the page says of each promise of an organisation that the maker fills it in", () => {
	const [, table] = /^\| promise \| value \|\n\|---\|---\|\n((?:\|.*\n)+)/m.exec(policy)!;
	const rows = table!.trimEnd().split("\n");
	const about = [
		"contact",
		"key",
		"first answer",
		"state of the work",
		"publication",
		"end of support",
	];
	for (const what of about)
		expect([what, rows.some((row) => row.toLowerCase().includes(what))]).toEqual([what, true]);
	for (const row of rows) expect(row).toContain("*to be filled in by the maker*");
});

test("a report has a private way, and code of others its steps to the lamps", () => {
	expect(policy).toMatch(/\*\*Privately, by \*Report a vulnerability\*/);
	for (const code of ["ESP-IDF", "Mbed TLS", "XS"]) expect(policy).toContain(code);
});
