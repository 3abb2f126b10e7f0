/**
 * Ideal: the level of a lamp in good order that is given its road users, moment by moment.
 *
 * An oracle for the other side of the promise: no light on nobody. It has the plan, the sky and
 * who stands there, and nothing of the firmware.
 */

import { HOUR } from "../../lib/spans.js";
import { staysOf } from "./course.js";
import { OFF_DELAY } from "./darkness.js";
import type { Night } from "./night.js";
import { elevation, skyLux, sunsetAfter } from "./sky.js";
import { instantOf } from "./wall.js";

/** The settings' defaults: lux of the photocell. */
const NIGHT_LUX = 35;
const DAY_LUX = 70;

/** A PIR that sees movement for so long without a pause is stuck, and its lamp at full level. */
const STUCK_AFTER = HOUR;

/** The setting darkElevation's default, degrees: by a clock that shows a higher sun a lamp asks for nothing. */
const DARK_SUN = -2;

export interface Ideal {
	readonly level: number;
	/** Nobody is there, nor has been lately: only program or floor may shine. */
	readonly vacant: boolean;
}

/**
 * The level owed at each instant of a calm night, percent, asked in the order of time. `settle`:
 * fades and delays that may pass.
 */
export function idealOf(night: Night, settle: number): (at: number) => Ideal {
	const light = night.light as Record<string, number>;
	const stays = staysOf(night);
	const boot = 1000 * light.settleTime!;
	const hold = 1000 * light.hold!;
	const linger = 1000 * light.linger!;
	const sunset = sunsetAfter(night.start - 3 * HOUR);
	const points = night.points.map(
		([minutes, level]) => [instantOf(night, minutes), level] as const,
	);
	let dark = true; // until the sensor has been sure of the day
	let brightSince = 0;
	let next = 0; // the first stay that is not over, with its after-run
	return (at) => {
		while (next < stays.length && at > stays[next]!.to + hold + linger + settle) next += 1;
		let asked = night.start + at >= sunset ? night.firstLevel : 0;
		for (const [from, level] of points) if (at >= from) asked = level;
		const degrees = elevation(night.start + at);
		const lux = night.sky * skyLux(degrees);
		if (lux < DAY_LUX) brightSince = at;
		if (!night.photocell) {
			dark = true; // no witness vouches for its clock
			if (degrees > DARK_SUN) asked = 0;
		} else if (lux < NIGHT_LUX) dark = true;
		else if (at - brightSince >= OFF_DELAY) dark = false; // who stands in the dawn keeps his light
		if (!dark) return { level: 0, vacant: true };
		let level = Math.max(asked, light.floorLevel!);
		if (light.lightProtected) level = Math.max(level, light.fullLevel!);
		let vacant = at > boot + settle;
		if (at < boot) level = Math.max(level, light.presenceLevel!);
		for (let i = next; i < stays.length && stays[i]!.from <= at; i += 1) {
			vacant = false;
			const since = at - stays[i]!.to;
			if (since < hold) level = Math.max(level, light.presenceLevel!);
			if (since < 0 && at - stays[i]!.from >= STUCK_AFTER)
				level = Math.max(level, light.fullLevel!);
			else if (since < hold + linger) level = Math.max(level, light.lingerLevel!);
		}
		return { level, vacant };
	};
}
