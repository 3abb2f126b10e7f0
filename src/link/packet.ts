/**
 * Packet: MQTT 3.1.1 packets of a client, as bytes.
 *
 * OASIS Standard "MQTT Version 3.1.1" (29 October 2014); the numbers in brackets are its normative
 * statements. Each function writes one whole packet and returns whether it fits: if so,
 * `frame.start` and `frame.count` give its place in the buffer; if not, it must not be sent.
 */
import type { Utf8 } from "../host.js";
import type { Millis } from "../units.js";
import { Writer } from "./writer.js";

/** Control packet types (table 2.1), in the upper half of the first byte. */
const TYPE = Object.freeze({
	connect: 0x10,
	connack: 0x20,
	publish: 0x30,
	puback: 0x40,
	subscribe: 0x80,
	suback: 0x90,
	pingreq: 0xc0,
	pingresp: 0xd0,
	disconnect: 0xe0,
} as const);

/** Largest payload in either direction (broker contract). */
export const PAYLOAD_BYTES = 2048;
/** Longest topic: root 64, site 32, node 32, `settings/reported`, `identity` and slashes are 157. */
export const TOPIC_BYTES = 255;
/** Type, up to four bytes of length, topic with its length, packet identifier. */
const HEAD_BYTES = 1 + 4 + 2 + TOPIC_BYTES + 2;
/** Largest packet that is sent, or received whole. */
export const PACKET_BYTES = HEAD_BYTES + PAYLOAD_BYTES;

/** Heads written here have two bytes of remaining length, enough for 16,383 (table 2.4). */
const HEADER_BYTES = 3;
const PROTOCOL_LEVEL = 4; // MQTT 3.1.1 [MQTT-3.1.2-2]
const LONGEST_KEEP_ALIVE = 65535; // seconds, two bytes (3.1.2.10)

export interface Greeting {
	readonly clientId: string;
	readonly cleanSession: boolean;
	/** Seconds; 0: none. */
	readonly keepAlive: number;
	/** For each answer of the broker. */
	readonly patience: Millis;
	readonly user: string | undefined;
	/** Left out if there is no user [MQTT-3.1.2-22]. */
	readonly password: string | undefined;
}

/** The message that the broker publishes, at QoS 1 and retained, when the connection breaks. */
export interface Will {
	readonly prefix: string;
	readonly suffix: string;
	payload(writer: Writer): void;
}

/** One packet at a time, in one buffer. */
export class Frame {
	readonly writer: Writer;
	start = 0;
	count = 0;
	private payloadStart = 0;

	constructor(utf8: Utf8) {
		this.writer = new Writer(utf8, PACKET_BYTES);
	}

	connect(greeting: Greeting, will: Will): boolean {
		const w = this.begin();
		writeText(w, "MQTT"); // [MQTT-3.1.2-1]
		w.byte(PROTOCOL_LEVEL);
		const hasPassword = greeting.user !== undefined && greeting.password !== undefined;
		w.byte(
			(greeting.user !== undefined ? 0x80 : 0) | // [MQTT-3.1.2-18, -19]
				(hasPassword ? 0x40 : 0) | // [MQTT-3.1.2-20, -21]
				0x20 | // will retained [MQTT-3.1.2-17]
				0x08 | // will at QoS 1 [MQTT-3.1.2-14]
				0x04 | // a will [MQTT-3.1.2-8]
				(greeting.cleanSession ? 0x02 : 0), // [MQTT-3.1.2-4, -6]; bit 0 reserved [MQTT-3.1.2-3]
		);
		w.word(Math.min(greeting.keepAlive, LONGEST_KEEP_ALIVE));
		writeText(w, greeting.clientId); // fields in this order [MQTT-3.1.3-1]
		const topic = w.openLength();
		w.text(will.prefix);
		w.text(will.suffix);
		w.closeLength(topic);
		const payload = w.openLength();
		w.startJson();
		will.payload(w);
		w.closeLength(payload);
		if (greeting.user !== undefined) writeText(w, greeting.user);
		if (hasPassword) writeText(w, greeting.password as string);
		return this.finish(TYPE.connect);
	}

	/** Writes the head of a PUBLISH; its payload is written next, then `endPublish` closes it. */
	beginPublish(prefix: string, suffix: string, packetId: number): Writer {
		const w = this.begin();
		const topic = w.openLength();
		w.text(prefix);
		w.text(suffix);
		w.closeLength(topic);
		if (packetId > 0) w.word(packetId); // absent at QoS 0 [MQTT-2.3.1-5]
		this.payloadStart = w.at;
		w.startJson();
		return w;
	}

	/** `packetId` 0 means QoS 0; `isRepeat` sets DUP, at QoS 1 only [MQTT-3.3.1-1, -2]. */
	endPublish(packetId: number, isRetained: boolean, isRepeat: boolean): boolean {
		if (this.writer.at - this.payloadStart > PAYLOAD_BYTES) this.writer.failed = true;
		const atLeastOnce = packetId > 0 ? (isRepeat ? 0x0a : 0x02) : 0;
		return this.finish(TYPE.publish | atLeastOnce | (isRetained ? 0x01 : 0));
	}

	puback(packetId: number): boolean {
		this.begin().word(packetId); // the identifier it acknowledges [MQTT-2.3.1-6]
		return this.finish(TYPE.puback);
	}

	/** At least one filter [MQTT-3.8.3-3], each requested at QoS 1. */
	subscribe(packetId: number, filters: readonly string[]): boolean {
		const w = this.begin();
		w.word(packetId);
		for (const filter of filters) {
			writeText(w, filter);
			w.byte(1);
		}
		return this.finish(TYPE.subscribe | 0x02); // reserved bits [MQTT-3.8.1-1]
	}

	pingreq(): boolean {
		this.begin();
		return this.finish(TYPE.pingreq);
	}

	disconnect(): boolean {
		this.begin();
		return this.finish(TYPE.disconnect); // reserved bits zero [MQTT-3.14.1-1]
	}

	private begin(): Writer {
		this.writer.restart(HEADER_BYTES);
		return this.writer;
	}

	/** Puts type and remaining length directly before the bytes written. */
	private finish(head: number): boolean {
		const { writer } = this;
		const remaining = writer.at - HEADER_BYTES;
		const isShort = remaining < 128;
		this.start = isShort ? 1 : 0;
		this.count = writer.at - this.start;
		writer.bytes[this.start] = head;
		if (!isShort) writer.bytes[1] = (remaining & 127) | 128; // least significant first (2.2.3)
		writer.bytes[2] = isShort ? remaining : remaining >> 7;
		return !writer.failed;
	}
}

/** A string, preceded by its length [MQTT-1.5.3-1]. */
function writeText(writer: Writer, text: string): void {
	const from = writer.openLength();
	writer.text(text);
	writer.closeLength(from);
}
