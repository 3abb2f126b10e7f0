/**
 * Movement: which PIRs are sound, and when a broken one must have been found.
 *
 * Each fault states when it is found and by what it is disturbed (sim/faults): a life that ends, a
 * link that fails, a store that refuses writes. Each disturbance begins the time anew.
 */

import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Fault } from "../faults/fault.js";
import { FAULTS } from "../faults/faults.js";
import type { Witness } from "../street/witness.js";
import type { Configured } from "./configured.js";
import { Rests } from "./rests.js";

/** A silent PIR is found after so long with power, if the setting says no other time, ms. */
const SILENT_AFTER = 48 * HOUR;
/** A life that ends forgets at most so much of a silence. */
const SILENCE_LOST = 6 * HOUR;
const TOLERANCE = 10 * MINUTE;
/** A dead PIR among neighbours is found after so many passages (docs/neighbours.md). */
const FOUND_BY = 20;
/** A movement so soon after the lamp's own transmission may be a dip of its supply. */
const ECHO = 520;
/** A transmission so soon after a movement says nothing of its cause, ms. */
const STILL_BEFORE = 3_100;
/** So many of them, less a quarter for each transmission without one, and the lamp may doubt its PIR for hours. */
const ECHOES = 5;
/** Share of the datagrams that may be lost where neighbours promise something. */
export const LOSS_MOST = 0.2;

export class Movement implements Witness {
	/** Since when the sensor is sound; Infinity: broken. The lamp may doubt it until then. */
	readonly soundFrom: Float64Array;
	/** From then on a broken sensor must have been found; Infinity: none is broken. */
	readonly fullFrom: Float64Array;
	readonly #fault: (Fault | undefined)[];
	readonly #since: Float64Array; // begin of the fault
	readonly #until: Float64Array; // end of the doubt that the faults before left
	readonly #edges: Int32Array; // of a road user, still to come before it is trusted
	readonly #runsSince: Float64Array;
	/** Time with power since it fell silent, as far as the lamp must know it. */
	readonly #silence: Float64Array;
	/** Passages since its PIR died; -1: it is not dead. */
	readonly #missed: Float64Array;
	readonly #movedAt: Float64Array;
	readonly #rests: Rests;
	/** Until when one that had no rest for a day may be doubted. */
	readonly #restlessUntil: Float64Array;
	/** The latest transmission that no movement has followed yet. */
	readonly #sentAt: Float64Array;
	readonly #wasStill: Uint8Array;
	readonly #echoes: Float64Array; // kept once they are ECHOES
	/** Troubles of the row's air, power or network that are under way, and of the lamp's store. */
	#troubles = 0;
	readonly #worn: Int32Array;

	constructor(
		private readonly count: number,
		private readonly configured: Configured,
	) {
		this.soundFrom = new Float64Array(count);
		this.fullFrom = new Float64Array(count).fill(Infinity);
		this.#fault = new Array(count).fill(undefined);
		this.#since = new Float64Array(count);
		this.#until = new Float64Array(count);
		this.#edges = new Int32Array(count);
		this.#runsSince = new Float64Array(count).fill(Infinity);
		this.#silence = new Float64Array(count);
		this.#missed = new Float64Array(count).fill(-1);
		this.#movedAt = new Float64Array(count).fill(-Infinity);
		this.#rests = new Rests(count);
		this.#restlessUntil = new Float64Array(count);
		this.#worn = new Int32Array(count);
		this.#sentAt = new Float64Array(count).fill(-Infinity);
		this.#wasStill = new Uint8Array(count);
		this.#echoes = new Float64Array(count);
	}

	/**
	 * Whether road users came so often right after a transmission, as those of a procession do whose
	 * period is that of the reports, that the lamp may take its sound PIR for one that the radio
	 * disturbs. It is brighter then, never darker.
	 */
	isEchoed(lamp: number): boolean {
		return this.#echoes[lamp]! >= ECHOES;
	}

	onTransmission(at: number, lamp: number): void {
		const before = this.#sentAt[lamp]!;
		if (at - before <= ECHO) return; // one burst
		if (before > -Infinity && this.#wasStill[lamp] && !this.isEchoed(lamp))
			this.#echoes[lamp] = Math.max(0, this.#echoes[lamp]! - 0.25);
		this.#sentAt[lamp] = at;
		this.#wasStill[lamp] = Number(this.#rests.isStill(at, lamp, STILL_BEFORE));
	}

	/** Trusted, and not so long without a movement that the lamp may begin to doubt it. */
	isSound(at: number, lamp: number): boolean {
		if (at < this.soundFrom[lamp]! || at < this.#restlessUntil[lamp]!) return false;
		const silent = this.configured.pirSilentAfter ?? SILENT_AFTER;
		return at - Math.max(0, this.#movedAt[lamp]!) < silent - SILENCE_LOST - TOLERANCE;
	}

	/** A road user left the cone; `seen`: a sound PIR detects it. */
	onLeave(at: number, lamp: number): void {
		const missed = this.#missed;
		if (missed[lamp]! < 0 || this.#troubles > 0) return;
		if (this.#fault.some((fault, other) => fault && other !== lamp)) missed[lamp] = 0;
		else if (++missed[lamp]! === FOUND_BY) this.#mustBeFound(at, lamp);
	}

	/** Neighbours on both sides, two on one of them, report movements that it does not detect. */
	#mustBeFound(at: number, lamp: number): void {
		const last = this.count - 1;
		const isBetween = lamp > 0 && lamp < last && last >= 3;
		const { neighbours, datagramLoss = 0 } = this.configured;
		if (!neighbours || !isBetween || datagramLoss > LOSS_MOST) return;
		this.fullFrom[lamp] = Math.min(this.fullFrom[lamp]!, at + MINUTE); // the last one is on the way
	}

	/** It has had no rest for a day, and may count as too busy. */
	isRestless(at: number, lamp: number): boolean {
		return this.#rests.isRestless(at, lamp);
	}

	onEdge(at: number, lamp: number, moving: boolean, real: boolean): void {
		this.#rests.onEdge(at, lamp, moving);
		if (!moving) return;
		if (this.isRestless(at, lamp)) this.#restlessUntil[lamp] = at + HOUR;
		this.#movedAt[lamp] = at;
		if (at - this.#sentAt[lamp]! <= ECHO) {
			this.#sentAt[lamp] = -Infinity;
			this.#echoes[lamp]! += 1;
		}
		if (!real || this.#fault[lamp] || this.#edges[lamp] === 0) return;
		if (--this.#edges[lamp]! === 0) this.soundFrom[lamp] = Math.max(at, this.#until[lamp]!);
	}

	onBoot(at: number, lamp: number): void {
		this.#runsSince[lamp] = at;
		this.#begin(at, lamp);
		this.#missed.forEach((passages, other) => {
			if (passages > 0) this.#missed[other] = 0;
		});
	}

	onEnd(at: number, lamp: number): void {
		const lived = at - Math.max(this.#runsSince[lamp]!, this.#startOf(lamp));
		this.#runsSince[lamp] = Infinity;
		const silence = this.#silence[lamp]! + Math.max(0, lived) - SILENCE_LOST;
		this.#silence[lamp] = this.#worn[lamp] ? 0 : Math.max(0, silence);
		if (this.#worn[lamp] || this.fullFrom[lamp]! > at) this.fullFrom[lamp] = Infinity;
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const fault = FAULTS[name]!;
		if (fault.disturbs) this.#disturb(at, lamp, fault, on);
		if (fault.breaks !== "pir") return;
		this.#endDoubtOf(this.#fault[lamp], at, lamp); // one fault replaces another
		if (!on) this.#endDoubtOf(fault, at, lamp);
		this.#fault[lamp] = on ? fault : undefined;
		this.#missed[lamp] = on && fault.mute ? 0 : -1;
		this.#silence[lamp] = 0;
		this.#since[lamp] = at;
		this.soundFrom[lamp] = on || this.#edges[lamp]! > 0 ? Infinity : this.#until[lamp]!;
		this.fullFrom[lamp] = Infinity;
		if (on) this.#begin(at, lamp);
	}

	/** A fault ends: the lamp may doubt its PIR for a time, and until it detected road users. */
	#endDoubtOf(fault: Fault | undefined, at: number, lamp: number): void {
		const { doubtedFor = 0, trustedAfter = 0 } = fault ?? {};
		this.#until[lamp] = Math.max(this.#until[lamp]!, at + doubtedFor);
		this.#edges[lamp] = Math.max(this.#edges[lamp]!, trustedAfter);
	}

	/** The time until it is found begins now. */
	#begin(at: number, lamp: number): void {
		const { litWithin, mute, needs } = this.#fault[lamp] ?? {};
		if (litWithin === undefined || this.#runsSince[lamp] === Infinity) return;
		const isSwitched = this.configured.supply === "switched";
		if (needs === "life" && isSwitched) return;
		if (needs === "radio" && this.#troubles > 0) return; // a radio that is silent disturbs nothing
		if (this.fullFrom[lamp]! <= at) return; // found, and stored
		const silent = this.configured.pirSilentAfter ?? SILENT_AFTER;
		const span = mute ? silent + SILENCE_LOST - this.#silence[lamp]! + TOLERANCE : litWithin;
		this.fullFrom[lamp] = at + span;
	}

	#startOf(lamp: number): number {
		return this.#fault[lamp] ? this.#since[lamp]! : Infinity;
	}

	#disturb(at: number, lamp: number, { disturbs }: Fault, on: boolean): void {
		if (disturbs === "store") {
			if (on) this.#worn[lamp] = 1; // a doubt found from now on may never be stored
			return;
		}
		this.#troubles += on ? 1 : -1;
		this.#missed[lamp] = Math.min(0, this.#missed[lamp]!);
		if (this.#fault[lamp]?.needs === "radio") {
			this.fullFrom[lamp] = Infinity;
			if (!on) this.#begin(at, lamp);
		}
	}
}
