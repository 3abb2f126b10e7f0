/**
 * Played options: today's options (lib/lightingoptions/options.ts) under the sky and traffic of a run.
 *
 * Their light follows daylight and clock alone, so it is played beside the run's own lamps, without
 * machines: the cabinet switches all lamps at the levels of the old lamps' photocell, at once and
 * without fault. Faults of the world do not reach them.
 */

import { levelAt, nextChange } from "../../lib/lightingoptions/clock.js";
import {
	type LightingOption,
	optionOf,
	TODAY,
	type Today,
} from "../../lib/lightingoptions/options.js";
import type { Zone } from "../../lib/zone.js";
import { Debt, DUSK } from "../checks/debt.js";
import { METER_VALUES, Meter } from "../results/meter.js";
import { type Counts, Passages } from "../results/passages.js";
import { together, type Witness } from "../street/witness.js";
import type { RoadUser } from "../world/roadusers.js";
import { FULL_DUTY } from "../world/world.js";

/** Figures of a street with an option; `passed` and `unlit` count road users. */
export interface NightFigures {
	readonly energy_kWh: number;
	/** Seconds of persons under a lamp at night, and of these with less than the full class. */
	readonly person_s: number;
	readonly below_s: number;
	readonly passed: Readonly<Counts>;
	readonly unlit: Readonly<Counts>;
	readonly dark_h: number;
	readonly unlit_h: number;
}

interface PlayedParts {
	readonly lamps: number;
	readonly epochUtc: number;
	readonly zone: Zone;
	/** Night begins below and ends from these values on, lux. */
	readonly onLevel: number;
	readonly offLevel: number;
	/** Power of the LED at full, watts. */
	readonly ledPower_W: number;
	/** Level of the full class, per cent. */
	readonly fullLevel: number;
	/** Receives each switching of an option, per cent. */
	readonly onSwitch?: (option: Today, at: number, level: number) => void;
}

export class PlayedOption implements Witness {
	readonly #debt: Debt;
	readonly #meter: Meter;
	readonly #passages: Passages;
	readonly #all: Required<Witness>;
	#isNight = false;
	#level = 0;
	#next: number;

	constructor(
		private readonly option: LightingOption,
		private readonly parts: PlayedParts,
	) {
		const { lamps, onLevel, offLevel, ledPower_W, fullLevel, epochUtc } = parts;
		this.#debt = new Debt(lamps, { level: fullLevel, onLevel });
		const unfed = { standbyPower_W: 0, controllerPower_W: 0 };
		this.#meter = new Meter(lamps, { ...METER_VALUES, ...unfed, ledPower_W, onLevel, offLevel });
		this.#passages = new Passages(lamps, onLevel, DUSK);
		this.#all = together([this.#debt, this.#meter, this.#passages]);
		for (let lamp = 0; lamp < lamps; lamp++) this.#all.onBoot(0, lamp, false);
		this.#next = this.#after(epochUtc);
	}

	onDaylight(at: number, lux: number): void {
		this.advance(at);
		const { onLevel, offLevel } = this.parts;
		this.#isNight = this.#isNight ? lux < offLevel : lux < onLevel;
		this.#switch(at);
		this.#all.onDaylight(at, lux);
	}

	onEnter(at: number, lamp: number, seen: boolean, user: RoadUser): void {
		this.advance(at);
		this.#all.onEnter(at, lamp, seen, user);
	}

	onLeave(at: number, lamp: number, seen: boolean, user: RoadUser): void {
		this.advance(at);
		this.#all.onLeave(at, lamp, seen, user);
	}

	/** The clock's changes up to `at`. */
	advance(at: number): void {
		const { epochUtc } = this.parts;
		while (this.#next - epochUtc <= at) {
			this.#switch(this.#next - epochUtc);
			this.#next = this.#after(this.#next);
		}
	}

	finish(at: number): void {
		this.advance(at);
		this.#all.finish(at);
	}

	figuresAt(at: number): NightFigures {
		const { personMs, owedMs } = this.#debt;
		const { passed, unlit } = this.#passages;
		return {
			energy_kWh: this.#meter.energyAt(at),
			person_s: personMs / 1000,
			below_s: owedMs / 1000,
			passed,
			unlit,
			...this.#passages.hoursAt(at),
		};
	}

	/** UTC of the next change by the clock. */
	#after(utc: number): number {
		const { zone } = this.parts;
		return Math.max(utc + 1, zone.utcOf(nextChange(this.option, zone.localOf(utc)), utc));
	}

	#switch(at: number): void {
		const { zone, epochUtc, lamps, fullLevel } = this.parts;
		const asked = levelAt(this.option, zone.localOf(epochUtc + at)) ?? 0;
		const level = this.#isNight ? (asked * fullLevel) / 100 : 0;
		if (level === this.#level) return;
		this.#level = level;
		this.parts.onSwitch?.(this.option.name as Today, at, level);
		const duty = (FULL_DUTY * level) / 100;
		for (let lamp = 0; lamp < lamps; lamp++) this.#all.onDuty(at, lamp, duty, duty, at);
	}
}

/** All of them beside one run. */
export class PlayedOptions {
	readonly #options: ReadonlyMap<Today, PlayedOption>;
	readonly witnesses: readonly Witness[];

	constructor(parts: PlayedParts) {
		this.#options = new Map(TODAY.map((name) => [name, new PlayedOption(optionOf(name), parts)]));
		this.witnesses = [...this.#options.values()];
	}

	/** Figures up to `at`, virtual ms. */
	figuresAt(at: number): Readonly<Record<Today, NightFigures>> {
		const all = [...this.#options].map(([name, option]) => [name, option.figuresAt(at)]);
		return Object.fromEntries(all) as Record<Today, NightFigures>;
	}
}
