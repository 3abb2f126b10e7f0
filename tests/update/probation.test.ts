/** Probation: what is kept, what is gone back from, and how a trial ended that is over at a boot. */
import { describe, expect, test } from "@jest/globals";
import { assess, endingOf, endOf, LEAST, POWER_LOSSES_MOST } from "../../src/update/probation.js";

describe("a verdict on probation", () => {
	const good = { faults: 0, isLit: true, isSubscribed: true };
	const end = endOf(0, 300_000);
	test.each([
		["too early", good, LEAST - 1, "wait"],
		["all is well", good, LEAST, "keep"],
		["the broker was not seen yet", { ...good, isSubscribed: false }, LEAST, "wait"],
		["nor in time", { ...good, isSubscribed: false }, end, "noBroker"],
		["an exception, at once", { ...good, faults: 1 }, 0, "fault"],
		["an emergency level is no light of its own", { ...good, isLit: false }, LEAST, "wait"],
		["nor when the time is up", { ...good, isLit: false }, end, "fault"],
	] as const)("%s", (_why, conduct, now, verdict) => {
		expect(assess(conduct, 0, end, now)).toBe(verdict);
	});
	/** One is on trial that calls itself 2.0.0; before it ran 1.0.0. */
	const ended = { version: "1.0.0", before: "1.0.0", tried: "2.0.0", powerLosses: 1 };
	test.each([
		["it crashed", "crash", {}, "crashed"],
		["the watchdog bit", "watchdog", {}, "crashed"],
		["it went back by itself before it could note it", "restart", {}, "crashed"],
		["power failed", "powerOn", {}, "again"],
		["power sank", "brownout", { powerLosses: POWER_LOSSES_MOST - 1 }, "again"],
		["power failed too often", "powerOn", { powerLosses: POWER_LOSSES_MOST }, "powerLost"],
		["it runs: power failed before it was noted", "powerOn", { version: "2.0.0" }, "kept"],
		["an older one came over the cable", "powerOn", { version: "0.9.0" }, "reflashed"],
		["a newer one came over the cable", "restart", { version: "3.0.0" }, "reflashed"],
		[
			"it runs, and the one before did not say what it was",
			"powerOn",
			{ version: "2.0.0", before: "" },
			"kept",
		],
		["another runs, and the one before did not say", "powerOn", { before: "" }, "reflashed"],
		["both have one name, and it crashed", "crash", { tried: "1.0.0" }, "crashed"],
		["both have one name, and power failed", "powerOn", { tried: "1.0.0" }, "again"],
	] as const)("when %s (%s)", (_why, cause, more, ending) => {
		expect(endingOf({ ...ended, ...more, cause })).toBe(ending);
	});
});
