/** Link news: what the journal says of the broker's coming and going. */
import { expect, test } from "@jest/globals";
import type { LinkEvent } from "../../../src/link/contract.js";
import { Contact } from "../../../src/monitor/contact.js";
import { eventOf } from "../../../src/node/link/linkevents.js";

const lost = (end: string, detail?: string) => ({ kind: "lost", end, detail }) as LinkEvent;

/** `communicationFailure`, with its flag and its reason. */
const failure = (startEndFlag: string, why: object) => ({
	type: "communicationFailure",
	startEndFlag,
	attributes: why,
});
const of = (kind: string, end?: string) => ({ kind, end }) as LinkEvent;

test("a failure begins with a refusal or a long time without a session, and ends with the next one", () => {
	const contact = new Contact(0);
	const story: [news: LinkEvent, at: number, event: object | undefined][] = [
		[of("online"), 0, undefined],
		[of("failed", "timedOut"), 1000, undefined],
		[of("failed", "timedOut"), 900_000, failure("start", { why: "timedOut" })],
		[of("joined"), 900_001, undefined],
		[of("online"), 900_002, failure("end", {})],
		[of("subscribed"), 900_003, undefined],
		[of("subscriptionRefused"), 900_004, failure("start", { why: "subscriptionRefused" })],
	];
	for (const [news, at, event] of story)
		expect([news.kind, eventOf(news, contact, at, 300_000)]).toEqual([news.kind, event]);
});

test.each([
	["QoS 2 from the broker is reported by name", lost("protocolError", "qos2"), "qos2"],
	["what the stream says needs no more", lost("closedByPeer"), undefined],
])("%s", (_what, news, detail) => {
	const event = eventOf(news, new Contact(0), 1000, 300_000);
	const why = "end" in news ? news.end : "";
	expect(event).toEqual({ type: "linkLost", attributes: detail ? { why, detail } : { why } });
});
