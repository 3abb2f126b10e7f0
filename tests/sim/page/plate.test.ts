/** Plates: the light itself, and never with the cause of another light. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { plateOf } from "../../../sim/page/client/state/plate.js";

const at60 = { level: 60, actual: 60, reason: "program", online: true };

test.each([
	["as reported", at60, 0.6, { level: 60, cause: "program", isNewer: false }],
	["lit since the report", at60, 1, { level: 100, cause: null, isNewer: true }],
	["dead", at60, 0, { level: 0, cause: null, odd: "lampDark", reported: 60 }],
	["offline, the light goes on", { ...at60, online: false, lostAt: 5 }, 0.6, { level: 60, at: 5 }],
	["without power", { ...at60, online: false }, -1, { level: 0, isOff: "noPower" }],
	["no report yet", {}, 1, { level: 100, cause: null, isNewer: false }],
])("%s: the light", (_, report, light, plate) => {
	expect(plateOf(report, light)).toMatchObject(plate);
});

test("a plate with a cause never differs from the light that is drawn (property)", () => {
	const level = fc.integer({ min: 0, max: 100 });
	fc.assert(
		fc.property(level, level, (reported, shines) => {
			const report = { ...at60, level: reported, actual: reported };
			const plate = plateOf(report, shines / 100);
			expect(plate.level).toBe(shines);
			if (plate.cause !== null) expect(Math.abs(reported - shines)).toBeLessThanOrEqual(3);
		}),
	);
});
