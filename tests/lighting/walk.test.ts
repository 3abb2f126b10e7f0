/**
 * Walk: presence, arbiter, limits and fade together, as the light path strings them.
 *
 * Random evenings of edges, dusks, dawns and orders, woken only when something is due. What must
 * hold is read from the level that shines, never from what a room thinks of itself.
 */
import assert from "node:assert/strict";
import { test } from "@jest/globals";
import fc from "fast-check";
import { arbitrate, type LightCommand, type Override } from "../../src/lighting/arbiter.js";
import { Fade } from "../../src/lighting/fade.js";
import { limit } from "../../src/lighting/limits.js";
import * as presence from "../../src/sensing/presence.js";
import { percent } from "../support/percent.js";

const SEED = 20261124;
const FLOOR = 20;
const BOUNDS = {
	floorLevel: percent(FLOOR),
	fullLevel: percent(100),
	maxLevel: percent(100),
	protected: false,
};
const RAMPS = { riseTime: 800, fallTime: 10_000 };
const OPTIONS = { hold: 30_000, linger: 30_000 };
const LEVELS = { presenceLevel: percent(100), lingerLevel: percent(60) };
const PROGRAM: LightCommand = { reason: "program", level: percent(10) };

type Happening = "movement" | "stillness" | "dusk" | "dawn" | "order" | "orderEnds";

class Street {
	readonly fade = new Fade(percent(100));
	state: presence.Presence = presence.settling(0, 30_000);
	dark = true;
	order: Override | undefined;

	note(what: Happening, now: number): void {
		if (what === "movement" || what === "stillness")
			this.state = presence.reduce(this.state, what, now, OPTIONS);
		else if (what === "dusk" || what === "dawn") this.dark = what === "dusk";
		else if (what === "orderEnds") this.order = undefined;
		else this.order = { reason: "override", level: percent(40), inhibitSensors: false };
	}
	private fadeEnd = Infinity;
	tick(now: number): void {
		this.state = presence.reduce(this.state, "time", now, OPTIONS);
		const asked = presence.sensorAsks(this.state, LEVELS.presenceLevel, LEVELS.lingerLevel);
		const sensor: LightCommand | undefined =
			asked === undefined ? undefined : { reason: "sensor", level: asked };
		const requests = { program: PROGRAM, sensor, override: this.order };
		const level = limit(arbitrate(requests, this.dark).level, false, this.dark, BOUNDS);
		this.fade.retarget(
			level,
			level > this.fade.levelAt(now) ? RAMPS.riseTime : RAMPS.fallTime,
			now,
		);
		this.fadeEnd = now < this.fade.endsAt ? this.fade.endsAt : Infinity;
	}
	get dueAt(): number {
		return Math.min(this.fadeEnd, this.state.until);
	}
}

test(`whoever walks in the dark has light, and nobody's light goes back (seed ${SEED})`, () => {
	const what = fc.constantFrom<Happening>(
		"movement",
		"stillness",
		"movement",
		"stillness",
		"dusk",
		"dawn",
		"order",
		"orderEnds",
	);
	const pause = fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 200_000 }));
	const evening = fc.array(fc.tuple(pause, what), { maxLength: 30 });
	const property = (happenings: [number, Happening][]) => {
		const street = new Street();
		let moving = false;
		let now = 0;
		let [darkSince, movingSince, quietSince] = [0, Infinity, 0]; // quiet: nothing has happened
		const look = (at: number) => {
			const level = street.fade.levelAt(at);
			const darkFor = street.dark ? at - darkSince : -1;
			if (darkFor >= 1000) assert.deepEqual([at, level >= FLOOR], [at, true]);
			if (moving && Math.min(darkFor, at - movingSince) >= 1000)
				assert.deepEqual([at, level], [at, 100]);
			const quiet = at - Math.max(quietSince, 30_000); // after settling, hold, linger and fall
			const rest = street.dark
				? Math.max(FLOOR, street.order?.level ?? 0)
				: (street.order?.level ?? 10);
			if (!moving && quiet > 71_000) assert.deepEqual([at, level], [at, rest]);
		};
		const run = (until: number) => {
			while (street.dueAt <= until) {
				const at = street.dueAt;
				street.tick(at);
				assert.ok(street.dueAt > at);
				look(at);
			}
			look(until);
		};
		street.tick(0);
		for (const [wait, happening] of happenings) {
			run(now + wait);
			now += wait;
			if (happening === "movement" && !moving) [moving, movingSince] = [true, now];
			if (happening === "stillness") [moving, movingSince] = [false, Infinity];
			if (happening === "dusk" && !street.dark) darkSince = now;
			quietSince = now;
			street.note(happening, now);
			street.tick(now);
		}
		run(now + 300_000);
	};
	fc.assert(fc.property(evening, property), { seed: SEED, numRuns: 300 });
});
