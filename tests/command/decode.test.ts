/** Decode: which orders are taken, and what is said of the others. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DAY, HOUR } from "../../lib/spans.js";
import { decode, ID_MAX_CHARACTERS } from "../../src/command/decode.js";
import type { OrderVia, RejectionReason } from "../../src/command/orders.js";
import { acts, isRejection } from "../../src/command/orders.js";
import { FIELDS, NAMES, ORDERS, type OrderRule } from "../../src/command/table.js";
import type { UtcMillis } from "../../src/units.js";

const SEED = 20_261_125;
const NOW = Date.UTC(2026, 10, 24, 20) as UtcMillis;
const at = (offset: number): string => new Date(NOW + offset).toISOString();

type Fields = Record<string, unknown>;
const override = (fields: Fields = {}): Fields => ({
	id: "a1",
	command: "override",
	level: 60,
	issued: at(0),
	expiration: at(6 * HOUR),
	...fields,
});
const other = (command: string, fields: Fields = {}): Fields => ({
	id: "a1",
	command,
	issued: at(0),
	...fields,
});
interface Way {
	readonly via?: OrderVia;
	readonly utc?: UtcMillis | undefined;
	readonly retained?: boolean;
	readonly error?: number;
	readonly isDayOpen?: boolean;
	readonly past?: UtcMillis;
}
const send = (fields: Fields | string, way: Way = {}) =>
	decode(typeof fields === "string" ? fields : JSON.stringify(fields), {
		utc: "utc" in way ? way.utc : NOW,
		retained: way.retained ?? false,
		via: way.via ?? "node",
		error: way.error,
		isDayOpen: way.isDayOpen,
		past: way.past,
	});
const SKEW = 30_000; // by which the sender's clock may differ
const NO_CLOCK: Way = { utc: undefined };
const POLE: Way = { via: "console" };
const ALARM: Way = { via: "emergency" };

const plain = {
	kind: "override",
	id: "a1",
	level: 60,
	rampToLevelTime: undefined,
	inhibitSensors: false,
	belowFloor: false,
	until: NOW + 6 * HOUR,
	duration: 6 * HOUR,
};
const taken: [why: string, fields: Fields, way: Way, order: Fields][] = [
	["a level for six hours", override(), {}, plain],
	["to a group", override(), { via: "group" }, plain],
	["to all", override(), { via: "all" }, plain],
	[
		"seconds become milliseconds",
		override({ rampToLevelTime: 2.5 }),
		{},
		{ ...plain, rampToLevelTime: 2500 },
	],
	[
		"the sensors may be silenced",
		override({ inhibitSensors: true }),
		{},
		{ ...plain, inhibitSensors: true },
	],
	[
		"off, if it says so",
		override({ level: 0, belowFloor: true }),
		{},
		{ ...plain, level: 0, belowFloor: true },
	],
	[
		"below the floor for twelve hours",
		override({ belowFloor: true, expiration: at(12 * HOUR) }),
		{},
		{ ...plain, belowFloor: true, until: NOW + 12 * HOUR, duration: 12 * HOUR },
	],
	[
		"below the floor by group",
		override({ belowFloor: true }),
		{ via: "group" },
		{ ...plain, belowFloor: true },
	],
	["an end in another zone", override({ expiration: "2026-11-25T03:00:00+01:00" }), {}, plain],
	[
		"seven days, to the millisecond",
		override({ expiration: at(7 * DAY) }),
		{},
		{ ...plain, until: NOW + 7 * DAY, duration: 7 * DAY },
	],
	["an override that came late but in time", override({ issued: at(-60_000 - SKEW) }), {}, plain],
	[
		"a clock a little ahead of ours: it ends by the sender's",
		override({ issued: at(SKEW) }),
		{},
		{ ...plain, duration: plain.duration - SKEW },
	],
	["a long validity", override({ issued: at(-DAY), validFor: 86_400 }), {}, plain],
	[
		"a confirmed order that needs none is not confused",
		other("clearOverride"),
		{},
		{ kind: "clearOverride", id: "a1" },
	],
	[
		"the end of an override at the pole",
		{ id: "c", command: "clearOverride" },
		{ ...POLE, ...NO_CLOCK },
		{ kind: "clearOverride", id: "c" },
	],
	[
		"an emergency lasts a day by default",
		other("emergency"),
		ALARM,
		{ kind: "emergency", id: "a1", until: NOW + DAY, duration: DAY },
	],
	[
		"an emergency with an end",
		other("emergency", { expiration: at(HOUR) }),
		ALARM,
		{ kind: "emergency", id: "a1", until: NOW + HOUR, duration: HOUR },
	],
	[
		"an emergency without a clock ends by what the sender said",
		other("emergency", { expiration: at(HOUR) }),
		{ ...ALARM, ...NO_CLOCK },
		{ kind: "emergency", id: "a1", until: NOW + HOUR, duration: HOUR },
	],
	["a report", other("report"), {}, { kind: "report", id: "a1" }],
	["an explanation without a clock", other("explain"), NO_CLOCK, { kind: "explain", id: "a1" }],
	[
		"why, then",
		other("explain", { at: at(-HOUR) }),
		{},
		{ kind: "explain", id: "a1", at: NOW - HOUR },
	],
	[
		"the coming night",
		other("preview"),
		{},
		{ kind: "preview", id: "a1", day: undefined, page: 1 },
	],
	[
		"the last night of every clock",
		other("preview", { date: "2069-12-31" }),
		{},
		{ kind: "preview", id: "a1", day: 36_524, page: 1 },
	],
	["a change at once", override({ rampToLevelTime: 0 }), {}, { ...plain, rampToLevelTime: 0 }],
	[
		"a spread of an hour",
		other("report", { spread_s: 3600 }),
		{ via: "group" },
		{ kind: "report", id: "a1" },
	],
	[
		"the night of a date needs no clock",
		other("preview", { date: "2026-12-24", page: 2 }),
		NO_CLOCK,
		{ kind: "preview", id: "a1", day: 20_811, page: 2 },
	],
	[
		"show yourself, for half a minute by default",
		other("identify"),
		{ via: "group" },
		{ kind: "identify", id: "a1", duration: 30_000 },
	],
	[
		"show yourself, without a clock: it cannot darken",
		other("identify", { duration: 60 }),
		NO_CLOCK,
		{ kind: "identify", id: "a1", duration: 60_000 },
	],
	["a test", other("selfTest"), {}, { kind: "selfTest", id: "a1" }],
	[
		"a test at the pole",
		{ id: "c", command: "selfTest" },
		{ ...POLE, ...NO_CLOCK },
		{ kind: "selfTest", id: "c" },
	],
	[
		"work on the lamp for a day",
		other("maintenanceMode", { expiration: at(DAY) }),
		{},
		{ kind: "maintenanceMode", id: "a1", until: NOW + DAY, duration: DAY },
	],
	[
		"work on the lamp, at the pole and without a clock",
		{ id: "c", command: "maintenanceMode", duration: 3600, enabled: true },
		{ ...POLE, ...NO_CLOCK },
		{ kind: "maintenanceMode", id: "c", until: undefined, duration: HOUR },
	],
	[
		"a volume of traffic for six hours, for all",
		other("trafficVolume", { volume: 400, expiration: at(6 * HOUR) }),
		{ via: "all" },
		{ kind: "trafficVolume", id: "a1", volume: 400, until: NOW + 6 * HOUR, duration: 6 * HOUR },
	],
	[
		"the work is done",
		other("maintenanceMode", { enabled: false }),
		{},
		{ kind: "endMaintenance", id: "a1" },
	],
	[
		"a restart, confirmed",
		other("restart", { commandConfirmation: true }),
		{ via: "group" },
		{ kind: "restart", id: "a1" },
	],
	["what happened", other("log"), NO_CLOCK, { kind: "log", id: "a1", page: 1 }],
	["what happened before", other("log", { page: 7 }), {}, { kind: "log", id: "a1", page: 7 }],
	[
		"names",
		other("assign", { site: "liege", node: "pole-7" }),
		{},
		{ kind: "assign", id: "a1", site: "liege", node: "pole-7", group: "" },
	],
	[
		"names, and a group",
		other("assign", { site: "S".repeat(32), node: "N".repeat(32), group: "quay" }),
		{},
		{ kind: "assign", id: "a1", site: "S".repeat(32), node: "N".repeat(32), group: "quay" },
	],
	[
		"a dead node's place, as far as it is known",
		other("nodeReplaced", { commandConfirmation: true, life: 17, operatingHours: 4021.25 }),
		{},
		{
			kind: "nodeReplaced",
			id: "a1",
			counters: { life: 17, operatingHours: 4021.25 },
		},
	],
	[
		"a dead node's place, wholly",
		other("nodeReplaced", {
			commandConfirmation: true,
			life: 17,
			activeEnergy_kWh: 1234.5,
			energySaved_kWh: -1,
			operatingHours: 4021,
			switchOnCounter: 365,
			accumulatedRoadUserNumber: 9,
			accumulatedSince: at(-DAY),
		}),
		{},
		{
			kind: "nodeReplaced",
			id: "a1",
			counters: {
				life: 17,
				activeEnergy_kWh: 1234.5,
				energySaved_kWh: -1,
				operatingHours: 4021,
				switchOnCounter: 365,
				roadUsers: 9,
				roadUsersSince: NOW - DAY,
			},
		},
	],
	[
		"a new luminaire",
		other("luminaireReplaced", { commandConfirmation: true }),
		{},
		{ kind: "luminaireReplaced", id: "a1", ledPower_W: undefined },
	],
	[
		"a new luminaire and its power, at the pole",
		{ id: "c", command: "luminaireReplaced", commandConfirmation: true, ledPower_W: 29.5 },
		POLE,
		{ kind: "luminaireReplaced", id: "c", ledPower_W: 29.5 },
	],
	[
		"full light without a clock: it cannot darken",
		override({ level: 100 }),
		NO_CLOCK,
		{ ...plain, level: 100 },
	],
	[
		"minutes at the pole, with a clock",
		{ id: "c", command: "override", level: 60, duration: 600 },
		POLE,
		{ ...plain, id: "c", until: NOW + 600_000, duration: 600_000 },
	],
	[
		"minutes at the pole, without one",
		{ id: "c", command: "override", level: 10, duration: 600 },
		{ ...POLE, ...NO_CLOCK },
		{ ...plain, id: "c", level: 10, until: undefined, duration: 600_000 },
	],
	[
		"a date at the pole",
		{ id: "c", command: "override", level: 60, expiration: at(HOUR) },
		POLE,
		{ ...plain, id: "c", until: NOW + HOUR, duration: HOUR },
	],
	[
		"the longest id",
		override({ id: "f".repeat(ID_MAX_CHARACTERS) }),
		{},
		{ ...plain, id: "f".repeat(ID_MAX_CHARACTERS) },
	],
	[
		"a UUID",
		override({ id: "123e4567-e89b-12d3-a456-426614174000" }),
		{},
		{ ...plain, id: "123e4567-e89b-12d3-a456-426614174000" },
	],
];

type Refused = [
	why: string,
	fields: Fields | string,
	way: Way,
	reason: RejectionReason,
	field: string | undefined,
	id: string | undefined,
];
const refused: Refused[] = [
	["nothing", "", {}, "malformed", undefined, undefined],
	["no JSON", '{"id":"a1"', {}, "malformed", undefined, undefined],
	["a name twice", '{"id":"a1","id":"a2"}', {}, "malformed", "id", undefined],
	["too long", `{"id":"a1"${" ".repeat(2048)}}`, {}, "tooLong", undefined, undefined],
	["no command", { id: "a1" }, {}, "missing", "command", "a1"],
	["an unknown command", other("dance"), {}, "unknownCommand", undefined, "a1"],
	["what every object inherits", other("toString"), {}, "unknownCommand", undefined, "a1"],
	[
		"a command that is no text",
		other(7 as unknown as string),
		{},
		"unknownCommand",
		undefined,
		"a1",
	],
	["no id", override({ id: undefined }), {}, "missing", "id", undefined],
	["an empty id", override({ id: "" }), {}, "malformed", "id", undefined],
	["an id with a space", override({ id: "a 1" }), {}, "malformed", "id", undefined],
	[
		"an id with a line's end, which would forge a memory",
		override({ id: "a\n1" }),
		{},
		"malformed",
		"id",
		undefined,
	],
	["a number for an id", override({ id: 7 }), {}, "malformed", "id", undefined],
	[
		"an id too long",
		override({ id: "f".repeat(ID_MAX_CHARACTERS + 1) }),
		{},
		"malformed",
		"id",
		undefined,
	],
	["a retained order", override(), { retained: true }, "retained", undefined, "a1"],
	[
		"an unknown field, with the id to answer to",
		override({ colour: "red" }),
		{},
		"malformed",
		"colour",
		"a1",
	],
	["a field of another order", other("report", { level: 10 }), {}, "malformed", "level", "a1"],
	["no level", override({ level: undefined }), {}, "missing", "level", "a1"],
	["a level in words", override({ level: "60" }), {}, "malformed", "level", "a1"],
	["a level below 0", override({ level: -0.1 }), {}, "outOfRange", "level", "a1"],
	["a level above 100", override({ level: 100.1 }), {}, "outOfRange", "level", "a1"],
	[
		"a fade of more than an hour",
		override({ rampToLevelTime: 3601 }),
		{},
		"outOfRange",
		"rampToLevelTime",
		"a1",
	],
	[
		"a switch in words",
		override({ inhibitSensors: "yes" }),
		{},
		"malformed",
		"inhibitSensors",
		"a1",
	],
	[
		"a date that is none",
		override({ expiration: "tomorrow" }),
		{},
		"malformed",
		"expiration",
		"a1",
	],
	["a date that is a number", override({ expiration: NOW }), {}, "malformed", "expiration", "a1"],
	["no end", override({ expiration: undefined }), {}, "missing", "expiration", "a1"],
	["an end that is over", override({ expiration: at(0) }), {}, "expired", "expiration", "a1"],
	[
		"more than seven days",
		override({ expiration: at(7 * DAY + 1) }),
		{},
		"outOfRange",
		"expiration",
		"a1",
	],
	[
		"below the floor for more than 12 hours",
		override({ belowFloor: true, expiration: at(12 * HOUR + 1) }),
		{},
		"outOfRange",
		"expiration",
		"a1",
	],
	[
		"below the floor for all",
		override({ belowFloor: true }),
		{ via: "all" },
		"notAllowed",
		"belowFloor",
		"a1",
	],
	[
		"a span instead of an end, from afar",
		override({ expiration: undefined, duration: 60 }),
		{},
		"notAllowed",
		"duration",
		"a1",
	],
	["no time of issue", override({ issued: undefined }), {}, "missing", "issued", "a1"],
	["stale", override({ issued: at(-60_000 - SKEW - 1) }), {}, "stale", "issued", "a1"],
	["an inquiry that is stale", other("explain", { issued: at(-DAY) }), {}, "stale", "issued", "a1"],
	["from the future", override({ issued: at(SKEW + 1) }), {}, "notYet", "issued", "a1"],
	[
		"valid for more than a week",
		override({ validFor: 604_801 }),
		{},
		"outOfRange",
		"validFor",
		"a1",
	],
	["an emergency on a common topic", other("emergency"), {}, "notAllowed", undefined, "a1"],
	["an emergency at the pole", other("emergency"), POLE, "notAllowed", undefined, "a1"],
	["an override on the emergency topic", override(), ALARM, "notAllowed", undefined, "a1"],
	[
		"an emergency of more than a day",
		other("emergency", { expiration: at(DAY + 1) }),
		ALARM,
		"outOfRange",
		"expiration",
		"a1",
	],
	[
		"an emergency with a level",
		other("emergency", { level: 10 }),
		ALARM,
		"malformed",
		"level",
		"a1",
	],
	[
		"what may darken, without a clock",
		override({ level: 99 }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	[
		"an end of override without a clock",
		other("clearOverride"),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	[
		"no time of issue, without a clock",
		other("emergency", { issued: undefined }),
		{ ...ALARM, ...NO_CLOCK },
		"missing",
		"issued",
		"a1",
	],
	[
		"a date at the pole without a clock",
		{ id: "c", command: "override", level: 60, expiration: at(HOUR) },
		{ ...POLE, ...NO_CLOCK },
		"noClock",
		"expiration",
		"c",
	],
	[
		"two ends at the pole",
		{ id: "c", command: "override", level: 60, expiration: at(HOUR), duration: 60 },
		POLE,
		"malformed",
		"duration",
		"c",
	],
	[
		"no end at the pole",
		{ id: "c", command: "override", level: 60 },
		POLE,
		"missing",
		"expiration",
		"c",
	],
	["why, tomorrow", other("explain", { at: at(DAY) }), {}, "outOfRange", "at", "a1"],
	[
		"why, then, without a clock",
		other("explain", { at: at(-1) }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	["which night is the coming one", other("preview"), NO_CLOCK, "noClock", undefined, "a1"],
	["31 June", other("preview", { date: "2026-06-31" }), {}, "malformed", "date", "a1"],
	["a number for a date", other("preview", { date: 20261224 }), {}, "malformed", "date", "a1"],
	["a date and a time", other("preview", { date: at(0) }), {}, "malformed", "date", "a1"],
	["a night long ago", other("preview", { date: "1999-12-31" }), {}, "outOfRange", "date", "a1"],
	["a night too far", other("preview", { date: "2070-01-01" }), {}, "outOfRange", "date", "a1"],
	["half a page", other("preview", { page: 1.5 }), {}, "malformed", "page", "a1"],
	["page 0", other("preview", { page: 0 }), {}, "outOfRange", "page", "a1"],
	["a preview for all", other("preview"), { via: "all" }, "notAllowed", undefined, "a1"],
	["what happened, all", other("log"), { via: "all" }, "notAllowed", undefined, "a1"],
	[
		"one name for a group",
		other("assign", { site: "a", node: "b" }),
		{ via: "group" },
		"notAllowed",
		undefined,
		"a1",
	],
	[
		"names at the pole",
		other("assign", { site: "a", node: "b" }),
		POLE,
		"notAllowed",
		undefined,
		"a1",
	],
	["half a name", other("assign", { site: "a" }), {}, "missing", "node", "a1"],
	["an empty name", other("assign", { site: "", node: "b" }), {}, "outOfRange", "site", "a1"],
	[
		"a name too long",
		other("assign", { site: "a", node: "b".repeat(33) }),
		{},
		"outOfRange",
		"node",
		"a1",
	],
	[
		"a name with a wildcard",
		other("assign", { site: "a", node: "+" }),
		{},
		"malformed",
		"node",
		"a1",
	],
	["a number for a name", other("assign", { site: 7, node: "b" }), {}, "malformed", "site", "a1"],
	[
		"a reserved site",
		other("assign", { site: "unassigned", node: "b" }),
		{},
		"notAllowed",
		"site",
		"a1",
	],
	["a reserved node", other("assign", { site: "a", node: "all" }), {}, "notAllowed", "node", "a1"],
	[
		"a reserved group",
		other("assign", { site: "a", node: "b", group: "group" }),
		{},
		"notAllowed",
		"group",
		"a1",
	],
	[
		"names without a clock",
		other("assign", { site: "a", node: "b" }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	[
		"a place without a clock",
		other("nodeReplaced", { commandConfirmation: true, life: 17 }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	[
		"a place nobody confirmed",
		other("nodeReplaced", { life: 17 }),
		{},
		"unconfirmed",
		"commandConfirmation",
		"a1",
	],
	[
		"a place without its lives",
		other("nodeReplaced", { commandConfirmation: true }),
		{},
		"missing",
		"life",
		"a1",
	],
	[
		"a life that no node can have reached",
		other("nodeReplaced", { commandConfirmation: true, life: 1_000_000_001 }),
		{},
		"outOfRange",
		"life",
		"a1",
	],
	[
		"road users counted from a date before every clock's",
		other("nodeReplaced", {
			commandConfirmation: true,
			life: 17,
			accumulatedSince: "1999-12-31T23:59:59.999Z",
		}),
		{},
		"outOfRange",
		"accumulatedSince",
		"a1",
	],
	[
		"road users counted from tomorrow on",
		other("nodeReplaced", { commandConfirmation: true, life: 17, accumulatedSince: at(DAY) }),
		{},
		"outOfRange",
		"accumulatedSince",
		"a1",
	],
	[
		"half a switching",
		other("nodeReplaced", { commandConfirmation: true, life: 17, switchOnCounter: 0.5 }),
		{},
		"malformed",
		"switchOnCounter",
		"a1",
	],
	[
		"a luminaire that lights a stadium",
		other("luminaireReplaced", { commandConfirmation: true, ledPower_W: 1001 }),
		{},
		"outOfRange",
		"ledPower_W",
		"a1",
	],
	[
		"a power in words, which a setting would take",
		other("luminaireReplaced", { commandConfirmation: true, ledPower_W: "29.5" }),
		{},
		"malformed",
		"ledPower_W",
		"a1",
	],
	[
		"a power finer than the setting's step",
		other("luminaireReplaced", { commandConfirmation: true, ledPower_W: 29.55 }),
		{},
		"malformed",
		"ledPower_W",
		"a1",
	],
	["show yourselves, all", other("identify"), { via: "all" }, "notAllowed", undefined, "a1"],
	[
		"for longer than a minute",
		other("identify", { duration: 61 }),
		{},
		"outOfRange",
		"duration",
		"a1",
	],
	["a test of all", other("selfTest"), { via: "all" }, "notAllowed", undefined, "a1"],
	["a test without a clock", other("selfTest"), NO_CLOCK, "noClock", undefined, "a1"],
	[
		"a volume without an end",
		other("trafficVolume", { volume: 1 }),
		{},
		"missing",
		"expiration",
		"a1",
	],
	[
		"a volume for longer than six hours",
		other("trafficVolume", { volume: 1, expiration: at(6 * HOUR + 1) }),
		{},
		"outOfRange",
		"expiration",
		"a1",
	],
	[
		"part of a road user",
		other("trafficVolume", { volume: 1.5, expiration: at(HOUR) }),
		{},
		"malformed",
		"volume",
		"a1",
	],
	[
		"a volume without a clock",
		other("trafficVolume", { volume: 1, expiration: at(HOUR) }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	["work without an end", other("maintenanceMode"), {}, "missing", "expiration", "a1"],
	[
		"work for more than a day",
		other("maintenanceMode", { expiration: at(DAY + 1) }),
		{},
		"outOfRange",
		"expiration",
		"a1",
	],
	[
		"work on all lamps at once",
		other("maintenanceMode", { expiration: at(DAY) }),
		{ via: "all" },
		"notAllowed",
		undefined,
		"a1",
	],
	[
		"an end of what is ended",
		other("maintenanceMode", { enabled: false, expiration: at(DAY) }),
		{},
		"malformed",
		"expiration",
		"a1",
	],
	[
		"work without a clock",
		other("maintenanceMode", { expiration: at(DAY) }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	["a restart nobody confirmed", other("restart"), {}, "unconfirmed", "commandConfirmation", "a1"],
	[
		"a restart that is denied",
		other("restart", { commandConfirmation: false }),
		POLE,
		"unconfirmed",
		"commandConfirmation",
		"a1",
	],
	[
		"a restart without a clock",
		other("restart", { commandConfirmation: true }),
		NO_CLOCK,
		"noClock",
		undefined,
		"a1",
	],
	[
		"a confirmation where none is asked for",
		override({ commandConfirmation: true }),
		{},
		"malformed",
		"commandConfirmation",
		"a1",
	],
	["a restart to all", other("restart"), { via: "all" }, "notAllowed", undefined, "a1"],
	[
		"a restart to a group, retained",
		other("restart"),
		{ via: "group", retained: true },
		"retained",
		undefined,
		"a1",
	],
];

for (const [why, fields, way, order] of taken)
	test(`takes: ${why}`, () => {
		const isQuery = ["report", "explain", "preview", "log"].includes(String(order.kind));
		const spread = fields.spread_s ?? (isQuery ? 600 : undefined); // s
		expect(send(fields, way)).toEqual({
			...order,
			spread: spread === undefined ? undefined : 1000 * Number(spread),
		});
	});

for (const [why, fields, way, reason, field, id] of refused)
	test(`refuses: ${why}`, () => {
		const result = send(fields, way);
		expect(result).toMatchObject({ reason, field, id });
		expect(isRejection(result)).toBe(true);
	});

test("a spread of more than an hour is none: a query is spread over ten minutes", () => {
	expect(send(other("report", { spread_s: 3600.001 }))).toMatchObject({ spread: 600_000 });
	expect(send(override({ spread_s: 3600.001 }))).toMatchObject({ spread: undefined });
});

test.each([
	"life",
	"activeEnergy_kWh",
	"energySaved_kWh",
	"operatingHours",
	"switchOnCounter",
	"accumulatedRoadUserNumber",
	"accumulatedSince",
])("the counter %s of a node before is no text", (field) => {
	const counters = { commandConfirmation: true, life: 17, [field]: "twelve" };
	expect(send(other("nodeReplaced", counters))).toMatchObject({ reason: "malformed", field });
});

test("without a clock the sender's own span is what counts", () => {
	const late = { issued: at(-2 * HOUR), expiration: at(HOUR) };
	expect(send(override({ level: 100, ...late }), NO_CLOCK)).toMatchObject({
		duration: 3 * HOUR,
		until: NOW + HOUR,
	});
});

test("only orders that act are worth remembering", () => {
	const kinds = [override(), other("report"), other("explain"), other("clearOverride")].map(
		(fields) => {
			const order = send(fields);
			return !isRejection(order) && acts(order);
		},
	);
	expect(kinds).toEqual([true, false, false, true]);
});

describe("the table", () => {
	const orderFields: Record<string, Fields> = {
		override: override(),
		maintenanceMode: other("maintenanceMode", { expiration: at(HOUR) }),
		trafficVolume: other("trafficVolume", { volume: 60, expiration: at(HOUR) }),
		assign: other("assign", { site: "a", node: "b" }),
		nodeReplaced: other("nodeReplaced", { life: 17 }),
	};
	test.each(Object.keys(ORDERS))("%s is built", (command) => {
		const rule: OrderRule = ORDERS[command as keyof typeof ORDERS];
		const fields = orderFields[command] ?? other(command);
		if (rule.confirm) fields.commandConfirmation = true;
		const result = send(fields, { via: rule.via[0]! });
		expect(isRejection(result) ? result : result.kind).toBe(command);
	});
	test("names every field once", () => {
		expect([...NAMES].sort()).toEqual(["id", "command", ...Object.keys(FIELDS)].sort());
	});
});

test(`whatever comes is an order within its limits or a reason, never an exception (seed ${SEED})`, () => {
	const value = fc.oneof(
		fc.constantFrom<unknown>("a1", true, null, 0, 60, 1e9, -1, "", [], {}),
		fc.integer({ min: -8 * DAY, max: 8 * DAY }).map(at),
	);
	const fields = fc.dictionary(fc.constantFrom(...NAMES, "x"), value, { maxKeys: 6 });
	const base = fc.constantFrom(override(), other("emergency"), other("clearOverride"), {});
	const via = fc.constantFrom<OrderVia>("node", "group", "all", "emergency", "console");
	const clock = fc.constantFrom(NOW, undefined);
	fc.assert(
		fc.property(base, fields, via, clock, (first, second, way, utc) => {
			const result = send({ ...first, ...second }, { via: way, utc });
			if (isRejection(result)) return;
			if (result.kind === "override") {
				expect(result.level >= 0 && result.level <= 100).toBe(true);
				expect(result.duration).toBeGreaterThan(0);
				expect(result.duration).toBeLessThanOrEqual(result.belowFloor ? 12 * HOUR : 7 * DAY);
				if (utc === undefined && way !== "console") expect(result.level).toBe(100);
				if (way === "all") expect(result.belowFloor).toBe(false);
			} else if (result.kind === "emergency") {
				expect(way).toBe("emergency");
				expect(result.duration).toBeLessThanOrEqual(DAY);
			}
		}),
		{ seed: SEED, numRuns: 4000 },
	);
});

describe("a date that may be wrong", () => {
	const LATE = 60_000 + SKEW; // of an order with the usual validity
	/** Nobody vouches for the date; the photocell does for the hour; the city does, to a second. */
	const NOBODY: Way = { error: Infinity, isDayOpen: true };
	const PHOTOCELL: Way = { error: HOUR, isDayOpen: true };
	const CITY: Way = { error: 1000, isDayOpen: false };

	test.each<[string, Way, number, string | undefined]>([
		["nobody: as old as it may be", NOBODY, -10 * 365 * DAY, undefined],
		["nobody: of tomorrow", NOBODY, DAY, undefined],
		["the photocell: within its hour", PHOTOCELL, -LATE - HOUR, undefined],
		["the photocell: beyond it", PHOTOCELL, -LATE - HOUR - 1, "stale"],
		["the photocell: early", PHOTOCELL, SKEW + HOUR, undefined],
		["the photocell: too early", PHOTOCELL, SKEW + HOUR + 1, "notYet"],
		["the photocell: whole days, which it cannot know", PHOTOCELL, -7 * DAY, undefined],
		["the photocell: of yesterday evening, at noon", PHOTOCELL, -17 * HOUR, "notYet"],
		["the photocell: of this morning, at noon", PHOTOCELL, -5 * HOUR, "stale"],
		["the city: to its second", CITY, -LATE - 1000, undefined],
		["the city: and no more", CITY, -LATE - 1001, "stale"],
		["the city: of yesterday", CITY, -DAY, "stale"],
	])("%s", (_what, way, issued, reason) => {
		const end = { issued: at(issued), expiration: at(issued + HOUR) };
		for (const order of [override(end), other("emergency", end), other("clearOverride", end)]) {
			delete (order.command === "clearOverride" ? order : {}).expiration;
			const via = order.command === "emergency" ? "emergency" : "node";
			const result = send(order, { ...way, via });
			expect("reason" in result ? result.reason : undefined).toBe(reason);
			const span = order.command === "clearOverride" ? undefined : HOUR;
			if (!reason && span) expect(result).toMatchObject({ until: NOW + issued + HOUR });
		}
	});

	test.each<[string, Way]>([
		["nobody", NOBODY],
		["the photocell", PHOTOCELL],
		["no clock", NO_CLOCK],
	])("%s: an order from before a date that is certainly past is stale", (_what, way) => {
		const past = (NOW - 30 * DAY) as UtcMillis;
		const sent = (age: number) =>
			send(other("emergency", { issued: at(-age) }), { ...way, via: "emergency", past });
		expect(sent(30 * DAY + LATE)).toMatchObject({ kind: "emergency" });
		expect(sent(30 * DAY + LATE + 1)).toMatchObject({ reason: "stale" });
	});

	test.each<[string, Way, number, number]>([
		["nobody: its whole span", NOBODY, -30 * 60_000, HOUR],
		["nobody: of one that is new, to its date", NOBODY, -SKEW, HOUR - SKEW],
		["nobody: of one that is older by a millisecond, its span", NOBODY, -SKEW - 1, HOUR],
		["the photocell: its whole span within the hour", PHOTOCELL, -30 * 60_000, HOUR],
		["the city: what is left of it", CITY, -30 * 60_000, HOUR / 2 + 1000],
		["the city: of a sender that is ahead", CITY, 10_000, HOUR],
	])("the end: %s", (_what, way, issued, duration) => {
		const end = { issued: at(issued), expiration: at(issued + HOUR), validFor: 3600 };
		expect(send(override(end), way)).toMatchObject({ until: NOW + issued + HOUR, duration });
	});

	test("a short order that is new is over only if that is certain", () => {
		const order = other("emergency", { issued: at(-20_000), expiration: at(-5_000) });
		expect(send(order, { ...NOBODY, via: "emergency" })).toMatchObject({ duration: 15_000 });
		expect(send(order, { ...CITY, via: "emergency" })).toMatchObject({ reason: "expired" });
	});

	test.each<[string, Way]>([
		["nobody", NOBODY],
		["the photocell", PHOTOCELL],
	])("%s: an order below the floor is judged by the clock as it is", (_what, way) => {
		const dark = (issued: number) =>
			send(override({ belowFloor: true, issued: at(issued), expiration: at(issued + HOUR) }), way);
		expect(dark(-10_000)).toMatchObject({ belowFloor: true, duration: HOUR - 10_000 });
		expect(dark(-LATE - 1)).toMatchObject({ reason: "stale" });
		expect(dark(-DAY)).toMatchObject({ reason: "stale" });
		expect(dark(SKEW + 1)).toMatchObject({ reason: "notYet" });
	});

	test.each<[string, Way, string | undefined]>([
		["nobody", NOBODY, undefined],
		["the photocell, whose day is open", PHOTOCELL, undefined],
		["the city", CITY, "outOfRange"],
	])("counters since a date that may be to come: %s", (_what, way, reason) => {
		const fields = { commandConfirmation: true, life: 3, accumulatedSince: at(2 * DAY) };
		const result = send(other("nodeReplaced", fields), way);
		expect("reason" in result ? result.reason : undefined).toBe(reason);
	});
});
