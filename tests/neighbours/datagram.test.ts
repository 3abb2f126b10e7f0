/** Datagram: golden bytes, Node's crypto as oracle, and everything that is not one. */
import assert from "node:assert/strict";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Datagram } from "../../src/neighbours/datagram.js";
import { FORGET_AFTER, ReplayGuard } from "../../src/neighbours/replayguard.js";
import { TokenBucket } from "../../src/neighbours/tokenbucket.js";
import { FakeHost } from "../support/fakehost.js";
import { datagramOf, GROUP, KEY, SITE } from "../support/neighbour.js";
import { scaled } from "../support/scale.js";

const SEED = 20261124;
const { crypto } = new FakeHost();
const ours = () => new Datagram(crypto, KEY, SITE, GROUP);
const hexOf = ({ bytes }: Datagram) => Buffer.from(bytes.subarray(0, 36)).toString("hex");

/** Puts bytes into a datagram as the host does, and says what it is. */
function judge(datagram: Datagram, bytes: Uint8Array): "foreign" | "forged" | "genuine" {
	datagram.bytes.set(bytes.subarray(0, 64));
	if (!datagram.isOurs(Math.min(64, bytes.length))) return "foreign";
	return datagram.isGenuine() ? "genuine" : "forged";
}

describe("datagram", () => {
	// made with Python's hmac and struct
	const golden: [what: string, fields: number[], seal: [string, string, number], hex: string][] = [
		[
			"pole 12, life 17, first word, five hops",
			[12, 0, 17, 1, 5, 0],
			[KEY, SITE, 7],
			"0101e7580007000c00000011000000010500000091805e7b1632ee8c7f4b86d9be3c0a33",
		],
		[
			"every field at its end",
			[65_535, 0, 0xffff_ffff, 0xffff_fffe, 0, 65_534],
			[KEY, SITE, 7],
			"0101e7580007fffffffffffffffffffe0000fffe7d8e37b810e9d0806e4f6be2ccb4f20e",
		],
		[
			"still there after more than a minute, no site",
			[0, 0, 1, 2, 15, 65_535],
			["a key of many words, not of one", "", 65_535],
			"0102c985ffff000000000001000000020f0000002c36e93a3fa470f0e6d3c48119ad80c1",
		],
	];
	test.each(golden)("%s is these bytes", (_what, fields, [key, site, group], hex) => {
		const datagram = new Datagram(crypto, key, site, group);
		datagram.write(...(fields as Parameters<Datagram["write"]>));
		expect(hexOf(datagram)).toBe(hex);
		expect(judge(datagram, Buffer.from(hex, "hex"))).toBe("genuine");
	});

	const fields = fc.record({
		pole: fc.nat(65_535),
		side: fc.nat(1),
		life: fc.nat(0xffff_ffff),
		counter: fc.nat(0xffff_ffff),
		hopsLeft: fc.integer({ min: 1, max: 15 }),
		age: fc.nat(65_534),
	});
	test("says the same as Node's crypto, both ways, and passes on with a hop less", () => {
		fc.assert(
			fc.property(fields, (message) => {
				const datagram = ours();
				datagram.write(
					message.pole,
					message.side,
					message.life,
					message.counter,
					message.hopsLeft,
					message.age,
				);
				assert.equal(hexOf(datagram), datagramOf(message).toString("hex"));
				assert.equal(judge(ours(), datagramOf(message)), "genuine");
				const { kind, pole, side, life, counter, hopsLeft, age } = datagram;
				assert.deepEqual(
					{ kind, pole, side, life, counter, hopsLeft, age },
					{ kind: 1, ...message },
				);
				datagram.passOn();
				const next = datagramOf({ ...message, hopsLeft: message.hopsLeft - 1 });
				assert.equal(hexOf(datagram), next.toString("hex"));
			}),
			{ seed: SEED, numRuns: 300 },
		);
	});

	const good = datagramOf({ pole: 3 });
	// security: orders are fresh
	test("one bit turned anywhere is never genuine", () => {
		const datagram = ours();
		for (let bit = 0; bit < good.length * 8; bit += 1) {
			const bytes = Buffer.from(good);
			bytes[bit >> 3]! ^= 1 << (bit & 7);
			expect([bit, judge(datagram, bytes)]).not.toEqual([bit, "genuine"]);
		}
	});
	const strange: [what: string, bytes: Uint8Array, verdict: string][] = [
		["nothing", new Uint8Array(0), "foreign"],
		["one byte less", good.subarray(0, 35), "foreign"],
		["one byte more", Buffer.concat([good, Buffer.of(0)]), "foreign"],
		["more than the buffer", Buffer.concat([good, Buffer.alloc(2000)]), "foreign"],
		["another row", datagramOf({ pole: 3, group: 8 }), "foreign"],
		["another site with the same key", datagramOf({ pole: 3, site: "huy" }), "foreign"],
		["another key", datagramOf({ pole: 3, key: "0123456789abcdeg" }), "foreign"],
		["an unknown kind", datagramOf({ pole: 3, kind: 3 }), "foreign"],
		["a third side of the street", datagramOf({ pole: 3, side: 2 }), "foreign"],
		["an MQTT packet", Buffer.from("300700036162637b7d", "hex"), "foreign"],
	];
	test.each(strange)("%s is not trusted", (_what, bytes, verdict) => {
		expect(judge(ours(), bytes)).toBe(verdict);
	});
	test("random bytes and bytes that begin well are never genuine, and never throw", () => {
		const datagram = ours();
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(20), (bytes, kept) => {
				assert.notEqual(judge(datagram, bytes), "genuine");
				const begun = Buffer.concat([good.subarray(0, kept), bytes]).subarray(0, 36);
				if (!begun.equals(good)) assert.notEqual(judge(datagram, begun), "genuine");
			}),
			{ seed: SEED, numRuns: 2000 },
		);
	});
});

describe("senders", () => {
	// security: orders are fresh
	test("only what is later than all before is new, sender by sender", () => {
		const word = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(4)); // sender, life, counter
		fc.assert(
			fc.property(fc.array(word, { maxLength: 60 }), (messages) => {
				const senders = new ReplayGuard(4);
				const later = new Map<number, number>(); // the oracle: life and counter as one number
				for (const [of, life, counter] of messages) {
					const value = life * 1000 + counter;
					const isNew = value > (later.get(of) ?? -1);
					assert.equal(senders.isNew(of, life, counter, 0), isNew);
					if (!isNew) continue;
					senders.accept(of, life, counter, 0);
					later.set(of, value);
				}
			}),
			{ seed: SEED },
		);
	});
	test("asking changes nothing", () => {
		const senders = new ReplayGuard(1);
		expect(senders.isNew(0, 9, 9, 0)).toBe(true);
		expect(senders.isNew(0, 1, 1, 0)).toBe(true);
	});
	test("a sender unheard for a day may begin with life 1: it was replaced", () => {
		const senders = new ReplayGuard(1);
		senders.accept(0, 900, 5, 0);
		expect(senders.isNew(0, 1, 1, FORGET_AFTER - 1)).toBe(false);
		expect(senders.isNew(0, 1, 1, FORGET_AFTER)).toBe(true);
	});
});

describe("budget", () => {
	// security: bounded load
	test("never lets more pass than burst and rate allow, in any span", () => {
		const allowance = { burst: 5, perSecond: 10 };
		fc.assert(
			fc.property(fc.array(fc.nat(60), { maxLength: 200 }), (waits) => {
				const budget = new TokenBucket(allowance, 0);
				const taken: number[] = [];
				let now = 0;
				for (const wait of waits) {
					now += wait;
					if (budget.take(now)) taken.push(now);
				}
				for (let from = 0; from < taken.length; from += 1)
					for (let to = from; to < taken.length; to += 1) {
						const most = 5 + ((taken[to]! - taken[from]!) * 10) / 1000;
						assert.ok(to - from + 1 <= most + 1e-6);
					}
			}),
			{ seed: SEED, numRuns: scaled(30, 100) },
		);
	});
	test("keeps what is reserved", () => {
		const budget = new TokenBucket({ burst: 3, perSecond: 1 }, 0);
		expect([budget.take(0, 2), budget.take(0, 2), budget.take(0)]).toEqual([true, false, true]);
	});
});
