/**
 * Model: the page's state of the street, eased between two updates.
 */
import type { LampReport, Update, Welcome } from "../messages.js";

/** Ten updates a second come; a movement is spread over a little more than that, ms. */
const EASE = 130;
/** The eye follows a lamp's fade with this time constant, ms. */
const GLOW_EASE = 60;

export interface Walker {
	readonly kind: string;
	readonly direction: number;
	/** Metres from the first lamp: position shown and position reported, and since when (ms). */
	from: number;
	to: number;
	at: number;
}

export class Model {
	welcome: Welcome | undefined;
	update: Update | undefined;
	/** By lamp number: duty reported and duty shown, 0 to 1. */
	glow = new Float32Array(1);
	shown = new Float32Array(1);
	told: LampReport[] = [];
	readonly walkers = new Map<number, Walker>();
	#lastFrame = 0;

	onWelcome(welcome: Welcome): void {
		this.welcome = welcome;
		this.glow = new Float32Array(welcome.lamps + 1);
		this.shown = new Float32Array(welcome.lamps + 1);
		this.told = Array.from({ length: welcome.lamps + 1 }, () => ({}));
		this.walkers.clear();
	}

	/** @returns the lamps with a new report */
	onUpdate(update: Update, now: number): readonly number[] {
		this.update = update;
		for (const [lamp, duty] of update.glow) this.glow[lamp] = duty / 1000;
		for (const [lamp, told] of update.told) this.told[lamp] = told;
		const here = new Set<number>();
		for (const [id, kind, x, direction] of update.users) {
			here.add(id);
			this.#move(id, kind, x / 10, direction, now);
		}
		for (const id of this.walkers.keys()) if (!here.has(id)) this.walkers.delete(id);
		return update.told.map(([lamp]) => lamp);
	}

	/** Moves the shown glow towards the reported one. */
	ease(now: number): void {
		const share = 1 - Math.exp((this.#lastFrame - now) / GLOW_EASE);
		this.#lastFrame = now;
		for (let lamp = 1; lamp < this.glow.length; lamp++) {
			const shown = this.shown[lamp]!;
			this.shown[lamp] = shown + (this.glow[lamp]! - shown) * share;
		}
	}

	/** The position at which a road user is shown, metres. */
	static positionOf(walker: Walker, now: number): number {
		const share = Math.min(1, (now - walker.at) / EASE);
		return walker.from + (walker.to - walker.from) * share;
	}

	#move(id: number, kind: string, x: number, direction: number, now: number): void {
		const walker = this.walkers.get(id);
		if (!walker) {
			this.walkers.set(id, { kind, direction, from: x, to: x, at: now });
			return;
		}
		walker.from = Model.positionOf(walker, now);
		walker.to = x;
		walker.at = now;
	}
}
