/** Lives: power cuts while the broker is away, in real machines; what was stored arrives afterwards. */

import { expect, test } from "@jest/globals";
import { MINUTE } from "../../lib/spans.js";
import { scaled } from "../support/scale.js";
import { watch } from "./street.js";

test("events of three lives without a broker arrive in order, each with its own life and time", async () => {
	const lamp = 2;
	const line = `--lamps 3 --seed 5 --start 2026-11-24T16:30:00+01:00 --duration ${scaled("90m", "2h")}`;
	const { passed } = await watch(line, ({ network, tap, restart }) => {
		tap.plan(5.6 * MINUTE, () => network.setBrokerReachable(false));
		restart(20 * MINUTE, lamp);
		restart(40 * MINUTE, lamp);
		tap.plan(60 * MINUTE, () => network.setBrokerReachable(true));
	});
	const events = passed.flatMap(({ packet, isUp, lamp: of, at }) => {
		if (!isUp || of !== lamp || packet.cmd !== "publish" || !packet.topic.endsWith("/event"))
			return [];
		return [{ at, ...JSON.parse(packet.payload.toString()) }];
	});
	const late = events.filter(({ at }) => at > 60 * MINUTE);
	const lives = [...new Set(late.map(({ life }) => life))];
	expect(lives).toEqual([1, 2, 3]);
	for (const life of lives) {
		const numbers = events.filter((event) => event.life === life).map(({ seq }) => seq);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
	}
	const begun = late.filter(({ type }) => type === "started" || type === "restarted");
	expect(begun.map(({ life }) => life)).toEqual([2, 3]);
	const times = late.map(({ time }) => time);
	expect(times.filter((time) => typeof time === "string")).toEqual([...times].sort());
});
