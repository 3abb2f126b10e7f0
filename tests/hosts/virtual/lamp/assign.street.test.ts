/**
 * Assignment in real XS: from the depot to a pole, to another one, and back when it was a mistake.
 *
 * Promise: A lamp that is assigned to another pole leaves nothing behind, returns from a wrong
 * name, and keeps its light.
 */
import { describe, expect, test } from "@jest/globals";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../../lib/spans.js";
import { EVENTS_A_PAGE } from "../../../../src/link/eventreport.js";
import { PROBATION_MARGIN } from "../../../../src/settings/probation.js";
import { EPOCH, NODE, publish, XsLamp } from "../../../support/xslamp.js";

const DEPOT = "luminode/1/unassigned/L00001";
const SPREAD = 10_000;
let orders = 0;

async function lamp(identity: object): Promise<XsLamp> {
	const pole = await XsLamp.of();
	pole.store("identity", identity);
	pole.boot().untilOnline();
	pole.run(pole.now + 5000);
	return pole;
}

/** Sends an order to `topic` and lets the lamp answer; what came back. */
function order(pole: XsLamp, topic: string, fields: object, id = `as-${++orders}`): string {
	const issued = new Date(EPOCH + pole.now).toISOString();
	const text = JSON.stringify({ id, issued, ...fields });
	pole.send(publish(text, false, `${topic}/command`));
	pole.run(pole.now + 1000);
	const answer = pole.published.find(
		({ topic: to, payload }) => to === `${topic}/reply` && payload.includes(`"${id}"`),
	);
	if (!answer) return "nothing";
	const { status, reason } = JSON.parse(answer.payload);
	return reason ?? status;
}
const assign = (site: string, node: string, group?: string) => ({
	command: "assign",
	site,
	node,
	...(group === undefined ? {} : { group }),
});
const topicsOf = (pole: XsLamp) => [...new Set(pole.published.map(({ topic }) => topic))];

describe("a lamp without a site", () => {
	test("says status and replies, receives orders, and no more", async () => {
		const pole = await lamp({});
		expect(topicsOf(pole)).toEqual([`${DEPOT}/status`]);
		expect(pole.filters).toEqual([`${DEPOT}/command`]);
		expect(order(pole, DEPOT, { command: "explain" })).toBe("done");
		pole.run(pole.now + 30 * MINUTE);
		expect(topicsOf(pole)).toEqual([`${DEPOT}/status`, `${DEPOT}/reply`]);
		expect(pole.deaths).toEqual([]);
	});
	test("is assigned: answers, leaves nothing behind, and is there under its names for good", async () => {
		const pole = await lamp({});
		expect(order(pole, DEPOT, assign("liege", "pole-00001", "quay"))).toBe("accepted");
		expect(pole.published.at(-1)).toEqual({ topic: `${DEPOT}/status`, payload: "", retain: true });
		pole.run(pole.now + SPREAD + MINUTE);
		const messages = pole.published.filter(({ topic }) => topic.startsWith(`${NODE}/`));
		expect(messages.slice(0, 3).map(({ topic }) => topic)).toEqual(
			["status", "birth", "state"].map((suffix) => `${NODE}/${suffix}`),
		);
		expect(pole.filters).toContain("luminode/1/liege/group/quay/command");
		const identity = messages.filter(({ topic }) => topic.endsWith("/reported/identity")).at(-1);
		expect(JSON.parse(identity!.payload)).toMatchObject({
			revision: 0,
			status: "drift",
			settings: { site: "liege", node: "pole-00001", group: "quay" },
		});
		// what happened in the depot is reported at last, from the first event on
		const events = messages.filter(({ topic }) => topic === `${NODE}/event`);
		expect(JSON.parse(events[0]!.payload)).toMatchObject({ seq: 1, type: "started" });
		pole.published.length = 0;
		pole.fleet.boot(1, pole.now, "powerOn");
		pole.post(pole.now + 100, INPUT.network, 1);
		pole.untilOnline();
		expect(topicsOf(pole).every((topic) => topic.startsWith(`${NODE}/`))).toBe(true);
	});
	test("a repeat is answered alike and changes nothing; the same names anew, too", async () => {
		const pole = await lamp({ site: "liege", node: "pole-00001" });
		const { connections } = pole;
		expect(order(pole, NODE, assign("liege", "pole-00001"))).toBe("accepted");
		pole.run(pole.now + MINUTE);
		expect(pole.connections).toBe(connections);
	});
	test.each([
		[assign("all", "pole-1"), "notAllowed"],
		[assign("liege", "group"), "notAllowed"],
		[assign("liege", "pole/1"), "malformed"],
		[assign("", "pole-1"), "outOfRange"],
	])("%j is refused with %s, and it stays where it is", async (fields, reason) => {
		const pole = await lamp({});
		expect(order(pole, DEPOT, fields)).toBe(reason);
		pole.run(pole.now + MINUTE);
		expect(topicsOf(pole)).toEqual([`${DEPOT}/status`, `${DEPOT}/reply`]);
	});
});

describe("a lamp with a site", () => {
	const OTHER = "luminode/1/namur/pole-9";

	test("is assigned anew from its own topic, and says a last word on the old one", async () => {
		const pole = await lamp({ site: "liege", node: "pole-00001" });
		expect(order(pole, NODE, assign("namur", "pole-9"), "move")).toBe("accepted");
		const last = pole.published.at(-1)!;
		expect([last.topic, last.retain]).toEqual([`${NODE}/status`, true]);
		expect(JSON.parse(last.payload)).toMatchObject({ online: false });
		pole.run(pole.now + SPREAD + MINUTE);
		expect(pole.filters[0]).toBe(`${OTHER}/command`);
		// the same order comes again, to where it is now: it does not act twice
		const { connections } = pole;
		expect(order(pole, OTHER, assign("namur", "pole-9"), "move")).toBe("accepted");
		pole.run(pole.now + MINUTE);
		expect(pole.connections).toBe(connections);
	});
	test("a name that the broker refuses is given up, and the old one is back", async () => {
		const pole = await lamp({ site: "liege", node: "pole-00001" });
		pole.granted = 0x80; // an ACL: not under that name
		order(pole, NODE, assign("namur", "pole-9"));
		pole.run(pole.now + SPREAD + PROBATION_MARGIN + MINUTE);
		pole.granted = 1;
		pole.run(pole.now + 20 * MINUTE);
		expect(pole.filters[0]).toBe(`${NODE}/command`);
		const identity = pole.published.filter(
			({ topic }) => topic === `${NODE}/settings/reported/identity`,
		);
		expect(JSON.parse(identity.at(-1)!.payload)).toMatchObject({ status: "reverted" });
		expect(pole.published.some(({ payload }) => payload.includes("settingsReverted"))).toBe(true);
	});
	test("the light is the same to the byte as without it", async () => {
		const still = await lamp({ site: "liege", node: "pole-00001" });
		const moved = await lamp({ site: "liege", node: "pole-00001" });
		order(moved, NODE, assign("namur", "pole-9", "quay"));
		for (const pole of [still, moved]) pole.run(60 * MINUTE);
		expect(moved.filters[0]).toBe(`${OTHER}/command`);
		expect(moved.light).toEqual(still.light);
	});
});

describe("what is asked for", () => {
	test("a page of events comes back, newest first, in one payload", async () => {
		const pole = await lamp({ site: "liege", node: "pole-00001" });
		for (let index = 0; index < 8; index += 1) order(pole, NODE, { command: "dance" });
		const pages: number[][] = [];
		for (const page of [1, 2, 9]) {
			order(pole, NODE, { command: "log", page }, `log-${page}`);
			const { payload } = pole.published.find(({ payload: text }) =>
				text.includes(`"log-${page}"`),
			)!;
			expect(payload.length).toBeLessThan(2048);
			const answer = JSON.parse(payload);
			expect(answer).toMatchObject({ status: "done", page, pages: 2 });
			pages.push(answer.events.map(({ seq }: { seq: number }) => seq));
		}
		const [first, second, none] = pages as [number[], number[], number[]];
		expect(first.length).toBe(EVENTS_A_PAGE);
		const all = [...first, ...second];
		expect(all).toEqual(all.map((_, index) => all.length - index));
		expect(none).toEqual([]);
	});
});
