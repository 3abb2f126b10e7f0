/** A flood of orders: obeyed, answered, and stored no oftener than the flash bears. */
import assert from "node:assert/strict";
import { expect, test } from "@jest/globals";
import { HOUR } from "../../../lib/spans.js";
import type { OrderVia } from "../../../src/command/orders.js";
import { WRITE_RESERVE, WRITES_SAVED } from "../../../src/node/storage/flashbudget.js";
import { Node } from "../../../src/node.js";
import type { UtcMillis } from "../../../src/units.js";
import type { FakeHost } from "../../support/fakehost.js";
import { attach, bootLamp, type Lamp } from "../../support/lamp.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const WRITES_AN_HOUR = 2;
const ENVELOPE = { via: "node", retained: false, toMany: false } as const;

function order(node: Node, host: FakeHost, id: string, level: number): string {
	const utc = NIGHT + host.now;
	const iso = (at: number) => new Date(at).toISOString();
	const fields = { id, command: "override", level, issued: iso(utc), expiration: iso(utc + 6e7) };
	const { status } = node.takeOrder(JSON.stringify(fields), ENVELOPE, host.now);
	node.tick(host.now);
	return status;
}

test("each is obeyed; what survives a restart is at most two hours older", () => {
	const { host, node } = bootLamp({ utc: NIGHT });
	const before = host.storeWrites;
	for (let index = 0; index < 20 * 60; index += 1) {
		assert.equal(order(node, host, `o${index}`, 50 + (index % 50)), "accepted");
		assert.equal(node.view.light.target, 50 + (index % 50));
		host.run(host.now + 3_000);
	}
	expect(host.now).toBe(HOUR);
	expect(host.storeWrites - before).toBeLessThan(WRITES_SAVED + 2 * WRITES_AN_HOUR);
	host.run(host.now + 2 * HOUR);
	host.wall = undefined; // no clock ran on
	const next = attach(host, Node);
	expect(next.view.light.target).toBe(node.view.light.target);
	next.tick(host.now);
	host.deliver((inputs, now) => inputs.onTime(now, (NIGHT + now) as UtcMillis));
	expect(order(next, host, "o1199", 77)).toBe("accepted"); // a repeat: known, not obeyed again
	expect(next.view.light.target).toBe(node.view.light.target);
});

test("what flash did not take when an order ended is stored later: it is over in the next life", () => {
	const { host, node } = bootLamp({ utc: NIGHT });
	order(node, host, "first", 60);
	host.storeFails = true;
	const issued = new Date(NIGHT + host.now).toISOString();
	node.takeOrder(JSON.stringify({ id: "c", command: "clearOverride", issued }), ENVELOPE, host.now);
	node.tick(host.now);
	host.storeFails = false;
	host.run(host.now + 600_000);
	expect(host.stored.get("twin")).toBe("");
	expect(host.stored.get("repeats")).toContain("c accepted");
});

/** A lamp whose flash has no credit left, and what its next life finds, without a clock. */
function spentLamp(): Lamp & { next: () => Node } {
	const { host, node } = bootLamp({ utc: NIGHT });
	const next = () => {
		host.wall = undefined;
		return new Node(host);
	};
	return { host, node, next };
}

const spend = (node: Node, host: FakeHost) => {
	while (node.flash.hasCredit("action", host.now)) node.flash.writes();
};

function give(
	node: Node,
	host: FakeHost,
	command: string,
	fields: object = {},
	via = "node",
): void {
	const issued = new Date(NIGHT + host.now).toISOString();
	const text = JSON.stringify({ id: `${command}${host.now}`, command, issued, ...fields });
	node.takeOrder(text, { ...ENVELOPE, via: via as OrderVia }, host.now);
	node.tick(host.now);
}

const ENDS: [how: string, end: (node: Node, host: FakeHost) => void][] = [
	["that ran out", (_node, host) => host.run(host.now + 60_000)],
	["that was cleared", (node, host) => give(node, host, "clearOverride")],
];
test.each(ENDS)("an override %s beyond the budget is over in the next life", (_how, end) => {
	const { host, node, next } = spentLamp();
	give(node, host, "override", { level: 0, inhibitSensors: true, duration: 60 }, "console");
	spend(node, host);
	end(node, host);
	expect(node.view.light.target).toBeUndefined();
	expect(next().view.light.target).toBeUndefined();
});

test("a lone override beyond the budget is stored at once, the next one an hour later", () => {
	const { host, node, next } = spentLamp();
	spend(node, host);
	order(node, host, "first", 60);
	expect(next().view.light.target).toBe(60);
	host.run(host.now + HOUR / 2);
	order(node, host, "waits", 70);
	expect(next().view.light.target).toBe(60);
	host.run(host.now + HOUR / 2);
	expect(next().view.light.target).toBe(70);
});

test("one that waits is stored as the lamp restarts itself, once", () => {
	const { host, node, next } = spentLamp();
	spend(node, host);
	order(node, host, "first", 60);
	host.run(host.now + HOUR / 2);
	order(node, host, "waits", 70);
	node.restart("update", host.now);
	const second = next();
	expect(second.view.light.target).toBe(70);
	const kept = host.stored.get("twin");
	spend(second, host);
	second.restart("update", host.now + 1000);
	expect(host.stored.get("twin")).toBe(kept); // its rest alone has no credit
});

test("the end of an order is none: the next one, an hour after it began, is stored at once", () => {
	const { host, node, next } = spentLamp();
	spend(node, host);
	give(node, host, "override", { level: 60, duration: 3_000 }, "console");
	host.run(host.now + HOUR);
	spend(node, host);
	order(node, host, "after", 70);
	expect(next().view.light.target).toBe(70);
});

test("an emergency beyond the budget is in force in the next life, and a flood of them waits", () => {
	const { host, node, next } = spentLamp();
	spend(node, host);
	give(node, host, "emergency", {}, "emergency");
	expect(next().view.light.target).toBe(100);
	const before = host.storeWrites;
	for (let index = 0; index < 20 * 60; index += 1) {
		host.run(host.now + 3_000);
		give(node, host, "emergency", {}, "emergency");
	}
	expect(host.storeWrites - before).toBeLessThan(-WRITE_RESERVE.urgentOrder + 2 * WRITES_AN_HOUR);
});

test("an order that is over by the date when a life begins is over in those without a date", () => {
	const { host, node, next } = spentLamp();
	order(node, host, "long", 60);
	host.run(host.now + HOUR);
	host.powerCause = "restart";
	host.wall = (NIGHT + 7e7) as UtcMillis; // and so long without power
	const dated = attach(host, Node);
	expect(dated.view.light.target).toBeUndefined();
	host.deliver(() => {});
	host.run(host.now + 600_000);
	host.powerCause = "powerOn";
	expect(next().view.light.target).toBeUndefined();
});

test("at one door does not shut the others: the emergency's own topic, and the pole", () => {
	const { host, node } = bootLamp({ utc: NIGHT });
	const issued = new Date(NIGHT + host.now).toISOString();
	const give = (command: string, via: OrderVia, index: number) =>
		node.takeOrder(
			JSON.stringify({ id: `${via}${index}`, command, issued }),
			{ ...ENVELOPE, via },
			host.now,
		);
	const doors = {
		node: "clearOverride",
		emergency: "emergency",
		console: "clearOverride",
	} as const;
	for (const [via, command] of Object.entries(doors)) {
		const answers = Array.from({ length: 40 }, (_, index) => give(command, via as OrderVia, index));
		expect([via, answers[0]!.status, answers.at(-1)!.reason]).toEqual([
			via,
			"accepted",
			"rateExceeded",
		]);
	}
});
