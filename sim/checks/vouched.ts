/**
 * Vouched: the lamps for whose date a witness vouches, from the sky, the city and the lamps' settings
 * alone (docs/time.md).
 *
 * The photocell of a lamp that is always fed vouches at a dusk or dawn in which the sun by the lamp's
 * clock passes, and only a dusk and a dawn together bound its error; the city vouches in the life that
 * has asked it. No report of the lamp about its own clock is read. Where an edge may have been early, late or by another light, both are possible.
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { elevationAt } from "../world/sun.js";
import type { Configured } from "./configured.js";
import type { Dates } from "./dates.js";

/** The sun of an edge, degrees; one that is no further off certainly counts, ms with its delay. */
const EDGE_SUN = -2.7;
const TIMELY = 15 * MINUTE;
/** How wrong a date may be that the photocell vouches for by a dusk and a dawn, ms (docs/time.md). */
export const VOUCHED_ERROR = 92 * MINUTE;
/** After other light on the sensor, and after a boot, its edges are its own for so long. */
const UNSURE_FOR = 2 * HOUR;
/** The sensor has read the sky, and its photocell has turned, so long after a boot ... */
const SEEN_AFTER = 15 * MINUTE;
/** ... by day under a sky that no sound lamp doubts, beyond `offLevel`, lux (skylight.ts). */
const BROAD_DAY = 2000;
/** The city's answer has come, or its question was lost. */
const ANSWERED = 30_000;

const DUSK = 1;
const DAWN = 2;

/** Whether its photocell vouches for the date: not for certain, certainly, or for one that may be off. */
type State = "no" | "yes" | "off";

export class Vouched {
	readonly #state: State[];
	/** DUSK and DAWN that vouched certainly in this life. */
	readonly #edges: Uint8Array;
	readonly #bootAt: Float64Array;
	readonly #unsureUntil: Float64Array;
	readonly #lights: Int32Array; // troubles of the light sensor that stand
	/** The city's answer is certain from then on; Infinity: it is not. */
	readonly #cityFrom: Float64Array;
	/** Questions for the time, of all lamps: one behind each TLS handshake, and one a day. */
	questions = 0;
	/** It has measured a day in this life, so the next dusk is an edge to it. */
	readonly #hasDay: Uint8Array;
	#lux = Number.NaN;
	#broadSince = Infinity;

	constructor(
		count: number,
		private readonly configured: Configured,
		private readonly epochUtc: number,
		private readonly dates: Dates,
	) {
		this.#state = new Array(count).fill("no");
		this.#edges = new Uint8Array(count);
		this.#hasDay = new Uint8Array(count);
		this.#bootAt = new Float64Array(count);
		this.#unsureUntil = new Float64Array(count).fill(-Infinity);
		this.#lights = new Int32Array(count);
		this.#cityFrom = new Float64Array(count).fill(Infinity);
	}

	/** Its photocell may vouch, or the city: its date may put lights out, and make a day. */
	isPossible(lamp: number): boolean {
		return this.#hasEdges || this.#cityFrom[lamp]! < Infinity;
	}

	/** A witness vouches for the right date, under any answer of a time server. */
	isCertain(at: number, lamp: number): boolean {
		return this.#state[lamp] === "yes" || at >= this.#cityFrom[lamp]!;
	}

	/** How wrong a date may be that a witness vouches for, ms; Infinity: it is not bounded. */
	errorOf(at: number, lamp: number): number {
		if (at >= this.#cityFrom[lamp]!) return 0;
		return this.#edges[lamp] === DUSK + DAWN ? VOUCHED_ERROR : Infinity;
	}

	/** The photocell may vouch for a date that is wrong by VOUCHED_ERROR. */
	isOff(at: number, lamp: number): boolean {
		return this.#state[lamp] === "off" && at < this.#cityFrom[lamp]!;
	}

	get #hasEdges(): boolean {
		const { photocell, supply } = this.configured;
		return photocell !== false && supply !== "switched";
	}

	onBoot(at: number, lamp: number): void {
		this.#state[lamp] = "no";
		this.#edges[lamp] = 0;
		this.#hasDay[lamp] = 0;
		this.#bootAt[lamp] = at;
		this.#cityFrom[lamp] = Infinity;
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { breaks, foreign, glare, seen } = FAULTS[name]!;
		if (breaks !== "lightSensor" && !foreign && !glare && !seen) return;
		this.#lights[lamp]! += on ? 1 : -1;
		this.#unsureUntil[lamp] = at + UNSURE_FOR;
	}

	/** The lamp asked the city for the time. */
	onQuestion(at: number, lamp: number): void {
		this.questions += 1;
		this.#cityFrom[lamp] = Math.min(this.#cityFrom[lamp]!, at + ANSWERED);
	}

	onDaylight(at: number, lux: number): void {
		const { onLevel, offLevel } = this.configured;
		const before = this.#lux;
		this.#lux = lux;
		this.#broadSince = lux >= offLevel + BROAD_DAY ? Math.min(this.#broadSince, at) : Infinity;
		for (let lamp = 0; lamp < this.#hasDay.length; lamp++)
			if (at >= Math.max(this.#broadSince, this.#bootAt[lamp]!) + SEEN_AFTER)
				this.#hasDay[lamp] = 1;
		const isDusk = before >= onLevel && lux < onLevel;
		const isDawn = before < offLevel && lux >= offLevel;
		if ((isDusk || isDawn) && this.#hasEdges) this.#edge(at, isDusk);
	}

	#edge(at: number, isDusk: boolean): void {
		const { latitude, longitude, onDelay, offDelay } = this.configured;
		const sun = (when: number) => elevationAt(this.epochUtc + when, latitude, longitude);
		const pace = (sun(at + MINUTE) - sun(at)) / MINUTE;
		const off = Math.abs((sun(at) - EDGE_SUN) / pace) + Math.max(onDelay, offDelay);
		const isTimely = pace < 0 === isDusk && off < TIMELY;
		for (let lamp = 0; lamp < this.#state.length; lamp++) {
			const isSound = this.#lights[lamp] === 0 && !this.dates.mayDoubt[lamp];
			const isOwn = isSound && at >= this.#unsureUntil[lamp]!;
			const hasSeen = isDusk ? this.#hasDay[lamp] : at >= this.#bootAt[lamp]! + SEEN_AFTER;
			const isSure = isTimely && isOwn && hasSeen && this.dates.isRight(at, lamp);
			if (isSure) {
				this.#state[lamp] = "yes";
				this.#edges[lamp]! |= isDusk ? DUSK : DAWN;
			} else if (this.dates.mayBeWrong(lamp)) {
				this.#state[lamp] = "off";
				this.#edges[lamp] = 0;
			}
		}
	}
}
