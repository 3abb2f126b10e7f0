/** Images of the street: what is read, offered, handed over and reported of them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { EFFECT, INPUT } from "../../../hosts/virtual/protocol.js";
import { readShelf } from "../../../sim/files/shelf.js";
import { IMAGE_HOST, type Shelf, SLOT_BYTES, sayImage } from "../../../sim/images/catalogue.js";
import { payloadOf } from "../../../sim/images/offers.js";
import { ImageServer } from "../../../sim/images/server.js";
import { createNoNetwork } from "../../../sim/network/offline.js";
import type { UpdateStep } from "../../../sim/page/messages.js";
import { withStep } from "../../../sim/page/server/steps.js";
import { keysIn } from "../../../src/update/keys.js";
import { decodeOffer } from "../../../src/update/offerpayload.js";
import { slotBytes } from "../../../tools/image/fit.js";
import { signing } from "../../../tools/image/signing.js";

const dir = mkdtempSync(join(tmpdir(), "images-"));
const at = (name: string) => join(dir, name);
const sign = (name: string, args: string, key = "city") => {
	const command = `image ${at(name)} --key ${at(`${key}.key`)} --hardware virtual/1 ${args}`;
	expect(signing(command.split(" "))).toMatchObject({ status: 0 });
};

beforeAll(() => {
	for (const name of ["city", "next"]) signing(["keys", dir, "--name", name]);
	for (const name of ["a.bin", "b.bin"]) writeFileSync(at(name), `the image ${name}`);
	sign("a.bin", "--version 1.2.0 --counter 3");
	sign("b.bin", "--version 1.3.0 --counter 4", "next");
});
afterAll(() => rmSync(dir, { recursive: true }));

const shelf = () => readShelf([dir], [at("city.public")]) as Shelf;

describe("images given to the simulator", () => {
	test("are those of a folder that have their header beside them, with what a lamp would mind", () => {
		const { images } = shelf();
		expect(images.map(({ name, remarks }) => [name, remarks])).toEqual([
			["a.bin", []],
			["b.bin", ["signed by a key that no lamp has"]],
		]);
		expect(sayImage(images[0]!)).toBe(
			"image: https://images.street/a.bin (luminode 1.2.0 for virtual/1, development, counter 3, 15 bytes)",
		);
		writeFileSync(at("a.bin"), "another image");
		expect(shelf().images[0]!.remarks).toEqual(["the image has 13 bytes", "the image is another"]);
		writeFileSync(at("a.bin"), "the image a.bin");
	});
	test("come with the keys as a lamp reads them, in their order", () => {
		const { keys } = readShelf([dir], [at("next.public"), at("city.public")]) as Shelf;
		const hex = (name: string) => readFileSync(at(`${name}.public`), "utf8").trim();
		expect(keysIn(keys).map((key) => Buffer.from(key).toString("hex"))).toEqual([
			hex("next"),
			hex("city"),
		]);
	});
	test("are none where none are asked for", () => expect(readShelf([], [])).toBeUndefined());
	const wrong = (name: string, bytes: string | Buffer, header = "none") => {
		writeFileSync(at(name), bytes);
		writeFileSync(at(`${name}.header`), header);
		return at(name);
	};
	test.each<[why: string, says: RegExp, images: () => string[], keys: string[]]>([
		["no key", /--image-key/, () => [dir], []],
		["a key alone", /without --image/, () => [], ["city.public"]],
		["four keys", /3 at most/, () => [dir], Array.from({ length: 4 }, () => "city.public")],
		["a private key", /no public key/, () => [dir], ["city.key"]],
		["a file that is not there", /is not there/, () => [at("none")], ["city.public"]],
		["a file that is not signed", /npx luminode sign/, () => [at("city.public")], ["city.public"]],
		["a folder without images", /holds no image/, () => [at("empty")], ["city.public"]],
		["the same name twice", /two images/, () => [dir, at("a.bin")], ["city.public"]],
		["a header that is none", /no header/, () => [wrong("w", "x")], ["city.public"]],
		["a name that no URL has", /a name of/, () => [wrong("a b", "x")], ["city.public"]],
		[
			"an image that fits in no slot",
			/a slot takes 1 to 1900544/,
			() => [wrong("w", Buffer.alloc(SLOT_BYTES + 1), readFileSync(at("a.bin.header"), "utf8"))],
			["city.public"],
		],
	])("are refused with %s, in a line", (_why, says, images, keys) => {
		mkdirSync(at("empty"), { recursive: true });
		const answer = readShelf(images(), keys.map(at));
		for (const name of ["w", "a b"])
			for (const end of ["", ".header"]) rmSync(at(name + end), { force: true });
		expect(answer).toMatch(says);
		expect(answer).not.toContain("\n");
	});
	test("fit into a slot of the machine, which is that of every board", () => {
		const read = (path: string) =>
			readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
		const [, bytes] = /#define IMAGE_BYTES (\w+)/.exec(read("hosts/virtual/machine/images.h"))!;
		expect(Number(bytes)).toBe(SLOT_BYTES);
		expect(slotBytes(read("hosts/esp32/sdkconfig/partitions.csv"))).toBe(SLOT_BYTES);
	});
});

describe("an offer of the page", () => {
	const now = Date.UTC(2026, 10, 24, 16);
	test.each([
		["as it stands", {}],
		[
			"with all that can be chosen",
			{
				notBefore: "2026-11-25T09:00:00.000Z",
				spread: 60,
				canary: "quay",
				canaryLead: 600,
				whileOccupied: true,
				again: true,
			},
		],
	])("%s is one to a lamp", (_why, fields) => {
		const { images } = shelf();
		const text = payloadOf("u1", { image: "a.bin", fields }, images, now)!;
		const { notBefore, ...others } = fields as { notBefore?: string };
		expect(decodeOffer(text)).toMatchObject({
			id: "u1",
			header: images[0]!.header,
			source: { host: IMAGE_HOST, port: 443, tls: true, path: "/a.bin" },
			notBefore: notBefore === undefined ? now + 30_000 : Date.parse(notBefore),
			...("spread" in others ? { spread: 60_000, canary: "quay", canaryLead: 600_000 } : {}),
		});
	});
	test("to stop is one, too", () => {
		expect(decodeOffer(payloadOf("u2", { stop: true }, [], now)!)).toEqual({
			id: "u2",
			stop: true,
		});
	});
	test.each([
		["another image", { image: "c.bin", fields: {} }],
		["no fields", { image: "a.bin" }],
		["a field of another kind", { image: "a.bin", fields: { spread: "60" } }],
		["an unknown field", { image: "a.bin", fields: { url: "https://elsewhere/" } }],
		["a stop that is none", { stop: "yes" }],
	])("with %s is none", (_why, asked) => {
		expect(payloadOf("u3", asked, shelf().images, now)).toBeUndefined();
	});
});

describe("the image server", () => {
	/** Asks for `/a.bin` and takes all that comes. */
	function fetched(request: string, size: number) {
		const server = new ImageServer(createNoNetwork(), IMAGE_HOST, () => 100);
		server.files.set("/a.bin", new Uint8Array(size).fill(7));
		const served: [string, number, number][] = [];
		server.onServed((_lamp, path, bytes, of) => void served.push([path, bytes, of]));
		let body = 0;
		const pass = (kind: (typeof EFFECT)["streamOpen"], at: number, value: number, text: string) =>
			server.onEffect(kind, at, 1, value, 0, Buffer.from(text));
		pass(EFFECT.streamOpen, 0, 80, IMAGE_HOST);
		pass(EFFECT.streamWrite as typeof EFFECT.streamOpen, 100, 0, request);
		server.deliver(1e6, (_lamp, _at, kind, _value, _channel, bytes) => {
			if (kind === INPUT.streamReadable) body += bytes!.filter((byte) => byte === 7).length;
		});
		return { served, body };
	}
	test("reports how much of a file it has handed over, as it does so", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 9_000 }), fc.nat(8_999), (size, wanted) => {
				const from = wanted % size;
				const range = from === 0 ? "" : `Range: bytes=${from}-\r\n`;
				const { served, body } = fetched(`GET /a.bin HTTP/1.1\r\n${range}\r\n`, size);
				expect(body).toBe(size - from);
				expect(served.at(-1)).toEqual(["/a.bin", size, size]);
				const counts = [from, ...served.map(([, bytes]) => bytes)];
				for (const [index, bytes] of served.entries())
					expect(bytes[1]).toBeGreaterThan(counts[index]!);
			}),
		);
	});
	test("reports no file that it does not have", () => {
		expect(fetched("GET /b.bin HTTP/1.1\r\n\r\n", 10).served).toEqual([]);
	});
});

describe("the story of an update", () => {
	const time = (second: number) => new Date(second * 1000).toISOString();
	const event = (
		life: number,
		seq: number,
		type: string,
		attributes: object,
		uptime_ms = 1000 * seq,
	) => ["event", { life, seq, type, attributes, uptime_ms, time: time(100 * life + seq) }] as const;
	const birth = (life: number, powerCause: string, more: object = {}) =>
		["birth", { life, powerCause, uptime_ms: 5000, time: time(100 * life + 5), ...more }] as const;
	const stepsOf = (...reports: (readonly [string, object])[]) =>
		reports.reduce<readonly UpdateStep[]>(
			(steps, [suffix, fields]) => withStep(steps, suffix, fields as Record<string, unknown>, 9e5),
			[],
		);
	const OFFERED = event(1, 4, "updateOffered", { version: "2", counter: 3 });
	const ACTIVATED = event(1, 8, "updateActivated", { version: "2" });
	test("is reported in the order in which it happened, whatever waited for the broker", () => {
		const on = birth(2, "update", { imageOnProbation: true });
		const kept = event(2, 9, "updateKept", { version: "2" });
		const steps = stepsOf(birth(1, "powerOn"), OFFERED, on, ACTIVATED, on, OFFERED, kept);
		expect(steps.map(({ type, life, utc }) => [type, life, utc / 1000])).toEqual([
			["updateOffered", 1, 104],
			["updateActivated", 1, 108],
			["booted", 2, 200],
			["updateKept", 2, 209],
		]);
		expect(steps[2]).toMatchObject({ reason: "update", onProbation: true });
		expect(steps[0]).toMatchObject({ version: "2", counter: 3 });
	});
	test("shows why an image was not taken, and that it came back from one", () => {
		const attributes = { reason: "closedByPeer", version: "2", received_bytes: 6000, final: false };
		const back = event(3, 0, "updateReverted", { version: "2", reason: "crashed" }, 0);
		const [failed, booted, reverted] = stepsOf(
			event(1, 5, "updateFailed", attributes),
			back,
			birth(3, "crash"),
		);
		expect(failed).toMatchObject({ reason: "closedByPeer", received: 6000, final: false });
		expect([booted!.type, booted!.reason, reverted!.reason]).toEqual([
			"booted",
			"crash",
			"crashed",
		]);
	});
	test.each<[why: string, report: readonly [string, object]]>([
		["another event", event(1, 5, "started", {})],
		["a birth before there is a story", birth(2, "update")],
		[
			"an event without attributes",
			["event", { life: 1, seq: 5, type: "updateKept", uptime_ms: 1 }],
		],
		["an event without a number", ["event", { life: 1, type: "updateKept", attributes: {} }]],
	])("leaves out %s", (_why, report) => expect(stepsOf(report)).toEqual([]));
	test("has an end: the latest forty steps", () => {
		const failures = Array.from({ length: 60 }, (_, seq) =>
			event(1, seq, "updateFailed", { reason: "unreachable", final: false }),
		);
		const steps = stepsOf(...failures);
		expect([steps.length, steps[0]!.seq, steps.at(-1)!.seq]).toEqual([40, 20, 59]);
	});
});
