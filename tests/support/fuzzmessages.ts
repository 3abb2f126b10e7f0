/** Fuzz messages: payloads of lamps whose fields have any value. */
import fc from "fast-check";

const anything = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom(
		-1,
		1e308,
		2 ** 53,
		"2026-11-24T21:00:00Z",
		"9999-12-31T23:59:59Z",
		"start",
		"end",
		"lampFailure",
		true,
	),
);
const field = fc.constantFrom(
	"life",
	"seq",
	"uptime_ms",
	"time",
	"interval_s",
	"roadUserNumber",
	"type",
	"startEndFlag",
	"faults",
	"dark",
	"online",
	"maintenanceMode",
	"attributes",
	"chain",
	"id",
	"status",
	"serial",
	"group",
	"swVersion",
	"hardware",
	"state",
	"severity",
	"actualLightState",
	"feedbackLightCommand",
	"activePower_W",
	"activeEnergy_kWh",
	"brightness",
	"settings",
	"settingsRevision",
	"revision",
	"rejected",
	"__proto__",
);
const body = fc.dictionary(field, anything, { maxKeys: 8 });
/** Of a lamp, or of something that is none. */
export const payload = fc.oneof(
	{ weight: 6, arbitrary: body.map((fields) => Buffer.from(JSON.stringify(fields))) },
	{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
	{ weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((json) => Buffer.from(json)) },
);
