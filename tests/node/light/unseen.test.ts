/** Unseen: the light for road users whom the PIR may miss, under each effect of a program's point. */
import { describe, expect, test } from "@jest/globals";
import { bootLamp } from "../../support/lamp.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z");

describe.each(["doubt", "handshake"] as const)("%s", (source) => {
	test.each<[why: string, point: string, light: object, occupied: number, unseen: number]>([
		["is the full level, where nothing else is set", "40", { fullLevel: 60 }, 60, 60],
		["is presence by the settings, above it", "40", { presenceLevel: 80, fullLevel: 60 }, 80, 80],
		["is presence that the point raises", "40 max 100", { fullLevel: 60 }, 100, 100],
		["is presence that the point sets", "40 set 90", { fullLevel: 60 }, 90, 90],
		["is not less where the point lowers presence", "20 min 30", { fullLevel: 60 }, 30, 60],
		["nor where it sets less", "20 set 30", { presenceLevel: 80, fullLevel: 60 }, 30, 80],
	])("%s", (_why, point, light, occupied, unseen) => {
		const { host, node } = bootLamp({
			settings: { light, calendar: { program: `sunset ${point}; sunrise 0` } },
			lux: 0,
			utc: NIGHT,
			until: 200_000,
		});
		host.deliver((inputs, now) => inputs.onMovement(now));
		const before = node.view.light.feedback;
		host.deliver(() => node.askForLight(source, Infinity));
		const during = node.view.light.feedback;
		host.deliver(() => node.askForLight(source, 0));
		expect([before, during, node.view.light.feedback]).toEqual([occupied, unseen, occupied]);
	});
});
