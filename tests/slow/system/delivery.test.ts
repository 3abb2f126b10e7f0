/** Nothing is lost on the way to a real broker, whatever is killed, cut or restarted, and when. */
import { describe, expect, test } from "@jest/globals";
import { type Broker, Embedded, Mosquitto } from "../support/brokers.js";
import { OUTBOX, runMoments } from "../support/moments.js";
import { judge, judgeKept } from "../support/oracle.js";
import type { Frame, Link } from "../support/recorder.js";

const PLAIN = ["allow_anonymous true", "persistence false"];
const brokers: [name: string, start: () => Promise<Broker>, moments: number][] = [
	["mosquitto", () => new Mosquitto().start(PLAIN), 20],
	["the embedded broker", () => new Embedded().start(), 10],
];
const SEED = 20261124;

describe("between a lamp and a broker", () => {
	test.each(brokers)(
		"%s: blows at seeded moments (seed 20261124)",
		async (_name, start, moments) => {
			const broker = await start();
			try {
				const { recorder, between, blows, deaths } = await runMoments(broker, moments, SEED);
				const found = judge(recorder.links);
				expect(found.breaches).toEqual([]);
				expect(found.pending).toBeUndefined(); // in the end all arrived
				expect(deaths).toEqual([]);
				expect(between).toBeGreaterThanOrEqual(moments / 3);
				expect(Object.keys(blows).length).toBeGreaterThanOrEqual(5);
				expect(found.repeats).toBeGreaterThan(moments / 6); // a restarted lamp's come anew
				expect(found.events).toBeGreaterThan(5);
				expect(found.messages).toBeGreaterThan(moments);
			} finally {
				await broker.stop();
			}
		},
	);
});

const struck: [what: string, at: RegExp, again: string[]][] = [
	["anything", /./, ["status", "birth", "state", "identity"]],
	["what the outbox holds", OUTBOX, ["event", "telemetry"]],
];
test.each(struck)(
	"mosquitto kept the session, blows at %s: what it is owed comes first, with DUP",
	async (_what, at, again) => {
		const broker = await new Mosquitto().start(PLAIN);
		try {
			const link = { brokerSession: "persistent" };
			const { recorder, deaths } = await runMoments(broker, 40, SEED, at, link);
			expect(judge(recorder.links).breaches).toEqual([]);
			const kept = judgeKept(recorder.links);
			expect([kept.breaches, deaths]).toEqual([[], []]);
			expect(kept.owing).toBeGreaterThan(10);
			expect([...kept.again]).toEqual(expect.arrayContaining(again));
		} finally {
			await broker.stop();
		}
	},
);

describe("the oracle", () => {
	const connect = {
		cmd: "connect",
		clientId: "a",
		keepalive: 0,
		clean: true,
		will: { topic: "x/status", payload: Buffer.from('{"life":3}'), qos: 1, retain: true },
	};
	const say = (messageId: number, payload: object, dup = false, topic = "x/event"): Frame => {
		const packet = { cmd: "publish", topic, messageId, dup, qos: 1, retain: false };
		const text = Buffer.from(JSON.stringify(payload));
		return { from: "lamp", passed: true, packet: { ...packet, payload: text } as Frame["packet"] };
	};
	const ack = (messageId: number, passed = true): Frame => ({
		from: "broker",
		passed,
		packet: { cmd: "puback", messageId } as Frame["packet"],
	});
	const link = (...frames: Frame[]): Link => ({
		frames: [{ from: "lamp", passed: true, packet: connect as Frame["packet"] }, ...frames],
	});
	const event = (seq: number, more: object = {}) => ({ life: 3, seq, type: "clockSet", ...more });
	const lost = (from: number, to: number) =>
		event(from, { type: "eventsLost", attributes: { from, to } });

	const good: [what: string, links: Link[]][] = [
		["one after the other", [link(say(1, event(1)), ack(1), say(2, event(2)), ack(2))]],
		["a repeat", [link(say(1, event(1)), ack(1, false)), link(say(1, event(1), true), ack(1))]],
		["a run named lost", [link(say(1, lost(1, 4)), ack(1), say(2, event(5)), ack(2))]],
	];
	test.each(good)("is content with %s", (_what, links) => {
		expect(judge(links).breaches).toEqual([]);
	});
	const connack = (sessionPresent: boolean): Frame => ({
		from: "broker",
		passed: true,
		packet: { cmd: "connack", returnCode: 0, sessionPresent },
	});
	const kept = (...frames: Frame[]) => link(connack(true), ...frames);
	const sessions: [what: string, breaches: RegExp, links: Link[]][] = [
		["a repeat", /^$/, [kept(say(1, event(1))), kept(say(1, event(1), true), ack(1))]],
		[
			"a broker that forgot",
			/^$/,
			[kept(say(1, event(1))), link(connack(false), say(2, event(2)))],
		],
		["a new word first", /before x.event/, [kept(say(1, event(1))), kept(say(2, event(2)))]],
		["a repeat without DUP", /before x.event/, [kept(say(1, event(1))), kept(say(1, event(1)))]],
		[
			"another identifier",
			/before x.event/,
			[kept(say(1, event(1))), kept(say(2, event(1), true))],
		],
		["DUP for nothing", /with DUP/, [kept(say(1, event(1)), ack(1), say(2, event(2), true))]],
	];
	test.each(sessions)("judges kept sessions: %s", (_what, breaches, links) => {
		expect(judgeKept(links).breaches.join()).toMatch(breaches);
	});
	const bad: [what: RegExp, links: Link[]][] = [
		[/before the PUBACK/, [link(say(1, event(1)), say(2, event(2)))]],
		[/owed event/, [link(say(1, event(1))), link(say(2, event(2)), ack(2))]],
		[/owed event/, [link(say(1, event(1)), ack(1, false)), link(say(2, event(2)), ack(2))]],
		[/without DUP/, [link(say(1, event(1))), link(say(1, event(1)), ack(1))]],
		[/for the first time/, [link(say(1, event(1), true), ack(1))]],
		[/event 3 of life 3 after 1/, [link(say(1, event(1)), ack(1), say(2, event(3)), ack(2))]],
		[/event 1 of life 3 after 1/, [link(say(1, event(1)), ack(1), say(2, event(1)), ack(2))]],
		[/event 2 of life 3 after 0/, [link(say(1, event(2)), ack(1))]],
	];
	test.each(bad)("sees %s", (what, links) => {
		expect(judge(links).breaches.join()).toMatch(what);
	});
});
