/**
 * Packets: MQTT 3.1.1 as bytes, put together by hand from the tables of the OASIS standard.
 *
 * `figure`: the clause whose layout the bytes follow.
 */
export const FROM_BROKER: readonly (readonly [
	what: string,
	figure: string,
	hex: string,
	found: Readonly<Record<string, unknown>>,
])[] = [
	["CONNACK, accepted", "3.2", "20 02 00 00", { kind: "connack", code: 0, sessionPresent: false }],
	[
		"CONNACK, session kept",
		"3.2",
		"20 02 01 00",
		{ kind: "connack", code: 0, sessionPresent: true },
	],
	["CONNACK, refused: not authorised", "3.2.2.3", "20 02 00 05", { kind: "connack", code: 5 }],
	["PUBACK 10", "3.4", "40 02 00 0a", { kind: "puback", packetId: 10 }],
	["PUBACK 65535", "3.4", "40 02 ff ff", { kind: "puback", packetId: 65535 }],
	["SUBACK of three filters", "3.9", "90 05 00 0a 00 02 80", { kind: "suback", packetId: 10 }],
	["PINGRESP", "3.13", "d0 00", { kind: "pingresp" }],
	[
		"PUBLISH a/b at QoS 0",
		"3.3",
		"30 07 00 03 61 2f 62 7b 7d",
		{ kind: "publish", qos: 0, topic: "a/b", payload: "{}", isRetained: false },
	],
	[
		"PUBLISH a/b at QoS 1, retained, without a payload",
		"3.3",
		"33 07 00 03 61 2f 62 00 0a",
		{ kind: "publish", qos: 1, packetId: 10, topic: "a/b", payload: "", isRetained: true },
	],
	[
		"PUBLISH at QoS 1, a repeat",
		"3.3.1.1",
		"3a 08 00 03 61 2f 62 12 34 30",
		{ kind: "publish", qos: 1, packetId: 0x1234, topic: "a/b", payload: "0" },
	],
	[
		"PUBLISH with a length in more bytes than it needs",
		"2.2.3",
		"30 87 80 00 00 03 61 2f 62 7b 7d",
		{ kind: "publish", qos: 0, topic: "a/b", payload: "{}" },
	],
	[
		"PUBLISH whose length takes two bytes",
		"2.2.3",
		`30 85 01 00 03 61 2f 62 ${"78 ".repeat(128)}`,
		{ kind: "publish", qos: 0, topic: "a/b", payload: "x".repeat(128) },
	],
];

export const VIOLATIONS: readonly (readonly [violation: string, why: string, hex: string])[] = [
	["reservedType", "type 0 (table 2.1)", "00 00"],
	["reservedType", "type 15 (table 2.1)", "f0 00"],
	["clientPacket", "CONNECT from a broker", "10 00"],
	["clientPacket", "SUBSCRIBE from a broker", "82 00"],
	["clientPacket", "UNSUBSCRIBE from a broker", "a2 00"],
	["clientPacket", "PINGREQ from a broker", "c0 00"],
	["clientPacket", "DISCONNECT from a broker", "e0 00"],
	["unaskedPacket", "PUBREC: nothing of ours is QoS 2", "50 02 00 01"],
	["unaskedPacket", "PUBREL: nothing of ours is QoS 2", "62 02 00 01"],
	["unaskedPacket", "PUBCOMP: nothing of ours is QoS 2", "70 02 00 01"],
	["unaskedPacket", "UNSUBACK: we never unsubscribe", "b0 02 00 01"],
	["remainingLength", "five bytes of length (2.2.3)", "30 80 80 80 80"],
	["reservedFlags", "CONNACK with flags [MQTT-2.2.2-2]", "21 02 00 00"],
	["reservedFlags", "PINGRESP with flags [MQTT-2.2.2-2]", "d8 00"],
	["wrongLength", "CONNACK of three bytes", "20 03 00 00 00"],
	["wrongLength", "PINGRESP of one byte", "d0 01 00"],
	["wrongLength", "SUBACK without a code", "90 02 00 01"],
	["wrongLength", "SUBACK of more filters than we ask for", "90 13 00 01"],
	["wrongLength", "PUBLISH of one byte", "30 01 00"],
	["wrongLength", "PUBLISH shorter than its topic", "30 04 00 03 61 62"],
	["wrongLength", "PUBLISH without room for its identifier", "32 05 00 03 61 62 63"],
	["connackFlags", "bit 1 of the acknowledge flags (3.2.2.1)", "20 02 02 00"],
	["connackCode", "return code 6 (table 3.1)", "20 02 00 06"],
	["connackCode", "refused, yet a session [MQTT-3.2.2-4]", "20 02 01 05"],
	["qos", "QoS 3 [MQTT-3.3.1-4]", "36 07 00 01 61 00 01"],
	["qos2", "QoS 2, which we never ask for", "34 07 00 01 61 00 01"],
	["dupAtQos0", "DUP at QoS 0 [MQTT-3.3.1-2]", "38 03 00 01 61"],
	["topicLength", "an empty topic [MQTT-4.7.3-1]", "30 02 00 00"],
	["topicLength", "a topic of 256 bytes", "30 82 02 01 00"],
	["packetId", "identifier 0 in a PUBLISH [MQTT-2.3.1-1]", "32 05 00 01 61 00 00"],
	["packetId", "identifier 0 in a PUBACK [MQTT-2.3.1-1]", "40 02 00 00"],
	["subackCode", "return code 3 [MQTT-3.9.3-2]", "90 03 00 01 03"],
];

export const FROM_NODE: readonly (readonly [what: string, figure: string, hex: string])[] = [
	[
		"connect",
		"3.1",
		"10 23 00 04 4d 51 54 54 04 ee 01 2c 00 01 63 00 03 61 2f 77 00 02 7b 7d 00 01 75 00 08 70 61 73 73 77 6f 72 64",
	],
	["publish", "3.3", "33 09 00 03 61 2f 62 00 0a 7b 7d"],
	["repeat", "3.3.1.1", "3a 09 00 03 61 2f 62 00 0a 7b 7d"],
	["publish at 0", "3.3", "30 07 00 03 61 2f 62 7b 7d"],
	["puback", "3.4", "40 02 00 0a"],
	["subscribe", "3.8", "82 0e 00 0a 00 03 61 2f 62 01 00 03 63 2f 64 01"],
	["pingreq", "3.12", "c0 00"],
	["disconnect", "3.14", "e0 00"],
];

export function bytesOf(hex: string): Buffer {
	return Buffer.from(hex.replaceAll(" ", ""), "hex");
}
