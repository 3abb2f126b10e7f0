/** Console: the shell under anything, at length; the seed is printed. */
import { expect, test } from "@jest/globals";
import { INPUT } from "../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../sim/util/spans.js";
import { anythingGoes, everyLineIsAnswered } from "../../console/shellfuzz.js";
import { keysFor } from "../../support/technician.js";
import { XsLamp } from "../../support/xslamp.js";

const SEED = Number(process.env.SEED ?? 20_261_125);

test(`whatever is typed, it goes on and lets its owner in (seed ${SEED})`, () => {
	anythingGoes(10_000, SEED);
}, 1_200_000);
test(`every line of a script gets one last line (seed ${SEED})`, () => {
	everyLineIsAnswered(1_000, SEED);
}, 1_200_000);

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
}, 600_000);
