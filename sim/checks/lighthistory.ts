/**
 * Light history: light, modelled energy, burning time and switch-ons of each lamp up to an instant
 * that has passed, because a report describes one.
 *
 * The energy is that of the power curve of docs/energy.md for a luminaire of which the full power
 * alone is known: 6 % of it without light, 51 % at half, straight between them.
 */
import type { Witness } from "../street/witness.js";
import { FULL_DUTY } from "../world/world.js";

/** Pieces kept for each lamp; a report that waited for longer is not compared. */
const KEPT = 4096;
const POWER = [
	[0, 0.06],
	[0.5, 0.51],
	[1, 1],
] as const;

export interface Mains {
	/** Of the luminaire at full, of driver and controller while off, and of the controller, watts. */
	readonly ledPower_W: number;
	readonly standbyPower_W: number;
	readonly controllerPower_W: number;
}

/** A line of light and the sums before it. */
interface Piece {
	readonly at: number;
	readonly from: number;
	readonly to: number;
	readonly until: number;
	readonly wattMs: number;
	readonly litMs: number;
	readonly switchOns: number;
}

/** The sums since the run began. */
export interface Sums {
	readonly energy_kWh: number;
	readonly lit_h: number;
	readonly switchOns: number;
	/** Share of full duty; and the lamp's is on its way. */
	readonly share: number;
}

export class LightHistory implements Witness {
	readonly #pieces: Piece[][];

	constructor(
		count: number,
		private readonly mains: Mains,
	) {
		this.#pieces = Array.from({ length: count }, () => []);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#add(at, lamp, duty / FULL_DUTY, to / FULL_DUTY, until);
	}

	onEnd(at: number, lamp: number): void {
		this.#add(at, lamp, 0, 0, at);
	}

	/** Undefined: too long ago. */
	sumsAt(at: number, lamp: number): Sums | undefined {
		const pieces = this.#pieces[lamp]!;
		let index = pieces.length - 1;
		while (index >= 0 && pieces[index]!.at > at) index--;
		const piece = pieces[index];
		if (!piece) return undefined;
		const { wattMs, litMs, switchOns } = this.#sum(piece, at);
		return {
			energy_kWh: wattMs / 3.6e9,
			lit_h: litMs / 3.6e6,
			switchOns,
			share: shareAt(piece, at),
		};
	}

	#add(at: number, lamp: number, from: number, to: number, until: number): void {
		const pieces = this.#pieces[lamp]!;
		const last = pieces.at(-1);
		const sums = last ? this.#sum(last, at) : { wattMs: 0, litMs: 0, switchOns: 0 };
		const before = last ? shareAt(last, at) : 0;
		const isOn = before <= 0 && Math.max(from, to) > 0;
		pieces.push({ at, from, to, until, ...sums, switchOns: sums.switchOns + (isOn ? 1 : 0) });
		if (pieces.length > KEPT) pieces.splice(0, KEPT / 2);
	}

	#sum(piece: Piece, at: number): Pick<Piece, "wattMs" | "litMs" | "switchOns"> {
		const still = Math.min(at, Math.max(piece.at, piece.until));
		const moved = still - piece.at;
		const rest = at - still;
		const [begin, end] = [piece.from, shareAt(piece, still)];
		const middle = this.#watts((begin + end) / 2);
		const mean = (this.#watts(begin) + 4 * middle + this.#watts(end)) / 6;
		const isLit = Math.max(begin, end) > 0;
		return {
			wattMs: piece.wattMs + moved * mean + rest * this.#watts(end),
			litMs: piece.litMs + (isLit ? moved : 0) + (end > 0 ? rest : 0),
			switchOns: piece.switchOns,
		};
	}

	#watts(share: number): number {
		const { ledPower_W, standbyPower_W, controllerPower_W } = this.mains;
		if (share <= 0) return standbyPower_W;
		const [[from, low], [to, high]] = share <= 0.5 ? [POWER[0], POWER[1]] : [POWER[1], POWER[2]];
		const part = low + ((high - low) * (share - from)) / (to - from);
		return Math.max(standbyPower_W, part * ledPower_W + controllerPower_W);
	}
}

function shareAt({ at, from, to, until }: Piece, when: number): number {
	if (when >= until) return to;
	return when <= at ? from : from + ((to - from) * (when - at)) / (until - at);
}
