/** The earliest date: on a pole none is before the version's own day, whoever says it. */
import { describe, expect, test } from "@jest/globals";
import { DAY, MINUTE } from "../../../lib/spans.js";
import type { Node } from "../../../src/node.js";
import { EARLIEST_UTC } from "../../../src/time/clock.js";
import type { UtcMillis } from "../../../src/units.js";
import { SW_DATE } from "../../../src/version.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";

const YEAR = 365 * DAY;

/** A lamp that has nothing stored; on a pole, or where recordings are played. */
function power(host: FakeHost, isPole: boolean): Node {
	if (isPole) delete host.earliestDate;
	return bootLamp({ host }).node;
}

describe.each<[where: string, isPole: boolean, utc: number, isTaken: boolean]>([
	["on a pole, two years before its version", true, SW_DATE - 2 * YEAR, false],
	["on a pole, the day before its version", true, SW_DATE - DAY, false],
	["on a pole, the day of its version", true, SW_DATE, true],
	["on a pole, later", true, SW_DATE + YEAR, true],
	["in a recording of years before", false, SW_DATE - 2 * YEAR, true],
	["in a recording, before any", false, EARLIEST_UTC - DAY, false],
])("%s", (_where, isPole, utc, isTaken) => {
	test("a time server's date, however often it is answered", () => {
		const host = new FakeHost();
		const node = power(host, isPole);
		for (let minute = 1; minute <= 300; minute += 1) {
			host.run(minute * MINUTE);
			host.deliver((inputs, now) => inputs.onTime(now, (utc + now) as UtcMillis));
		}
		expect(node.view.time.clockSource).toBe(isTaken ? "synchronised" : "none");
	});

	test("a clock that ran on", () => {
		const host = new FakeHost();
		host.powerCause = "restart";
		host.wall = utc as UtcMillis;
		const node = power(host, isPole);
		expect(node.view.time.clockSource).toBe(isTaken ? "kept" : "none");
		expect(node.view.time.utc).toBe(isTaken ? utc : undefined);
	});
});
