/** Hostile orders: each is refused with the id that can be read, and the next good one is obeyed. */
import { describe, expect, test } from "@jest/globals";
import type { OrderVia } from "../../../src/command/orders.js";
import { QUERY_SPREAD_S } from "../../../src/command/table.js";
import type { OrderReply } from "../../../src/node/orders/intake.js";
import type { UtcMillis } from "../../../src/units.js";
import { bootLamp } from "../../support/lamp.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const at = (offset_s: number) => new Date(NIGHT + 1000 * offset_s).toISOString();

type Fields = Readonly<Record<string, unknown>>;
const order = (fields: Fields) => JSON.stringify({ id: "h1", issued: at(0), ...fields });
const override = (fields: Fields = {}) =>
	order({ command: "override", level: 60, expiration: at(3600), ...fields });
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

/** A lamp at night that obeyed nothing yet. */
function lamp(settings: Readonly<Record<string, object>> = {}) {
	const { host, node } = bootLamp({ utc: NIGHT, isVouched: true, settings });
	const give = (
		text: string | undefined,
		via: OrderVia = "node",
		more: object = {},
	): OrderReply => {
		const toMany = via === "group" || via === "all";
		const reply = node.takeOrder(text, { via, retained: false, toMany, ...more }, host.now);
		node.tick(host.now);
		return reply;
	};
	return { host, node, give };
}

type Row = [
	why: string,
	text: string | undefined,
	reason: string,
	id: string | undefined,
	field?: string | undefined,
	via?: OrderVia,
	more?: object,
];
const none = undefined;
const ROWS: Row[] = [
	// nothing that can be read
	["no text", none, "malformed", none],
	["no text, as it was too long", none, "tooLong", none, none, "node", { fault: "tooLong" }],
	["no JSON", "restart!", "malformed", none],
	["an open object", '{"id":"h1","command":"restart"', "malformed", none],
	["a list", '[{"id":"h1","command":"restart"}]', "malformed", none],
	["a number", "7", "malformed", none],
	["null", "null", "malformed", none],
	["a NUL byte", '{"id":"h1\u0000"}', "malformed", none],
	["deep nesting", deep(200), "malformed", none],
	["two orders in one payload", `${override()}${override()}`, "malformed", none],
	// an id that is none
	["no id", JSON.stringify({ command: "report", issued: at(0) }), "missing", none, "id"],
	["an id that is a number", order({ id: 7, command: "report" }), "malformed", none, "id"],
	["an id that is null", order({ id: null, command: "report" }), "malformed", none, "id"],
	["an empty id", order({ id: "", command: "report" }), "malformed", none, "id"],
	[
		"an id of 37 characters",
		order({ id: "x".repeat(37), command: "report" }),
		"malformed",
		none,
		"id",
	],
	["an id with a line feed", order({ id: "a\nb", command: "report" }), "malformed", none, "id"],
	["an id with a quote", order({ id: 'a"b', command: "report" }), "malformed", none, "id"],
	["an id of another script", order({ id: "лампа", command: "report" }), "malformed", none, "id"],
	// a command that is none
	["no command", order({}), "missing", "h1", "command"],
	["an unknown command", order({ command: "dance" }), "unknownCommand", "h1"],
	["a command of the prototype", order({ command: "__proto__" }), "unknownCommand", "h1"],
	["a command that every object has", order({ command: "toString" }), "unknownCommand", "h1"],
	["a command in capitals", order({ command: "RESTART" }), "unknownCommand", "h1"],
	["a command that is an object", order({ command: { restart: true } }), "unknownCommand", "h1"],
	// fields
	["a field too many", override({ surprise: 1 }), "malformed", "h1", "surprise"],
	[
		"__proto__ as a field",
		override().replace("{", '{"__proto__":{"level":0},'),
		"malformed",
		"h1",
		"__proto__",
	],
	[
		"a field twice",
		override().replace('"level":60', '"level":60,"level":0'),
		"malformed",
		none,
		"level",
	],
	["a level as a text", override({ level: "35" }), "malformed", "h1", "level"],
	["a level that is true", override({ level: true }), "malformed", "h1", "level"],
	["a level below 0", override({ level: -1 }), "outOfRange", "h1", "level"],
	["a level above 100", override({ level: 100.5 }), "outOfRange", "h1", "level"],
	[
		"a level beyond numbers",
		override().replace('"level":60', '"level":1e999'),
		"malformed",
		none,
		none,
	],
	["no level", order({ command: "override", expiration: at(60) }), "missing", "h1", "level"],
	["sensors as a text", override({ inhibitSensors: "true" }), "malformed", "h1", "inhibitSensors"],
	[
		"a fade of two hours",
		override({ rampToLevelTime: 7200 }),
		"outOfRange",
		"h1",
		"rampToLevelTime",
	],
	["a spread as a text", override({ spread_s: "600" }), "malformed", "h1", "spread_s"],
	["a spread of a day", override({ spread_s: 86_400 }), "outOfRange", "h1", "spread_s"],
	["a negative spread", override({ spread_s: -1 }), "outOfRange", "h1", "spread_s"],
	["an extent for an override", override({ extent: "maximum" }), "malformed", "h1", "extent"],
	[
		"an unknown extent",
		order({ command: "emergency", extent: "half" }),
		"outOfRange",
		"h1",
		"extent",
		"emergency",
	],
	[
		"an extent that is a number",
		order({ command: "emergency", extent: 100 }),
		"malformed",
		"h1",
		"extent",
		"emergency",
	],
	[
		"a span over the broker",
		override({ duration: 60, expiration: none }),
		"notAllowed",
		"h1",
		"duration",
	],
	// time
	["no date of issue", JSON.stringify({ id: "h1", command: "report" }), "missing", "h1", "issued"],
	["a date that is none", override({ issued: "yesterday" }), "malformed", "h1", "issued"],
	["a date as a number", override({ issued: NIGHT }), "malformed", "h1", "issued"],
	["an order of yesterday", override({ issued: at(-86_400) }), "stale", "h1", "issued"],
	["an order of tomorrow", override({ issued: at(86_400) }), "notYet", "h1", "issued"],
	["a validity of a month", override({ validFor: 2_592_000 }), "outOfRange", "h1", "validFor"],
	["no end", order({ command: "override", level: 60 }), "missing", "h1", "expiration"],
	["an end in the past", override({ expiration: at(-60) }), "expired", "h1", "expiration"],
	[
		"an end in a month",
		override({ expiration: at(30 * 86_400) }),
		"outOfRange",
		"h1",
		"expiration",
	],
	[
		"a night below the floor for a week",
		override({ belowFloor: true, expiration: at(5 * 86_400) }),
		"outOfRange",
		"h1",
		"expiration",
	],
	[
		"an emergency of two days",
		order({ command: "emergency", expiration: at(2 * 86_400) }),
		"outOfRange",
		"h1",
		"expiration",
		"emergency",
	],
	// ways
	["a retained order", override(), "retained", "h1", none, "node", { retained: true }],
	["all below the floor", override({ belowFloor: true }), "notAllowed", "h1", "belowFloor", "all"],
	["an emergency for the desk", order({ command: "emergency" }), "notAllowed", "h1", none, "node"],
	["an override on the emergency topic", override(), "notAllowed", "h1", none, "emergency"],
	[
		"a restart of all",
		order({ command: "restart", commandConfirmation: true }),
		"notAllowed",
		"h1",
		none,
		"all",
	],
	[
		"new names for a group",
		order({ command: "assign", site: "x", node: "y" }),
		"notAllowed",
		"h1",
		none,
		"group",
	],
	[
		"a factory reset",
		order({ command: "factoryReset", commandConfirmation: true }),
		"notAllowed",
		"h1",
	],
	[
		"a restart without its confirmation",
		order({ command: "restart" }),
		"unconfirmed",
		"h1",
		"commandConfirmation",
	],
	[
		"a confirmation as a text",
		order({ command: "restart", commandConfirmation: "true" }),
		"malformed",
		"h1",
		"commandConfirmation",
	],
	[
		"a site with a slash",
		order({ command: "assign", site: "a/b", node: "c" }),
		"malformed",
		"h1",
		"site",
	],
	[
		"a site with a wildcard",
		order({ command: "assign", site: "+", node: "c" }),
		"malformed",
		"h1",
		"site",
	],
	[
		"a reserved name",
		order({ command: "assign", site: "liege", node: "all" }),
		"notAllowed",
		"h1",
		"node",
	],
	[
		"a life of 10^12",
		order({ command: "nodeReplaced", life: 1e12, commandConfirmation: true }),
		"outOfRange",
		"h1",
		"life",
	],
	[
		"power as a text",
		order({ command: "luminaireReplaced", ledPower_W: "30", commandConfirmation: true }),
		"malformed",
		"h1",
		"ledPower_W",
	],
	["a page of none", order({ command: "log", page: 0 }), "outOfRange", "h1", "page"],
	["half a page", order({ command: "log", page: 1.5 }), "malformed", "h1", "page"],
	[
		"a day that does not exist",
		order({ command: "preview", date: "2026-02-30" }),
		"malformed",
		"h1",
		"date",
	],
	[
		"an instant in the future",
		order({ command: "explain", at: at(3600) }),
		"outOfRange",
		"h1",
		"at",
	],
	[
		"an instant before the lamp's memory",
		order({ command: "explain", at: at(-86_400) }),
		"notAvailable",
		"h1",
		"at",
	],
];

/** One argument: the runner waits for a callback where a row is shorter than the parameters. */
const named = ROWS.map((row): [why: string, Row] => [row[0], row]);
test.each(named)("%s", (_why, [, text, reason, id, field, via, more]) => {
	const { node, give } = lamp();
	const before = node.view.light.feedback;
	const { status, ...reply } = give(text, via, more);
	expect([status, reply.reason, reply.id, reply.field]).toEqual(["rejected", reason, id, field]);
	expect([node.view.light.target, node.view.light.feedback]).toEqual([undefined, before]);
	expect(give(override({ id: "good" })).status).toBe("accepted");
	expect(node.view.light.target).toBe(60);
});

describe("too many", () => {
	const explain = (index: number) => order({ id: `x${index}`, command: "explain" });
	test("of 45 queries 20 are answered, each refusal has its id, and an override is obeyed", () => {
		const { node, give } = lamp();
		const replies = Array.from({ length: 45 }, (_, index) => give(explain(index)));
		expect(replies.map(({ id }) => id)).toEqual(replies.map((_, index) => `x${index}`));
		expect(replies.filter(({ status }) => status === "done")).toHaveLength(20);
		expect(new Set(replies.slice(20).map(({ reason }) => reason))).toEqual(
			new Set(["rateExceeded"]),
		);
		expect(give(override({ id: "o" }), "all").status).toBe("accepted");
		expect(node.view.light.target).toBe(60);
	});
	test("of orders: the emergency topic has room of its own", () => {
		const { node, give } = lamp();
		const replies = Array.from({ length: 45 }, (_, index) => give(override({ id: `o${index}` })));
		expect(replies.filter(({ status }) => status === "accepted")).toHaveLength(30);
		expect(replies.at(-1)).toMatchObject({ id: "o44", reason: "rateExceeded" });
		expect(give(order({ id: "e", command: "emergency" }), "emergency").status).toBe("accepted");
		expect(node.view.light.target).toBe(100);
	});
	test("of unreadable payloads: they have no id, and take room as orders do", () => {
		const { give } = lamp();
		const replies = Array.from({ length: 31 }, () => give("{"));
		expect(replies.every(({ id }) => id === undefined)).toBe(true);
		expect(replies.at(-1)!.reason).toBe("rateExceeded");
	});
	test("while eight replies wait a query is refused, and an order that acts is obeyed", () => {
		const { give } = lamp();
		const crowded = { isReplyRoomFull: true };
		expect(give(explain(1), "node", crowded)).toMatchObject({ id: "x1", reason: "rateExceeded" });
		expect(give(override({ id: "o" }), "node", crowded).status).toBe("accepted");
	});
});

const SPREADS: [what: string, text: string, via: OrderVia, spread: number | undefined][] = [
	["a query", order({ command: "explain" }), "all", 1000 * QUERY_SPREAD_S],
	["a report", order({ command: "report" }), "group", 1000 * QUERY_SPREAD_S],
	["a query with a spread", order({ command: "explain", spread_s: 30 }), "all", 30_000],
	[
		"a refused query",
		order({ command: "explain", issued: at(-86_400) }),
		"all",
		1000 * QUERY_SPREAD_S,
	],
	[
		"a query with a spread beyond the limit",
		order({ command: "explain", spread_s: 9_999 }),
		"all",
		1000 * QUERY_SPREAD_S,
	],
	["an override", override(), "all", undefined],
	["an override with a spread", override({ spread_s: 0 }), "group", 0],
];
test.each(SPREADS)("the reply to %s for many is spread", (_what, text, via, spread) => {
	expect(lamp().give(text, via).spread).toBe(spread);
});

describe("the extent of an emergency", () => {
	const extents: [extent: string | undefined, level: number][] = [
		[undefined, 60],
		["fullClass", 60],
		["maximum", 80],
	];
	test.each(extents)("%s: %i %% of a street with 60 at full and 80 at most", (extent, level) => {
		const { host, node, give } = lamp({ light: { fullLevel: 60, maxLevel: 80, floorLevel: 20 } });
		expect(give(order({ command: "emergency", extent }), "emergency").status).toBe("accepted");
		host.run(host.now + 60_000);
		expect([node.view.light.reason, node.view.light.feedback]).toEqual(["emergency", level]);
	});
});
