/** Traces: the same seed is the same street, to the byte, in Node, in Chromium and in Firefox. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readImage } from "../../../hosts/virtual/engine/image.js";
import { projectRoot } from "../../../lib/root.mjs";
import { editOf } from "../../../sim/checks/plants.js";
import type { Values } from "../../../sim/options/values.js";
import { BrowserStreet, differenceOf, traceInNode } from "../support/traces.js";

const BROWSERS = ["chromium", "firefox"] as const;
let browsers: readonly BrowserStreet[];
beforeAll(async () => {
	browsers = await Promise.all(BROWSERS.map((which) => BrowserStreet.open(which)));
});
afterAll(() => Promise.all(browsers.map((browser) => browser.close())));

const FAULTS = ["pirDead@5m/3", "powerCut@10m+4m/5", "brokerLost@15m+4m", "brokerSlow@22m+5m"];
const INPUTS = [
	'order@8m/2:{"command":"override","level":60,"expiration":"+10m"}',
	"type@9m/4:status",
	"offer@2m/7:whole.bin",
	"offer@3m/8:spoilt.bin",
	'retained@6m/1:settings/desired/light {"revision":1,"count":1,"settings":{"hold":20}}',
];
const EVENING = { start: "2026-11-24T21:30:00+01:00" };

test.each<[string, Values]>([
	["12 lamps, two hours from dusk", { lamps: "12", seed: "7", neighbours: true, duration: "2h" }],
	[
		"40 lamps on DALI buses, with faults, orders and updates",
		{
			...{ ...EVENING, lamps: "40", seed: "9", board: "zhaga", duration: "35m" },
			...{ neighbours: true, group: "quay,square", fault: FAULTS, input: INPUTS },
		},
	],
	[
		"200 lamps, with faults, orders and updates",
		{
			...{ ...EVENING, lamps: "200", seed: "11", duration: "30m", neighbours: true },
			...{ "datagram-loss": "5", "slow-link": "1000/2/5", fault: FAULTS, input: INPUTS },
		},
	],
])("%s", async (_what, values) => {
	const node = await traceInNode(values);
	for (const [n, browser] of browsers.entries()) {
		const { text } = await browser.trace(values);
		expect([BROWSERS[n], differenceOf(node.text, text)]).toEqual([BROWSERS[n], undefined]);
	}
	expect(node.text.length).toBeGreaterThan(100_000);
});

test("a changed line of the firmware changes both alike", async () => {
	const values: Values = { ...EVENING, lamps: "4", seed: "3", neighbours: true, duration: "20m" };
	const replace = editOf("longBubble")!;
	const changed = readImage(projectRoot(), { replace, isAsWritten: true });
	const before = await traceInNode(values);
	const node = await traceInNode(values, changed);
	const chromium = await browsers[0]!.trace(values, changed);
	expect(differenceOf(node.text, chromium.text)).toBeUndefined();
	expect(node.text).not.toBe(before.text);
});
