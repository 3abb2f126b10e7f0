/**
 * Decoder: MQTT 3.1.1 packets of a broker, from bytes that arrive in pieces of any size.
 *
 * OASIS Standard "MQTT Version 3.1.1"; the numbers in brackets are its normative statements. One
 * buffer of fixed size: bytes are read into `room()`, packets are decoded in place. A payload over
 * PAYLOAD_BYTES is discarded as it arrives and reported once it has passed. Any other packet that
 * does not fit violates the standard or is on no topic of this node. After a violation `next`
 * always returns it: the connection must be closed [MQTT-4.8.0-1].
 */
import { PACKET_BYTES, PAYLOAD_BYTES, TOPIC_BYTES } from "./packet.js";

/** Result of `next`. */
export type Received =
	| "nothing" // no whole packet yet
	| "connack"
	| "publish"
	| "puback"
	| "suback"
	| "pingresp"
	| "violation";

/** A violation of the standard or of this decoder's limits. */
type Violation =
	| "reservedType"
	| "reservedFlags"
	| "remainingLength"
	| "clientPacket" // only a client may send this type
	| "unaskedPacket" // acknowledges a packet that is never sent here: QoS 2, UNSUBSCRIBE
	| "wrongLength"
	| "connackFlags"
	| "connackCode"
	| "qos"
	| "qos2" // subscriptions have QoS 1 at most [MQTT-3.8.4-6]
	| "dupAtQos0"
	| "topicLength"
	| "packetId"
	| "subackCode";

/** More filters than the link ever subscribes to. */
const FILTERS_AT_MOST = 16;
const LENGTH_BYTES = 4; // at most, of the remaining length (2.2.3)

export class Decoder {
	readonly bytes = new Uint8Array(PACKET_BYTES);
	violation: Violation | undefined;
	// Fields of the last packet. Positions are valid until the next `next` or `room`.
	packetId = 0;
	/** CONNACK's return code. */
	code = 0;
	sessionPresent = false;
	qos = 0;
	isRetained = false;
	tooLong = false;
	topicStart = 0;
	topicCount = 0;
	/** Also the position of SUBACK's return codes. */
	payloadStart = 0;
	payloadCount = 0;
	private start = 0; // of the bytes not decoded yet
	private fill = 0; // end of the bytes received
	private skip = 0; // bytes still to discard of a payload that is too long

	/** Resets all state for a new connection. */
	reset(): void {
		this.start = 0;
		this.fill = 0;
		this.skip = 0;
		this.violation = undefined;
	}

	/** The room for the next bytes; never empty after `next` returned "nothing". */
	room(): Uint8Array {
		if (this.start > 0) {
			this.bytes.copyWithin(0, this.start, this.fill);
			this.fill -= this.start;
			this.topicStart -= this.start; // the head of a discarded payload moves along
			this.payloadStart -= this.start;
			this.start = 0;
		}
		return this.fill === 0 ? this.bytes : this.bytes.subarray(this.fill);
	}

	/** `count` bytes were put into `room()`. */
	took(count: number): void {
		this.fill += count;
	}

	/** The next packet. Call it until it returns "nothing" or "violation". */
	next(): Received {
		if (this.violation) return "violation";
		if (this.skip > 0) return this.pass();
		let remaining = 0;
		let scale = 1;
		let at = this.start + 1;
		for (;;) {
			if (at >= this.fill) return "nothing";
			const byte = this.bytes[at++]!;
			remaining += (byte & 127) * scale;
			if (byte < 128) break;
			if (at > this.start + LENGTH_BYTES) return this.violate("remainingLength");
			scale *= 128;
		}
		const head = this.bytes[this.start]!;
		const type = head & 0xf0;
		if (type === 0x30) return this.publish(head & 15, at, remaining);
		const wrong = violationOf(type, head & 15, remaining);
		if (wrong) return this.violate(wrong);
		if (this.fill - at < remaining) return "nothing";
		this.start = at + remaining;
		return this.small(type, at, remaining);
	}

	/** CONNACK, PUBACK, SUBACK or PINGRESP, whole and of the right length. */
	private small(type: number, at: number, count: number): Received {
		const first = this.bytes[at]!;
		const second = this.bytes[at + 1]!;
		if (type === 0xd0) return "pingresp";
		if (type === 0x20) {
			if (first > 1) return this.violate("connackFlags"); // bits 7-1 are reserved (3.2.2.1)
			if (second > 5 || (second > 0 && first > 0)) return this.violate("connackCode"); // [MQTT-3.2.2-4]
			this.sessionPresent = first === 1;
			this.code = second;
			return "connack";
		}
		this.packetId = first * 256 + second;
		if (this.packetId === 0) return this.violate("packetId"); // [MQTT-2.3.1-1]
		if (type === 0x40) return "puback";
		this.payloadStart = at + 2;
		this.payloadCount = count - 2;
		for (let code = at + 2; code < at + count; code += 1) {
			const granted = this.bytes[code]!;
			if (granted > 2 && granted !== 0x80) return this.violate("subackCode"); // [MQTT-3.9.3-2]
		}
		return "suback";
	}

	private publish(flags: number, at: number, remaining: number): Received {
		const qos = (flags >> 1) & 3;
		if (qos === 3) return this.violate("qos"); // [MQTT-3.3.1-4]
		if (qos === 2) return this.violate("qos2");
		if (qos === 0 && flags & 8) return this.violate("dupAtQos0"); // [MQTT-3.3.1-2]
		if (remaining < 2) return this.violate("wrongLength");
		if (this.fill < at + 2) return "nothing";
		const topicCount = this.bytes[at]! * 256 + this.bytes[at + 1]!;
		if (topicCount === 0 || topicCount > TOPIC_BYTES) return this.violate("topicLength"); // [MQTT-4.7.3-1]
		const headCount = 2 + topicCount + 2 * qos;
		if (headCount > remaining) return this.violate("wrongLength");
		const payload = at + headCount;
		if (this.fill < payload) return "nothing";
		if (qos === 1) {
			this.packetId = this.bytes[payload - 2]! * 256 + this.bytes[payload - 1]!;
			if (this.packetId === 0) return this.violate("packetId"); // [MQTT-2.3.1-1]
		}
		this.qos = qos;
		this.isRetained = (flags & 1) !== 0;
		this.topicStart = at + 2;
		this.topicCount = topicCount;
		this.payloadStart = payload;
		this.payloadCount = remaining - headCount;
		this.tooLong = this.payloadCount > PAYLOAD_BYTES;
		if (this.tooLong) {
			this.skip = this.payloadCount;
			return this.pass();
		}
		if (this.fill < payload + this.payloadCount) return "nothing";
		this.start = payload + this.payloadCount;
		return "publish";
	}

	/** Discards a payload that is too long; its head stays in the buffer until it is reported. */
	private pass(): Received {
		const head = this.payloadStart;
		const count = Math.min(this.skip, this.fill - head);
		this.bytes.copyWithin(head, head + count, this.fill);
		this.fill -= count;
		this.skip -= count;
		if (this.skip > 0) return "nothing";
		this.start = head;
		this.payloadCount = 0;
		return "publish";
	}

	private violate(violation: Violation): Received {
		this.violation = violation;
		return "violation";
	}
}

/** The violation by a packet other than PUBLISH with these flags and length; undefined: none. */
function violationOf(type: number, flags: number, remaining: number): Violation | undefined {
	if (type === 0x00 || type === 0xf0) return "reservedType"; // table 2.1
	if (type === 0x10 || type === 0x80 || type === 0xa0 || type === 0xc0 || type === 0xe0)
		return "clientPacket";
	if (type === 0x50 || type === 0x60 || type === 0x70 || type === 0xb0) return "unaskedPacket";
	if (flags !== 0) return "reservedFlags"; // [MQTT-2.2.2-1, -2]
	if (type === 0xd0) return remaining === 0 ? undefined : "wrongLength";
	if (type === 0x90)
		return remaining >= 3 && remaining <= 2 + FILTERS_AT_MOST ? undefined : "wrongLength";
	return remaining === 2 ? undefined : "wrongLength";
}
