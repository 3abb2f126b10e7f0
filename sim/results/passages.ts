/**
 * Passages: road users who pass at night, those who pass a lamp that gives no light, and the hours
 * of night that are left without light.
 *
 * Counted in the world and from the PWM, whether or not a sensor detects the road user. A road user
 * counts once for the street: as unlit if one lamp gave no light for the whole way through its cone.
 */
import { HOUR } from "../../lib/spans.js";
import type { Witness } from "../street/witness.js";
import type { RoadUser } from "../world/roadusers.js";
import type { UserKind } from "../world/timetable.js";

export type Counts = Record<UserKind, number>;

interface Walk {
	readonly kind: UserKind;
	unlit: boolean;
}

export class Passages implements Witness {
	/** Road users under a lamp at night; and those of them who passed one without light. */
	readonly passed: Counts = { pedestrian: 0, bicycle: 0, car: 0 };
	readonly unlit: Counts = { pedestrian: 0, bicycle: 0, car: 0 };
	readonly #lit: Uint8Array;
	/** By lamp: those in its cone since it last gave light. */
	readonly #inside: readonly Set<number>[];
	readonly #walks = new Map<number, Walk>();
	#darkFrom = Infinity;
	#since = 0;
	#litLamps = 0;
	#darkMs = 0;
	#unlitMs = 0;

	/** It is dark below `onLevel`, lux, `dusk` ms after the daylight fell below it. */
	constructor(
		private readonly lamps: number,
		private readonly onLevel: number,
		private readonly dusk: number,
	) {
		this.#lit = new Uint8Array(lamps);
		this.#inside = Array.from({ length: lamps }, () => new Set<number>());
	}

	onEnd(at: number, lamp: number): void {
		this.#setLit(at, lamp, false);
	}

	onDuty(at: number, lamp: number, duty: number, to: number): void {
		this.#setLit(at, lamp, duty > 0 || to > 0);
	}

	onDaylight(at: number, lux: number): void {
		const dark = lux < this.onLevel;
		if (dark === this.#darkFrom < Infinity) return;
		this.#settle(at);
		this.#darkFrom = dark ? at + this.dusk : Infinity;
	}

	onEnter(at: number, lamp: number, _seen: boolean, user: RoadUser): void {
		if (at < this.#darkFrom) return;
		if (!this.#walks.has(user.id)) this.#walks.set(user.id, { kind: user.kind, unlit: false });
		if (!this.#lit[lamp]) this.#inside[lamp]!.add(user.id);
	}

	onLeave(at: number, lamp: number, _seen: boolean, user: RoadUser): void {
		const isUnlit = this.#inside[lamp]!.delete(user.id) && at >= this.#darkFrom;
		const walk = this.#walks.get(user.id);
		if (!walk) return;
		if (isUnlit) walk.unlit = true;
		if (lamp !== (user.forth ? this.lamps - 1 : 0)) return;
		this.#walks.delete(user.id);
		this.#count(walk);
	}

	finish(at: number): void {
		this.#settle(at);
		for (const walk of this.#walks.values()) this.#count(walk);
		this.#walks.clear();
	}

	/** Hours of darkness up to `at`; and of these without light, the mean of the lamps. */
	hoursAt(at: number): { readonly dark_h: number; readonly unlit_h: number } {
		const running = Math.max(0, at - Math.max(this.#since, this.#darkFrom));
		const unlitMs = this.#unlitMs + running * (this.lamps - this.#litLamps);
		return { dark_h: (this.#darkMs + running) / HOUR, unlit_h: unlitMs / this.lamps / HOUR };
	}

	#count({ kind, unlit }: Walk): void {
		this.passed[kind]++;
		if (unlit) this.unlit[kind]++;
	}

	#setLit(at: number, lamp: number, lit: boolean): void {
		if (lit === Boolean(this.#lit[lamp])) return;
		this.#settle(at);
		this.#lit[lamp] = lit ? 1 : 0;
		this.#litLamps += lit ? 1 : -1;
		if (lit) this.#inside[lamp]!.clear();
	}

	/** World and lamps report up to a window apart: an instant may lie some ms before the last. */
	#settle(at: number): void {
		const from = Math.max(this.#since, this.#darkFrom);
		this.#since = Math.max(at, this.#since);
		if (at <= from) return;
		this.#darkMs += at - from;
		this.#unlitMs += (at - from) * (this.lamps - this.#litLamps);
	}
}
