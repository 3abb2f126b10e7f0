/** Turns: when a lamp comes in a rollout, in a table. */
import { describe, expect, test } from "@jest/globals";
import type { UtcMillis } from "../../src/units.js";
import { LATE_SPREAD, turnOf } from "../../src/update/offer.js";

describe("a lamp's turn", () => {
	const HOUR = 3_600_000;
	const at = (hours: number) => (hours * HOUR) as UtcMillis;
	const offer = { notBefore: at(10), spread: HOUR, canary: "quay", canaryLead: 24 * HOUR };
	test.each([
		["a canary, in its own part of the spread", "quay", 0.5, 0, 10.5],
		["another, a lead later", "hill", 0.5, 0, 34.5],
		["one without a group", "", 0.25, 0, 34.25],
		["one that hears too late, within ten minutes", "quay", 0.5, 20, 20 + LATE_SPREAD / HOUR / 2],
		["one that hears just before", "quay", 0.5, 10.4, 10.5],
	])("%s", (_who, group, position, heard, turn) => {
		expect(turnOf(offer, group, position, at(heard))).toBe(at(turn));
	});
});
