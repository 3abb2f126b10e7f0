/**
 * Promise: What an XS machine computes outside of its program, digests, signatures, text and the
 * bus, is what Node computes, and no argument breaks it.
 */
import { createHash, createHmac, createSign, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { verify } from "../../../../hosts/virtual/fleet/p256.js";
import {
	DATAGRAM_BYTES,
	DEATH,
	EFFECT,
	HANDSHAKE,
	INPUT,
	type InputKind,
	SEND_WINDOW_BYTES,
	SERIAL_FIFO_BYTES,
	STREAMS,
} from "../../../../hosts/virtual/protocol.js";
import { projectRoot } from "../../../../lib/root.mjs";
import { CREATION, imageOf, logs, type Seen, Street } from "../../../support/xsstreet.js";

/** Runs what comes over the serial line: a door's name and arguments; bytes are hex strings "0x..". */
const CALLER = `
	const bytesOf = (hex) => Uint8Array.from(hex.match(/../g)?.slice(1) ?? [], (b) => parseInt(b, 16));
	const show = (v) => v instanceof Uint8Array ? "0x" + Array.from(v, (b) => b.toString(16).padStart(2, "0")).join("") : v;
	export default function () {
		const line = new Uint8Array(1024);
		const buffer = new Uint8Array(32);
		return (kind, now, value, channel) => {
			if (kind !== ${INPUT.serialReadable}) {
				native.log([kind, value, channel].join(" "));
				return;
			}
			const [door, ...rest] = JSON.parse(native.utf8Decode(line, 0, native.serialRead(line)));
			const args = rest.map((a) => typeof a !== "string" ? a : a === "buffer" ? buffer : a.startsWith("0x") ? bytesOf(a) : a);
			let result;
			try { result = native[door](...args); } catch (e) { result = e.constructor.name; }
			native.log(JSON.stringify([show(result), door.endsWith("Read") || door === "utf8Encode" || door === "random" ? show(buffer) : undefined]));
		};
	}`;

class DoorRig {
	at = 0;
	private constructor(readonly street: Street) {}
	static async of(lamps = 1): Promise<DoorRig> {
		const creation = { ...CREATION, chunkBytes: 65536, slots: 4096 };
		const street = await Street.of(imageOf(CALLER, { creation }), { lamps });
		street.bootAll();
		street.run(0);
		return new DoorRig(street);
	}
	/** The result, then the buffer where the door fills it. */
	call(...call: unknown[]): unknown[] {
		this.street.post(0, ++this.at, INPUT.serialReadable, 0, JSON.stringify(call));
		return JSON.parse(logs(this.street.run(this.at)).at(-1)!) as unknown[];
	}
}
const hex = (bytes: Uint8Array | string) => `0x${Buffer.from(bytes).toString("hex")}`;

describe("digests", () => {
	const lengths = [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 128, 200];
	test.each(lengths)("SHA-256 and HMAC of %d bytes are Node's", async (length) => {
		const pole = await DoorRig.of();
		const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 7) & 255));
		expect(pole.call("sha256", hex(bytes))[0]).toBe(
			hex(createHash("sha256").update(bytes).digest()),
		);
		for (const key of [Buffer.alloc(0), Buffer.from("key"), bytes, Buffer.alloc(100, 7)])
			expect(pole.call("hmacSha256", hex(key), hex(bytes))[0]).toBe(
				hex(createHmac("sha256", key).update(bytes).digest()),
			);
	});
});

describe("P-256", () => {
	const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
	const jwk = publicKey.export({ format: "jwk" });
	const key = Buffer.concat([jwk.x!, jwk.y!].map((part) => Buffer.from(part, "base64url")));
	const message = Buffer.from("image 7");
	const digest = createHash("sha256").update(message).digest();
	const signature = createSign("sha256").update(message).sign(privateKey);

	test("a signature of Node's is good; with one bit changed anywhere it is not", async () => {
		const pole = await DoorRig.of();
		expect(pole.call("ecdsaVerify", hex(key), hex(digest), hex(signature))[0]).toBe(true);
		const flips = fc.tuple(
			fc.constantFrom(key, digest, signature),
			fc.nat(),
			fc.integer({ min: 0, max: 7 }),
		);
		fc.assert(
			fc.property(flips, ([part, at, bit]) => {
				const flipped = (bytes: Buffer): Buffer => {
					const copy = Buffer.from(bytes);
					if (bytes === part) copy[at % copy.length]! ^= 1 << bit;
					return copy;
				};
				expect(verify(flipped(key), flipped(digest), flipped(signature))).toBe(false);
			}),
			{ seed: 7, numRuns: 40 },
		);
	});

	test("many keys and messages agree with Node", () => {
		for (let i = 0; i < 20; i++) {
			const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
			const { x, y } = pair.publicKey.export({ format: "jwk" });
			const rawKey = Buffer.concat([x!, y!].map((part) => Buffer.from(part, "base64url")));
			const text = Buffer.from(`message ${i}`);
			const made = sign("sha256", text, pair.privateKey);
			expect(verify(rawKey, createHash("sha256").update(text).digest(), made)).toBe(true);
			expect(verify(key, createHash("sha256").update(text).digest(), made)).toBe(false);
		}
	});

	test("garbage is refused and never thrown", () => {
		fc.assert(
			fc.property(
				fc.uint8Array({ maxLength: 80 }),
				fc.uint8Array({ minLength: 64, maxLength: 64 }),
				(s, k) => {
					expect(verify(k, digest, s)).toBe(false);
				},
			),
			{ seed: 7, numRuns: 200 },
		);
	});
});

describe("text", () => {
	const texts = [
		"",
		"plain",
		"é€😀",
		"a\0b",
		"\ud800",
		"\udc00x",
		"x\ud83d\ude00y",
		"\uffff\u{10ffff}",
	];
	test.each(texts)("%j is encoded as the Encoding standard does", async (text) => {
		const pole = await DoorRig.of();
		const bytes = Buffer.from(new TextEncoder().encode(text));
		const [used, buffer] = pole.call("utf8Encode", text, "buffer", 3);
		expect(used).toBe(bytes.length);
		expect((buffer as string).slice(8, 8 + bytes.length * 2)).toBe(bytes.toString("hex"));
	});

	test("what does not fit whole is not written", async () => {
		const pole = await DoorRig.of();
		expect(pole.call("utf8Encode", "12345", "buffer", 28)).toEqual([-1, hex(Buffer.alloc(32))]);
		expect(pole.call("utf8Encode", "1234", "buffer", 28)[0]).toBe(4);
		expect(pole.call("utf8Encode", "x", "buffer", -1)[0]).toBe(-1);
	});

	test("bytes are decoded exactly when the strict decoder takes them and none is zero", async () => {
		const pole = await DoorRig.of();
		const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
		const nasty = fc.constantFrom(
			0x00,
			0x7f,
			0x80,
			0xbf,
			0xc0,
			0xc2,
			0xe0,
			0xa0,
			0x9f,
			0xed,
			0xef,
			0xf0,
			0x90,
			0xf4,
			0x8f,
			0xf5,
			0xff,
			0x41,
		);
		const bytes = fc.oneof(
			fc.array(nasty, { maxLength: 8 }),
			fc.string({ unit: "grapheme" }).map((s) => [...Buffer.from(s)]),
		);
		fc.assert(
			fc.property(bytes, (list) => {
				let expected: string | null = null;
				try {
					if (!list.includes(0)) expected = strict.decode(Uint8Array.from(list));
				} catch {}
				const [text] = pole.call("utf8Decode", hex(Uint8Array.from(list)), 0, list.length);
				expect(text).toBe(expected);
			}),
			{ seed: 20261124, numRuns: 400 },
		);
	});

	test("a span outside the bytes is no text", async () => {
		const pole = await DoorRig.of();
		expect(pole.call("utf8Decode", "0x414243", 1, 2)[0]).toBe("BC");
		for (const [start, count] of [
			[1, 3],
			[4, 0],
			[-1, 1],
			[0, -1],
		])
			expect(pole.call("utf8Decode", "0x414243", start, count)[0]).toBeNull();
	});
});

describe("the bus", () => {
	const frames = (seen: readonly Seen[]) =>
		seen
			.filter(({ kind }) => kind === EFFECT.busSend)
			.map(({ value, channel }) => [value, channel]);

	test("one frame at a time, each with one answer: the one with its number", async () => {
		const pole = await DoorRig.of();
		const { street } = pole;
		const send = (frame: number, twice: boolean): [unknown, unknown] => {
			const call = JSON.stringify(["busSend", frame, twice]);
			street.post(0, ++pole.at, INPUT.serialReadable, 0, call);
			const seen = street.run(pole.at);
			return [JSON.parse(logs(seen)[0]!)[0], frames(seen)[0]];
		};
		const answer = (value: number, number: number): string[] => {
			street.fleet.post(0, ++pole.at, INPUT.busAnswered, value, number);
			return logs(street.run(pole.at));
		};
		expect(answer(5, 0)).toEqual([]);
		expect(send(0xff90, false)).toEqual([true, [0xff90, 1]]);
		expect(send(0xff91, false)).toEqual([false, undefined]);
		expect([answer(5, 0), answer(5, 1), answer(5, 1)]).toEqual([
			[],
			[`${INPUT.busAnswered} 5 1`],
			[],
		]);
		expect(send(0xff2d, true)).toEqual([true, [0x100ff2d, 2]]);
		street.fleet.boot(0, ++pole.at, "crash"); // the frame under way belongs to no life
		street.run(pole.at);
		expect(send(0xfe80, false)).toEqual([true, [0xfe80, 3]]);
		expect([answer(-1, 2), answer(-1, 3)]).toEqual([[], [`${INPUT.busAnswered} -1 3`]]);
	});

	test("the frame for a hanging machine leaves it at once", async () => {
		const pole = await DoorRig.of();
		pole.street.post(0, ++pole.at, INPUT.serialReadable, 0, '["busArm",-1]');
		const [seen] = pole.street.run(pole.at);
		expect([seen?.kind, seen?.value]).toEqual([EFFECT.busArm, -1]);
	});
});

describe("streams", () => {
	const open = async (): Promise<DoorRig> => {
		const pole = await DoorRig.of();
		expect(pole.call("streamOpen", "city.example", 1883, false)[0]).toBe(0);
		pole.street.fleet.post(0, ++pole.at, INPUT.streamOpen, 0, 0);
		expect(logs(pole.street.run(pole.at))).toEqual(["7 0 0"]);
		return pole;
	};

	test("the world sees where it leads, and there are two", async () => {
		const pole = await DoorRig.of();
		pole.street.post(
			0,
			++pole.at,
			INPUT.serialReadable,
			0,
			'["streamOpen","a.example",1883,false]',
		);
		const [seen] = pole.street.run(pole.at);
		expect(seen).toMatchObject({ kind: EFFECT.streamOpen, value: 1883, channel: 0 });
		expect(seen!.bytes.toString()).toBe("a.example");
		expect(pole.call("streamOpen", "b.example", 8883, true)[0]).toBe(1);
		expect(pole.call("streamOpen", "c.example", 8883, true)[0]).toBe(-1);
		pole.call("streamClose", 0);
		expect(pole.call("streamOpen", "c.example", 8883, true)[0]).toBe(0);
	});

	test("nothing is taken before it is open, then a window, all or nothing", async () => {
		const pole = await DoorRig.of();
		pole.call("streamOpen", "a", 1, false);
		expect(pole.call("streamWritable", 0)[0]).toBe(0);
		expect(pole.call("streamWrite", 0, "0x00", 0, 1)[0]).toBe(false);
		pole.street.fleet.post(0, ++pole.at, INPUT.streamOpen, 0, 0);
		const block = hex(Buffer.alloc(400, 1));
		for (let i = 0; i < 20; i++) expect(pole.call("streamWrite", 0, block, 0, 400)[0]).toBe(true);
		expect(pole.call("streamWritable", 0)[0]).toBe(SEND_WINDOW_BYTES - 8000);
		expect(pole.call("streamWrite", 0, block, 0, 193)[0]).toBe(false);
		expect(pole.call("streamWrite", 0, block, 208, 192)[0]).toBe(true);
		expect(pole.call("streamWritable", 0)[0]).toBe(0);
		pole.street.fleet.post(0, ++pole.at, INPUT.streamWritable, 5000, 0);
		expect(logs(pole.street.run(pole.at))).toEqual(["9 5000 0"]);
		expect(pole.call("streamWritable", 0)[0]).toBe(5000);
	});

	test("what comes is read in pieces; after the end what is left can still be read", async () => {
		const pole = await open();
		const data = Buffer.from(Array.from({ length: 50 }, (_, i) => i));
		pole.street.fleet.post(0, ++pole.at, INPUT.streamReadable, 0, 0, data);
		expect(logs(pole.street.run(pole.at))).toEqual(["8 50 0"]);
		expect(pole.call("streamRead", 0, "buffer")).toEqual([32, hex(data.subarray(0, 32))]);
		pole.street.fleet.post(0, ++pole.at, INPUT.streamClosed, 3, 0);
		expect(logs(pole.street.run(pole.at))).toEqual(["10 3 0"]);
		expect(pole.call("streamRead", 0, "buffer")[0]).toBe(18);
		expect(pole.call("streamRead", 0, "buffer")[0]).toBe(0);
	});

	test("a stream that is closed receives nothing more", async () => {
		const pole = await open();
		pole.call("streamClose", 0);
		for (const kind of [
			INPUT.streamReadable,
			INPUT.streamWritable,
			INPUT.streamClosed,
			INPUT.streamOpen,
		])
			pole.street.fleet.post(0, pole.at + 1, kind, 1, 0, new Uint8Array(3));
		pole.at++;
		expect(pole.street.run(pole.at)).toEqual([]);
	});

	/** A handshake whose flight comes at the instant that is returned; the lamp logs each input, and when. */
	const flight = async (kind: InputKind = INPUT.streamOpen): Promise<[DoorRig, number]> => {
		const pole = await DoorRig.of();
		const { fleet } = pole.street;
		pole.call("streamOpen", "city.example", 8883, true);
		const nothing = (input: InputKind): void => {
			fleet.post(0, ++pole.at, input, 0, 0);
			expect(pole.street.run(pole.at)).toEqual([]);
		};
		nothing(INPUT.streamOpen); // not over TLS before it is reached
		pole.call("streamSecure", 0);
		fleet.post(0, ++pole.at, INPUT.streamReached, 0, 0);
		expect(logs(pole.street.run(pole.at))).toEqual(["14 0 0"]);
		nothing(INPUT.streamOpen); // nor before the handshake
		expect(pole.call("streamWritable", 0)[0]).toBe(0);
		pole.street.post(0, ++pole.at, INPUT.serialReadable, 0, '["streamSecure",0]');
		const kinds = pole.street.run(pole.at).map((seen) => seen.kind);
		expect(kinds).toEqual([EFFECT.streamSecure, EFFECT.log]);
		const at = pole.at + 100;
		fleet.post(0, at, kind, 4, 0);
		return [pole, at];
	};

	test.each([
		[INPUT.streamOpen, "7 4 0"],
		[INPUT.streamClosed, "10 4 0"],
	])("a handshake has the machine to itself, whatever comes of it (%d)", async (kind, line) => {
		const [pole, at] = await flight(kind);
		const { street } = pole;
		street.post(0, at - 1, INPUT.stillness);
		street.post(0, at + 1, INPUT.movement);
		street.post(0, at + HANDSHAKE - 1, INPUT.stillness);
		street.post(0, at + HANDSHAKE + 1, INPUT.movement);
		const seen = street.run(at + 2 * HANDSHAKE);
		const ended = at + HANDSHAKE;
		expect(seen.map((effect) => [effect.at, effect.bytes.toString()])).toEqual([
			[at - 1, "2 0 0"],
			...[line, "1 0 0", "2 0 0"].map((text) => [ended, text]),
			[ended + 1, "1 0 0"],
		]);
	});

	test("power that fails in a handshake ends it, and what waited for it", async () => {
		const [pole, at] = await flight();
		const { street } = pole;
		street.post(0, at + 1, INPUT.movement);
		street.fleet.cut(0, at + 500);
		street.fleet.boot(0, at + 600, "powerOn");
		street.post(0, at + 700, INPUT.movement);
		street.post(0, at + 800, INPUT.streamOpen); // nobody's any more
		const seen = street.run(at + 2 * HANDSHAKE);
		expect(seen.map((effect) => [effect.at, effect.bytes.toString()])).toEqual([
			[at + 700, "1 0 0"],
		]);
	});

	test.each([[2], [-1], [1e9], ["x"], [null]])(
		"stream %j answers like one that is not there",
		async (id) => {
			const pole = await DoorRig.of();
			if (id !== null) expect(pole.call("streamWritable", id)[0]).toBe(0);
			expect(pole.call("streamWrite", id, "0x00", 0, 1)[0]).toBe(false);
			expect(pole.call("streamRead", id, "buffer")[0]).toBe(0);
		},
	);
});

describe("serial line and datagrams", () => {
	test("the FIFO takes 128 bytes until some have left", async () => {
		const pole = await DoorRig.of();
		const bytes = hex(Buffer.alloc(100, 0x41));
		expect(pole.call("serialWrite", bytes, 0, 100)[0]).toBe(100);
		expect(pole.call("serialWrite", bytes, 0, 100)[0]).toBe(SERIAL_FIFO_BYTES - 100);
		expect(pole.call("serialWrite", bytes, 0, 100)[0]).toBe(0);
		pole.street.post(0, ++pole.at, INPUT.serialWritable, 60);
		expect(pole.call("serialWrite", bytes, 0, 100)[0]).toBe(60);
	});

	test("datagrams stay whole; what does not fit the reader is lost", async () => {
		const pole = await DoorRig.of();
		const PORT = 5000;
		expect(pole.call("datagramBind", PORT)[0]).toBe(true);
		pole.street.post(0, ++pole.at, INPUT.datagram, PORT, "first");
		pole.street.post(0, pole.at, INPUT.datagram, PORT, "x".repeat(40));
		pole.street.post(0, pole.at, INPUT.datagram, PORT + 1, "for another port");
		pole.street.post(0, pole.at, INPUT.datagram, PORT, "third");
		pole.street.run(pole.at);
		const reads = Array.from({ length: 4 }, () => pole.call("datagramRead", "buffer")[0]);
		expect(reads).toEqual([5, 32, 5, 0]);
	});

	test("a datagram leaves only from a bound port, with a network", async () => {
		const pole = await DoorRig.of();
		const send = (bytes: number) =>
			pole.call("datagramSend", hex(Buffer.alloc(bytes, 0x41)), bytes)[0];
		expect(send(36)).toBe(false);
		expect([0, 65_536, 5000, 5001].map((port) => pole.call("datagramBind", port)[0])).toEqual([
			false,
			false,
			true,
			false,
		]);
		expect(send(36)).toBe(false); // no network yet
		pole.street.post(0, ++pole.at, INPUT.network, 1);
		pole.street.run(pole.at);
		expect(send(36)).toBe(true);
		expect(pole.call("datagramSend", "0x41", 2)[0]).toBe(false);
		pole.call("datagramClose");
		expect(send(36)).toBe(false);
	});
});

describe("chance", () => {
	test("every lamp has its own, and bits fall evenly", async () => {
		const pole = await DoorRig.of(2);
		const draws = new Set<string>();
		let ones = 0;
		for (let i = 0; i < 100; i++) {
			const [, buffer] = pole.call("random", "buffer") as [unknown, string];
			draws.add(buffer);
			for (const byte of Buffer.from(buffer.slice(2), "hex"))
				for (let b = byte; b; b >>= 1) ones += b & 1;
		}
		expect(draws.size).toBe(100);
		expect(ones / (100 * 32 * 8)).toBeCloseTo(0.5, 1);
		pole.street.post(1, ++pole.at, INPUT.serialReadable, 0, '["random","buffer"]');
		const other = logs(pole.street.run(pole.at), 1)[0]!;
		expect([...draws].some((draw) => other.includes(draw))).toBe(false);
	});
});

test("what is no bytes is a TypeError of the caller, nothing worse", async () => {
	const pole = await DoorRig.of();
	for (const call of [
		["sha256", 5],
		["sha256"],
		["streamRead", 0, {}],
		["random", [1]],
		["utf8Encode"],
	])
		expect(pole.call(...call)[0]).toBe("TypeError");
});

test("protocol.ts and machine/protocol.h say the same numbers", () => {
	const header = readFileSync(join(projectRoot(), "hosts/virtual/machine/protocol.h"), "utf8");
	const listed = (prefix: string): Record<string, number> => {
		let next = 0;
		const found: Record<string, number> = {};
		for (const [, name, value] of header.matchAll(
			new RegExp(`\\b${prefix}_(\\w+)(?: = (\\d+))?,`, "g"),
		)) {
			next = value === undefined ? next : Number(value);
			found[name!] = next++;
		}
		return found;
	};
	const { boot, cut, ...inputs } = listed("INPUT");
	expect([boot, cut]).toEqual([100, 101]);
	expect(inputs).toEqual(INPUT);
	expect(listed("EFFECT")).toEqual(EFFECT);
	expect(Object.keys(listed("DEATH"))).toEqual([...DEATH]);
	for (const [name, value] of Object.entries({
		SEND_WINDOW_BYTES,
		SERIAL_FIFO_BYTES,
		STREAMS,
		DATAGRAM_BYTES,
		HANDSHAKE,
	}))
		expect(header).toContain(`#define ${name} ${value}\n`);
});
