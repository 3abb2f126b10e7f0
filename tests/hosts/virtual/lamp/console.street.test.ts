/**
 * The console in an XS machine: everything it can do, and everything that can be done to it; the
 * same light.
 *
 * Promise: Nothing that is typed at the console ends the lamp or changes its light.
 */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { readImage } from "../../../../hosts/virtual/engine/image.js";
import { INPUT } from "../../../../hosts/virtual/protocol.js";
import { random } from "../../../../lib/random.js";
import { projectRoot } from "../../../../lib/root.mjs";
import { MINUTE } from "../../../../lib/spans.js";
import { scaled } from "../../../support/scale.js";
import { keysFor, SECRET } from "../../../support/technician.js";
import { XsLamp } from "../../../support/xslamp.js";

const SEED = 20_261_124;
const LONGEST = 120 * MINUTE;
/** The FIFO of the UART, and about the time it takes to fill. */
const FIFO = 128;
const FIFO_TIME = 12;

/** The PWM of a run in which nothing but people happens. */
let undisturbed: string[];
beforeAll(async () => {
	const pole = (await XsLamp.of()).boot();
	pole.run(LONGEST);
	undisturbed = pole.light;
});

const sameLight = (pole: XsLamp) => {
	expect(pole.deaths).toEqual([]);
	expect(pole.now).toBeLessThanOrEqual(LONGEST);
	const until = undisturbed.filter((line) => Number.parseInt(line, 10) <= pole.now);
	expect(until.length).toBeGreaterThan(50);
	expect(pole.light).toEqual(until);
};

/** Share of a lamp's memory that must be enough for all of it: firmware grows, and no lamp may die of that. */
const ENOUGH = 7 / 8;

/** Bytes at the speed of the line; what is answered. */
function send(pole: XsLamp, text: string | Uint8Array): string {
	pole.serial = "";
	const bytes = Buffer.from(text as string);
	for (let at = 0; at < bytes.length; at += FIFO) {
		const take = bytes.subarray(at, at + FIFO);
		pole.post(pole.now + FIFO_TIME, INPUT.serialReadable, take.length, take);
		pole.run(pole.now + FIFO_TIME);
	}
	return pole.serial;
}

/** Waits until nothing more comes. */
function ask(pole: XsLamp, line: string): string[] {
	send(pole, `${line}\r`);
	let last: string;
	do {
		last = pole.serial;
		pole.run(pole.now + 300);
	} while (last !== pole.serial);
	return pole.serial.split("\r\n").slice(0, -1);
}

async function script(share = 1): Promise<XsLamp> {
	const { chunkBytes, slots } = readImage(projectRoot()).creation;
	const memory = { chunkBytes: Math.floor(share * chunkBytes), slots: Math.floor(share * slots) };
	const pole = (await XsLamp.of({}, memory)).boot();
	pole.run(30 * MINUTE);
	send(pole, "\u0003plain\r");
	pole.run(pole.now + 100);
	expect(ask(pole, `login ${SECRET}`).at(-1)).toMatch(/^ok/);
	return pole;
}

describe("a technician who only looks", () => {
	test("sees everything there is, beside a session with the broker, in the lamp's own memory", async () => {
		const pole = await script();
		const lines = [
			"status",
			"show",
			"events 99",
			"energy",
			"record",
			"export",
			"tonight",
			"network",
		];
		for (const line of [
			...lines,
			"broker",
			"certificate",
			"help",
			"why",
			"changes",
			"interactive",
		]) {
			const answer = ask(pole, line);
			if (line !== "interactive")
				expect([line, answer.at(-1)]).toEqual([line, expect.stringMatching(/^ok\b/)]);
		}
		expect(pole.online).toBe(true);
		expect(ask(pole, "show").length).toBeGreaterThan(23); // the first page
		sameLight(pole);
	});
	test("imports what was exported, pastes a certificate and a key, and leaves no memory taken", async () => {
		const pole = await script();
		const before = pole.statistics;
		const lines = ask(pole, "export").slice(0, -1);
		ask(pole, "import");
		for (const line of lines.slice(0, -1)) send(pole, `${line}\r`);
		expect(ask(pole, lines.at(-1)!).at(-1)).toMatch(/^ok \d+ settings edited/);
		ask(pole, "revert");
		for (const [name, label] of [
			["ca", "CERTIFICATE"],
			["key", "PRIVATE KEY"],
		] as const) {
			ask(pole, `certificate ${name}`);
			send(pole, `-----BEGIN ${label}-----\r`);
			for (let index = 0; index < 38; index += 1) send(pole, `${"QUJD".repeat(16)}\r`); // the longest
			expect(ask(pole, `-----END ${label}-----`).at(-1)).toMatch(
				/^error notDone not done: \w+ malformed/,
			);
		}
		pole.run(pole.now + 11 * MINUTE); // nobody there any more
		const after = pole.statistics;
		expect(after.slotsLive - before.slotsLive).toBeLessThanOrEqual(8);
		expect(after.chunksLive_bytes).toBeLessThanOrEqual(before.chunksLive_bytes);
		sameLight(pole);
	});
	test("commissions it, every test and the longest certificate in it, with memory to spare", async () => {
		const pole = await script(ENOUGH);
		for (const edit of ["fullClass P4", "floorClass P6", "installedMean 6.2", "group quay"])
			expect(ask(pole, `set ${edit}`).at(-1)).toMatch(/^ok/);
		for (const line of ["apply", "confirm", "show"]) expect(ask(pole, line).at(-1)).toMatch(/^ok/);
		ask(pole, "certificate ca");
		send(pole, "-----BEGIN CERTIFICATE-----\r");
		for (let index = 0; index < 38; index += 1) send(pole, `${"QUJD".repeat(16)}\r`);
		ask(pole, "-----END CERTIFICATE-----");
		send(pole, "test all\r");
		pole.run(pole.now + 2 * MINUTE);
		expect(pole.serial.trimEnd()).toMatch(/\nok \w+$/);
		for (const line of ["record", "export", "status"]) expect(ask(pole, line).at(-1)).toBe("ok");
		expect(pole.deaths).toEqual([]);
	});
	test("a login occupies the processor for 300,000 computrons at most", async () => {
		const pole = await script();
		ask(pole, "logout");
		ask(pole, "plain");
		const before = pole.statistics.computrons;
		expect(ask(pole, `login ${SECRET}`).at(-1)).toMatch(/^ok/);
		expect(pole.statistics.computrons - before).toBeLessThan(300_000); // 256 rounds, the typing, and two seconds of the lamp
	});
});

describe("bad input", () => {
	const chance = random(SEED, "console");
	const byte = () => Math.floor(chance.next() * 256);
	const noise = (count: number) => Uint8Array.from({ length: count }, byte);
	const half = () => [
		"set floorLevel 9",
		"override 5 6",
		"factoryRes",
		'import\r{"flo',
		"certificate key\r-----BEG",
	];

	/** Bytes or lines of a flood. */
	const many = (soakCount: number) => soakCount * scaled(0.4, 1);
	const floods: [what: string, bytes: () => string | Uint8Array][] = [
		["binary noise", () => noise(many(40_000))],
		["breaks: zeros", () => new Uint8Array(many(40_000))],
		["a line without an end", () => "x".repeat(many(60_000))],
		["escapes that never end", () => "\u001b[1;".repeat(many(8000))],
		["nothing but returns", () => "\r".repeat(many(4000))],
		["guesses", () => `login ANOTHERLAMPSSECRET\r`.repeat(many(800))],
	];
	test.each(floods)("%s: the same light, no growth, and it answers after", async (_what, bytes) => {
		const pole = (await XsLamp.of()).boot();
		pole.run(30 * MINUTE);
		send(pole, "\r");
		pole.run(pole.now + 1000);
		const before = pole.statistics;
		send(pole, bytes());
		pole.run(pole.now + 2000);
		send(pole, "\r\u0003\u0003plain\r");
		const after = pole.statistics;
		expect(after.slotsLive - before.slotsLive).toBeLessThanOrEqual(24); // however long the flood is
		expect(after.chunksLive_bytes - before.chunksLive_bytes).toBeLessThan(1024); // the journal's texts
		pole.run(pole.now + 61_000);
		expect(ask(pole, "plain").at(-1)).toMatch(/^ok plain 1 closed/);
		expect(ask(pole, `login ${SECRET}`).at(-1)).toMatch(/^ok/);
		pole.run(100 * MINUTE);
		sameLight(pole);
	});
	test("half commands, cut by the cable: nothing is done", async () => {
		const pole = await script();
		for (const line of half()) {
			send(pole, line);
			pole.run(pole.now + 10.5 * MINUTE); // unplugged
			send(pole, `\r${keysFor("plain")}`);
			pole.run(pole.now + 1000);
			expect(ask(pole, "show floorLevel")).toEqual(['{"name":"floorLevel","value":20}', "ok"]);
		}
		sameLight(pole);
	});
	test("a port that takes nothing for an hour loses what is said, and no light", async () => {
		const pole = await script();
		pole.isPlugged = false;
		for (let index = 0; index < 200; index += 1) send(pole, "show\r");
		pole.run(pole.now + 30 * MINUTE);
		sameLight(pole);
		pole.isPlugged = true;
		pole.post(pole.now + 1, INPUT.serialWritable, FIFO);
		pole.run(pole.now + 20_000); // what waited in the line is read now, and is no guess
		expect(ask(pole, "\u0003plain").at(-1)).toMatch(/^ok plain 1 closed/);
		expect(ask(pole, `login ${SECRET}`).at(-1)).toMatch(/^ok/);
	});
	test("pasted settings with one bad line: all or nothing", async () => {
		const pole = await script();
		const lines = ask(pole, "export").slice(0, -1);
		const before = ask(pole, "show");
		ask(pole, "import");
		for (const line of lines.slice(0, -1))
			send(pole, `${line === '{"hold":30}' ? '{"hold":3000}' : line}\r`);
		expect(ask(pole, lines.at(-1)!).at(-1)).toMatch(
			new RegExp(`^error notDone not done: line ${lines.indexOf('{"hold":30}') + 1}: hold must be`),
		);
		expect(ask(pole, "show")).toEqual(before);
		sameLight(pole);
	});
});
