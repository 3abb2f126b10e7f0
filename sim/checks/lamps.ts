/**
 * Lamps: state shared by the checks: light of each lamp, road users in its cone, darkness, orders.
 *
 * It is called first, so that each check finds the state as of the event it receives. The
 * requirements under any set of faults follow from the world alone: skylight.ts (dark or day),
 * dates.ts (date and program), movement.ts (the PIR), orderbook.ts (orders), downloads.ts (images),
 * luminaires.ts (light sources), driven.ts (drivers on buses).
 */

import { FAULTS } from "../faults/faults.js";
import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import { Courses } from "../util/courses.js";
import { FULL_DUTY } from "../world/world.js";
import { Airways } from "./airways.js";
import type { Configured, Out, ProgramOracle, Range } from "./configured.js";
import { Dates } from "./dates.js";
import { Downloads } from "./downloads.js";
import { driveOf } from "./drive.js";
import { Driven } from "./driven.js";
import { Heat } from "./heat.js";
import { Luminaires } from "./luminaires.js";
import { Movement } from "./movement.js";
import { OrderBook } from "./orderbook.js";
import { Overlaps } from "./overlaps.js";
import { Skylight } from "./skylight.js";
import { VOUCHED_ERROR, Vouched } from "./vouched.js";

/** Limit of the driver's output in a hot housing, per cent. */
const DERATING = 50;

/** Steps of the DALI curve lie 2.8 % apart: half of one, and the duty's own rounding. */
const SHARE_TOLERANCE = 0.02;
const LEVEL_TOLERANCE = 0.05;
/** From power on to the first light: the engine starts and reads its settings, ms. */
const FIRST_LIGHT = 1_000;
/** From then until a reading of the light sensor corrects a date that a restart kept, and the rise, ms. */
const FIRST_READING = 1_000;

/** The least level that is `wanted`, within the tolerance of the curve's steps. */
export function leastOf(wanted: number): number {
	return wanted * (1 - SHARE_TOLERANCE) - LEVEL_TOLERANCE;
}

/** Whether a level is at most `wanted`, within the tolerance of the curve's steps. */
function atMost(level: number, wanted: number): boolean {
	return level <= wanted * (1 + SHARE_TOLERANCE) + LEVEL_TOLERANCE;
}

/** Poles to either side from which a neighbour's movement can light a lamp. */
const SIGNAL_REACH = 6;
/** A movement that was reported counts for so long: two are a pace (docs/neighbours.md), ms. */
const NEWS = 360_000;
/** The reach of a radio in the street, poles. */
export const RADIO_REACH = 3;

export class Lamps implements Witness {
	/** Light output, per cent: the PWM drives the LED current in proportion. */
	readonly #level: Courses;
	/** Since when the machine runs; Infinity: it does not. */
	readonly runsSince: Float64Array;
	/** Number of road users in the cone, and of those that the PIR detects. */
	readonly inside: Int32Array;
	readonly seen: Int32Array;
	/** Since when a detected road user is in the cone, or Infinity. */
	readonly seenSince: Float64Array;
	/** The latest event of the light. */
	readonly changedAt: Float64Array;
	/** The light at that instant until then. */
	readonly levelBefore: Float64Array;
	/** Departure of the last one, or start of the lamp, whichever is later. */
	readonly vacantSince: Float64Array;
	/** Likewise the PIR's last release, false triggers included; Infinity: it is active. */
	readonly stillSince: Float64Array;
	readonly dates: Dates;
	readonly vouched: Vouched;
	readonly skylight: Skylight;
	readonly movement: Movement;
	readonly orders: OrderBook;
	readonly luminaires: Luminaires;
	readonly air: Airways;
	readonly downloads: Downloads;
	readonly driven: Driven;
	readonly #heat: Heat;
	/** Level 100 of the maintained light, of full duty, and the least share of it that gives it. */
	readonly #epochUtc: number;
	readonly #full: Float64Array;
	readonly #leastDrive: Float64Array;
	/** 1: datagrams were recorded around it; 2: and it booted since, so that old ones may be new to it. */
	readonly #mayReplay: Uint8Array;
	/** Recorded datagrams are sent again. */
	readonly #replays: Overlaps;

	constructor(
		readonly count: number,
		readonly configured: Configured,
		epochUtc: number,
	) {
		this.#epochUtc = epochUtc;
		this.#level = new Courses(count);
		this.runsSince = new Float64Array(count).fill(Infinity);
		this.inside = new Int32Array(count);
		this.seen = new Int32Array(count);
		this.seenSince = new Float64Array(count).fill(Infinity);
		this.vacantSince = new Float64Array(count);
		this.changedAt = new Float64Array(count);
		this.levelBefore = new Float64Array(count);
		this.stillSince = new Float64Array(count);
		const isSwitched = configured.supply === "switched";
		this.dates = new Dates(count, isSwitched, configured.offLevel);
		this.vouched = new Vouched(count, configured, epochUtc, this.dates);
		this.skylight = new Skylight(count, configured, epochUtc, this.dates, this.vouched);
		this.movement = new Movement(count, configured);
		this.orders = new OrderBook(count, this.dates, configured.lateness, isSwitched);
		this.luminaires = new Luminaires(count);
		this.air = new Airways(count);
		this.downloads = new Downloads(count);
		this.driven = new Driven(count, configured.hasBus === true);
		this.#heat = new Heat(count);
		this.#full = new Float64Array(count).fill(driveOf(configured));
		this.#mayReplay = new Uint8Array(count);
		this.#replays = new Overlaps(count);
		this.#leastDrive = new Float64Array(count).fill(configured.leastDrive ?? 1);
	}

	/** Light output at an instant, between two points of a fade that of the line between them. */
	level(at: number, lamp: number): number {
		return this.#level.valueAt(at, lamp);
	}

	/** When the fade under way ends, or its piece; the past: the light is held. */
	movesUntil(lamp: number): number {
		return this.#level.until(lamp);
	}

	/** Whether the maintained light may be at least, or at most, `wanted` per cent. */
	isAtLeast(at: number, lamp: number, wanted: number, level = this.level(at, lamp)): boolean {
		if (this.driven.mayBeDim(at, lamp)) return true;
		const most = this.mostAt(at, lamp);
		return level >= leastOf(Math.min(wanted, most)) * this.leastDrive(lamp);
	}

	/** The greatest level that must shine: that of the thermal cap, where it may be on. */
	mostAt(at: number, lamp: number): number {
		const { deratingLevel = DERATING } = this.configured;
		return this.isHot(at, lamp) ? deratingLevel : 100;
	}

	/** The thermal cap may be in force, or have been a moment ago. */
	isHot(at: number, lamp: number): boolean {
		return this.#heat.mayBeOn(at, lamp);
	}

	/** The least share of a level that a corrected output leaves. */
	leastDrive(lamp: number): number {
		return this.#leastDrive[lamp]!;
	}

	/** The level of a driver at its minimum. */
	leastLit(lamp: number): number {
		return (this.configured.minimumDuty ?? 0) / this.#full[lamp]!;
	}

	/** Whether a lit driver gives its minimum. */
	isAboveMinimum(at: number, lamp: number): boolean {
		return this.level(at, lamp) >= leastOf(this.leastLit(lamp)) || this.driven.mayBeDim(at, lamp);
	}

	/** Whether the thermal cap is kept, where it must be in force. */
	isBelowCap(at: number, lamp: number): boolean {
		const { deratingLevel = DERATING, minimumDuty = 0 } = this.configured;
		const isCapped = this.#heat.isCertain(at, lamp, this.runsSince[lamp]!, this.configured);
		const most = Math.max(deratingLevel, minimumDuty) / this.#full[lamp]!;
		return !isCapped || atMost(this.level(at, lamp), most) || this.driven.mayBeBright(at, lamp);
	}

	isAtMost(at: number, lamp: number, wanted: number, level = this.level(at, lamp)): boolean {
		if (this.driven.mayBeBright(at, lamp)) return true;
		const least = wanted > 0 ? this.leastLit(lamp) : 0;
		return atMost(level, Math.max(least, wanted));
	}

	/** When the piece under way passes the least light that is `wanted` per cent; Infinity: never. */
	passesAt(lamp: number, wanted: number): number {
		return this.#level.passesAt(lamp, leastOf(wanted) * this.leastDrive(lamp));
	}

	/** Dark without doubt, stated delays included, and the lamp has had the time to measure it. */
	isDark(at: number, lamp: number): boolean {
		return this.isSurelyDark(at, lamp) && at >= this.runsSince[lamp]! + this.configured.startTime;
	}

	/** Likewise, from the first light of its life on: a lamp that starts counts it as dark. */
	isSurelyDark(at: number, lamp: number): boolean {
		const litAfter = FIRST_LIGHT + (this.dates.mayBeWrong(lamp) ? FIRST_READING : 0);
		return at >= this.runsSince[lamp]! + litAfter && this.skylight.mustBeDark(at, lamp);
	}

	/** The sky is dark, and the machine runs: a chance for checks of the night. */
	isNight(at: number, lamp: number): boolean {
		return this.runsSince[lamp]! <= at && this.skylight.isSkyDark(at);
	}

	/** Likewise broad daylight, a chance for checks of the day. */
	isDaytime(at: number, lamp: number): boolean {
		return this.runsSince[lamp]! <= at && this.skylight.isBroadDay(at);
	}

	/** Bright without doubt, and the machine runs. */
	isBright(at: number, lamp: number): boolean {
		return this.runsSince[lamp]! <= at && this.skylight.mustBeDay(at, lamp);
	}

	/** Whether none of its sensors is broken, was lately, or looks so. */
	isSound(at: number, lamp: number): boolean {
		const { movement, skylight } = this;
		return movement.isSound(at, lamp) && !movement.isEchoed(lamp) && skylight.isSound(at, lamp);
	}

	/**
	 * The place has been vacant for `ms`, and no broken sensor contradicts it; with neighbours,
	 * also the places whose movements would light this lamp, until those expire.
	 */
	isVacant(at: number, lamp: number, ms: number): boolean {
		return this.#isQuiet(this.vacantSince, at, lamp, ms);
	}

	/** Likewise: and no PIR fired falsely. */
	isStill(at: number, lamp: number, ms: number): boolean {
		return this.isVacant(at, lamp, ms) && this.#isQuiet(this.stillSince, at, lamp, ms);
	}

	#isQuiet(since: Float64Array, at: number, lamp: number, ms: number): boolean {
		if (!(since[lamp]! + ms <= at) || !this.isSound(at, lamp)) return false;
		const { neighbours, autoClear } = this.configured;
		if (!neighbours) return true;
		if (this.#mayReplay[lamp] === 2) return false;
		const last = Math.min(this.count - 1, lamp + SIGNAL_REACH);
		for (let other = Math.max(0, lamp - SIGNAL_REACH); other <= last; other++) {
			const quiet = since[other]! + ms + autoClear <= at;
			if (other !== lamp && !(quiet && this.isSound(at, other))) return false;
		}
		return true;
	}

	/** Old datagrams come again, and one may be new to it: lost, out of its reach, or of a life before. */
	hasOldNews(at: number, lamp: number): boolean {
		if (!this.#replays.isOn(at, lamp, NEWS)) return false;
		const isMissed = (this.configured.datagramLoss ?? 0) > 0 || this.count > RADIO_REACH + 1;
		return this.#mayReplay[lamp] === 2 || (this.#mayReplay[lamp] === 1 && isMissed);
	}

	/** Possible error of its clock, ms; Infinity: any. */
	clockError(at: number, lamp: number): number {
		return this.dates.errorOf(at, lamp);
	}

	/** Whether lights that its program puts out must be below the floor, may be, or must not. */
	outAt(at: number, lamp: number): Out {
		const { vouched, dates } = this;
		if (!vouched.isPossible(lamp)) return "never";
		if (dates.mayBeWrong(lamp) || vouched.isOff(at, lamp)) return "near";
		return vouched.isCertain(at, lamp) && dates.isRight(at, lamp) ? "must" : "may";
	}

	/** The program's levels at an instant by what the lamp's date is worth. `more`: further tolerance, ms. */
	rangeAt(program: ProgramOracle, at: number, lamp: number, more = 0): Range {
		const error = this.clockError(at, lamp) + more;
		const utc = this.#epochUtc + at;
		const range = program.rangeAt(utc, error, this.outAt(at, lamp), VOUCHED_ERROR);
		return this.skylight.isDayByClock(at, lamp) ? program.orOutside(utc) : range;
	}

	/** Whether its program must be in force; else it shines as without one. */
	hasProgram(at: number, lamp: number): boolean {
		return this.clockError(at, lamp) < Infinity && !this.skylight.mayContradict(at);
	}

	/** Whether an order may hold the light at that instant, or held it until `before` ms ago. */
	isOrdered(at: number, lamp: number, before: number): boolean {
		return this.orders.isOrdered(at, lamp, before);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		this.runsSince[lamp] = at;
		this.vacantSince[lamp] = this.inside[lamp]! > 0 ? Infinity : at;
		this.stillSince[lamp] = at;
		if (this.#mayReplay[lamp] === 1) this.#mayReplay[lamp] = 2;
		this.driven.onBoot(at, lamp, restarted);
		this.dates.onBoot(at, lamp, restarted);
		this.vouched.onBoot(at, lamp);
		this.skylight.onBoot(at, lamp);
		this.movement.onBoot(at, lamp);
		this.orders.onBoot(at, lamp, restarted);
		this.luminaires.onBoot(at, lamp, restarted);
		this.#renew(lamp);
	}
	onEnd(at: number, lamp: number): void {
		this.driven.onEnd(at, lamp);
		this.runsSince[lamp] = Infinity;
		this.changedAt[lamp] = at;
		this.#level.hold(at, lamp, 0);
		this.dates.onEnd(at, lamp);
		this.movement.onEnd(at, lamp);
		this.orders.onEnd(at, lamp);
	}
	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		if (this.changedAt[lamp]! < at) this.levelBefore[lamp] = this.level(at, lamp);
		this.changedAt[lamp] = at;
		const levelOf = 100 / FULL_DUTY / this.#full[lamp]!;
		this.#level.set(at, lamp, duty * levelOf, to * levelOf, until);
	}
	onEnter(at: number, lamp: number, seen: boolean): void {
		this.inside[lamp]!++;
		this.vacantSince[lamp] = Infinity;
		if (seen && this.seen[lamp]!++ === 0) this.seenSince[lamp] = at;
	}
	onLeave(at: number, lamp: number, seen: boolean): void {
		if (--this.inside[lamp]! === 0) this.vacantSince[lamp] = at;
		this.movement.onLeave(at, lamp);
		if (seen && --this.seen[lamp]! === 0) this.seenSince[lamp] = Infinity;
	}
	onEdge(at: number, lamp: number, moving: boolean, real: boolean): void {
		this.stillSince[lamp] = moving ? Infinity : at;
		this.movement.onEdge(at, lamp, moving, real);
	}
	onFault(at: number, lamp: number, name: string, on: boolean): void {
		if (name === "datagramReplayed") {
			if (on) this.#mayReplay[lamp] = 1;
			this.#replays.turn(at, lamp, on);
		}
		this.driven.onFault(at, lamp, name, on);
		if (FAULTS[name]!.heats) this.#heat.turn(at, lamp, on);
		this.skylight.onFault(at, lamp, name, on);
		this.vouched.onFault(at, lamp, name, on);
		this.movement.onFault(at, lamp, name, on);
		this.orders.onFault(at, lamp, name, on);
		this.air.onFault(at, lamp, name, on);
	}
	onConnection(at: number, lamp: number, isOpen: boolean): void {
		this.downloads.onConnection(at, lamp, isOpen);
		this.orders.onConnection(at, lamp, isOpen);
	}
	onTransmission(at: number, lamp: number): void {
		this.movement.onTransmission(at, lamp);
	}
	onTime(at: number, lamp: number, error: number): void {
		this.dates.onTime(at, lamp, error);
	}
	onOrder(order: OrderSent): void {
		this.orders.onOrder(order);
		this.luminaires.onOrder(order);
		this.#renew(order.lamp);
	}
	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix === "clock/question") {
			this.vouched.onQuestion(at, lamp);
			this.dates.onCity(at, lamp);
		}
		this.orders.onReport(at, lamp, suffix, payload);
		this.luminaires.onReport(at, lamp, suffix, payload);
		if (suffix === "reply" || suffix === "event") this.#renew(lamp);
	}

	/**
	 * Constant light output begins anew with a new source, and goes on at the hours that a new node is
	 * given; each drive that may be right is, until one is certain.
	 */
	#renew(lamp: number): void {
		const { leastDrive = 1, hoursBefore: before = 0 } = this.configured;
		const drives = this.luminaires
			.hoursOf(lamp, before)
			.map((hoursBefore) => driveOf({ ...this.configured, hoursBefore }));
		const full = Math.max(...drives);
		this.#leastDrive[lamp] = leastDrive * (Math.min(...drives) / full);
		this.#level.scale(lamp, this.#full[lamp]! / full);
		this.#full[lamp] = full;
	}
	onDaylight(at: number, lux: number): void {
		this.dates.onDaylight(at, lux);
		this.vouched.onDaylight(at, lux);
		this.skylight.onDaylight(at, lux);
	}
	advance(at: number): void {
		this.skylight.advance(at);
	}
}
