/**
 * Road users: their positions along the straight street, and the cones that they enter and leave.
 *
 * A lamp stands every 30 m, or where the street has its own poles. Everyone moves at a steady speed, so the instants of entering and
 * leaving a cone are computed, not polled for: each road user keeps only the next one.
 */

import { random } from "../../lib/random.js";
import type { Actor, Agenda } from "../util/agenda.js";
import type { Batch, Timetable, UserKind } from "./timetable.js";

/** Between two lamps, m, of a street without poles of its own. */
export const SPACING = 30;

/** Metres of each lamp from the first one. */
export function placesOf(lamps: number, poles?: readonly number[]): readonly number[] {
	return poles ?? Array.from({ length: lamps }, (_, index) => index * SPACING);
}

/** Mean distance of two lamps, m. */
export function spacingOf(lamps: number, poles?: readonly number[]): number {
	return poles && lamps > 1 ? poles.at(-1)! / (lamps - 1) : SPACING;
}
/** Beyond the first and the last lamp, m: outside every cone. */
export const MARGIN = 20;

interface Manner {
	/** m/s. */
	readonly speed: number;
	/** Distance at which the PIR detects it, m: a car's heat carries further. */
	readonly radius: number;
	/** Its distance from the line of lamps, m. */
	readonly aside: number;
}

export const MANNERS: Readonly<Record<UserKind, Manner>> = {
	pedestrian: { speed: 1.4, radius: 8, aside: 1.5 },
	bicycle: { speed: 4.5, radius: 8, aside: 3 },
	car: { speed: 11, radius: 10, aside: 4 },
};
/** Speeds differ from the mean by this share either way. */
const SPREAD = 0.15;

export interface RoadUser {
	readonly id: number;
	readonly kind: UserKind;
	readonly forth: boolean;
	/** Instant at which it passes the street's end, virtual ms. */
	readonly bornAt: number;
	readonly speed: number;
}

/** Receives every cone entered and left, in order of instant. */
export interface ConeListener {
	onEnter(at: number, lamp: number, user: RoadUser): void;
	onLeave(at: number, lamp: number, user: RoadUser): void;
}

/** Half of the way through a cone, m. */
function halfChord({ radius, aside }: Manner): number {
	return Math.sqrt(radius * radius - aside * aside);
}

interface Walker extends RoadUser {
	entered: number; // cones so far, in its own order of lamps
	left: number;
}

/** The street's traffic; adds itself to the agenda. Instants are virtual ms. */
export class RoadUsers implements Actor {
	readonly #walkers = new Map<number, Walker>();
	readonly #speeds: ReturnType<typeof random>;
	#batch: Batch | undefined;
	#place = 0; // of the next arrival in the batch
	#count = 0;
	readonly #arrival: Actor = { due: (at) => this.#arrive(at) };
	readonly #length: number;

	constructor(
		private readonly agenda: Agenda,
		private readonly timetable: Timetable,
		private readonly epochUtc: number,
		private readonly lamps: number,
		seed: number,
		private readonly listener: ConeListener,
		private readonly onArrival: (at: number, kind: UserKind) => void,
		private readonly places = placesOf(lamps),
	) {
		this.#length = places.at(-1)!;
		this.#speeds = random(seed, "speeds");
		this.#next();
	}

	/** Positions of all, m from the first lamp; for the page. */
	visit(at: number, see: (user: RoadUser, position: number) => void): void {
		for (const walker of this.#walkers.values()) {
			const way = ((at - walker.bornAt) / 1000) * walker.speed - MARGIN;
			see(walker, walker.forth ? way : this.#length - way);
		}
	}

	/** Sets a road user down at `place`, m from the first lamp; it goes on from there. */
	put(at: number, kind: UserKind, place: number, forth: boolean): void {
		const { speed } = MANNERS[kind];
		const way = MARGIN + (forth ? place : this.#length - place);
		const bornAt = at - (way / speed) * 1000;
		const half = halfChord(MANNERS[kind]);
		const walker: Walker = {
			id: this.#count++,
			kind,
			forth,
			bornAt,
			speed,
			entered: 0,
			left: 0,
		};
		while (walker.left < this.lamps && this.#passes(walker, walker.left, half) <= at) walker.left++;
		walker.entered = walker.left; // a cone that it stands in is entered now
		if (walker.left === this.lamps) return;
		this.#walkers.set(walker.id, walker);
		this.onArrival(at, kind);
		this.#plan(walker, at);
	}

	/** The next edge of that road user. */
	due(at: number, id: number): void {
		const walker = this.#walkers.get(id)!;
		const enters = this.#edge(walker, true) <= this.#edge(walker, false);
		const index = enters ? walker.entered++ : walker.left++;
		const lamp = walker.forth ? index : this.lamps - 1 - index;
		if (enters) this.listener.onEnter(at, lamp, walker);
		else this.listener.onLeave(at, lamp, walker);
		if (walker.left === this.lamps) this.#walkers.delete(id);
		else this.#plan(walker);
	}

	#plan(walker: Walker, from = -Infinity): void {
		const at = Math.min(this.#edge(walker, true), this.#edge(walker, false));
		this.agenda.add(Math.max(at, from), this, walker.id);
	}

	#edge(walker: Walker, entering: boolean): number {
		const index = entering ? walker.entered : walker.left;
		if (index === this.lamps) return Infinity;
		const half = halfChord(MANNERS[walker.kind]);
		return this.#passes(walker, index, entering ? -half : half);
	}

	/** When the user is `half` metres before (negative) or past the nth lamp on its way. */
	#passes({ bornAt, speed, forth }: RoadUser, index: number, half: number): number {
		const { places, lamps } = this;
		const place = forth ? places[index]! : this.#length - places[lamps - 1 - index]!;
		return bornAt + ((MARGIN + place + half) / speed) * 1000;
	}

	#arrive(at: number): void {
		const { kind, forth, speed: recorded } = this.#batch!.arrivals[this.#place++]!;
		const speed = recorded ?? MANNERS[kind].speed * this.#speeds.between(1 - SPREAD, 1 + SPREAD);
		const walker: Walker = {
			id: this.#count++,
			kind,
			forth,
			bornAt: at,
			speed,
			entered: 0,
			left: 0,
		};
		this.#walkers.set(walker.id, walker);
		this.onArrival(at, kind);
		this.#plan(walker);
		this.#next();
	}

	/** Plans the next arrival; those before the run began have passed already. */
	#next(): void {
		for (;;) {
			while (this.#batch && this.#place < this.#batch.arrivals.length) {
				const at = this.#batch.arrivals[this.#place]!.at - this.epochUtc;
				if (at >= 0) {
					this.agenda.add(at, this.#arrival);
					return;
				}
				this.#place++;
			}
			this.#batch = this.timetable.take(this.#batch?.until ?? this.epochUtc);
			this.#place = 0;
			if (!this.#batch) return;
		}
	}
}
