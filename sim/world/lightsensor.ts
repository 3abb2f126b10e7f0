/**
 * Light sensor: illuminance at each lamp's own sensor, from the sky and from lamps.
 *
 * It samples every 30 s while the sky can have changed, and 1 s after its own lamp changed, in a
 * fade after the begin and the end of each piece. The lamp receives an input when the illuminance
 * leaves a dead band: half a lux in twilight, where the photocell decides, a tenth above it. A deep
 * night costs nothing.
 */
import { INPUT, LIGHT_SENSOR_RANGE } from "../../hosts/virtual/protocol.js";
import { random } from "../../lib/random.js";
import type { Post } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import type { Actor, Agenda } from "../util/agenda.js";
import { Courses } from "../util/courses.js";
import { type PassingLight, PassingLights } from "./passinglight.js";
import type { Daylight } from "./sky.js";

/** Lamplight of a lamp at full on its own sensor, lux. */
export const OWN_LIGHT = 2;
/** Likewise if commissioning found that the sensor can monitor the lamp (sim/faults). */
export const SEEN_LIGHT = 10;
/** A lamp at full that faces others (sim/faults): its own light, lux. */
const OWN_FACING = 30;
/** Lamplight that a lamp may subtract from its sensor's value, lux. */
export const GLARE = 200;
/** Share of the light that reaches a covered sensor. */
const COVERED = 0.001;
/** Snow throws so many times as much of the lamp's own light on its sensor. */
const SNOW = 4;
/** Integration time of the sensor, ms. */
const OWN_DELAY = 1_000;
/** Dead bands: 0.5 lx up to this illuminance, a tenth above it. */
const TWILIGHT = 100;
const DEAD_BAND = 0.5;
export const DEAD_BAND_SHARE = 0.1;
/** Trees and tolerances: sensors differ by this share either way. */
export const GAIN_SPREAD = 0.05;

/** Sound, or the kind of defect (sim/faults). */
type LightSensorMode = "sound" | "dead" | "stuck" | "dark";
/** Whether the lamp follows its driver: never lit, stuck at its level, or always at full. */
type LampMode = "sound" | "dead" | "stuck" | "burning";

/** Whether an illuminance is far enough from the last one reported. */
export function leavesDeadBand(lux: number, reported: number): boolean {
	return !(
		Math.abs(lux - reported) <= (reported > TWILIGHT ? reported * DEAD_BAND_SHARE : DEAD_BAND)
	);
}

export class LightSensors implements Actor {
	readonly #gain: Float64Array;
	readonly #reported: Float64Array; // NaN: nothing since boot
	readonly #share: Courses; // light of the lamp, 0 to 1 of full
	readonly #foreign: Float64Array; // light of others than lamps, lux
	readonly #facing: Float64Array; // light of each neighbour at full, lux; 0: they do not face it
	readonly #mode: LightSensorMode[];
	readonly #lampMode: LampMode[];
	readonly #stuckAt: Float64Array; // light of a lamp that no longer follows, 0 to 1
	readonly #awaits: Uint8Array; // a sample for the own lamp is planned
	readonly #lit: Uint8Array; // the machine runs
	readonly #passing: PassingLights;
	readonly #snow: Uint8Array; // the ground throws the lamp's own light back
	#daylight = 0;
	readonly #look: Actor = {
		due: (at, lamp) => {
			this.#awaits[lamp] = 0;
			this.#report(at, lamp);
		},
	};

	/** `equal`: all sensors measure the same, as with recorded light. */
	constructor(
		private readonly agenda: Agenda,
		private readonly source: Daylight,
		private readonly epochUtc: number,
		private readonly lamps: number,
		seed: number,
		equal: boolean,
		private readonly post: Post,
		private readonly witness: Witness,
		private readonly ownLight: number = OWN_LIGHT,
	) {
		const stream = random(seed, "light sensors");
		const spread = equal ? 0 : GAIN_SPREAD;
		this.#gain = new Float64Array(lamps).map(() => stream.between(1 - spread, 1 + spread));
		this.#reported = new Float64Array(lamps).fill(NaN);
		this.#share = new Courses(lamps);
		this.#facing = new Float64Array(lamps);
		this.#foreign = new Float64Array(lamps);
		this.#mode = new Array<LightSensorMode>(lamps).fill("sound");
		this.#lampMode = new Array<LampMode>(lamps).fill("sound");
		this.#stuckAt = new Float64Array(lamps);
		this.#awaits = new Uint8Array(lamps);
		this.#lit = new Uint8Array(lamps);
		this.#snow = new Uint8Array(lamps);
		this.#passing = new PassingLights(agenda, seed, (at, lamp) => this.#plan(at, lamp));
		agenda.add(0, this);
	}

	/** Daylight on the poles now, lux. */
	get daylight(): number {
		return this.#daylight;
	}

	/** The sky may have changed. */
	due(at: number): void {
		const utc = this.epochUtc + at;
		const lux = this.source.luxAt(utc);
		if (lux !== this.#daylight || at === 0) {
			this.#daylight = lux;
			this.witness.onDaylight?.(at, lux);
			for (let lamp = 0; lamp < this.lamps; lamp++)
				if (!Number.isNaN(this.#reported[lamp]!)) this.#report(at, lamp);
		}
		this.agenda.add(this.source.nextAfter(utc) - this.epochUtc, this);
	}

	onBoot(at: number, lamp: number): void {
		this.#lit[lamp] = 1;
		this.#plan(at, lamp);
	}

	onEnd(at: number, lamp: number): void {
		this.#lit[lamp] = 0;
		this.#reported[lamp] = NaN;
		this.#share.hold(at, lamp, 0);
	}

	/** A defect begins or ends. */
	setMode(at: number, lamp: number, mode: LightSensorMode): void {
		this.#mode[lamp] = mode;
		this.#plan(at, lamp);
	}

	/** A defect of the lamp or its driver begins or ends. */
	setLampMode(at: number, lamp: number, mode: LampMode): void {
		this.#stuckAt[lamp] = this.shine(at, lamp);
		this.#lampMode[lamp] = mode;
		this.#planAround(at, lamp);
	}

	/** From now on its own light falls on it and `lux` of each neighbour at full; 0: no longer. */
	setFacing(at: number, lamp: number, lux: number): void {
		this.#facing[lamp] = lux;
		this.#plan(at, lamp);
	}

	/** From now on a light that is no lamp shines on it, `lux`; 0: no longer. */
	setForeign(at: number, lamp: number, lux: number): void {
		this.#foreign[lamp] = lux;
		this.#plan(at, lamp);
	}

	/** A light that comes and goes begins or ends to fall on it. */
	setPassing(at: number, lamp: number, light: PassingLight, on: boolean): void {
		this.#passing.set(at, lamp, light, on);
	}

	/** From now on snow lies under it, or no longer. */
	setSnow(at: number, lamp: number, on: boolean): void {
		this.#snow[lamp] = on ? 1 : 0;
		this.#plan(at, lamp);
	}

	/** Light of the own lamp, 0 to 1 of full: from `share` to another, reached at `until`. */
	onLight(at: number, lamp: number, share: number, to: number, until: number): void {
		this.#share.set(at, lamp, share, to, until);
		this.#planAround(at, lamp);
	}

	/** Its true light, 0 to 1 of full; 0 without power. */
	shine(at: number, lamp: number): number {
		const mode = this.#lampMode[lamp];
		if (mode === undefined || mode === "dead" || !this.#lit[lamp]) return 0;
		if (mode === "stuck") return this.#stuckAt[lamp]!;
		return mode === "burning" ? 1 : this.#share.valueAt(at, lamp);
	}

	/** All artificial light on it, lux. */
	#lamplight(at: number, lamp: number): number {
		const ownLux = this.shine(at, lamp) * (this.#snow[lamp] ? SNOW : 1);
		const foreign = this.#foreign[lamp]!;
		if (!this.#facing[lamp]) return ownLux * this.ownLight + foreign;
		const neighbours = this.shine(at, lamp - 1) + this.shine(at, lamp + 1);
		return ownLux * OWN_FACING + neighbours * this.#facing[lamp]! + foreign;
	}

	#reading(at: number, lamp: number): number {
		const sky = this.#daylight * this.#gain[lamp]!;
		const lux = sky + this.#lamplight(at, lamp) + this.#passing.luxOn(at, lamp);
		if (this.#mode[lamp] === "stuck") return LIGHT_SENSOR_RANGE;
		return Math.min(LIGHT_SENSOR_RANGE, this.#mode[lamp] === "dark" ? lux * COVERED : lux);
	}

	#planAround(at: number, lamp: number): void {
		this.#plan(at, lamp);
		if (this.#facing[lamp - 1]) this.#plan(at, lamp - 1);
		if (this.#facing[lamp + 1]) this.#plan(at, lamp + 1);
	}

	#plan(at: number, lamp: number): void {
		if (this.#awaits[lamp]) return;
		this.#awaits[lamp] = 1;
		this.agenda.add(at + OWN_DELAY, this.#look, lamp);
	}

	#report(at: number, lamp: number): void {
		const lux = this.#reading(at, lamp);
		if (this.#mode[lamp] === "dead") return;
		if (!this.#lit[lamp] || !leavesDeadBand(lux, this.#reported[lamp]!)) return;
		this.#reported[lamp] = lux;
		this.post(lamp, at, INPUT.illuminance, lux);
		this.witness.onIlluminance?.(at, lamp, lux);
	}
}
