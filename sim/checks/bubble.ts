/**
 * bubble: the first movement in a quiet row lights the poles within `neighbourBubble`, but for lost
 * datagrams, and no others, ever.
 *
 * A chance is each other lamp of the row at an edge of a PIR under a dark sky, before which the whole
 * row was still for longer than any road user needs from one end of its reach to the other. Within
 * the bubble the light of presence shines by the time of a rise and the datagram's way; beyond it the
 * light stays. With datagrams lost, as many poles may miss their light, and none has more.
 */
import { Tally } from "./check.js";
import { type Lamps, RADIO_REACH as RADIO } from "./lamps.js";
import { LOSS_MOST } from "./movement.js";
import type { Required } from "./required.js";

/** Slowest walker over six places of 30 m, ms, and more. */
const QUIET = 330_000;
/** A rise and the datagram's way over three poles. */
const LIT_WITHIN = 1_600;
/** Poles to either side, if the setting says no other number. */
const BUBBLE = 2;
/** Pairs of a short run that may fail. */
const FEW = 1;
/** Of the number of lost datagrams: chance loses more than the mean. */
const DEVIATIONS = 3;
/** A light that stays, per cent. */
const STAYS = 1;

interface Pair {
	readonly lamp: number;
	readonly from: number;
	readonly dueAt: number;
	readonly before: number;
}

export class Bubble extends Tally {
	readonly name = "bubble";
	readonly #movedAt: Float64Array;
	#pairs: Pair[] = [];
	#beyond = 0;

	constructor(
		private readonly lamps: Lamps,
		private readonly required: Required,
	) {
		super();
		this.#movedAt = new Float64Array(lamps.count).fill(-Infinity);
	}

	override get ok(): boolean {
		const { datagramLoss = 0 } = this.lamps.configured;
		const missing = this.count - this.#beyond;
		const spread = Math.sqrt(this.tried * datagramLoss * (1 - datagramLoss));
		const permitted = FEW + this.tried * (0.05 + datagramLoss) + DEVIATIONS * spread;
		return this.#beyond === 0 && missing <= permitted;
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		const { lamps } = this;
		const movedAt = this.#movedAt;
		const isQuiet = movedAt.every((moved) => moved + QUIET <= at) && lamps.movesUntil(lamp) <= at;
		movedAt[lamp] = at;
		if (!moving) return;
		if (!isQuiet) {
			this.#pairs = this.#pairs.filter((pair) => pair.dueAt <= at); // another movement: it is open
			return;
		}
		for (let other = 0; other < lamps.count; other++)
			if (other !== lamp && lamps.isNight(at, other)) this.#plan(at, lamp, other);
	}

	#plan(at: number, from: number, lamp: number): void {
		const why = this.#without(at, from, lamp);
		if (why !== undefined) this.leave(why);
		else {
			const before = this.lamps.level(at, lamp);
			this.#pairs.push({ lamp, from, dueAt: at + LIT_WITHIN, before });
		}
	}

	/** Why the edge promises nothing there; undefined: it does. */
	#without(at: number, from: number, lamp: number): string | undefined {
		const { lamps } = this;
		const { configured, air, runsSince } = lamps;
		if ((configured.datagramLoss ?? 0) > LOSS_MOST) return "too many datagrams are lost";
		const isReached = (pole: number) =>
			at >= runsSince[pole]! + configured.startTime && air.isClear(at, pole);
		for (let pole = Math.min(from, lamp); pole <= Math.max(from, lamp); pole++)
			if (!isReached(pole)) return "a pole without power or network";
		if (configured.pirFitted === false || (configured.clearToBusy ?? 0) > 0)
			return "settings that promise less";
		if (!lamps.isDark(at, lamp)) return "a boot, or light that hides the night";
		if (lamps.isOrdered(at, lamp, 2 * configured.fallTime)) return "an order";
		if (lamps.movesUntil(lamp) > at) return "a fade";
		if (lamps.driven.mayBeBright(at, lamp)) return "a driver that need not obey";
		return lamps.isSound(at, lamp) && lamps.isSound(at, from)
			? undefined
			: "a sensor that is or was broken";
	}

	/** No loss of a datagram explains it, nor anybody there, nor the program. */
	#isMore(at: number, lamp: number, before: number): boolean {
		const { lamps, required } = this;
		if (lamps.hasOldNews(at, lamp) || lamps.driven.mayBeBright(at, lamp)) return false;
		const most = Math.max(before, required.programAt(at, lamp).most);
		return lamps.level(at, lamp) > most + STAYS && lamps.stillSince[lamp]! < Infinity;
	}

	advance(at: number): void {
		while (this.#pairs.length > 0 && this.#pairs[0]!.dueAt <= at)
			this.#judgePair(this.#pairs.shift()!);
	}

	#judgePair({ lamp, from, dueAt, before }: Pair): void {
		const { lamps } = this;
		const { neighbourBubble = BUBBLE, neighbourLevel = 100 } = lamps.configured;
		const away = Math.abs(from - lamp);
		const light = this.required.presenceAt(dueAt, lamp);
		const isRow = lamps.configured.neighbourMode === "row";
		const reach = isRow ? RADIO : Math.min(neighbourBubble, RADIO);
		if (away > RADIO && (isRow || neighbourBubble > RADIO)) {
			this.leave("beyond the reach of one radio");
			return;
		}
		this.judge();
		const level = lamps.level(dueAt, lamp).toFixed(1);
		const observed = `${level} % ${away} poles from the first movement`;
		if (away <= reach) {
			if (!lamps.isAtLeast(dueAt, lamp, Math.min(neighbourLevel, light.least)))
				this.offend(dueAt, lamp, `${observed}, within the bubble`);
		} else if (this.#isMore(dueAt, lamp, before)) {
			this.#beyond++;
			this.offend(dueAt, lamp, `${observed}, beyond the bubble`);
		}
	}
}
