/**
 * lightAhead: with `--neighbours`: 95 % of the road users find the presence level 2 s before the
 * cone, three of a short run excepted.
 *
 * Checked by the PWM for each road user that enters a cone at night, at every lamp with two
 * others before it on the way: for the first lamps of a street no neighbour can report the
 * approach. Required in 95 % of the passes, and in a short run of all but three; the rest is left
 * for lost datagrams and PIRs that miss a road user. Nothing is required where more than 20 % of
 * the datagrams are lost, where this lamp has no power or no network, or where fewer than two of
 * the three lamps before it are in order, or none of them reports early enough: the second one, or
 * the third and the fourth, which give the direction. Without the adjacent one nothing is required
 * for a road user who needs longer than `autoClear` from the second one on, nor where a street's own
 * poles stand closer than 20 m: their cones overlap, and two poles are no lead.
 */
import { type RoadUser, SPACING } from "../world/roadusers.js";
import { USER_KINDS, type UserKind } from "../world/timetable.js";
import { Tally } from "./check.js";
import type { ProgramOracle } from "./configured.js";
import type { Lamps } from "./lamps.js";
import { LOSS_MOST } from "./movement.js";

/** Lead before a road user enters the cone, ms. */
const LEAD = 2_000;
const SHARE = 0.95;
/** Passes of a short run that may fail beside that share: one PIR that misses someone fails two. */
const FEW = 3;
/**
 * Lamps before this one on the way: at 50 km/h one pole is 2.2 s, and the rise takes 0.8 of them. A
 * first movement lights so many lamps on both sides; those further on rise for a known direction.
 */
const BEFORE = 2;
/** Between two of these lamps at least, m: two cones of 10 m. */
const APART = 20;
/** Of the three lamps before this one, those that must be in order. */
const REPORTING_LEAST = 2;

export class LightAhead extends Tally {
	readonly name = "lightAhead";
	/** Passes by kind of road user: checked, and lit in time. */
	readonly passes = Object.fromEntries(
		USER_KINDS.map((kind) => [kind, { tried: 0, lit: 0 }]),
	) as Record<UserKind, { tried: number; lit: number }>;
	readonly #fullSince: Float64Array; // Infinity: it is not at presence level, nor rises to it
	readonly #fullUntil: Float64Array; // a fall passes that level then; Infinity: none does
	readonly #steadySince: Float64Array; // the light is held; Infinity: it has no power

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {
		super();
		this.#fullSince = new Float64Array(lamps.count).fill(Infinity);
		this.#fullUntil = new Float64Array(lamps.count).fill(Infinity);
		this.#steadySince = new Float64Array(lamps.count).fill(Infinity);
	}

	override get ok(): boolean {
		return this.count <= FEW + this.tried * (1 - SHARE);
	}

	onDuty(at: number, lamp: number): void {
		const { lamps } = this;
		const least = this.#leastAt(at, lamp);
		const isFull = lamps.isAtLeast(at, lamp, least);
		const passes = lamps.passesAt(lamp, least);
		this.#steadySince[lamp] = lamps.movesUntil(lamp);
		this.#fullSince[lamp] = isFull ? Math.min(at, this.#fullSince[lamp]!) : passes;
		this.#fullUntil[lamp] = isFull ? passes : Infinity;
	}

	/** A lamp that boots while lights are out writes nothing: it is held dark. */
	onBoot(at: number, lamp: number): void {
		this.#steadySince[lamp] = at;
	}

	onEnd(_at: number, lamp: number): void {
		this.#fullSince[lamp] = Infinity;
		this.#steadySince[lamp] = Infinity;
	}

	onEnter(at: number, lamp: number, _seen: boolean, user: RoadUser): void {
		const { lamps } = this;
		const index = user.forth ? lamp : lamps.count - 1 - lamp;
		if (index < BEFORE || !lamps.isNight(at - LEAD, lamp)) return;
		const why = this.#without(at, lamp);
		if (why !== undefined) {
			this.leave(why);
			return;
		}
		const lit = this.#isLit(at - LEAD, at, lamp);
		const passes = this.passes[user.kind];
		passes.tried++;
		if (lit) passes.lit++;
		if (!this.#isPromised(at, lamp, index, user)) {
			this.leave("poles before it that cannot report in time");
			return;
		}
		this.judge();
		if (!lit) this.offend(at, lamp, `not lit ${LEAD / 1000} s before a ${user.kind} came`);
	}

	/** Why nothing is promised to a road user here; undefined: it is. */
	#without(at: number, lamp: number): string | undefined {
		const { lamps } = this;
		if (!lamps.isDark(at - LEAD, lamp)) return "a boot, or light that hides the night";
		if (lamps.driven.mayBeDim(at, lamp)) return "a driver that need not obey";
		const overrides = lamps.orders.possible(at, lamp, "override", lamps.configured.fallTime);
		return overrides.some(({ order }) => order.inhibitSensors)
			? "an order that inhibits sensors"
			: undefined;
	}

	/** The level that presence at a neighbour asks for. */
	#leastAt(at: number, lamp: number): number {
		const { neighbourLevel = 100 } = this.lamps.configured;
		return Math.min(neighbourLevel, this.lamps.rangeAt(this.program, at, lamp).presenceLeast);
	}

	/** At presence level from `since` to `at`; a period that asks for less begins without a step. */
	#isLit(since: number, at: number, lamp: number): boolean {
		if (this.#fullSince[lamp]! <= since && at <= this.#fullUntil[lamp]!) return true;
		const isSteady = this.#steadySince[lamp]! <= since;
		return isSteady && this.lamps.isAtLeast(at, lamp, this.#leastAt(at, lamp));
	}

	#isPromised(at: number, lamp: number, index: number, { forth, speed }: RoadUser): boolean {
		const {
			datagramLoss = 0,
			pirFitted,
			autoClear,
			neighbourBubble = BEFORE,
		} = this.lamps.configured;
		if (neighbourBubble < BEFORE) return false; // its light comes with the second report
		if (pirFitted === false || datagramLoss > LOSS_MOST || !this.#isReached(at, lamp)) return false;
		const reports = (step: number) => {
			const other = forth ? lamp - step : lamp + step;
			return (
				step <= index && this.#isReached(at, other) && this.lamps.movement.isSound(at - LEAD, other)
			);
		};
		const [near, early, far, farther] = [reports(1), reports(BEFORE), reports(3), reports(4)];
		// a report lights for autoClear at most, and one of the adjacent pole comes later
		const before = forth ? lamp - BEFORE : lamp + BEFORE;
		const lead = Math.abs(this.#placeOf(lamp) - this.#placeOf(before));
		if (lead < BEFORE * APART) return false;
		const isSlow = lead * 1000 > autoClear * speed;
		const isEarly = (early || (far && farther)) && (near || !isSlow);
		return isEarly && Number(near) + Number(early) + Number(far) >= REPORTING_LEAST;
	}

	/** Metres along the street; of the lamps beyond its ends too. */
	#placeOf(lamp: number): number {
		const { configured, count } = this.lamps;
		const places = configured.places;
		return places ? (places[Math.max(0, Math.min(count - 1, lamp))] ?? 0) : lamp * SPACING;
	}

	/** It has power, and the network carries its datagrams. */
	#isReached(at: number, lamp: number): boolean {
		const { runsSince, configured, air } = this.lamps;
		return at >= runsSince[lamp]! + configured.startTime && air.isClear(at, lamp);
	}
}
