/** Brokers at random: the link never throws, never leaks, never hurries, and comes back. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import mqtt from "mqtt-packet";
import { MINUTE } from "../../lib/spans.js";
import type { StreamEnd } from "../../src/host.js";
import { PAYLOAD_BYTES } from "../../src/link/packet.js";
import type { Answer } from "../support/linkfakes.js";
import { World, wellBehaved } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";

const NODE = "luminode/1/liege/pole-00001";

type Deed =
	| { readonly do: "good" | "silent" | "close" | "closeAfter" | "doubled" }
	| { readonly do: "garbage" | "order"; readonly bytes: Uint8Array }
	| { readonly do: "damaged"; readonly where: number; readonly by: number };

const bytes = fc.uint8Array({ maxLength: PAYLOAD_BYTES + 300, size: "max" });
const deed: fc.Arbitrary<Deed> = fc.oneof(
	{ weight: 4, arbitrary: fc.constant<Deed>({ do: "good" }) },
	fc.constantFrom<Deed>({ do: "silent" }, { do: "close" }, { do: "closeAfter" }, { do: "doubled" }),
	bytes.map((bytes): Deed => ({ do: "garbage", bytes })),
	bytes.map((bytes): Deed => ({ do: "order", bytes })),
	fc.record({
		do: fc.constant("damaged" as const),
		where: fc.nat(8),
		by: fc.integer({ min: 1, max: 255 }),
	}),
);
/** What the world does to the lamp between packets. */
const blow = fc.record({
	after: fc.integer({ min: 0, max: 400_000 }),
	what: fc.constantFrom("down", "up", "close", "connectNow", "report", "stall", "carry", "end"),
});

test("whatever brokers and networks do for a while (seed 20261124)", () => {
	fc.assert(
		fc.property(
			fc.array(deed, { maxLength: 30 }),
			fc.array(blow, { maxLength: 10 }),
			fc.constantFrom<StreamEnd>("closedByPeer", "timedOut", "tlsRefused"),
			(deeds, blows, end) => {
				const world = new World({ reconnectSpread: 1000, trafficK: 1 });
				let step = 0;
				const answer: Answer = (packet, peer) => {
					const now = deeds[step++] ?? { do: "good" };
					const send = (change: (bytes: Buffer) => Buffer): void =>
						wellBehaved(packet, { ...peer, send: (bytes) => peer.send(change(bytes)) });
					switch (now.do) {
						case "silent":
							return;
						case "close":
							return peer.end(end);
						case "closeAfter":
							send((bytes) => bytes);
							return peer.end(end);
						case "doubled":
							return send((bytes) => Buffer.concat([bytes, bytes]));
						case "damaged":
							return send((bytes) => {
								const damaged = Buffer.from(bytes);
								damaged[now.where % damaged.length]! ^= now.by;
								return damaged;
							});
						case "garbage":
							send((bytes) => bytes);
							return peer.send(Buffer.from(now.bytes));
						case "order":
							send((bytes) => bytes);
							return peer.send(
								mqtt.generate({
									cmd: "publish",
									topic: `${NODE}/command`,
									qos: 1,
									messageId: 5,
									dup: false,
									retain: false,
									payload: Buffer.from(now.bytes),
								}),
							);
						case "good":
							return send((bytes) => bytes);
					}
				};
				world.answer = answer;
				world.networkUp();
				for (const { after, what } of blows) {
					world.run(after);
					world.view.traffic.accumulatedRoadUserNumber += 1;
					if (what === "stall") world.isCarrying = false;
					else if (what === "carry") world.carry();
					else if (what === "end") world.peer?.end(end);
					else
						world.turn(() => {
							if (what === "down" || what === "up") world.link.onNetwork(world.now, what === "up");
							else if (what === "close") world.link.close(world.now);
							else if (what === "connectNow") world.link.connectNow(world.now);
							else world.link.report(world.now);
						});
				}
				for (const order of world.orders)
					expect((order.text ?? "").length).toBeLessThanOrEqual(PAYLOAD_BYTES);
				// Calm again: within two hours of back-off it is online and says where it stands.
				world.answer = wellBehaved;
				world.carry();
				world.turn(() => world.link.onNetwork(world.now, true));
				world.turn(() => world.link.connectNow(world.now));
				world.run(120 * MINUTE);
				expect(world.link.state).toBe("online");
				expect(world.published("state").at(-1)!.at).toBeGreaterThan(world.now - 61 * MINUTE);
				expect(world.streams.open_.size).toBe(1);
				expect(world.streams.misuse).toEqual([]);
				expect(world.attempts.length).toBeLessThan(120);
			},
		),
		{ seed: 20261124, numRuns: scaled(120, 300) },
	);
});
