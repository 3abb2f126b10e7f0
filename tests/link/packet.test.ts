/** Packet and decoder: bytes of the standard by hand, every way they can be cut, and mqtt-packet. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { Decoder } from "../../src/link/decoder.js";
import { Frame, PAYLOAD_BYTES } from "../../src/link/packet.js";
import { utf8 } from "../support/linkfakes.js";
import { bytesOf, FROM_BROKER, FROM_NODE, VIOLATIONS } from "../support/packets.js";

/** What a decoder finds in bytes that come in these pieces, each read as a stream would. */
function decode(pieces: readonly Uint8Array[], decoder = new Decoder()) {
	const found: Record<string, unknown>[] = [];
	for (const piece of pieces) {
		let left = piece;
		for (;;) {
			const kind = decoder.next();
			if (kind === "violation") return [...found, { violation: decoder.violation }];
			if (kind !== "nothing") {
				found.push(describePacket(kind, decoder));
				continue;
			}
			if (left.length === 0) break;
			const room = decoder.room();
			assert.ok(room.length > 0);
			const count = Math.min(room.length, left.length);
			room.set(left.subarray(0, count));
			decoder.took(count);
			left = left.subarray(count);
		}
	}
	return found;
}

function describePacket(kind: string, decoder: Decoder): Record<string, unknown> {
	const { packetId, code, sessionPresent, qos, isRetained, tooLong } = decoder;
	const text = (start: number, count: number) => utf8.decode(decoder.bytes, start, count);
	if (kind === "connack") return { kind, code, sessionPresent };
	if (kind === "puback" || kind === "suback") return { kind, packetId };
	if (kind === "pingresp") return { kind };
	const topic = text(decoder.topicStart, decoder.topicCount);
	const payload = text(decoder.payloadStart, decoder.payloadCount);
	return { kind, qos, ...(qos ? { packetId } : {}), isRetained, tooLong, topic, payload };
}

describe("decoder", () => {
	test.each(FROM_BROKER)("%s (%s)", (_what, _figure, hex, found) => {
		expect(decode([bytesOf(hex)])).toEqual([expect.objectContaining(found)]);
	});
	test.each(FROM_BROKER)(
		"%s, cut in two at every byte, and byte by byte",
		(_what, _f, hex, found) => {
			const bytes = bytesOf(hex);
			for (let cut = 0; cut <= bytes.length; cut += 1)
				expect(decode([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([
					expect.objectContaining(found),
				]);
			expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual([
				expect.objectContaining(found),
			]);
		},
	);
	test("all of them in one piece, and cut in three anywhere", () => {
		const all = Buffer.concat(FROM_BROKER.map(([, , hex]) => bytesOf(hex)));
		const expected = FROM_BROKER.map(([, , , found]) => expect.objectContaining(found));
		expect(decode([all])).toEqual(expected);
		for (let cut = 0; cut < all.length; cut += 1) {
			const later = Math.min(all.length, cut + 7);
			expect(decode([all.subarray(0, cut), all.subarray(cut, later), all.subarray(later)])).toEqual(
				expected,
			);
		}
	});
	test.each(VIOLATIONS)("%s: %s", (violation, _why, hex) => {
		const bytes = bytesOf(hex);
		expect(decode([bytes])).toEqual([{ violation }]);
		expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual([{ violation }]);
		const decoder = new Decoder();
		decode([bytes], decoder);
		expect([decoder.next(), decoder.next()]).toEqual(["violation", "violation"]); // for ever
		decoder.reset();
		expect(decode([bytesOf("d0 00")], decoder)).toEqual([{ kind: "pingresp" }]);
	});

	const sizes: [count: number, tooLong: boolean][] = [
		[0, false],
		[120, false], // 127, the most that one byte of length holds
		[121, false],
		[PAYLOAD_BYTES, false],
		[PAYLOAD_BYTES + 1, true],
		[PAYLOAD_BYTES + 300, true],
		[3 * PAYLOAD_BYTES, true],
		[70_000, true],
		[2_200_000, true], // four bytes of length
	];
	test.each(sizes)("a payload of %i bytes and what follows it, in pieces", (count, tooLong) => {
		const packet = (payload: string, messageId: number) =>
			mqtt.generate({
				cmd: "publish",
				topic: "a/b",
				qos: 1,
				messageId,
				dup: false,
				retain: false,
				payload,
			});
		const text = "y".repeat(count);
		const bytes = Buffer.concat([bytesOf("d0 00"), packet(text, 1), packet("after", 2)]);
		for (const size of [1447, 97, 4096, 2319]) {
			const pieces: Buffer[] = [];
			for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
			const found = decode(pieces);
			expect(found).toMatchObject([
				{ kind: "pingresp" },
				{ packetId: 1, topic: "a/b", tooLong, payload: tooLong ? "" : text },
				{ packetId: 2, topic: "a/b", tooLong: false, payload: "after" },
			]);
		}
	});
});

describe("frame", () => {
	const frame = new Frame(utf8);
	const greeting = {
		clientId: "c",
		cleanSession: true,
		keepAlive: 300,
		patience: 30_000,
		user: "u",
		password: "password",
	};
	const will = { prefix: "a/", suffix: "w", payload: () => frame.writer.text("{}") };
	const publish = (id: number, isRetained: boolean, isRepeat: boolean) => {
		frame.beginPublish("a/", "b", id).text("{}");
		return frame.endPublish(id, isRetained, isRepeat);
	};
	const makers: Record<string, () => boolean> = {
		connect: () => frame.connect(greeting, will),
		publish: () => publish(10, true, false),
		repeat: () => publish(10, false, true),
		"publish at 0": () => publish(0, false, true), // DUP is for QoS 1 alone
		puback: () => frame.puback(10),
		subscribe: () => frame.subscribe(10, ["a/b", "c/d"]),
		pingreq: () => frame.pingreq(),
		disconnect: () => frame.disconnect(),
	};
	const bytes = () =>
		Buffer.from(frame.writer.bytes.subarray(frame.start, frame.start + frame.count));

	test.each(FROM_NODE)("%s (%s)", (what, _figure, hex) => {
		expect(makers[what]!()).toBe(true);
		expect(bytes()).toEqual(bytesOf(hex));
	});
	test("greetings with and without a user, a password, a clean session", () => {
		for (const user of [undefined, "u"])
			for (const password of [undefined, "p"])
				for (const cleanSession of [true, false]) {
					expect(frame.connect({ ...greeting, user, password, cleanSession }, will)).toBe(true);
					expect(bytes()).toEqual(
						mqtt.generate({
							cmd: "connect",
							protocolVersion: 4,
							clientId: "c",
							clean: cleanSession,
							keepalive: 300,
							will: { topic: "a/w", payload: "{}", qos: 1, retain: true },
							...(user ? { username: user } : {}),
							...(user && password ? { password: Buffer.from(password) } : {}),
						}),
					);
				}
	});
	test("a keepAlive beyond two bytes is the longest there is", () => {
		frame.connect({ ...greeting, keepAlive: 1e6 }, will);
		expect(bytes().readUInt16BE(10)).toBe(65535);
	});
	test("payloads around the sizes where lengths grow, up to the limit and not beyond", () => {
		for (const count of [0, 1, 117, 118, 119, 120, 121, 122, 2047, 2048]) {
			frame.beginPublish("a/", "b", 1).text("x".repeat(count));
			expect(frame.endPublish(1, false, false)).toBe(true);
			expect(bytes()).toEqual(
				mqtt.generate({
					cmd: "publish",
					topic: "a/b",
					qos: 1,
					messageId: 1,
					dup: false,
					retain: false,
					payload: "x".repeat(count),
				}),
			);
		}
		for (const count of [2049, 2400, 5000]) {
			frame.beginPublish("a/", "b", 1).text("x".repeat(count));
			expect(frame.endPublish(1, false, false)).toBe(false);
		}
		expect(publish(1, false, false)).toBe(true); // and is well again
	});
	test("what does not fit is not sent", () => {
		expect(frame.connect({ ...greeting, user: "u".repeat(3000) }, will)).toBe(false);
		const long = { ...will, payload: () => frame.writer.text("x".repeat(3000)) };
		expect(frame.connect(greeting, long)).toBe(false);
		expect(frame.subscribe(1, ["t".repeat(3000)])).toBe(false);
	});
});
