/**
 * Passing light: light on a sensor that is neither the sky's nor a street lamp's, and comes and goes.
 *
 * Each source has a pace, a level and a length. It falls on one sensor, and comes back by itself
 * while it is there, at instants from the seed.
 */

import { type Random, random } from "../../lib/random.js";
import { MINUTE } from "../../lib/spans.js";
import type { Actor, Agenda } from "../util/agenda.js";

const PASSING_LIGHTS = ["dimmed", "headlights", "billboard", "lightning"] as const;
export type PassingLight = (typeof PASSING_LIGHTS)[number];

/** Light and rest of one appearance, each with its least and greatest length, ms; lux likewise. */
interface Manner {
	readonly lit: readonly [least: number, most: number];
	readonly rest: readonly [least: number, most: number];
	readonly lux: readonly [least: number, most: number];
	/** It rises and falls over so long, ms; absent: at once. */
	readonly ramp?: readonly [least: number, most: number];
}

const MANNERS: Readonly<Record<PassingLight, Manner>> = {
	dimmed: {
		lit: [60 * MINUTE, 240 * MINUTE],
		rest: [10 * MINUTE, 60 * MINUTE],
		lux: [60, 250],
		ramp: [5 * MINUTE, 60 * MINUTE],
	},
	headlights: { lit: [800, 90_000], rest: [20_000, 20 * MINUTE], lux: [40, 2_000] },
	billboard: { lit: [5_000, 15_000], rest: [5_000, 15_000], lux: [5, 90] },
	lightning: { lit: [50, 1_500], rest: [3_000, 4 * MINUTE], lux: [500, 20_000] },
};
const RAMP_STEP = 30_000;

interface Source {
	readonly light: PassingLight;
	readonly lamp: number;
	/** Since when it rises towards `lux`, and when it goes out; NaN: it rests. */
	from: number;
	to: number;
	ramp: number;
	lux: number;
}

export class PassingLights implements Actor {
	readonly #sources: (Source | undefined)[] = [];
	readonly #chance: Random;

	/** `look`: the light on that lamp's sensor has changed. */
	constructor(
		private readonly agenda: Agenda,
		seed: number,
		private readonly look: (at: number, lamp: number) => void,
	) {
		this.#chance = random(seed, "passing light");
	}

	set(at: number, lamp: number, light: PassingLight, on: boolean): void {
		const index = this.#sources.findIndex(
			(source) => source?.lamp === lamp && source.light === light,
		);
		if (!on) {
			if (index >= 0) this.#sources[index] = undefined;
			this.look(at, lamp);
			return;
		}
		if (index >= 0) return;
		this.#sources.push({ light, lamp, from: NaN, to: NaN, ramp: 0, lux: 0 });
		this.due(at, this.#sources.length - 1);
	}

	/** All of it on that lamp's sensor, lux. */
	luxOn(at: number, lamp: number): number {
		let lux = 0;
		for (const source of this.#sources) if (source?.lamp === lamp) lux += luxOf(source, at);
		return lux;
	}

	/** A source lights, goes out, or is a step brighter. */
	due(at: number, index: number): void {
		const source = this.#sources[index];
		if (!source) return;
		const manner = MANNERS[source.light];
		const draw = ([least, most]: readonly [number, number]) =>
			Math.round(this.#chance.between(least, most));
		if (Number.isNaN(source.from)) {
			source.from = at;
			source.to = at + draw(manner.lit);
			source.lux = draw(manner.lux);
			source.ramp = manner.ramp ? draw(manner.ramp) : 0;
		} else if (at >= source.to) source.from = NaN;
		this.look(at, source.lamp);
		const isOut = Number.isNaN(source.from);
		const next = isOut ? at + draw(manner.rest) : source.ramp ? at + RAMP_STEP : source.to;
		this.agenda.add(isOut ? next : Math.min(next, source.to), this, index);
	}
}

function luxOf({ from, to, ramp, lux }: Source, at: number): number {
	if (Number.isNaN(from) || at >= to) return 0;
	if (ramp === 0) return lux;
	return lux * Math.min(1, (at - from) / ramp, (to - at) / ramp);
}
