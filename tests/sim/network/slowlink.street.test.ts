/**
 * A slow link: bytes take their time, losses take more, and a narrow lamp lives with both.
 *
 * Promise: A slow link delays messages and never the light.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { rehearse } from "../../../sim/files/stage.js";
import { leftAt, type SlowLink } from "../../../sim/network/slowlink.js";
import { Run } from "../../../sim/run/run.js";

const LINK: SlowLink = { rate: 1000, delay: 5_000, loss: 0 };

describe("bytes leave", () => {
	const cases: [why: string, link: SlowLink, count: number, chances: number[], took: number][] = [
		["none at once", LINK, 0, [], 0],
		["a ping with its heads", LINK, 2, [1], 568],
		["a report in two segments", LINK, 600, [1, 1], 8 * (600 + 2 * 69)],
		["a lost segment after a time-out", { ...LINK, loss: 0.1 }, 2, [0.05, 1], 11_000 + 568],
		["lost twice: the time-out doubles", { ...LINK, loss: 0.1 }, 2, [0, 0, 1], 33_000 + 568],
	];
	test.each(cases)("%s", (_why, link, count, chances, took) => {
		const rest = [...chances];
		expect(leftAt(link, 100, count, () => rest.shift()!) - 100).toBe(took);
		expect(rest).toEqual([]);
	});
	test("never before they were written, and no sooner for being more", () => {
		const chance = fc.double({ min: 0, max: 1, noNaN: true });
		const link = fc.record({
			rate: fc.integer({ min: 75, max: 1e6 }),
			delay: fc.integer({ min: 1_000, max: 60_000 }),
			loss: fc.double({ min: 0, max: 0.99, noNaN: true }),
		});
		fc.assert(
			fc.property(
				link,
				fc.nat(5_000),
				fc.nat(5_000),
				fc.array(chance),
				(slowLink, a, b, chances) => {
					const took = (count: number) => {
						let index = 0;
						return leftAt(slowLink, 0, count, () => chances[index++] ?? 1);
					};
					expect(took(Math.min(a, b))).toBeLessThanOrEqual(took(Math.max(a, b)));
					expect(took(a)).toBeGreaterThanOrEqual(0);
				},
			),
		);
	});
});

/** A lamp over TLS on such a link, and an order to it. */
async function lampOn(link: string, reporting: string): Promise<Record<string, number[]>> {
	const line = `--lamps 1 --seed 3 --quiet --start 2026-11-24T20:00:00Z --duration 20m --slow-link ${link}`;
	const set = `--set link.brokerTls=true --set link.reporting=${reporting}`;
	const order = 'order@15m:{"command":"override","level":70,"expiration":"+1h"}';
	const stage = await rehearse([...line.split(" "), ...set.split(" "), "--input", order]);
	const seen: Record<string, number[]> = {};
	stage.network.onReport((at, topic) => {
		(seen[topic.split("/").at(-1)!] ??= []).push(at);
	});
	const run = new Run(stage);
	expect(await run.go()).toBeUndefined();
	await stage.network.close();
	stage.fleet.dispose();
	return seen;
}

test("at 1 kbit/s and 5 s a narrow lamp connects over TLS and answers an order in 30 s", async () => {
	const seen = await lampOn("1000/5/0", "narrow");
	expect(seen.status!.length).toBe(1);
	expect(seen.reply![0]! - 15 * 60_000).toBeLessThanOrEqual(30_000);
});
test("there the normal profile never connects: its patience ends before the handshake", async () => {
	expect(await lampOn("1000/5/0", "normal")).toEqual({});
});
