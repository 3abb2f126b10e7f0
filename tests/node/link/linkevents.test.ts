/** Link news: what the journal says of the broker's coming and going. */
import { expect, test } from "@jest/globals";
import type { LinkEvent } from "../../../src/link/contract.js";
import { Contact } from "../../../src/monitor/contact.js";
import { eventOf } from "../../../src/node/link/linkevents.js";

const lost = (end: string, detail?: string) => ({ kind: "lost", end, detail }) as LinkEvent;

test.each([
	["QoS 2 from the broker is told by name", lost("protocolError", "qos2"), "qos2"],
	["what the stream says needs no more", lost("closedByPeer"), undefined],
])("%s", (_what, news, detail) => {
	const event = eventOf(news, new Contact(0), 1000, 300_000);
	const why = "end" in news ? news.end : "";
	expect(event).toEqual({ type: "linkLost", attributes: detail ? { why, detail } : { why } });
});
