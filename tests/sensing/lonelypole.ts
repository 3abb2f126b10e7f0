/**
 * Lonely pole: a lamp without a clock under the simulator's sky, with other light on its sensor.
 *
 * It is the whole firmware on a host in plain memory. The truth is the world's: the daylight as the sky
 * makes it, and the duty that was written to the dimmer. The street's sensor looks each 30 s.
 */

import { LIGHT_SENSOR_RANGE } from "../../hosts/virtual/protocol.js";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { leavesDeadBand } from "../../sim/world/lightsensor.js";
import { createSky, SAMPLE_INTERVAL } from "../../sim/world/sky.js";
import type { Lux } from "../../src/units.js";
import { bootLamp, vouch } from "../support/lamp.js";

export { DAY, HOUR, MINUTE };

const FULL = 4095;
/** Settings' defaults, lux. */
const ON_LEVEL = 35;
const OFF_LEVEL = 70;
/** Until a dusk must have been seen: onDelay, two looks of the sensor. */
const DUSK_DELAY = 30_000 + 2 * SAMPLE_INTERVAL;
/** A lamp that boots at noon has read its sensor and a time server within this. */
const BOOTED = HOUR;
/** A sky that no lamp takes for another lamp, however it reads: 1,070 lx, the dead band and a low reading. */
const PLAIN_DAY = 1_300;
/** Time for which it must be that bright, and two looks of the sensor. */
const PLAIN_FOR = 10 * MINUTE + 2 * SAMPLE_INTERVAL;
/** What the sky may be brighter than `onLevel` to a sensor that reads low by this much. */
const MARGIN = 0.1;

export interface Sky {
	readonly seed: number;
	readonly latitude: number;
	/** UTC ms of the boot. */
	readonly start: number;
	readonly days: number;
	/** What the sensor reads of 1 lx. */
	readonly gain: number;
	/** What the lamp at full, and others like it, throw on the sensor, lux. */
	readonly glow: number;
	/** A time server answers each hour in the first so many days. */
	readonly clockDays?: number;
}

export interface Course {
	/** Lit while the sky alone was bright for long, ms in each day from the boot. */
	readonly falselyLit: readonly number[];
	/** Of it, the time between noon and midnight: spans as below. */
	readonly early: readonly (readonly [at: number, span: number])[];
	/** Lit although the sky had been brighter than any lamp for long, ms. */
	readonly litByPlainDay: number;
	/** Dark while the sky alone was dark for long: [instant, for how long], ms from the boot. */
	readonly dark: readonly (readonly [at: number, span: number])[];
}

/** `other`: more light on the sensor, lux, at an instant with the sky's light then. */
export function liveThrough(
	sky: Sky,
	other: (at: number, daylight: number) => number = () => 0,
): Course {
	const { latitude, start, days, gain, glow } = sky;
	const daylight = daylightOf(sky);
	const calendar = { latitude, longitude: LONGITUDE };
	const { host, node } = bootLamp({ settings: { sensing: { pirFitted: false }, calendar } });
	const falselyLit: number[] = new Array(days).fill(0);
	const early: [number, number][] = [];
	const dark: [number, number][] = [];
	let reported = Number.NaN;
	let brightSince = Infinity;
	let plainSince = Infinity;
	let litByPlainDay = 0;
	let darkSince = Infinity;
	for (let at = SAMPLE_INTERVAL; at < days * DAY; at += SAMPLE_INTERVAL) {
		host.run(at);
		const duty = host.duties.at(-1)?.[1] ?? 0;
		const lux = daylight(at);
		const seen = Math.min(LIGHT_SENSOR_RANGE, gain * lux + (glow * duty) / FULL + other(at, lux));
		if (leavesDeadBand(seen, reported)) {
			reported = seen;
			host.deliver((inputs, now) => inputs.onIlluminance(now, seen as Lux));
		}
		if (sky.clockDays !== undefined && at % HOUR === 0 && at < sky.clockDays * DAY) {
			host.deliver((inputs, now) => inputs.onTime(now, (start + at) as never));
			vouch({ host, node }, start + at);
		}
		brightSince = lux >= OFF_LEVEL ? Math.min(brightSince, at) : Infinity;
		plainSince = lux >= PLAIN_DAY ? Math.min(plainSince, at) : Infinity;
		if (duty > 0 && at > plainSince + PLAIN_FOR) litByPlainDay += SAMPLE_INTERVAL;
		darkSince = lux < ON_LEVEL * (1 - MARGIN) ? Math.min(darkSince, at) : Infinity;
		if (duty > 0 && at > brightSince) {
			falselyLit[Math.floor(at / DAY)]! += SAMPLE_INTERVAL;
			if (at % DAY > BOOTED && at % DAY < DAY / 2) lengthen(early, at);
		}
		if (duty === 0 && at >= darkSince + DUSK_DELAY) lengthen(dark, at);
	}
	return { falselyLit, litByPlainDay, early, dark };
}

let kept: { readonly name: string; readonly luxes: number[] } | undefined;

/** Lux of a sky at a sample, ms from the boot; kept until another sky is lived through. */
function daylightOf({ seed, latitude, start }: Sky): (at: number) => number {
	const sky = createSky(seed, latitude, LONGITUDE);
	const name = [seed, latitude, start].join(" ");
	if (kept?.name !== name) kept = { name, luxes: [] };
	const { luxes } = kept;
	return (at) => (luxes[at / SAMPLE_INTERVAL] ??= sky.luxAt(start + at));
}

/** Adds a sample to the spans: to the last one, if it ends here. */
function lengthen(spans: [at: number, span: number][], at: number): void {
	const last = spans.at(-1);
	if (last && last[0] + last[1] === at) last[1] += SAMPLE_INTERVAL;
	else spans.push([at, SAMPLE_INTERVAL]);
}

const LONGITUDE = 5.57;
