/**
 * A broker's address with a typo, in real machines: taken back by the lamp itself, and never tried
 * again.
 *
 * Promise: A wrong address of the broker does not cut a lamp off for good.
 */

import { expect, test } from "@jest/globals";
import { MINUTE } from "../../lib/spans.js";
import { nodeOf, ROOT, SITE } from "../../sim/run/install.js";
import { PROBATION_MARGIN } from "../../src/settings/probation.js";
import { scaled } from "../support/scale.js";
import { watch } from "./street.js";

const SPREAD = 10; // s
const LAMP = 1;

test("reverts by itself, says so, and a retained copy changes nothing, over a restart too", async () => {
	const line = `--lamps 2 --seed 5 --start 2026-11-24T16:30:00+01:00 --duration ${scaled("75m", "90m")}`;
	const [sentAt, restartAt, betterAt] = [10 * MINUTE, 40 * MINUTE, 60 * MINUTE];
	const { passed, tap: ear } = await watch(line, ({ network, tap, restart }) => {
		const topic = `${ROOT}/${SITE}/${nodeOf(LAMP)}/settings/desired/link`;
		const want = (revision: number, settings: object) =>
			JSON.stringify({ revision, count: 1, settings });
		const link = { brokerTls: false, reconnectSpread: SPREAD };
		const send = (at: number, text: string) =>
			tap.plan(at, () => network.publish(topic, text, { retain: true }));
		send(sentAt, want(5, { ...link, brokerHost: "brokr" }));
		restart(restartAt, LAMP);
		send(betterAt, want(6, { ...link, brokerHost: "broker", telemetryInterval: 600 }));
	});
	const published = passed.flatMap(({ at, lamp, isUp, packet }) => {
		if (lamp !== LAMP || !isUp || packet.cmd !== "publish") return [];
		const suffix = packet.topic.split("/").slice(4).join("/");
		return [{ at, suffix, body: JSON.parse(packet.payload.toString() || "{}") }];
	});
	const reported = published.filter(({ suffix }) => suffix === "settings/reported/link");
	const states = reported.map(({ body }) => `${body.revision} ${body.status}`);
	expect(states).not.toContain("5 active");
	const reverted = published.find(({ body }) => body.type === "settingsReverted")!;
	expect(reverted.body.attributes).toEqual({ why: "noBroker", detail: "nameUnknown" });
	expect(ear.strangers.length).toBeGreaterThan(1);
	const end = sentAt + 1000 * SPREAD + PROBATION_MARGIN;
	expect(Math.max(...ear.strangers)).toBeLessThan(end + MINUTE); // not in the 60 minutes after, either
	const back = published.find(({ at, suffix }) => suffix === "status" && at > sentAt + MINUTE)!;
	expect(back.at).toBeLessThan(end + 2 * MINUTE);
	expect(published.some(({ at, suffix }) => suffix === "status" && at > restartAt)).toBe(true);
	expect(states.at(-1)).toBe("6 active"); // a higher revision is not held back
});
