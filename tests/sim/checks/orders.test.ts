/** Orders: which a lamp may have in force by what was sent and replied, and what it has to say of them. */
import { describe, expect, test } from "@jest/globals";
import { MINUTE } from "../../../lib/spans.js";
import { Zone } from "../../../lib/zone.js";
import { createChecks } from "../../../sim/checks/all.js";
import { STREET_VALUES } from "../../../sim/checks/configured.js";
import { Dates } from "../../../sim/checks/dates.js";
import { OrderBook } from "../../../sim/checks/orderbook.js";
import type { OrderSent } from "../../../sim/street/network.js";
import { together, type Witness } from "../../../sim/street/witness.js";

const SECOND = 1000;

const order = (at: number, more: Partial<OrderSent> = {}): OrderSent => ({
	at,
	lamp: 0,
	command: "override",
	until: at + 20 * MINUTE,
	level: 77,
	inhibitSensors: false,
	belowFloor: false,
	id: `order-${at}`,
	...more,
});
const answer = (witness: Pick<Witness, "onReport">, at: number, id: string, status = "accepted") =>
	witness.onReport!(at, 0, "reply", Buffer.from(JSON.stringify({ id, status })));

describe("the order book", () => {
	const [AT, LATER] = [10 * MINUTE, 15 * MINUTE];
	const book = (act: (orderBook: OrderBook) => void) => {
		const dates = new Dates(1, false, 70);
		dates.onBoot(0, 0, false);
		dates.onTime(5 * SECOND, 0, 0);
		const orderBook = new OrderBook(1, dates);
		orderBook.onBoot(0, 0, false);
		act(orderBook);
		return orderBook;
	};
	const give = (orderBook: OrderBook, sent: OrderSent, status = "accepted") => {
		orderBook.onOrder(sent);
		answer(orderBook, sent.at + 200, sent.id!, status);
	};
	test.each<[what: string, act: (orderBook: OrderBook) => void, may: number[]]>([
		["accepted", (orderBook) => give(orderBook, order(AT)), [77]],
		["without a reply", (orderBook) => orderBook.onOrder(order(AT)), [77]],
		["refused", (orderBook) => give(orderBook, order(AT), "rejected"), []],
		[
			"replaced",
			(orderBook) => {
				give(orderBook, order(AT));
				give(orderBook, order(AT + MINUTE, { level: 20 }));
			},
			[20],
		],
		[
			"perhaps replaced",
			(orderBook) => {
				give(orderBook, order(AT));
				orderBook.onOrder(order(AT + MINUTE, { level: 20 }));
			},
			[77, 20],
		],
		[
			"another one refused",
			(orderBook) => {
				give(orderBook, order(AT));
				give(orderBook, order(AT + MINUTE, { level: 20 }), "rejected");
			},
			[77],
		],
		[
			"cleared",
			(orderBook) => {
				give(orderBook, order(AT));
				give(orderBook, order(AT + MINUTE, { command: "clearOverride", until: AT + MINUTE }));
			},
			[],
		],
		[
			"repeated after a clear under its old id",
			(orderBook) => {
				give(orderBook, order(AT, { id: "a" }));
				give(orderBook, order(AT + MINUTE, { command: "clearOverride", until: AT + MINUTE }));
				give(orderBook, order(AT + 2 * MINUTE, { id: "a" }));
			},
			[],
		],
		["over", (orderBook) => give(orderBook, order(AT, { until: AT + MINUTE })), []],
		[
			"kept over a boot",
			(orderBook) => {
				give(orderBook, order(AT));
				orderBook.onEnd(AT + MINUTE, 0);
				orderBook.onBoot(AT + 2 * MINUTE, 0, true);
			},
			[77],
		],
		[
			"power that fails a second after it",
			(orderBook) => {
				give(orderBook, order(AT));
				orderBook.onEnd(AT + SECOND, 0);
				orderBook.onBoot(AT + 2 * MINUTE, 0, false);
			},
			[77],
		],
		[
			"kept over a loss of power, shortly after another one",
			(orderBook) => {
				give(orderBook, order(AT - 5 * MINUTE, { level: 20 }));
				give(orderBook, order(AT));
				orderBook.onEnd(AT + MINUTE, 0);
				orderBook.onBoot(AT + 2 * MINUTE, 0, false);
			},
			[77],
		],
		[
			"the same on a lamp that has fetched an image: it or the one before",
			(orderBook) => {
				orderBook.onConnection(MINUTE, 0, true);
				give(orderBook, order(AT - 7 * MINUTE, { level: 60 }));
				give(
					orderBook,
					order(AT - 6 * MINUTE, { command: "clearOverride", until: AT - 6 * MINUTE }),
				);
				give(orderBook, order(AT - 5 * MINUTE, { level: 20 }));
				give(orderBook, order(AT));
				orderBook.onEnd(AT + MINUTE, 0);
				orderBook.onBoot(AT + 2 * MINUTE, 0, false);
			},
			[20, 77],
		],
		[
			"the first one on a lamp that has fetched an image",
			(orderBook) => {
				orderBook.onConnection(MINUTE, 0, true);
				give(orderBook, order(AT));
				orderBook.onEnd(AT + MINUTE, 0);
				orderBook.onBoot(AT + 2 * MINUTE, 0, false);
			},
			[77],
		],
		["typed at the pole", (orderBook) => orderBook.onOrder(order(AT, { typed: true })), [77]],
	])("%s", (_what, act, may) => {
		const orderBook = book(act);
		expect(orderBook.possible(LATER, 0, "override").map(({ order }) => order.level)).toEqual(may);
	});
});

describe("punctual: what a lamp has to say of an order", () => {
	/** Offences, where it says so much of an override of ten minutes. */
	const judge = (says: readonly ("state" | "end")[], telemetry: readonly number[] = []) => {
		const street = { ...STREET_VALUES, zone: Zone.of("Europe/Brussels")! };
		const place = { latitude: 50.645, longitude: 5.573 };
		const { checks, witnesses } = createChecks(1, { ...street, ...place }, Date.UTC(2026, 10, 24));
		const witness = together(witnesses);
		const report = (at: number, suffix: string, fields: object) => {
			witness.advance(at);
			witness.onReport(at, 0, suffix, Buffer.from(JSON.stringify({ uptime_ms: at, ...fields })));
		};
		witness.onBoot(0, 0, false);
		witness.onTime(5 * SECOND, 0, 0);
		const sent = order(10 * MINUTE, { until: 20 * MINUTE });
		witness.advance(sent.at);
		witness.onOrder(sent);
		answer(witness, sent.at + 200, sent.id!);
		if (says.includes("state")) report(sent.at + SECOND, "state", { targetLightCommand: 77 });
		const end = { type: "override", startEndFlag: "end", attributes: { id: sent.id } };
		if (says.includes("end")) report(sent.until + SECOND, "event", end);
		for (const minute of telemetry) report(minute * MINUTE, "telemetry", {});
		witness.advance(100 * MINUTE);
		const its = checks.find(({ name }) => name === "punctual")!;
		return [its.first?.what, its.tried];
	};
	const id = order(10 * MINUTE).id;
	test.each<[says: ("state" | "end")[], telemetry: number[], first: RegExp | undefined]>([
		[["state", "end"], [], undefined],
		[["end"], [], RegExp(`^no state after override ${id}`)],
		[["state"], [], RegExp(`^no event of the end of override ${id}`)],
		[["state", "end"], [30, 45, 60], undefined],
		[["state", "end"], [30, 60], /^1800 s between two readings/],
	])("%j, telemetry at %j min", (says, telemetry, first) => {
		const [what, tried] = judge(says, telemetry);
		expect(what ?? "held").toMatch(first ?? /^held$/);
		expect(tried).toBe(2 + Math.max(0, telemetry.length - 1));
	});
});
