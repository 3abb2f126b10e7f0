/**
 * Codec: against mqtt-packet on random packets, cuts and damage, as often as asked.
 */
import { expect } from "@jest/globals";
import fc from "fast-check";
import type { IPublishPacket, Packet } from "mqtt-packet";
import mqtt from "mqtt-packet";
import { Decoder } from "../../src/link/decoder.js";
import { Frame, PACKET_BYTES, PAYLOAD_BYTES } from "../../src/link/packet.js";
import { utf8 } from "../support/linkfakes.js";

const SEED = 20261124; // printed by fast-check with each failure

const id = fc.integer({ min: 1, max: 65_535 });
const topic = fc
	.string({ unit: "grapheme", minLength: 1, maxLength: 40 })
	.filter((text) => !text.includes("\0")); // [MQTT-1.5.3-2]
const payload = fc.uint8Array({ maxLength: PAYLOAD_BYTES + 200, size: "max" });
const publish = fc
	.record({
		topic,
		payload,
		messageId: id,
		qos: fc.constantFrom(0, 1),
		dup: fc.boolean(),
		retain: fc.boolean(),
	})
	.map(
		({ payload, qos, dup, ...more }) =>
			({
				cmd: "publish",
				payload: Buffer.from(payload),
				qos,
				dup: qos === 1 && dup,
				...more,
			}) as IPublishPacket,
	);
const fromBroker: fc.Arbitrary<Packet> = fc.oneof(
	publish,
	id.map((messageId): Packet => ({ cmd: "puback", messageId })),
	fc
		.record({
			messageId: id,
			granted: fc.array(fc.constantFrom(0, 1, 2, 128), { minLength: 1, maxLength: 8 }),
		})
		.map((more) => ({ cmd: "suback", ...more }) as Packet),
	fc
		.integer({ min: 0, max: 5 })
		.map((returnCode) => ({ cmd: "connack", returnCode, sessionPresent: false }) as Packet),
	fc.constant<Packet>({ cmd: "pingresp" }),
);
const cuts = fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 12 });

/** Feeds bytes in pieces of these sizes, over and over; hands on each packet, then a violation. */
function feed(
	bytes: Buffer,
	sizes: readonly number[],
	onPacket: (kind: string, d: Decoder) => void,
): Decoder {
	const decoder = new Decoder();
	let at = 0;
	for (let index = 0; ; index += 1) {
		for (;;) {
			const kind = decoder.next();
			if (kind === "nothing") break;
			onPacket(kind, decoder);
			if (kind === "violation") return decoder;
		}
		if (at === bytes.length) return decoder;
		const room = decoder.room();
		if (room.length === 0 || room.buffer !== decoder.bytes.buffer) throw new Error("no room");
		const count = Math.min(room.length, sizes[index % sizes.length]!, bytes.length - at);
		room.set(bytes.subarray(at, at + count));
		decoder.took(count);
		at += count;
	}
}

/** Each holds for `numRuns` random inputs, or throws with the one for which it does not. */
export const PROPERTIES: Readonly<Record<string, (numRuns: number) => void>> = Object.freeze({
	"reads what mqtt-packet writes, whatever the pieces": (numRuns: number) => {
		fc.assert(
			fc.property(fc.array(fromBroker, { maxLength: 5 }), cuts, (packets, sizes) => {
				const bytes = Buffer.concat(packets.map((packet) => mqtt.generate(packet)));
				const found: object[] = [];
				feed(bytes, sizes, (kind, d) => {
					if (kind === "connack") found.push({ kind, code: d.code });
					else if (kind === "pingresp") found.push({ kind });
					else if (kind === "puback") found.push({ kind, id: d.packetId });
					else {
						const part = Buffer.from(
							d.bytes.subarray(d.payloadStart, d.payloadStart + d.payloadCount),
						);
						const name = utf8.decode(d.bytes, d.topicStart, d.topicCount);
						if (kind === "suback") found.push({ kind, id: d.packetId, granted: [...part] });
						else
							found.push({
								kind,
								name,
								part,
								qos: d.qos,
								isRetained: d.isRetained,
								tooLong: d.tooLong,
							});
					}
				});
				expect(found).toEqual(
					packets.map((packet) => {
						if (packet.cmd === "connack") return { kind: "connack", code: packet.returnCode };
						if (packet.cmd === "puback") return { kind: "puback", id: packet.messageId };
						if (packet.cmd === "suback")
							return { kind: "suback", id: packet.messageId, granted: packet.granted };
						if (packet.cmd !== "publish") return { kind: packet.cmd };
						const tooLong = packet.payload.length > PAYLOAD_BYTES;
						return {
							kind: "publish",
							name: packet.topic,
							part: tooLong ? Buffer.alloc(0) : packet.payload,
							qos: packet.qos,
							isRetained: packet.retain,
							tooLong,
						};
					}),
				);
			}),
			{ seed: SEED, numRuns },
		);
	},

	"writes what mqtt-packet reads": (numRuns: number) => {
		const frame = new Frame(utf8);
		fc.assert(
			fc.property(
				topic,
				fc.string({ unit: "grapheme", maxLength: 300 }),
				id,
				fc.boolean(),
				fc.boolean(),
				fc.boolean(),
				(name, text, messageId, atLeastOnce, retain, dup) => {
					const packetId = atLeastOnce ? messageId : 0;
					frame.beginPublish(name, "", packetId).text(text);
					expect(frame.endPublish(packetId, retain, dup)).toBe(true);
					const parsed: Packet[] = [];
					const parser = mqtt.parser({ protocolVersion: 4 });
					parser.on("packet", (packet: Packet) => parsed.push(packet));
					parser.on("error", (error: Error) => {
						throw error;
					});
					parser.parse(
						Buffer.from(frame.writer.bytes.subarray(frame.start, frame.start + frame.count)),
					);
					expect(parsed).toHaveLength(1);
					expect(parsed[0]).toMatchObject({
						cmd: "publish",
						topic: name,
						payload: Buffer.from(text),
						qos: atLeastOnce ? 1 : 0,
						retain,
						dup: atLeastOnce && dup,
					});
				},
			),
			{ seed: SEED, numRuns },
		);
	},

	"garbage never throws, never runs out of room, and a violation is for ever": (
		numRuns: number,
	) => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 4000, size: "max" }), cuts, (bytes, sizes) => {
				const decoder = feed(Buffer.from(bytes), sizes, () => {});
				if (decoder.violation) expect(decoder.next()).toBe("violation");
				expect(decoder.bytes.length).toBe(PACKET_BYTES);
			}),
			{ seed: SEED, numRuns },
		);
	},

	"one damaged byte in good packets never breaks the frame of the decoder": (numRuns: number) => {
		fc.assert(
			fc.property(
				fc.array(fromBroker, { minLength: 1, maxLength: 4 }),
				cuts,
				fc.nat(),
				fc.integer({ min: 1, max: 255 }),
				(packets, sizes, where, damage) => {
					const bytes = Buffer.concat(packets.map((packet) => mqtt.generate(packet)));
					bytes[where % bytes.length]! ^= damage;
					feed(bytes, sizes, (kind, d) => {
						if (kind !== "publish") return;
						expect(d.topicStart).toBeGreaterThan(0);
						expect(d.payloadStart).toBeGreaterThanOrEqual(d.topicStart + d.topicCount);
						expect(d.payloadStart + d.payloadCount).toBeLessThanOrEqual(PACKET_BYTES);
						expect(d.payloadCount).toBeLessThanOrEqual(PAYLOAD_BYTES);
					});
				},
			),
			{ seed: SEED, numRuns },
		);
	},
});
