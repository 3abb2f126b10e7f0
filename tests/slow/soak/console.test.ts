/** Console: the shell under anything, at length; the seed is printed. */
import { expect, test } from "@jest/globals";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { random } from "../../../lib/random.js";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { anythingGoes, everyLineIsAnswered } from "../../console/shellfuzz.js";
import { seed } from "../../support/seed.js";
import { keysFor } from "../../support/technician.js";
import { XsLamp } from "../../support/xslamp.js";

const SEED = seed(20_261_125);

test(`whatever is typed, it goes on and lets its owner in (seed ${SEED})`, () => {
	anythingGoes(10_000, SEED);
});
test(`every line of a script gets one last line (seed ${SEED})`, () => {
	everyLineIsAnswered(1_000, SEED);
});

test("10 MB without a line's end at the speed of the line: the same PWM to the byte, no growth", async () => {
	const calm = (await XsLamp.of()).boot();
	const pole = (await XsLamp.of()).boot();
	pole.run(5 * MINUTE);
	const take = Buffer.alloc(128, "x");
	const send = () => {
		pole.post(pole.now + 11, INPUT.serialReadable, take.length, take);
		pole.run(pole.now + 11);
	};
	for (let sent = 0; sent < 100_000; sent += take.length) send();
	const before = pole.statistics;
	for (let sent = 0; sent < 10_000_000; sent += take.length) send();
	const after = pole.statistics;
	expect(after.slotsLive - before.slotsLive).toBeLessThanOrEqual(16);
	expect(after.chunksLive_bytes - before.chunksLive_bytes).toBeLessThan(1024);
	calm.run(pole.now);
	expect([pole.deaths, pole.light]).toEqual([[], calm.light]);
	pole.serial = "";
	pole.type(`\u0003\r${keysFor("status")}`);
	pole.run(pole.now + 5000);
	expect(pole.serial).toMatch(/light +actual \d+ %/);
});

/** The FIFO of the UART, and about the time that it takes to fill, ms. */
const FIFO = 128;
const FIFO_TIME = 12;

test(`a night of bad manners at the port: the same PWM to the byte (seed ${SEED})`, async () => {
	const calm = (await XsLamp.of()).boot();
	const pole = (await XsLamp.of()).boot();
	const chance = random(SEED, "manners");
	const below = (count: number) => Math.floor(chance.next() * count);
	const noise = () => Buffer.from(Array.from({ length: 2_000 }, () => below(256)));
	const manners: readonly (() => string | Buffer)[] = [
		noise,
		() => Buffer.alloc(2_000), // breaks
		() => "\u001b[1;".repeat(400),
		() => "x".repeat(3_000),
		() => "\r".repeat(500),
		() => "login ANOTHERLAMPSSECRET\r".repeat(40),
		() => `import\r{"floorLevel":`,
		() => "certificate key\r-----BEGIN PRIVATE KEY-----\rQUJD",
		() => "set floorLevel 9\roverride 100 60\rapply\rfactoryReset\rrestart\r", // without a login
		() => keysFor("status\rshow\rwhy\rtonight\rnetwork\rbroker\rcertificate\rlogout"),
		() => keysFor("set fallTime 33\rset floorLevel 130\rrevert\rlogout"),
		() => `\u0003plain\r${"status\r".repeat(20)}\u0003interactive\r`,
		() => keysFor("plain\rexport\rwatch"), // and the plug comes out
	];
	const kinds = new Set<number>();
	for (let minute = 5; minute < 15 * 60; minute += 1) {
		pole.run(minute * MINUTE);
		const kind = below(manners.length);
		kinds.add(kind);
		pole.isPlugged = below(4) > 0;
		const bytes = Buffer.from(manners[kind]!() as string);
		for (let at = 0; at < bytes.length; at += FIFO) {
			const take = bytes.subarray(at, at + FIFO);
			pole.post(pole.now + FIFO_TIME, INPUT.serialReadable, take.length, take);
			pole.run(pole.now + FIFO_TIME);
		}
	}
	pole.isPlugged = true;
	pole.run(15 * HOUR + MINUTE);
	calm.run(pole.now);
	expect(kinds.size).toBe(manners.length);
	expect(calm.light.length).toBeGreaterThan(1_000);
	expect([pole.deaths, pole.light]).toEqual([[], calm.light]);
	pole.serial = "";
	pole.post(pole.now + 1, INPUT.serialWritable, FIFO);
	pole.run(pole.now + 60_000);
	pole.type(`\u0003\r${keysFor("status")}`);
	pole.run(pole.now + 5000);
	expect(pole.serial).toMatch(/light +actual \d+ %/);
});
