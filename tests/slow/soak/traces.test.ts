/** Traces: drawn streets, of the explorer and with thirty inputs each, are the same in Node, in Chromium and in Firefox. */
import { randomInt } from "node:crypto";
import { expect, test } from "@jest/globals";
import { valuesIn } from "../../../sim/cli/words.js";
import { draw } from "../../../sim/explore/draw.js";
import { thirtyInputs } from "../support/thirty.js";
import { BrowserStreet, differenceOf, traceInNode } from "../support/traces.js";

const STREETS = 10;

test("drawn streets", async () => {
	const first = randomInt(1_000_000);
	const browsers = {
		Chromium: await BrowserStreet.open("chromium"),
		Firefox: await BrowserStreet.open("firefox"),
	};
	try {
		for (let seed = first; seed < first + STREETS; seed++) {
			const explored = { ...valuesIn(draw(seed).args), duration: "3h" };
			for (const values of [explored, thirtyInputs(seed)]) {
				process.stdout.write(`street ${seed}: ${JSON.stringify(values)}\n`);
				const node = await traceInNode(values);
				const times = [`Node ${Math.round(node.ms)} ms`];
				for (const [name, browser] of Object.entries(browsers)) {
					const { text, ms } = await browser.trace(values);
					expect([seed, name, differenceOf(node.text, text)]).toEqual([seed, name, undefined]);
					times.push(`${name} ${Math.round(ms)} ms`);
				}
				process.stdout.write(`equal, ${node.text.length} bytes: ${times.join(", ")}\n`);
			}
		}
	} finally {
		for (const browser of Object.values(browsers)) await browser.close();
	}
});
