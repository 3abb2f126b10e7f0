/**
 * Mqtt: packets of MQTT 3.1.1 out of a stream of bytes.
 *
 * Follows MQTT 3.1.1 (OASIS), chapters 2 and 3; docs/broker.md, When the broker is away (violations).
 */

/** What is left of a stream: bytes of a packet that is not whole yet. Plain data. */
export interface MqttState {
	rest: Uint8Array;
	/** A violation ended the stream: nothing more is read from it. */
	isBroken: boolean;
}

export type Packet =
	| { readonly type: "connack"; readonly code: number; readonly isSessionPresent: boolean }
	| {
			readonly type: "publish";
			readonly topic: string;
			readonly isRetained: boolean;
			readonly qos: number;
			readonly id: number | undefined;
			readonly payload: Uint8Array;
	  }
	| { readonly type: "puback"; readonly id: number }
	| { readonly type: "suback"; readonly id: number; readonly codes: readonly number[] }
	| { readonly type: "pingresp" }
	| { readonly type: "other"; readonly number: number };

export function freshMqtt(): MqttState {
	return { rest: new Uint8Array(0), isBroken: false };
}

/** Takes bytes of the stream and returns the packets that are whole now, in order. */
export function readPackets(state: MqttState, bytes: Uint8Array): readonly Packet[] {
	if (state.isBroken) return [];
	const all = new Uint8Array(state.rest.length + bytes.length);
	all.set(state.rest, 0);
	all.set(bytes, state.rest.length);
	const packets: Packet[] = [];
	let at = 0;
	while (at < all.length) {
		const length = remainingLength(all, at + 1);
		if (length === "broken") {
			state.isBroken = true;
			break;
		}
		if (length === undefined) break;
		const end = length.bodyAt + length.length;
		if (end > all.length) break;
		const packet = packetOf(all[at]!, all.subarray(length.bodyAt, end));
		if (packet === undefined) {
			state.isBroken = true;
			break;
		}
		packets.push(packet);
		at = end;
	}
	state.rest = state.isBroken ? new Uint8Array(0) : all.slice(at);
	return packets;
}

/** Up to four bytes of seven bits each, the lowest first; undefined: they are not all there. */
function remainingLength(
	bytes: Uint8Array,
	from: number,
): { readonly length: number; readonly bodyAt: number } | undefined | "broken" {
	let length = 0;
	let factor = 1;
	for (let n = 0; n < 4; n++) {
		const byte = bytes[from + n];
		if (byte === undefined) return undefined;
		length += (byte & 127) * factor;
		if (byte < 128) return { length, bodyAt: from + n + 1 };
		factor *= 128;
	}
	return "broken";
}

/** Undefined: it violates the standard, or is not for a client; a PUBLISH at QoS 2 counts as that. */
function packetOf(head: number, body: Uint8Array): Packet | undefined {
	const type = head >> 4;
	switch (type) {
		case 2:
			if (body.length !== 2) return undefined;
			return { type: "connack", code: body[1]!, isSessionPresent: (body[0]! & 1) === 1 };
		case 3:
			return publishOf(head, body);
		case 4:
			if (body.length !== 2) return undefined;
			return { type: "puback", id: number16(body, 0) };
		case 9:
			if (body.length < 3) return undefined;
			return { type: "suback", id: number16(body, 0), codes: [...body.subarray(2)] };
		case 11:
			return { type: "other", number: 11 };
		case 13:
			return { type: "pingresp" };
		default:
			return undefined;
	}
}

function publishOf(head: number, body: Uint8Array): Packet | undefined {
	const qos = (head >> 1) & 3;
	if (qos > 1 || body.length < 2) return undefined;
	const topicLength = number16(body, 0);
	const idAt = 2 + topicLength;
	const payloadAt = idAt + (qos === 1 ? 2 : 0);
	if (payloadAt > body.length) return undefined;
	const topic = textOf(body.subarray(2, idAt));
	if (topic === undefined) return undefined;
	return {
		type: "publish",
		topic,
		isRetained: (head & 1) === 1,
		qos,
		id: qos === 1 ? number16(body, idAt) : undefined,
		payload: body.slice(payloadAt),
	};
}

function number16(bytes: Uint8Array, at: number): number {
	return bytes[at]! * 256 + bytes[at + 1]!;
}

/** The text of UTF-8 (RFC 3629); undefined: the bytes are none, or contain a zero. */
export function textOf(bytes: Uint8Array): string | undefined {
	if (bytes.includes(0)) return undefined;
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		return undefined;
	}
}
