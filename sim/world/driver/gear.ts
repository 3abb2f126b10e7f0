/**
 * Gear: one D4i driver with its light source: levels, fades, settings, questions and memory.
 *
 * Written from the numbers of `lib/dali` alone (docs/dali.md); it shares no line with the firmware.
 * State holds instants, so that `now` may go any way ahead. `now` never goes back.
 */
import type { BankTable } from "../../../lib/dali/banks.js";
import { BANKS } from "../../../lib/dali/banks.js";
import {
	CURVE,
	FADE_RATES,
	FADE_TIMES,
	LEVELS,
	RESET_VALUES,
	TIMING,
} from "../../../lib/dali/timing.js";
import type { Random } from "../../../lib/random.js";
import { Arc } from "./arc.js";
import { lightOf } from "./curve.js";
import { type Contents, type Counters, Memory } from "./memory.js";
import { type LightSource, partOf, type Rating, Usage } from "./usage.js";

export const MASK = LEVELS.mask.number;

/** Settings that a driver keeps without power. */
export interface Variables {
	maxLevel: number;
	minLevel: number;
	powerOnLevel: number;
	systemFailureLevel: number;
	fadeTime: number;
	fadeRate: number;
	extendedBase: number;
	extendedMultiplier: number;
	/** The dimming curve of part 207: 0 standard, 1 linear. */
	curve: number;
	/** MASK: none. */
	shortAddress: number;
}

export interface GearOptions {
	/** Lowest level of the hardware; 85 is 1 %. */
	readonly physicalMinimum: number;
	readonly contents: Contents;
	/** Settings that differ from those after a reset. */
	readonly variables?: Partial<Variables>;
	readonly banks?: readonly BankTable[];
	readonly rating?: Rating;
}

/** From power on to the first light, ms: as it is told of drivers, without a source (docs/dali.md). */
export const FIRST_LIGHT = 600;

/** Multipliers of the extended fade time, ms (source A; docs/dali.md). */
const MULTIPLIERS = [0, 100, 1000, 10_000, 60_000];

export class Gear implements Counters {
	readonly memory: Memory;
	readonly usage: Usage;
	readonly physicalMinimum: number;
	variables: Variables;
	isPowered = false;
	/** Since power came neither a level nor RESET arrived. */
	powerCycleSeen = false;
	limitError = false;
	lastActive = CURVE.most.number;
	source: LightSource = "sound";
	/** After RESET the driver misses frames until then. */
	missesUntil = -Infinity;
	/** After power came the driver gives no light until then, whatever its level. */
	darkUntil = -Infinity;
	#arc = new Arc();
	#settled = 0; // the usage is counted up to here

	constructor(options: GearOptions) {
		const { physicalMinimum, contents, banks = BANKS, rating } = options;
		this.physicalMinimum = physicalMinimum;
		this.variables = { ...this.#resetVariables(), shortAddress: MASK, ...options.variables };
		this.usage = new Usage(rating);
		this.memory = new Memory(banks, contents, this);
	}

	#resetVariables(): Omit<Variables, "shortAddress"> {
		return {
			maxLevel: RESET_VALUES.maxLevel.number,
			minLevel: this.physicalMinimum,
			powerOnLevel: RESET_VALUES.powerOnLevel.number,
			systemFailureLevel: RESET_VALUES.systemFailureLevel.number,
			fadeTime: RESET_VALUES.fadeTime.number,
			fadeRate: RESET_VALUES.fadeRate.number,
			extendedBase: 0,
			extendedMultiplier: 0,
			curve: 0,
		};
	}

	/** All settings are those after a reset. */
	get isReset(): boolean {
		const { variables } = this;
		return Object.entries(this.#resetVariables()).every(
			([name, value]) => variables[name as keyof Variables] === value,
		);
	}

	/** The level that the driver drives; between two whole ones while it fades. */
	levelAt(now: number): number {
		return this.isPowered ? this.#arc.levelAt(now) : 0;
	}

	/** Level of the last command. */
	get target(): number {
		return this.#arc.target;
	}

	fadesAt(now: number): boolean {
		return this.isPowered && this.#arc.fadesAt(now);
	}

	/** When the fade under way ends; Infinity: none. */
	fadeEnd(now: number): number {
		return this.isPowered ? this.#arc.endAt(now) : Infinity;
	}

	/** The light that the driver drives, 0 to 1, whether or not the light source gives it. */
	drivenAt(now: number): number {
		if (now < this.darkUntil) return 0;
		return lightOf(this.levelAt(now), this.#isLinear);
	}

	get #isLinear(): boolean {
		return this.variables.curve === 1;
	}

	/** Light of the lamp, 0 to 1: by level and light source. */
	lightAt(now: number): number {
		return this.drivenAt(now) * partOf(this.source);
	}

	get hasFailedLamp(): boolean {
		return this.source === "open" || this.source === "shorted";
	}

	isLitAt(now: number): boolean {
		return this.levelAt(now) > 0 && !this.hasFailedLamp;
	}

	/** Mains power comes or goes. */
	power(now: number, isOn: boolean): void {
		if (isOn === this.isPowered) return;
		this.settle(now);
		this.isPowered = isOn;
		if (!isOn) {
			if (this.#arc.target > 0) this.lastActive = this.#arc.target;
			return;
		}
		this.powerCycleSeen = true;
		this.limitError = false;
		this.darkUntil = now + FIRST_LIGHT;
		this.usage.starts += 1;
		const { powerOnLevel } = this.variables;
		this.#arc = new Arc();
		this.#shine(now, this.#clamped(powerOnLevel === MASK ? this.lastActive : powerOnLevel), 0);
	}

	/** The bus has failed. */
	failBus(now: number): void {
		const { systemFailureLevel } = this.variables;
		if (systemFailureLevel !== MASK) this.#shine(now, this.#clamped(systemFailureLevel), 0);
	}

	/** A level is ordered, by a fade of `span` ms; it is kept within the lowest and the highest. */
	go(now: number, level: number, span: number): void {
		const reached = this.#clamped(level);
		this.limitError = reached !== level;
		this.powerCycleSeen = false;
		this.#shine(now, reached, span);
	}

	/** Ends the fade where it is. */
	hold(now: number): void {
		this.settle(now);
		this.#arc.stop(now);
		this.powerCycleSeen = false;
	}

	/** The span of a fade by the fade time, ms. */
	get fadeSpan(): number {
		const { fadeTime, extendedBase, extendedMultiplier } = this.variables;
		if (fadeTime > 0) return FADE_TIMES[fadeTime]!;
		return (extendedBase + 1) * (MULTIPLIERS[extendedMultiplier] ?? 0);
	}

	/** Levels that UP and DOWN go. */
	get fadeSteps(): number {
		return Math.round((FADE_RATES[this.variables.fadeRate]! * TIMING.step.number) / 1000);
	}

	/** All settings are again those after a reset; the light is full. */
	reset(now: number): void {
		this.settle(now);
		Object.assign(this.variables, this.#resetVariables());
		this.limitError = this.powerCycleSeen = false;
		this.missesUntil = now + TIMING.reset.number;
		this.#shine(now, RESET_VALUES.actualLevel.number, 0);
	}

	/** The settings become any that a driver may have; the level stays. */
	forget(now: number, random: Random): void {
		this.settle(now);
		const { physicalMinimum, variables } = this;
		const any = (least: number, most: number) => Math.round(random.between(least, most));
		variables.minLevel = any(physicalMinimum, CURVE.most.number);
		variables.maxLevel = any(variables.minLevel, CURVE.most.number);
		variables.powerOnLevel = any(0, MASK);
		variables.systemFailureLevel = any(0, MASK);
		variables.fadeTime = any(0, 15);
		variables.fadeRate = any(1, 15);
		variables.curve = any(0, 1);
	}

	/** Another dimming curve: the level stays, the light does not. */
	setCurve(now: number, curve: number): void {
		this.settle(now);
		this.variables.curve = curve;
	}

	/** The light source fails or is mended. */
	setSource(now: number, source: LightSource): void {
		this.settle(now);
		const wasFailed = this.hasFailedLamp;
		this.source = source;
		if (!this.hasFailedLamp || wasFailed) return;
		this.usage.failures += 1;
		if (source === "open") this.usage.opens += 1;
		else this.usage.shorts += 1;
	}

	/** Another maker's memory, or its own again. */
	setForeign(random: Random | undefined): void {
		this.memory.fill(random);
	}

	readings(now: number): ReadonlyMap<string, number> {
		this.settle(now);
		return this.usage.readings(this.lightAt(now), this.isLitAt(now), this.source);
	}

	set(name: string, value: number): void {
		if (name === "206.startsResettable") this.usage.ignitionsResettable = value;
		if (name === "206.onTimeResettable") this.usage.litResettable = value * 1000;
	}

	/** Counts energy and hours up to `now`. */
	settle(now: number): void {
		const since = this.#settled;
		if (!(now > since)) return;
		this.#settled = now;
		if (!this.isPowered) return;
		const span = now - since;
		const isDead = this.hasFailedLamp;
		const light = (this.#arc.sum(since, now, this.#isLinear) / span) * partOf(this.source);
		this.usage.add(span, light, isDead ? 0 : this.#arc.litTime(since, now));
	}

	#clamped(level: number): number {
		if (level === LEVELS.off.number) return level;
		return Math.min(Math.max(level, this.variables.minLevel), this.variables.maxLevel);
	}

	#shine(now: number, level: number, span: number): void {
		this.settle(now);
		const wasLit = this.isLitAt(now);
		this.#arc.go(now, level, span, this.variables.minLevel);
		if (level > 0) this.lastActive = level;
		if (wasLit || level === 0 || this.hasFailedLamp || !this.isPowered) return;
		this.usage.ignitions += 1;
		this.usage.ignitionsResettable += 1;
	}
}
