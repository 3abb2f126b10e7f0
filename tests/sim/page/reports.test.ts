/** Figures of the meters keep the instant at which they were read: the light may have changed since. */
import { expect, test } from "@jest/globals";
import type { LampReport } from "../../../sim/page/messages.js";
import { readReport } from "../../../sim/page/server/reports.js";

const UTC = Date.UTC(2026, 10, 24, 22);

test.each([
	["read at once", undefined, UTC],
	[
		"that waited for the broker",
		"2026-11-24T21:10:38.056Z",
		Date.parse("2026-11-24T21:10:38.056Z"),
	],
])("a telemetry %s", (_, time, meteredAt) => {
	const lamp: LampReport = {};
	const read = (suffix: string, fields: object, utc: number) =>
		readReport(lamp, suffix, Buffer.from(JSON.stringify(fields)), utc);
	expect(read("telemetry", { activePower_W: 37.5, time }, UTC)).toBe(true);
	expect(read("state", { feedbackLightCommand: 40 }, UTC + 60_000)).toBe(true);
	expect(lamp).toMatchObject({ level: 40, power_W: 37.5, meteredAt });
	read(
		"telemetry",
		{ activePower_W: 37.5, driver: { isMeasured: true, activePower_W: 41 }, time },
		UTC,
	);
	expect(lamp.power_W).toBe(41);
});
