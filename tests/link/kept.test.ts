/**
 * A session that the broker has kept: what it did not acknowledge comes again, first, under its
 * identifier and with DUP [MQTT-4.4.0-1], and nothing else has DUP [MQTT-3.3.1-1, -2].
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { IPublishPacket } from "mqtt-packet";
import type { LinkOptions, SettingsReport } from "../../src/link/contract.js";
import { type Answer, connack, OPTIONS, World, wellBehaved } from "../support/linkfakes.js";
import { scaled } from "../support/scale.js";

const report = (section: string): SettingsReport => ({
	section,
	revision: 5,
	status: "active",
	rejected: undefined,
	settings: '{"floorLevel":30}',
});
const happen = (world: World, by: number) =>
	world.journal.append(
		{ type: "clockJump", attributes: { by_ms: by, taken: true } },
		world.now,
		undefined,
	);

/** Keeps sessions from the second connection on; `cut`: whether a message ends the connection instead. */
function keeping(cut: (topic: string) => boolean, keeps = true): Answer {
	let connections = 0;
	return (packet, peer) => {
		if (packet.cmd === "connect") peer.send(connack(0, keeps && ++connections > 1));
		else if (packet.cmd === "publish" && cut(packet.topic)) peer.end();
		else wellBehaved(packet, peer);
	};
}

/** A lamp that has something of every kind to say. */
function talkative(answer: Answer, options: Partial<LinkOptions> = {}): World {
	const world = new World({ cleanSession: false, reconnectSpread: 1000, ...options });
	world.answer = answer;
	world.untold.push(report("light"), report("power"));
	happen(world, 1);
	world.networkUp().run(2000);
	world.turn(() => {
		world.link.reply(world.now, { id: "a", status: "done" });
		world.link.report(world.now);
	});
	return world;
}

/** What was said over each connection, `suffix identifier`, and `+` with DUP. */
function transcripts(world: World): string[][] {
	const peers = [...new Set(world.packets.map(({ peer }) => peer))];
	return peers.map(({ received }) =>
		received.flatMap((packet) => {
			if (packet.cmd !== "publish" || packet.qos === 0) return [];
			const suffix = packet.topic.split("/").slice(4).join("/");
			return [`${suffix} ${packet.messageId}${packet.dup ? "+" : ""}`];
		}),
	);
}

const KINDS = [
	"status",
	"birth",
	"state",
	"settings/reported/power",
	"event",
	"reply",
	"telemetry",
];
describe("one that was cut off, in a session that was kept", () => {
	test.each(KINDS)("%s", (suffix) => {
		let cuts = 0;
		const world = talkative(keeping((topic) => topic.endsWith(suffix) && cuts++ === 0));
		world.run(120_000);
		const [before, after] = transcripts(world);
		const last = before!.at(-1)!;
		expect(last).toMatch(new RegExp(`^${suffix} \\d+$`));
		expect(after![0]).toBe(`${last}+`);
		expect(after!.slice(1, 4).map((line) => line.split(" ")[0])).toEqual([
			"status",
			"birth",
			"state",
		]);
		expect(after!.slice(1).filter((line) => line.endsWith("+"))).toEqual([]);
		expect([world.untold, world.link.outbox.owesReply]).toEqual([[], false]);
	});
	test("twice: the same again, and once more", () => {
		let cuts = 0;
		const world = talkative(keeping((topic) => topic.endsWith("birth") && cuts++ < 2));
		world.run(300_000);
		const [first, second, third] = transcripts(world);
		const birth = first!.at(-1)!;
		expect([second, third![0]]).toEqual([[`${birth}+`], `${birth}+`]);
	});
	test("reports how things stand now", () => {
		let cuts = 0;
		const world = talkative(keeping((topic) => topic.endsWith("status") && cuts++ === 0));
		world.run(120_000);
		const statuses = world.published("status").map(({ json, dup }) => [json.connection, dup]);
		expect(statuses).toEqual([
			[1, false],
			[2, true],
			[2, false],
		]);
	});
});

test.each([
	["the broker has not kept", {}, false],
	["is asked to be clean", { cleanSession: true }, false],
])(
	"a session that %s: all is said anew, but what the outbox holds has DUP",
	(_what, options, keeps) => {
		for (const suffix of ["status", "birth", "state"]) {
			let cuts = 0;
			const world = talkative(
				keeping((topic) => topic.endsWith(suffix) && cuts++ === 0, keeps),
				options,
			);
			world.run(120_000);
			expect(
				transcripts(world)[1]!
					.slice(0, 3)
					.map((line) => line.split(" ")[0]),
			).toEqual(["status", "birth", "state"]);
			expect(
				transcripts(world)
					.flat()
					.filter((line) => line.endsWith("+")),
			).toEqual([]);
		}
	},
);

test("the last word of a connection, under the same name: with the first of the next", () => {
	const world = talkative(keeping(() => false));
	world.run(10_000);
	const again = { ...OPTIONS, cleanSession: false, reconnectSpread: 1000, keepAlive: 60_000 };
	world.turn(() => world.link.configure(world.now, again));
	world.run(10_000);
	const [before, after] = transcripts(world);
	expect(before!.at(-1)).toMatch(/^status \d+$/);
	expect(after![0]).toBe(`${before!.at(-1)}+`);
	expect(after![1]).toMatch(/^birth \d+$/);
	world.turn(() => world.link.configure(world.now, { ...again, node: "pole-00002" }));
	world.run(10_000);
	expect(transcripts(world)[2]!.filter((line) => line.endsWith("+"))).toEqual([]);
});

/** The standard's words as a model: what is owed, by identifier and topic, is all that comes with DUP. */
test("whatever is cut off, whenever (seed 7)", () => {
	const fates = fc.array(fc.constantFrom("ok", "ok", "ok", "cut", "cutAfter", "forget"), {
		maxLength: 40,
	});
	fc.assert(
		fc.property(fates, (behaviour) => {
			let step = 0;
			let owed: IPublishPacket[] = []; // sent and not acknowledged, in order
			let isKept = false;
			let forgets = true; // the broker, between two connections
			let isFirst = true; // of the connection
			let isGone = false; // what is on its way then arrives nowhere, but was sent
			const breaches: string[] = [];
			const world = talkative((packet, peer) => {
				if (packet.cmd === "connect") {
					isKept = !forgets;
					// A new session says the rest anew; the outbox keeps what is its own.
					if (forgets)
						owed = owed.filter(({ topic }) => /(reply|event|telemetry|traffic)$/.test(topic));
					forgets = false;
					isFirst = true;
					isGone = false;
					return peer.send(connack(0, isKept));
				}
				if (packet.cmd !== "publish") return wellBehaved(packet, peer);
				const index = owed.findIndex(
					({ messageId, topic }) => messageId === packet.messageId && topic === packet.topic,
				);
				if (isKept && isFirst && owed[0] && !(index === 0 && packet.dup))
					breaches.push(`owed ${owed[0].topic}`);
				if (isKept && packet.dup && index < 0) breaches.push(`${packet.topic} with DUP`);
				isFirst = false;
				if (index < 0) owed.push(packet);
				if (isGone) return;
				const fate = behaviour[step++] ?? "ok";
				forgets = fate === "forget";
				isGone = fate !== "ok";
				if (fate === "ok" || fate === "cutAfter") {
					wellBehaved(packet, peer);
					owed = owed.filter(({ messageId }) => messageId !== packet.messageId);
				}
				if (isGone) peer.end();
			});
			world.run(24 * 3_600_000);
			expect(breaches).toEqual([]);
			expect([world.untold, world.link.outbox.owesReply]).toEqual([[], false]);
			expect(world.streams.misuse).toEqual([]);
		}),
		{ seed: 7, numRuns: scaled(60, 150) },
	);
});
