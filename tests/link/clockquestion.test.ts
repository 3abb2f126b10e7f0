/** The question for the time: when it is asked, over TLS alone, and which answers count. */
import { describe, expect, test } from "@jest/globals";
import type { IPublishPacket } from "mqtt-packet";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import {
	ANSWER_WITHIN,
	FIRST_WAIT,
	LONGEST_WAIT,
	NEXT_AFTER,
} from "../../src/link/clockquestion.js";
import type { LinkOptions } from "../../src/link/contract.js";
import { type Answer, LATENCY, OPTIONS, World, wellBehaved } from "../support/linkfakes.js";

const NODE = "luminode/1/liege/pole-00001";
const ANSWER = `${NODE}/clock/answer`;
const TLS = { tls: true, port: 8883, telemetryInterval: 10 * DAY };
const UTC = Date.UTC(2026, 10, 24, 21, 3);

type Reaction = (nonce: string, world: World) => void;

/** A lamp over TLS; `react` plays the city's side. */
function lamp(react: Reaction = () => {}, options: Partial<LinkOptions> = TLS): World {
	const world = new World({ ...options });
	const broker: Answer = world.answer;
	world.answer = (packet, peer) => {
		broker(packet, peer);
		if (packet.cmd !== "publish" || !packet.topic.endsWith("clock/question")) return;
		react((JSON.parse(String(packet.payload)) as { nonce: string }).nonce, world);
	};
	world.networkUp().run(OPTIONS.reconnectSpread + 5_000);
	return world;
}
const questions = (world: World) => world.published("clock/question");
const answer = (world: World, payload: string | Buffer, more: Partial<IPublishPacket> = {}) =>
	world.order(ANSWER, payload, { qos: 0, ...more });
const good = (nonce: string, utc: unknown = UTC) => JSON.stringify({ nonce, utc_ms: utc });

describe("the question", () => {
	test("follows the lamp's own state, at QoS 0, not retained, with a nonce of 16 bytes", () => {
		const world = lamp();
		expect(world.published().map(({ topic }) => topic.slice(NODE.length + 1))).toEqual([
			"status",
			"birth",
			"state",
			"clock/question",
		]);
		const { qos, retain, json } = questions(world)[0]!;
		expect({ qos, retain, json }).toEqual({
			qos: 0,
			retain: false,
			json: {
				node: "pole-00001",
				serial: "virtual-00001",
				nonce: expect.stringMatching(/^[0-9a-f]{32}$/),
			},
		});
		expect(world.streams.misuse).toEqual([]);
	});

	const silent: [why: string, options: Partial<LinkOptions>][] = [
		["without TLS", { ...TLS, tls: false }],
		["by a lamp without a site", { ...TLS, site: "", node: "" }],
	];
	test.each(silent)("is not asked %s, and its answer is not subscribed to", (_why, options) => {
		const world = lamp(() => {}, options);
		world.isClockDoubted = true;
		world.run(2 * HOUR);
		expect(questions(world)).toEqual([]);
		const filters = world
			.sent("subscribe")
			.flatMap((packet) =>
				packet.cmd === "subscribe" ? packet.subscriptions.map(({ topic }) => topic) : [],
			);
		expect(filters.filter((topic) => topic.includes("clock"))).toEqual([]);
		answer(world, good("0".repeat(32)));
		world.run(1000);
		expect([world.dates, world.link.state]).toEqual([[], "online"]);
	});

	test("is asked again after 1, 2, 4 ... minutes, then each hour, each time with another nonce", () => {
		const world = lamp(() => {}, { ...TLS, telemetryInterval: HOUR });
		const [first] = questions(world);
		world.run(8 * HOUR);
		const at = questions(world).map((question) => question.at - first!.at);
		expect(at.slice(0, 9).map((ms) => Math.round(ms / MINUTE))).toEqual([
			0, 1, 3, 7, 15, 31, 63, 123, 183,
		]);
		expect(at.slice(7).every((ms, index) => ms - at[index + 6]! <= LONGEST_WAIT)).toBe(true);
		const nonces = questions(world).map(({ json }) => json.nonce);
		expect(new Set(nonces).size).toBe(nonces.length);
	});

	test("where telemetry is rarer than each hour, its interval is the longest wait", () => {
		const world = lamp(() => {}, { ...TLS, telemetryInterval: 8 * HOUR });
		world.run(3 * DAY);
		const at = questions(world).map((question) => question.at);
		expect(at.at(-1)! - at.at(-2)!).toBe(8 * HOUR);
	});

	test("after an answer it comes again in a day", () => {
		const world = lamp();
		const { json } = questions(world)[0]!;
		answer(world, good(json.nonce as string));
		const from = world.now;
		world.run(NEXT_AFTER - MINUTE);
		expect(questions(world)).toHaveLength(1);
		world.run(2 * MINUTE);
		expect(questions(world)).toHaveLength(2);
		expect(questions(world)[1]!.at - from).toBeGreaterThan(NEXT_AFTER - MINUTE);
	});

	test("a clock that nothing vouches for any more is a question at once, and once", () => {
		const world = lamp((nonce, here) => answer(here, good(nonce)));
		world.run(3 * HOUR);
		expect(questions(world)).toHaveLength(1);
		world.answer = wellBehaved; // the city's program has gone
		world.isClockDoubted = true;
		world.turn(() => {});
		world.run(1_000);
		expect(questions(world)).toHaveLength(2);
		world.run(FIRST_WAIT - 2_000);
		expect(questions(world)).toHaveLength(2);
		world.run(2_000);
		expect(questions(world)).toHaveLength(3);
	});

	test("a clock that is doubted and vouched for in turns is asked for once a minute at most", () => {
		const world = lamp((nonce, here) => answer(here, good(nonce)));
		for (let index = 0; index < 600; index += 1) {
			world.isClockDoubted = index % 2 === 0;
			world.turn(() => {});
			world.run(1_000);
		}
		expect(questions(world).length).toBeLessThanOrEqual(11);
		const at = questions(world).map((question) => question.at);
		expect(at.slice(1).every((ms, index) => ms - at[index]! >= FIRST_WAIT)).toBe(true);
	});

	test("each session asks anew, and an answer to the question of the one before does not count", () => {
		const world = lamp();
		const { json: first } = questions(world)[0]!;
		world.peer!.end();
		world.run(OPTIONS.reconnectSpread + 5_000);
		const [, second] = questions(world);
		expect(second!.json.nonce).not.toBe(first.nonce);
		answer(world, good(first.nonce as string));
		world.run(1000);
		expect(world.dates).toEqual([]);
		answer(world, good(second!.json.nonce as string));
		world.run(1000);
		expect(world.dates).toHaveLength(1);
	});
});

describe("bytes", () => {
	/** MQTT 3.1.1: PUBLISH at QoS 0 has no packet identifier (3.3.2.2). */
	test("of the question, as they go out", () => {
		const world = new World(TLS);
		const sent: Buffer[] = [];
		const write = world.streams.write.bind(world.streams);
		world.streams.write = (id, bytes, start, count) => {
			sent.push(Buffer.from(bytes.slice(start, start + count)));
			return write(id, bytes, start, count);
		};
		world.networkUp().run(OPTIONS.reconnectSpread + 5_000);
		const nonce = questions(world)[0]!.json.nonce as string;
		const payload = `{"node":"pole-00001","serial":"virtual-00001","nonce":"${nonce}"}`;
		expect(sent.at(-1)!.toString("latin1")).toBe(
			`\x30\x85\x01\x00\x2aluminode/1/liege/pole-00001/clock/question${payload}`,
		);
	});

	test("of an answer, as they come in", () => {
		const world = lamp();
		const nonce = questions(world)[0]!.json.nonce as string;
		const payload = `{"nonce":"${nonce}","utc_ms":1795554180000}`;
		const head = "\x30\x6d\x00\x28luminode/1/liege/pole-00001/clock/answer";
		world.peer!.send(Buffer.from(head + payload, "latin1"));
		world.run(1_000);
		expect(world.dates).toHaveLength(1);
		expect(world.dates[0]!.utc - world.dates[0]!.error).toBe(1_795_554_180_000);
	});
});

describe("the answer", () => {
	test("gives the date as of the middle of the round trip, with half of it as its error", () => {
		const world = lamp((nonce, here) => here.later(2_000, () => answer(here, good(nonce))));
		const { at: asked } = questions(world)[0]!;
		world.run(5_000);
		const [date] = world.dates;
		const round = date!.at - (asked - LATENCY);
		expect(round).toBe(2_000 + 2 * LATENCY);
		expect(date).toEqual({ utc: UTC + round / 2, error: round / 2, at: expect.any(Number) });
	});

	type Bad = [what: string, payload: (nonce: string) => string | Buffer, more?: object];
	const bad: Bad[] = [
		["another nonce", () => good("f".repeat(32))],
		["no nonce", () => JSON.stringify({ utc_ms: UTC })],
		["an empty nonce", () => good("")],
		["a nonce of another type", () => JSON.stringify({ nonce: 7, utc_ms: UTC })],
		["no date", (nonce) => JSON.stringify({ nonce })],
		["a date as text", (nonce) => good(nonce, "2026-11-24T21:03:00Z")],
		["null for a date", (nonce) => good(nonce, null)],
		["a date that is no number", (nonce) => `{"nonce":"${nonce}","utc_ms":NaN}`],
		["a date beyond all numbers", (nonce) => `{"nonce":"${nonce}","utc_ms":1e999}`],
		["a second name", (nonce) => `{"nonce":"${nonce}","utc_ms":${UTC},"utc_ms":1}`],
		["an unknown name", (nonce) => `{"nonce":"${nonce}","utc_ms":${UTC},"until":1}`],
		["an array", (nonce) => `[${good(nonce)}]`],
		["half an object", (nonce) => good(nonce).slice(0, -1)],
		["a zero byte", (nonce) => `${good(nonce).slice(0, -1)}\u0000}`],
		["no text", () => Buffer.from([0xc0, 0xaf, 0xff])],
		["nothing", () => ""],
		["1 MB", (nonce) => good(nonce).padEnd(1_000_000, " ")],
		["2,049 bytes", (nonce) => good(nonce).padEnd(2_049, " ")],
		["deep nesting", () => `{"nonce":${"[".repeat(900)}${"]".repeat(900)}}`],
		["RETAIN", (nonce) => good(nonce), { retain: true }],
	];
	test.each(bad)("with %s changes nothing, and a right one after it counts", (...row) => {
		const [, of, more = {}] = row as Bad;
		const world = lamp();
		const nonce = questions(world)[0]!.json.nonce as string;
		answer(world, of(nonce), more);
		world.run(5_000);
		expect([world.dates, world.link.state, world.connects().length]).toEqual([[], "online", 1]);
		answer(world, good(nonce));
		world.run(1_000);
		expect(world.dates).toHaveLength(1);
	});

	test("to another lamp's topic changes nothing", () => {
		const world = lamp();
		const nonce = questions(world)[0]!.json.nonce as string;
		world.order("luminode/1/liege/pole-00002/clock/answer", good(nonce), { qos: 0 });
		world.run(1_000);
		expect(world.dates).toEqual([]);
	});

	test("twice counts once", () => {
		const world = lamp();
		const nonce = questions(world)[0]!.json.nonce as string;
		answer(world, good(nonce));
		answer(world, good(nonce, UTC + HOUR));
		world.run(1_000);
		expect(world.dates).toHaveLength(1);
		expect(world.dates[0]!.utc - UTC).toBeLessThan(MINUTE);
	});

	test.each([
		["at the last moment", ANSWER_WITHIN - 2 * LATENCY, 1],
		["a moment later", ANSWER_WITHIN - 2 * LATENCY + 1, 0],
	])("%s", (_when, after, count) => {
		const world = lamp((nonce, here) => here.later(after, () => answer(here, good(nonce))));
		world.answer = wellBehaved;
		world.run(ANSWER_WITHIN + 1_000);
		expect(world.dates).toHaveLength(count);
	});

	test("at QoS 1 counts, too", () => {
		const world = lamp();
		answer(world, good(questions(world)[0]!.json.nonce as string), { qos: 1 });
		world.run(1_000);
		expect(world.dates).toHaveLength(1);
	});

	test("a clock that is doubted in spite of it is asked for again in a minute", () => {
		const world = lamp((nonce, here) => answer(here, good(nonce)), TLS);
		world.isClockDoubted = true;
		world.turn(() => {});
		world.run(HOUR);
		const at = questions(world).map((question) => question.at);
		expect(at.length).toBeGreaterThan(4);
		expect(at.length).toBeLessThan(10);
	});
});
