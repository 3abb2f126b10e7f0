/**
 * Connection: a lamp in XS at a broker that has gone mad, and the same lamp in peace beside it.
 */
import { expect } from "@jest/globals";
import mqtt from "mqtt-packet";
import type { Creation } from "../../hosts/virtual/fleet/fleet.js";
import { INPUT } from "../../hosts/virtual/protocol.js";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { PAYLOAD_BYTES } from "../../src/link/packet.js";
import { PROVEN_AFTER } from "../../src/link/session.js";
import { randomOf } from "../support/linkfakes.js";
import { NODE, publish, XsLamp } from "../support/xslamp.js";

const SECOND = 1000;
/** In a day of the lamp's life: nobody has passed for a while, and no hour ends. */
const LOOK_AT = 12 * HOUR + MINUTE;

type Random = () => number;
const below = (random: Random, limit: number): number => Math.floor(random() * limit);

function noise(random: Random, count: number): Buffer {
	return Buffer.from(Array.from({ length: count }, () => below(random, 256)));
}

/** What a broker in order could say; each is then spoilt or sent too often. */
function goodPacket(random: Random): Buffer {
	const makers = [
		() => publish('{"id":"a","command":"dance"}'),
		() => publish(noise(random, below(random, PAYLOAD_BYTES))),
		() => publish(noise(random, PAYLOAD_BYTES + below(random, 8 * PAYLOAD_BYTES))),
		() => publish("", true),
		() => mqtt.generate({ cmd: "puback", messageId: 1 + below(random, 65_535) }),
		() => mqtt.generate({ cmd: "suback", messageId: 1 + below(random, 99), granted: [1, 128] }),
		() => mqtt.generate({ cmd: "pingresp" }),
		() => mqtt.generate({ cmd: "connack", returnCode: below(random, 6), sessionPresent: false }),
	];
	return makers[below(random, makers.length)]!();
}

/** A stream brings at most so much at once. */
const SEGMENT = 16_384;

/** What is sent in one go. */
const ATTACKS: Readonly<Record<string, (random: Random) => Buffer>> = Object.freeze({
	"random bytes": (random) => noise(random, 1 + below(random, 3000)),
	"a truncated packet": (random) => {
		const packet = goodPacket(random);
		return packet.subarray(0, below(random, packet.length));
	},
	"a wrong length": (random) => {
		const packet = Buffer.from(goodPacket(random));
		packet[1] = below(random, 256);
		return packet;
	},
	"a damaged byte": (random) => {
		const packet = Buffer.from(goodPacket(random));
		packet[below(random, packet.length)]! ^= 1 + below(random, 255);
		return packet;
	},
	"a flood": (random) =>
		Buffer.concat(Array.from({ length: 1 + below(random, 60) }, () => goodPacket(random))),
	"a flood of one order": (random) =>
		Buffer.concat(Array(1 + below(random, 200)).fill(publish('{"id":"b","command":"report"}'))),
	"QoS 2": () =>
		mqtt.generate({
			cmd: "publish",
			topic: `${NODE}/command`,
			qos: 2,
			messageId: 3,
			dup: false,
			retain: false,
			payload: "{}",
		}),
	"a topic that is no UTF-8": () =>
		mqtt.generate({
			cmd: "publish",
			topic: Buffer.from([0x61, 0xc3, 0x28]) as unknown as string,
			qos: 0,
			dup: false,
			retain: false,
			payload: "{}",
		}),
	"names by the hundred": (random) => {
		const names = Array.from({ length: 60 }, () => `"k${below(random, 1e9)}":1`);
		return publish(`{${names.join(",")}}`);
	},
});

/** So many sessions that the journal's ring and its texts hold nothing else. */
const SESSIONS = 40;

/**
 * Live slots in a state that does not depend on what was before: the journal holds sessions alone,
 * all is reported, nobody is there, and it is the same hour of a day of the lamp's life, which learns
 * something of every hour.
 */
export function calmSlots(pole: XsLamp, sessions = SESSIONS): number {
	for (let index = 0; index < sessions; index++) {
		pole.untilOnline();
		pole.run(pole.now + PROVEN_AFTER + SECOND); // a session that was one
		pole.hangUp();
	}
	pole.untilOnline();
	pole.run((Math.floor(pole.now / DAY) + 1) * DAY + LOOK_AT);
	return pole.settledSlots;
}

export interface Ordeal {
	readonly attacked: XsLamp;
	readonly peaceful: XsLamp;
	/** Attacks by kind. */
	readonly attacks: Readonly<Record<string, number>>;
	/** Live slots in peace: before the attacks, after half of them, after all. */
	readonly slots: readonly number[];
}

export async function endure(rounds: number, seed: number): Promise<Ordeal> {
	const random = randomOf(seed);
	const attacked = (await XsLamp.of()).boot();
	const peaceful = (await XsLamp.of()).boot();
	attacked.untilOnline();
	attacked.send(publish('{"id":"first","command":"report"}')); // makes the limiters of orders
	const slots = [calmSlots(attacked)];
	const names = Object.keys(ATTACKS);
	const attacks: Record<string, number> = {};
	for (let round = 1; round <= rounds; round++) {
		attacked.untilOnline();
		const name = names[below(random, names.length)]!;
		attacks[name] = (attacks[name] ?? 0) + 1;
		const bytes = ATTACKS[name]!(random);
		for (let at = 0; at < bytes.length; at += SEGMENT)
			attacked.send(bytes.subarray(at, at + SEGMENT));
		attacked.run(attacked.now + below(random, 20_000));
		if (random() < 0.3) attacked.hangUp();
		if (round % (rounds / 2) === 0) slots.push(calmSlots(attacked));
	}
	peaceful.run(attacked.now);
	return { attacked, peaceful, attacks, slots };
}

/** So much that the engine need not collect in the midst of a turn. */
export const ROOMY: Partial<Creation> = Object.freeze({ slots: 30_000, chunkBytes: 400_000 });

/** Live slots after each hundred reconnections. */
export async function reconnect(
	hundreds: number,
	creation: Partial<Creation> = {},
): Promise<number[]> {
	const pole = await XsLamp.of({}, creation);
	pole.fleet.boot(1, 0, "powerOn");
	pole.post(2000, INPUT.network, 1); // and no time: the plan of a night differs with the season
	pole.run(0);
	const slots = Array.from({ length: hundreds }, () => calmSlots(pole, 100));
	if (pole.deaths.length > 0) throw new Error(pole.deaths.join());
	if (pole.connections < 100 * hundreds) throw new Error(`${pole.connections} connections`);
	return slots;
}

/** The same to the slot, in a machine with room and in a lamp's own memory, and in both the same. */
export async function mustNotGrow(hundreds: number): Promise<void> {
	const slots = [...(await reconnect(hundreds, ROOMY)), ...(await reconnect(hundreds))];
	expect(slots).toEqual(Array(2 * hundreds).fill(slots[0]));
}
