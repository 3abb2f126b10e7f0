/** Traces: drawn streets, with their settings, faults, orders and typing, are the same in Node and in Chromium. */
import { randomInt } from "node:crypto";
import { expect, test } from "@jest/globals";
import { valuesIn } from "../../../sim/cli/words.js";
import { draw } from "../../../sim/explore/draw.js";
import { BrowserStreet, differenceOf, traceInNode } from "../support/traces.js";

const STREETS = 10;

test("drawn streets", async () => {
	const first = randomInt(1_000_000);
	const browser = await BrowserStreet.open();
	try {
		for (let seed = first; seed < first + STREETS; seed++) {
			const values = { ...valuesIn(draw(seed).args), duration: "3h" };
			process.stdout.write(`street ${seed}: ${JSON.stringify(values)}\n`);
			const [node, chromium] = [await traceInNode(values), await browser.trace(values)];
			expect([seed, differenceOf(node.text, chromium.text)]).toEqual([seed, undefined]);
			const times = `${Math.round(node.ms)} ms in Node, ${Math.round(chromium.ms)} ms in Chromium`;
			process.stdout.write(`equal, ${node.text.length} bytes, ${times}\n`);
		}
	} finally {
		await browser.close();
	}
});
