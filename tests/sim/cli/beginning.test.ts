/** The start line of a run has the street's local time, as its page does. */
import { expect, test } from "@jest/globals";
import { Zone } from "../../../lib/zone.js";
import { beginning } from "../../../sim/simulate.js";

test.each([
	["2026-11-24T15:00:00Z", Infinity, "2026-11-24 16:00:00 (Europe/Brussels) until Ctrl-C"],
	["2026-06-30T22:30:00Z", 3_600_000, "2026-07-01 00:30:00 (Europe/Brussels) for 3600 s"],
])("%s", (start, end, period) => {
	const zone = Zone.of("Europe/Brussels")!;
	const line = beginning({ lamps: 12, seed: 7, zone }, { epochUtc: Date.parse(start), end });
	expect(line).toBe(`12 lamps, seed 7, from ${period}`);
});
