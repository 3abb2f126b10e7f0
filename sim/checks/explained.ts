/**
 * explained: the light of each ten seconds is within the permitted band: never less; more for two
 * minutes and four times in a row at most.
 *
 * Compared each ten seconds with the band of required.ts, over the time that a fade may take. Less
 * light than every explanation is an offence at once, more light after two minutes, or at its fifth
 * time: a lamp lights for work that must not be interrupted (docs/update.md, docs/architecture.md).
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";
import { Overlaps } from "./overlaps.js";
import type { Band, Required } from "./required.js";

const EACH = 10_000;
/** Of one chance: a minute. */
const PER_CHANCE = MINUTE / EACH;
/** Work at full class, and the fall after it; so often in the run of a lamp at most. */
const WORK = 2 * MINUTE;
const WORKS_MOST = 4;
/** An image that failed is fetched again within this time (docs/update.md). */
const RETRIED = 2 * HOUR;
/** A rise, the wait of a relay, and the next tick, ms. */
const TURN = 3_000;
/** A revision of the settings may set as long a fall. */
const FALL_LEAST = 5_000;
/** Longest ramp of an order whose fade may be under way. */
const RAMP_MOST = 60 * MINUTE;

interface Seen extends Band {
	readonly at: number;
}

export interface Verdict {
	readonly at: number;
	readonly lamp: number;
	/** Over the time that a fade may take. */
	readonly least: number;
	readonly most: number;
	readonly level: number;
	readonly isTooDark: boolean;
	/** For longer than work lasts, or more often than it is done. */
	readonly isTooBright: boolean;
	/** More light than explained, even for a moment. */
	readonly isBrighter: boolean;
	/** Off is right, and a light that rests is below all that may be asked of a lit lamp. */
	readonly isBetween: boolean;
	/** Every level is right, for this reason. */
	readonly open: string | undefined;
	/** Presence or an emergency may raise the light of an order, at some instant of that time. */
	readonly isRaised: boolean;
}

type Listener = (verdict: Verdict) => void;

export class Explained extends Tally {
	readonly name = "explained";
	readonly #seen: Seen[][];
	readonly #brightFrom: Float64Array; // Infinity: it is not
	readonly #isWrong: Uint8Array; // counted once
	readonly #works: Uint32Array; // times of more light than explained
	/** The slots of images, or their server, fail. */
	readonly #images: Overlaps;
	readonly #listeners: Listener[] = [];
	#next = EACH;

	constructor(
		private readonly lamps: Lamps,
		private readonly required: Required,
	) {
		super();
		this.#seen = Array.from({ length: lamps.count }, () => []);
		this.#brightFrom = new Float64Array(lamps.count).fill(Infinity);
		this.#isWrong = new Uint8Array(lamps.count);
		this.#works = new Uint32Array(lamps.count);
		this.#images = new Overlaps(lamps.count);
		// an order of less than ten seconds, and the light that it ends, would be in no band
		lamps.orders.onAccepted((at, { order: { lamp, at: sentAt } }) => {
			for (const instant of [sentAt - 1, at])
				this.#seen[lamp]!.push({ at, ...required.bandAt(instant, lamp) });
		});
	}

	/** Receives each verdict, those of open instants too. */
	onVerdict(listener: Listener): void {
		this.#listeners.push(listener);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		if (FAULTS[name]!.disturbs === "images") this.#images.turn(at, lamp, on);
	}

	onEnd(_at: number, lamp: number): void {
		this.#seen[lamp]!.length = 0;
		this.#brightFrom[lamp] = Infinity;
		this.#isWrong[lamp] = 0;
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += EACH)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) {
				if (this.lamps.runsSince[lamp]! > this.#next) continue;
				const verdict = this.#look(this.#next, lamp);
				this.#count(verdict);
				for (const listener of this.#listeners) listener(verdict);
			}
	}

	/** How long a fade that is under way may have been. */
	fadeOf(at: number, lamp: number): number {
		const { lamps } = this;
		const overrides = lamps.orders.possible(at, lamp, "override", RAMP_MOST);
		const ramps = overrides.map(({ order }) => order.ramp ?? 0);
		return TURN + Math.max(lamps.configured.fallTime, FALL_LEAST, ...ramps);
	}

	#look(at: number, lamp: number): Verdict {
		const { lamps } = this;
		const seen = this.#seen[lamp]!;
		seen.push({ at, ...this.required.bandAt(at, lamp) });
		const from = at - this.fadeOf(at, lamp);
		while (seen.length > 1 && seen[1]!.at <= from) seen.shift();
		let [least, most, leastLit] = [Infinity, 0, Infinity];
		for (const band of seen) {
			least = Math.min(least, band.least);
			most = Math.max(most, band.most);
			leastLit = Math.min(leastLit, band.leastLit);
		}
		const level = lamps.level(at, lamp);
		const isEither = least <= 0 && level > 0 && !lamps.driven.mayBeBright(at, lamp);
		const isBrighter = !lamps.isAtMost(at, lamp, most);
		const isRetried = this.#images.isOn(at, lamp, RETRIED); // the same work again and again
		if (isBrighter && !isRetried && this.#brightFrom[lamp] === Infinity) this.#works[lamp]!++;
		const brightFrom = isBrighter ? Math.min(at, this.#brightFrom[lamp]!) : Infinity;
		this.#brightFrom[lamp] = brightFrom;
		const isOpen = least <= 0 && most >= lamps.configured.maxLevel;
		return {
			at,
			lamp,
			isRaised: seen.some(({ isRaised }) => isRaised),
			least,
			most,
			level,
			isTooDark: !lamps.isAtLeast(at, lamp, least),
			isTooBright: at >= brightFrom + WORK || (isBrighter && this.#works[lamp]! > WORKS_MOST),
			isBrighter,
			isBetween: isEither && lamps.restsSince(from, lamp) && !lamps.isAtLeast(at, lamp, leastLit),
			open: isOpen
				? (seen.find(({ open }) => open !== undefined)?.open ?? "a fade")
				: this.#granted(at, lamp),
		};
	}

	/** More or less light than was sent is granted. */
	#granted(at: number, lamp: number): string | undefined {
		return this.lamps.driven.mayBeBright(at, lamp) ? "a driver that need not obey" : undefined;
	}

	#count(verdict: Verdict): void {
		const { at, lamp, open, isTooDark, isTooBright } = verdict;
		if (Math.round(at / EACH) % PER_CHANCE === 0) {
			if (open === undefined) this.judge();
			else this.leave(open);
		}
		const isWrong = isTooDark || isTooBright;
		if (isWrong && !this.#isWrong[lamp]) this.offend(at, lamp, sayVerdict(verdict));
		this.#isWrong[lamp] = isWrong ? 1 : 0;
	}
}

export function sayVerdict({ level, least, most }: Verdict): string {
	const bounds =
		least === most ? `${least.toFixed(1)} %` : `${least.toFixed(1)} to ${most.toFixed(1)} %`;
	return `${level.toFixed(1)} %, of all that may be asked ${bounds}`;
}
