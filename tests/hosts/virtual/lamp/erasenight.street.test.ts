/**
 * Erases of flash against light: a night in which nobody passes, and sector after sector fills. Each
 * erase of the log in a lamp's own XS machine is held against the PWM that shone then.
 *
 * Promise: An erase of flash never holds up the light of somebody who passes.
 */
import { expect, test } from "@jest/globals";
import { MINUTE } from "../../../../lib/spans.js";
import { XsLamp } from "../../../support/xslamp.js";

const FULL = 4095;
/** Of the program's 30 %. */
const LOW = 1229;
/** Sectors of the store, then those of the log (hosts/virtual/machine). */
const STORE_SECTORS = 6;
const LOG_SECTORS = 16;
/** As long as it is dark from 19:00 on in November. */
const NIGHT = 11 * 60 * MINUTE;

const erasesOf = ({ fleet }: XsLamp) => {
	let erases = 0;
	for (let index = 0; index < LOG_SECTORS; index += 1)
		erases += fleet.wear(1, STORE_SECTORS + index);
	return erases;
};
const dutyOf = ({ light }: XsLamp) => Number(light.at(-1)?.split(" ")[1] ?? 0);

test("no sector is erased while the lamp is below its class, and light for it is a matter of seconds", async () => {
	const pole = await XsLamp.of();
	pole.hasPeople = false;
	pole.reach = "unreachable"; // nothing is delivered: what happens is stored
	pole.boot();
	const duties: number[] = [];
	let erases = 0;
	let talk = 5 * MINUTE;
	while (pole.now < NIGHT) {
		if (pole.now >= talk) {
			// what shines anyway, and three events
			pole.type("override 30 1");
			talk += 6 * MINUTE;
		}
		pole.run(Math.min(pole.fleet.nextDue(), talk));
		for (; erases < erasesOf(pole); erases += 1) duties.push(dutyOf(pole));
	}
	expect(pole.deaths).toEqual([]);
	expect(duties.length).toBeGreaterThanOrEqual(4); // the tally's first, and three of the log's
	expect(new Set(duties)).toEqual(new Set([FULL]));
	const settled = pole.light.filter((line) => Number.parseInt(line, 10) > 10 * MINUTE);
	const rises = settled.filter((line) => line.endsWith(` ${FULL}`));
	expect(rises.length).toBeGreaterThanOrEqual(1);
	let lit = 0;
	for (const [i, line] of settled.entries()) {
		const [at, duty] = line.split(" ").map(Number) as [number, number];
		const until = Number.parseInt(settled[i + 1] ?? `${NIGHT}`, 10);
		if (duty > LOW) lit += until - at;
	}
	expect(lit).toBeLessThan(rises.length * 20_000);
	expect(dutyOf(pole)).toBe(LOW);
});
