/** Dusk: a lamp lights in time whatever its neighbours throw on its sensor, without a clock. */

import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MINUTE } from "../../lib/spans.js";
import { Lamplight } from "../../src/sensing/lamplight.js";
import { LAMPLIGHT_MOST } from "../../src/sensing/nightlamps.js";
import {
	DULL_FOR,
	outputOf,
	type Photocell,
	reduce,
	UNKNOWN,
} from "../../src/sensing/photocell.js";
import { DEFAULTS } from "../../src/settings/table.js";
import type { Lux } from "../../src/units.js";
import { evenly } from "../support/evenly.js";

const SECOND = 1000;
const { onLevel, offLevel, onDelay, offDelay } = DEFAULTS;
const OPTIONS = { onLevel, offLevel, onDelay, offDelay, latitude: 50.6 };
const NO_CLOCK = { nightFor: 0, elevationAt: () => Number.NaN };

/** How a host samples the light and what it reports; the street's looks a second after a lamp, too. */
interface Eye {
	readonly every: number;
	readonly isNews: (lux: number, reported: number) => boolean;
}
const CONTROLLER: Eye = {
	every: 5 * SECOND,
	isNews: (lux, reported) => Math.abs(lux - reported) > Math.max(0.5, reported / 10),
};
const STREET: Eye = {
	every: 30 * SECOND,
	isNews: (lux, reported) => Math.abs(lux - reported) > (reported > 100 ? reported / 10 : 0.5),
};

/** A lamp that lights when the sky has sunk to `at`, and takes `warming` ms to its `lux` on our sensor. */
interface Neighbour {
	readonly lux: number;
	readonly at: number;
	readonly warming: number;
}

/** Sky of a dusk that halves each `halving` ms, lux. */
const skyAt = (ms: number, halving: number) => 400 * 2 ** (-ms / halving);
const reachedAt = (lux: number, halving: number) => halving * Math.log2(400 / lux);

/** When the photocell says night, ms; Infinity: not until the sky is black. */
function nightAt(eye: Eye, halving: number, neighbours: readonly Neighbour[]): number {
	const lamplight = new Lamplight();
	let state: Photocell = UNKNOWN;
	let reported = Number.NaN;
	for (let now = 0; now < 20 * halving; now += SECOND) {
		state = reduce(state, undefined, now, DEFAULTS);
		if (outputOf(state) === "night") return now;
		let lux = skyAt(now, halving);
		let changes = false;
		for (const { lux: full, at, warming } of neighbours) {
			const age = now - reachedAt(at, halving);
			changes ||= age > 0 && age < warming + 2 * SECOND;
			lux += full * Math.min(1, Math.max(0, age / warming));
		}
		if (now % eye.every !== 0 && !(eye === STREET && changes)) continue;
		if (reported >= 0 && !eye.isNews(lux, reported)) continue;
		reported = lux;
		const sky = lamplight.skyOf(lux as Lux, now, outputOf(state), OPTIONS, NO_CLOCK);
		state = reduce(state, sky, now, DEFAULTS);
	}
	return Number.POSITIVE_INFINITY;
}

const eye = fc.constantFrom(CONTROLLER, STREET);
/** A dusk from the equator's to midsummer's at 60 degrees. */
const halving = fc.integer({ min: 3 * MINUTE, max: 10 * MINUTE });
/** `least`: lux at least, and the share of the sky's light when they light. */
const neighbours = (least: number, share: number, most: number, warming: number) => {
	const at = evenly(1, 60);
	const neighbour = fc.record({
		at,
		warming: fc.integer({ min: 1, max: warming }),
		part: evenly(0, 1),
	});
	const bright = neighbour.map(({ at, warming, part }) => {
		const dimmest = Math.max(least, share * at);
		return { at, warming, lux: dimmest + part * (most - dimmest) };
	});
	return fc.array(bright, { minLength: 1, maxLength: 2 });
};

describe("a dusk among neighbours", () => {
	test("LEDs that add 15 lx and half of the sky's: night when the sky says so (property)", () => {
		fc.assert(
			fc.property(
				eye,
				halving,
				neighbours(15, 0.5, LAMPLIGHT_MOST / 2, 4 * SECOND),
				(look, half, lamps) => {
					const due = reachedAt(onLevel * 0.9, half) + 2 * look.every + onDelay;
					expect(nightAt(look, half, lamps)).toBeLessThanOrEqual(due);
				},
			),
			{ seed: 7, numRuns: 300 },
		);
	});
	test("lamps that warm up for minutes: a dull day is over in any case (property)", () => {
		fc.assert(
			fc.property(eye, halving, neighbours(1, 0, 30, 6 * MINUTE), (look, half, lamps) => {
				const brightest = lamps.reduce((sum, { lux }) => sum + lux, 0);
				const below = reachedAt((offLevel - brightest) * 0.9, half) + 2 * look.every;
				const due = below + (DULL_FOR * offLevel) / onLevel + onDelay;
				expect(nightAt(look, half, lamps)).toBeLessThanOrEqual(due);
			}),
			{ seed: 7, numRuns: 300 },
		);
	});
});
