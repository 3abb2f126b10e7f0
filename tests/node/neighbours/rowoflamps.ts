/**
 * Poles: nodes along a street that receive each other's datagrams, with road users of known ways.
 *
 * Pole n of a side stands at n times SPACING. A datagram reaches the poles within RANGE in the next
 * step, unless chance loses it. A PIR sees whom `sees` lets it see, and is still 2 s after they left.
 */
import { type Random, random } from "../../../lib/random.js";
import type { Node } from "../../../src/node.js";
import type { Millis, UtcMillis } from "../../../src/units.js";
import type { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { GROUP, KEY, SITE } from "../../support/neighbour.js";

export const SPACING = 30;
const RANGE = 100;
export const STEP: Millis = 50;
const RELEASE: Millis = 2_000;
/** Half of the way through a cone, m. */
export const HALF = 8;
const EVENING = Date.parse("2026-11-24T23:30:00Z") as UtcMillis; // the program asks 40 %
/** All have settled and rest on the program. */
export const QUIET: Millis = 200_000;
const FULL = 4095;

export interface Passer {
	/** When they are at pole 0 (going back: at the last one). */
	readonly at: Millis;
	/** m/s; below 0: back. */
	readonly speed: number;
	/** Sides of the street whose PIRs see them. */
	readonly seenBy: readonly number[];
}

export interface RowLamp {
	readonly host: FakeHost;
	readonly node: Node;
	readonly place: number;
	readonly side: number;
	/** Its PIR sees nobody any more. */
	dead: boolean;
	activeUntil: Millis;
	fullSince: Millis; // Infinity: it is not
}

export class RowOfLamps {
	readonly poles: RowLamp[] = [];
	now: Millis = QUIET;
	private readonly chance: Random;
	private readonly count: number;
	private readonly loss: number;

	/** `count` poles on each of `sides`; `loss`: share of the datagrams that each way loses. */
	constructor(count: number, sides: number, loss: number, seed: number) {
		this.count = count;
		this.loss = loss;
		this.chance = random(seed, "air");
		for (let n = 0; n < count * sides; n += 1) this.poles.push(poleOf(n % count, n >= count));
	}

	/** Runs to `until`; `see` is asked after each step. */
	run(until: Millis, passers: readonly Passer[], see: (at: Millis) => void = () => {}): void {
		const visits = this.poles.map(({ place, side }) =>
			passers
				.filter(({ seenBy }) => seenBy.includes(side))
				.map((passer) => this.visit(passer, place)),
		);
		for (; this.now < until; this.now += STEP) {
			for (const [index, pole] of this.poles.entries()) this.turn(pole, visits[index]!);
			this.carry();
			see(this.now);
		}
	}

	/** When that one enters the cone at `place`. */
	entersAt({ at, speed }: Passer, place: number): Millis {
		const way = (speed > 0 ? place : this.count - 1 - place) * SPACING - HALF;
		return at + (way / Math.abs(speed)) * 1000;
	}

	/** From when to when they are in the cone. */
	private visit(passer: Passer, place: number): readonly [from: Millis, until: Millis] {
		const from = this.entersAt(passer, place);
		return [from, from + (2 * HALF * 1000) / Math.abs(passer.speed)];
	}

	private turn(pole: RowLamp, visits: readonly (readonly [from: Millis, until: Millis])[]): void {
		const { host } = pole;
		const { now } = this;
		host.run(now);
		const wasActive = pole.activeUntil > now - STEP;
		const isSeen = visits.some(([from, until]) => now >= from && now < until);
		if (isSeen && !pole.dead) pole.activeUntil = now + RELEASE;
		const isActive = pole.activeUntil > now;
		if (isActive !== wasActive)
			host.deliver((inputs) => (isActive ? inputs.onMovement(now) : inputs.onStillness(now)));
		if (host.duty < FULL) pole.fullSince = Infinity;
		else pole.fullSince = Math.min(pole.fullSince, now);
	}

	private carry(): void {
		for (const from of this.poles)
			for (const [, bytes] of from.host.datagramsOut.splice(0))
				for (const to of this.poles) {
					const isNear = Math.abs(to.place - from.place) * SPACING <= RANGE;
					if (to === from || !isNear || this.chance.next() < this.loss) continue;
					to.host.datagramsIn.push(bytes);
					to.host.deliver((inputs, now) => inputs.onDatagram(now));
				}
	}
}

function poleOf(place: number, isFar: boolean): RowLamp {
	const side = isFar ? 1 : 0;
	const row = { neighbourGroup: GROUP, poleNumber: place, poleSide: side, siteKey: KEY };
	const settings = { identity: { site: SITE }, sensing: row };
	const lamp = bootLamp({ settings, lux: 0, utc: EVENING, until: QUIET });
	const idle = { dead: false, activeUntil: Number.NEGATIVE_INFINITY, fullSince: Infinity };
	return { ...lamp, place, side, ...idle };
}
