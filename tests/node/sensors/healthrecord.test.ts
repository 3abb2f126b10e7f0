/** Trust store: what is kept comes back; what is not ours is a sound sensor. */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readHealth, textOfHealth } from "../../../src/node/sensors/healthrecord.js";

const NOTHING = { silence: 0, missed: 0, learnt: 0, pir: undefined, light: undefined };

test("what is written is read again (property)", () => {
	const kept = fc.record({
		silence: fc.integer({ min: 0, max: 720 }).map((hours) => hours * 3_600_000),
		missed: fc.integer({ min: 0, max: 5 }),
		learnt: fc.integer({ min: 0, max: 168 }),
		pir: fc.constantFrom(undefined, "stuckOn", "silent", "radio", "tooBusy"),
		light: fc.constantFrom(undefined, "silent", "stuck", "contradicted"),
		peaks: fc.array(fc.integer({ min: 0, max: 254 }), { minLength: 24, maxLength: 24 }),
	});
	fc.assert(
		fc.property(kept, (health) => {
			expect(readHealth(textOfHealth(health))).toEqual(health);
			expect(textOfHealth(health).length).toBeLessThan(140);
		}),
		{ seed: 7, numRuns: 200 },
	);
});

const zeros = new Array(24).fill("0").join(" ");
test.each([
	["nothing", undefined],
	["empty", ""],
	["too short", "6 0 0 1 0"],
	["too long", `6 0 0 1 0 ${zeros} 0`],
	["a doubt of the PIR that there is not", `6 0 0 7 0 ${zeros}`],
	["a doubt of the light sensor that there is not", `6 0 0 1 5 ${zeros}`],
	["negative", `-6 0 0 1 0 ${zeros}`],
	["no number", `6 0 0 1 x ${zeros}`],
	["beyond any silence", `99999 0 0 1 0 ${zeros}`],
])("%s: sound", (_what, text) => {
	expect(readHealth(text)).toMatchObject(NOTHING);
});
