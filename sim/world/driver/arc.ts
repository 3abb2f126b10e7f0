/**
 * Arc: the level of a driver as a function of time; one fade at most.
 *
 * A fade goes evenly in levels. A fade to off goes to the lowest level and then switches off; from
 * off it begins at the lowest level.
 */
import { lightSum } from "./curve.js";

export class Arc {
	/** The level that the last command asked for; 0: off. */
	target = 0;
	#from = 0;
	#to = 0; // where the fade ends: the lowest level if the target is off
	#at = 0;
	#until = 0;

	/** The level at `now`, between two whole ones while a fade runs. */
	levelAt(now: number): number {
		if (now >= this.#until) return this.target;
		const part = (now - this.#at) / (this.#until - this.#at);
		return this.#from + (this.#to - this.#from) * Math.max(part, 0);
	}

	fadesAt(now: number): boolean {
		return now < this.#until;
	}

	/** When the fade under way ends; Infinity: none. */
	endAt(now: number): number {
		return now < this.#until ? this.#until : Infinity;
	}

	/** Goes to `target` within `span` ms; `least`: the lowest level. */
	go(now: number, target: number, span: number, least: number): void {
		const level = this.levelAt(now);
		const isStill = level === target;
		this.#from = isStill ? level : Math.max(level, least); // seen while the frame still runs
		this.#to = Math.max(target, least);
		this.#at = now;
		this.#until = isStill ? now : now + span;
		this.target = target;
	}

	/** Ends a fade where it is, at a whole level. */
	stop(now: number): void {
		this.target = Math.round(this.levelAt(now));
		this.#until = now;
	}

	/** Integral of the light from `since` to `now`, light times ms; no command came in between. */
	sum(since: number, now: number, isLinear: boolean): number {
		const fade = Math.min(Math.max(this.#until - since, 0), now - since);
		const after = now - since - fade;
		// at the end of a fade to off the level is the target's, so its last one is taken from the way
		const end = since + fade;
		const last = fade > 0 && end >= this.#until ? this.#to : this.levelAt(end);
		const faded = fade > 0 ? lightSum(this.levelAt(since), last, fade, isLinear) : 0;
		return faded + lightSum(this.target, this.target, after, isLinear);
	}

	/** Time between `since` and `now` in which the lamp was lit, ms. */
	litTime(since: number, now: number): number {
		const fade = Math.min(Math.max(this.#until - since, 0), now - since);
		return this.target > 0 ? now - since : fade;
	}
}
