/**
 * Clock: lamps that ask over a broker are answered; hostile questions are not, and end nothing.
 *
 * Promise: A lamp's question for the time is answered, and no hostile question ends the clock.
 */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { connectAsync, type MqttClient } from "mqtt";
import { Answers } from "../../city/clock/answers.js";
import { clock } from "../../city/clock/clock.js";
import { synchronised } from "../../city/clock/synchronised.js";
import { cityRig } from "../support/cityrig.js";
import { TestStation } from "../support/station.js";

const ROOT = "luminode/1";
const QUESTION = `${ROOT}/liege/pole-00006/clock/question`;
const ANSWER = `${ROOT}/liege/pole-00006/clock/answer`;
const NONCE = "00112233445566778899aabbccddeeff";
const UTC = Date.UTC(2026, 10, 24, 21, 3);

interface Asked {
	readonly topic?: string;
	readonly payload?: unknown;
	readonly isRetained?: boolean;
}
const bytes = (payload: unknown) =>
	Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
const question = ({ topic = QUESTION, payload = { nonce: NONCE }, isRetained = false }: Asked) => ({
	topic,
	payload: Buffer.isBuffer(payload) ? payload : bytes(payload),
	isRetained,
});

describe("the answer", () => {
	test("has the nonce and the time, on the lamp's own topic", () => {
		const full = { node: "pole-00006", serial: "L00006", nonce: NONCE };
		expect(new Answers(ROOT).answerTo(question({ payload: full }), UTC + 0.4)).toEqual({
			topic: ANSWER,
			body: { nonce: NONCE, utc_ms: UTC },
		});
	});

	const refused: [why: string, asked: Asked][] = [
		["another kind of message", { topic: `${ROOT}/liege/pole-00006/state` }],
		["another root", { topic: "elsewhere/1/liege/pole-00006/clock/question" }],
		["a topic with a level more", { topic: `${ROOT}/liege/quay/pole-00006/clock/question` }],
		["a topic with a level less", { topic: `${ROOT}/liege/clock/question` }],
		["a node that is no name", { topic: `${ROOT}/liege/pole 6/clock/question` }],
		["an empty node", { topic: `${ROOT}/liege//clock/question` }],
		["a node with a zero byte", { topic: `${ROOT}/liege/pole\u0000/clock/question` }],
		["a retained question", { isRetained: true }],
		["nothing", { payload: "" }],
		["no JSON", { payload: "nonce" }],
		["half an object", { payload: `{"nonce":"${NONCE}"` }],
		["an array", { payload: [NONCE] }],
		["null", { payload: "null" }],
		["no nonce", { payload: {} }],
		["a number as nonce", { payload: { nonce: 7 } }],
		["an object as nonce", { payload: { nonce: { toString: NONCE } } }],
		["a short nonce", { payload: { nonce: NONCE.slice(1) } }],
		["a long nonce", { payload: { nonce: `${NONCE}0` } }],
		["a nonce in upper case", { payload: { nonce: NONCE.toUpperCase() } }],
		["a nonce with a line end", { payload: { nonce: `${NONCE}\n` } }],
		["a nonce with a zero byte", { payload: { nonce: `${NONCE.slice(1)}\u0000` } }],
		["a huge nonce", { payload: { nonce: "0".repeat(1_000_000) } }],
		["a long message", { payload: { nonce: NONCE, more: "x".repeat(500) } }],
		["bytes that are no text", { payload: Buffer.from([0xc0, 0xaf, 0xff, 0]) }],
		["__proto__", { payload: `{"__proto__":{"nonce":"${NONCE}"}}` }],
	];
	test.each(refused)("none to %s, and the next question is answered", (_why, asked) => {
		const answers = new Answers(ROOT);
		expect(answers.answerTo(question(asked), UTC)).toBeUndefined();
		expect(answers.answerTo(question({}), UTC)?.body.nonce).toBe(NONCE);
	});

	test("none while the clock is not synchronised, whoever asks", () => {
		const answers = new Answers(ROOT);
		expect(answers.answerTo(question({}), UTC, false)).toBeUndefined();
		expect(answers.answerTo(question({}), UTC, true)).toBeDefined();
	});

	test("a flood of one lamp has one answer a second, and takes none from the others", () => {
		const answers = new Answers(ROOT);
		let count = 0;
		for (let index = 0; index < 10_000; index += 1)
			if (answers.answerTo(question({}), UTC + index / 5)) count += 1; // two seconds
		expect(count).toBe(2);
		const other = `${ROOT}/liege/pole-00007/clock/question`;
		expect(answers.answerTo(question({ topic: other }), UTC + 1_999)?.topic).toBe(
			`${ROOT}/liege/pole-00007/clock/answer`,
		);
	});

	test("a city after an outage is answered within the second", () => {
		const answers = new Answers(ROOT);
		for (let index = 0; index < 10_000; index += 1) {
			const topic = `${ROOT}/liege/pole-${index}/clock/question`;
			expect(answers.answerTo(question({ topic }), UTC)).toBeDefined();
		}
	});

	test("property: an answer goes to the topic that asked, with its nonce, or there is none", () => {
		const topic = fc.oneof(
			fc.constant(QUESTION),
			fc.string({ unit: "binary", maxLength: 60 }),
			fc
				.tuple(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }))
				.map(([site, node]) => `${ROOT}/${site}/${node}/clock/question`),
		);
		const nonce = fc.oneof(
			fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 31, maxLength: 33 }),
			fc.jsonValue(),
		);
		const payload = fc.oneof(
			nonce.map((value) => bytes({ nonce: value })),
			fc.uint8Array({ maxLength: 600 }).map((noise) => Buffer.from(noise)),
		);
		fc.assert(
			fc.property(topic, payload, fc.boolean(), (where, what, isRetained) => {
				const asked = { topic: where, payload: what, isRetained };
				const answer = new Answers(ROOT).answerTo(asked, UTC);
				if (!answer) return;
				expect(answer.topic).toBe(where.replace(/question$/, "answer"));
				expect(answer.topic).not.toBe(where);
				expect(answer.body.nonce).toBe(JSON.parse(String(what)).nonce);
				expect(answer.body.nonce).toMatch(/^[0-9a-f]{32}$/);
			}),
			{ seed: 7, numRuns: 500 },
		);
	});
});

describe("whether the clock of the machine is synchronised", () => {
	const cases: [command: string, state: "yes" | "no"][] = [
		["true", "yes"],
		["exit 0", "yes"],
		["false", "no"],
		["exit 7", "no"],
		["no-such-command-of-any-machine", "no"],
	];
	test.each(cases)("%s: %s", async (command, state) => {
		expect(await synchronised(command)).toBe(state);
	});
	test("without a command it is what timedatectl says, or unknown", async () => {
		expect(["yes", "no", "unknown"]).toContain(await synchronised(undefined));
	});
});

const rig = cityRig();

/** The program at the rig's broker, ready. */
async function running(...options: string[]): Promise<TestStation> {
	const station = new TestStation();
	const args = ["--broker", rig.broker.url, "--synchronised", "true", ...options];
	void clock(args, station, 20);
	await until(() => station.out.includes("clock for"));
	return station;
}

async function until(isTrue: () => boolean): Promise<void> {
	while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}

type Got = readonly [topic: string, payload: string, retain: boolean, qos: number];

/** A lamp that hears all answers. */
async function lamp(): Promise<{ client: MqttClient; got: Got[] }> {
	const client = await connectAsync(rig.broker.url, { protocolVersion: 4 });
	const got: Got[] = [];
	client.on("message", (topic, payload, { retain, qos }) => {
		got.push([topic, String(payload), retain, qos]);
	});
	await client.subscribeAsync(`${ROOT}/+/+/clock/answer`, { qos: 1 });
	return { client, got };
}
const noncesOf = (got: readonly Got[]) =>
	got.map(([, payload]) => (JSON.parse(payload) as { nonce: string }).nonce);
const nonceOf = (index: number) => index.toString(16).padStart(32, "0");

describe("the program", () => {
	test("answers at QoS 0, not retained, with the time of its machine", async () => {
		const station = await running();
		const { client, got } = await lamp();
		const from = Date.now();
		client.publish(QUESTION, JSON.stringify({ nonce: NONCE }), { qos: 0 });
		await until(() => got.length > 0);
		const [[topic, payload, retain, qos]] = got as [Got];
		expect([topic, retain, qos]).toEqual([ANSWER, false, 0]);
		const { nonce, utc_ms } = JSON.parse(payload) as { nonce: string; utc_ms: number };
		expect(nonce).toBe(NONCE);
		expect(utc_ms).toBeGreaterThanOrEqual(from);
		expect(utc_ms).toBeLessThanOrEqual(Date.now());
		const later = await lamp();
		const sentinel = `${ROOT}/liege/pole-00009/clock/question`;
		client.publish(sentinel, JSON.stringify({ nonce: nonceOf(9) }), { qos: 0 });
		await until(() => later.got.length > 0);
		expect(noncesOf(later.got)).toEqual([nonceOf(9)]); // nothing was retained
		await Promise.all([client.endAsync(), later.client.endAsync()]);
		station.end();
	});

	test("hostile questions and a flood end nothing, and another lamp has its answer", async () => {
		await running();
		const { client, got } = await lamp();
		for (const payload of ["", "{", "\u0000", `{"nonce":"${"0".repeat(200_000)}"}`, "[]", "null"])
			client.publish(QUESTION, payload, { qos: 0 });
		for (let index = 0; index < 2_000; index += 1)
			client.publish(QUESTION, JSON.stringify({ nonce: nonceOf(index) }), { qos: 0 });
		const other = `${ROOT}/liege/pole-00007/clock/question`;
		client.publish(other, JSON.stringify({ nonce: NONCE }), { qos: 1 });
		await until(() => noncesOf(got).includes(NONCE));
		const seconds = new Set(
			got.map(([, payload]) =>
				Math.floor((JSON.parse(payload) as { utc_ms: number }).utc_ms / 1000),
			),
		);
		const flooded = got.filter(([topic]) => topic === ANSWER);
		expect(flooded.length).toBeLessThanOrEqual(seconds.size);
		await client.endAsync();
	});

	test("a question in another lamp's name is answered to that lamp alone", async () => {
		await running();
		const { client, got } = await lamp();
		const other = `${ROOT}/liege/pole-00007/clock/question`;
		const payload = JSON.stringify({ node: "pole-00006", serial: "L00006", nonce: NONCE });
		client.publish(other, payload, { qos: 0 });
		await until(() => got.length > 0);
		expect(got.map(([topic]) => topic)).toEqual([`${ROOT}/liege/pole-00007/clock/answer`]);
		await client.endAsync();
	});

	test("of one site it answers that site alone", async () => {
		await running("--site", "huy");
		const { client, got } = await lamp();
		client.publish(QUESTION, JSON.stringify({ nonce: NONCE }), { qos: 0 });
		const questionTopic = `${ROOT}/huy/pole-00001/clock/question`;
		client.publish(questionTopic, JSON.stringify({ nonce: nonceOf(1) }), { qos: 0 });
		await until(() => got.length > 0);
		expect(noncesOf(got)).toEqual([nonceOf(1)]);
		await client.endAsync();
	});

	test("says when its clock is synchronised no longer, and again, and answers then", async () => {
		const path = join(rig.folder, "synchronised");
		const station = await running("--synchronised", `test -f '${path}'`);
		expect(station.err).toMatch(/is not synchronised: no lamp is answered until it is\n$/);
		const { client, got } = await lamp();
		writeFileSync(path, "");
		await until(() => station.err.includes("is synchronised: lamps are answered"));
		client.publish(QUESTION, JSON.stringify({ nonce: nonceOf(2) }), { qos: 0 });
		await until(() => got.length > 0);
		expect(noncesOf(got)).toEqual([nonceOf(2)]);
		rmSync(path);
		await until(() => station.err.match(/is not synchronised/g)?.length === 2);
		expect(station.err.trim().split("\n")).toHaveLength(3);
		await client.endAsync();
	});

	test("answers again after the broker was away", async () => {
		const station = await running();
		const { port } = rig.broker;
		await rig.broker.stop();
		await rig.broker.start(port);
		const { client, got } = await lamp();
		for (let index = 1; got.length === 0; index += 1) {
			client.publish(QUESTION, JSON.stringify({ nonce: nonceOf(index) }), { qos: 0 });
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		expect(got[0]![0]).toBe(ANSWER);
		await client.endAsync();
		station.end();
	});

	test.each([
		[["--broker", "mqtt://127.0.0.1:1", "odd"], /: odd: one word too many/],
		[["--syncronised", "x"], /--syncronised/],
	])("%j is refused", async (args, sentence) => {
		const station = new TestStation();
		expect(await clock(args, station)).toBe(2);
		expect(station.err).toMatch(sentence);
	});
});
