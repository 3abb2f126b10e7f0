/**
 * Required: the least and the most light that a lamp may give at an instant, from the world and the
 * orders on the wire alone.
 *
 * A second arbiter, written from docs/architecture.md (Precedence) and docs/broker.md: order before
 * program, presence above both unless the order inhibits it, emergency above all; floor, protection
 * and greatest level last. Wherever the world leaves a fact open, both results are within the band.
 */
import { RELEASE } from "../world/pir.js";
import { longestHold, type ProgramOracle, shortestHold } from "./configured.js";
import type { Lamps } from "./lamps.js";
import type { Entry } from "./orderbook.js";

/** From an edge until the light of presence shines, ms. */
const RISE_LIMIT = 1_200;
/** A revision, or a line at the pole, may set this hold. */
const SET_HOLD = 20_000;

export interface Band {
	least: number;
	most: number;
	/** The least light of a lamp that is not off; 0: any. */
	leastLit: number;
	/** Why a fact is open, the weightiest; undefined: none is. */
	open: string | undefined;
	/** Presence or an emergency may raise the light of an order. */
	isRaised: boolean;
}

/** Whether somebody counts as present at a lamp. */
type Presence = "yes" | "lingers" | "no" | "open";

/** A request below the sensors: its least and greatest level, and its exceptions. */
interface Base {
	readonly least: number;
	readonly most: number;
	readonly belowFloor: boolean;
	readonly inhibits: boolean;
	/** An order in place of the program. */
	readonly isOrder: boolean;
}

export class Required {
	readonly #back: number;
	readonly #heldFor: number;
	/** Level that a lamp held when maintenance began, by order. */
	readonly #held = new Map<Entry, readonly [least: number, most: number]>();

	constructor(
		private readonly lamps: Lamps,
		private readonly program: ProgramOracle,
	) {
		this.#back = returnTime(lamps.configured);
		this.#heldFor = Math.min(SET_HOLD, shortestHold(lamps.configured));
		lamps.orders.onAccepted((at, entry) => {
			if (entry.order.command === "maintenanceMode" && !entry.isClear) this.#hold(at, entry);
		});
	}

	/** The greatest level with somebody there and without an order. */
	mostWithPresence(at: number, lamp: number): number {
		const range = this.lamps.rangeAt(this.program, at, lamp);
		return Math.max(range.most, range.presenceMost);
	}

	/** The program's levels around an instant; a lamp's clock may be open. */
	programAt(at: number, lamp: number): { least: number; most: number } {
		const { least, most } = this.#programBase(at, lamp);
		return { least, most };
	}

	/** The light of presence, apart from other requests; a lamp's clock may be open. */
	presenceAt(at: number, lamp: number): { least: number; most: number } {
		const range = this.lamps.rangeAt(this.program, at, lamp);
		return { least: range.presenceLeast, most: range.presenceMost };
	}

	/** Likewise over an order, which ends lights out that ignore presence. */
	#overOrder(at: number, lamp: number): { least: number; most: number } {
		const range = this.lamps.rangeAt(this.program, at, lamp);
		return { least: range.overOrderLeast, most: range.overOrderMost };
	}

	/** The band at an instant; a new object. */
	bandAt(at: number, lamp: number): Band {
		const { lamps } = this;
		const { maxLevel, presenceLevel, fullLevel = 100 } = lamps.configured;
		const isRunning = at >= lamps.runsSince[lamp]! + lamps.configured.startTime;
		if (!isRunning)
			return { least: 0, most: maxLevel, leastLit: 0, open: "a boot", isRaised: true };
		const isDark = lamps.isDark(at, lamp);
		const isDay = !isDark && lamps.isBright(at, lamp);
		const presence = isDay ? "no" : this.#presence(at, lamp);
		const band: Band = {
			least: maxLevel,
			most: 0,
			leastLit: Math.min(maxLevel, presenceLevel, fullLevel), // for work of the lamp's own
			open: undefined,
			isRaised: presence !== "no",
		};
		for (const base of this.#bases(at, lamp, isDark, isDay)) {
			if (!isDay) this.#widen(band, this.#byNight(at, lamp, base, presence));
			if (!isDark) this.#widen(band, base);
		}
		this.#raise(at, lamp, band);
		band.open = this.#reason(at, lamp, isDark || isDay, presence);
		return band;
	}

	#widen(band: Band, { least, most }: Pick<Base, "least" | "most">): void {
		const { maxLevel } = this.lamps.configured;
		band.least = Math.min(band.least, Math.min(least, maxLevel));
		band.most = Math.max(band.most, Math.min(most, maxLevel));
		if (most > 0) band.leastLit = Math.min(band.leastLit, least);
	}

	/** The requests that may be the strongest below sensors and emergency. */
	#bases(at: number, lamp: number, isDark: boolean, isDay: boolean): Base[] {
		const { orders, configured } = this.lamps;
		const bases: Base[] = [];
		if (orders.possible(at, lamp, "sequence").length > 0)
			bases.push({ ...PLAIN, least: 0, most: configured.fullLevel ?? 100 });
		if (orders.certain(at, lamp, "sequence")) return bases;
		for (const { order } of orders.possible(at, lamp, "override")) {
			const { level, belowFloor, inhibitSensors } = order;
			bases.push({
				least: level,
				most: level,
				belowFloor,
				inhibits: inhibitSensors,
				isOrder: true,
			});
		}
		if (orders.certain(at, lamp, "override")) return bases;
		for (const entry of orders.possible(at, lamp, "maintenanceMode")) {
			const [least, most] = this.#held.get(entry) ?? [0, 100];
			bases.push({ ...PLAIN, least, most });
		}
		if (orders.certain(at, lamp, "maintenanceMode")) return bases;
		if (!isDay) bases.push(this.#programBase(at, lamp));
		if (!isDark) bases.push({ ...PLAIN, least: 0, most: 0, isOrder: false });
		return bases;
	}

	/** The program's levels are within the floor already; lights out are below it. */
	#programBase(at: number, lamp: number): Base {
		const { least, most } = this.lamps.rangeAt(this.program, at, lamp);
		return { least, most, belowFloor: true, inhibits: false, isOrder: false };
	}

	/** A base with floor, protection and presence. */
	#byNight(at: number, lamp: number, base: Base, presence: Presence): Base {
		const {
			floorLevel,
			fullLevel = 100,
			lightProtected,
			presenceLevel,
			lingerLevel,
		} = this.lamps.configured;
		const floor = lightProtected ? fullLevel : base.belowFloor ? 0 : floorLevel;
		let least = Math.max(base.least, floor);
		let most = Math.max(base.most, floor);
		if (presence !== "no" && !base.inhibits) {
			const light = base.isOrder ? this.#overOrder(at, lamp) : this.presenceAt(at, lamp);
			if (presence === "yes") least = Math.max(least, light.least);
			if (presence === "lingers") least = Math.max(least, Math.min(lingerLevel, light.least));
			const isDoubtful = presence !== "yes" || !this.lamps.isSound(at, lamp);
			const unseen = isDoubtful ? Math.max(presenceLevel, fullLevel) : 0;
			most = Math.max(most, light.most, unseen);
		}
		return { ...base, least, most };
	}

	/** An emergency raises any light, by day, too. */
	#raise(at: number, lamp: number, band: Band): void {
		const { orders, configured } = this.lamps;
		const { fullLevel = 100, maxLevel } = configured;
		const levelOf = ({ order }: Entry) => Math.min(maxLevel, order.isMaximum ? 100 : fullLevel);
		const possible = orders.possible(at, lamp, "emergency").map(levelOf);
		if (possible.length === 0) return;
		band.isRaised = true;
		band.most = Math.max(band.most, ...possible);
		band.leastLit = Math.min(band.leastLit, ...possible);
		if (orders.certain(at, lamp, "emergency"))
			band.least = Math.max(band.least, Math.min(...possible));
	}

	#presence(at: number, lamp: number): Presence {
		const { lamps } = this;
		const { pirFitted, sensorEffect, clearToBusy = 0 } = lamps.configured;
		if (sensorEffect === "none") return "no";
		if (pirFitted === false) return lamps.configured.neighbours ? "open" : "no";
		if (at >= lamps.movingSince[lamp]! + RISE_LIMIT && clearToBusy === 0) return "yes";
		const left = at - lamps.leftAt[lamp]!;
		if (clearToBusy === 0 && left < this.#heldFor) return "yes";
		if (clearToBusy === 0 && left < this.#heldFor + lamps.configured.linger) return "lingers";
		if (lamps.downloads.isUnderWay(at, lamp, this.#back)) return "open";
		return lamps.isStill(at, lamp, this.#back) ? "no" : "open";
	}

	#reason(at: number, lamp: number, isKnown: boolean, presence: Presence): string | undefined {
		const { lamps } = this;
		if (!isKnown) return "neither dark nor day";
		if (!lamps.isSound(at, lamp)) return "a sensor that is or was broken";
		if (this.#isUncertain(at, lamp)) return "an order without a certain state";
		const maintained = lamps.orders.possible(at, lamp, "maintenanceMode");
		if (maintained.some((entry) => this.#held.get(entry) === ANY_LEVEL))
			return "maintenance that began in a blink";
		if (presence === "open" || presence === "lingers") return "somebody may count as present";
		if (!lamps.hasProgram(at, lamp)) return "no date, or a wrong one";
		return undefined;
	}

	/** Some order may hold that need not. */
	#isUncertain(at: number, lamp: number): boolean {
		const { orders } = this.lamps;
		return (["override", "emergency", "maintenanceMode", "sequence"] as const).some((slot) => {
			const possible = orders.possible(at, lamp, slot);
			const certain = orders.certain(at, lamp, slot);
			return possible.some((entry) => entry !== certain);
		});
	}

	/** Maintenance holds the level towards which the lamp was on its way. */
	#hold(at: number, entry: Entry): void {
		const { order } = entry;
		const { lamp } = order;
		const { lamps } = this;
		const now = lamps.level(at, lamp);
		const still = order.at - (lamps.configured.hasBus ? BUS_FADES : 0);
		const isSteady = lamps.restsSince(still, lamp);
		const isLeast = now <= 1.05 * lamps.leastLit(lamp);
		// on a bus a fade may have begun before its first level was sent; and heat may cap the light
		const way =
			lamps.configured.hasBus || lamps.isHot(order.at, lamp)
				? this.bandAt(order.at - 1, lamp)
				: { least: now, most: now };
		const [low, high] = [Math.min(now, way.least), Math.max(now, way.most)];
		const least = isSteady && !isLeast ? low * (1 - HELD_TOLERANCE) : 0;
		const most = isSteady ? (high * (1 + HELD_TOLERANCE)) / lamps.leastDrive(lamp) + 1 : 100;
		const isBlinking = lamps.orders.possible(order.at, lamp, "sequence", SEQUENCE_FALL).length > 0;
		const isOther = lamps.driven.mayBeBright(at, lamp);
		this.#held.set(entry, isBlinking || isOther ? ANY_LEVEL : [least, most]);
	}
}

/** On a bus a slow fade is single levels, ms apart at most. */
const BUS_FADES = 5_000;

/** Half a step of the driver's curve, as a share. */
const HELD_TOLERANCE = 0.05;

/** Maintenance that began while the lamp blinked: the level of that instant is any. */
const ANY_LEVEL = [0, 100] as const;
const SEQUENCE_FALL = 15_000;

const PLAIN = { belowFloor: false, inhibits: false, isOrder: true } as const;

/** Longest return to the program after the last road user left: two falls and both delays. */
export function returnTime(configured: Lamps["configured"]): number {
	return RELEASE + longestHold(configured) + configured.linger + 2 * configured.fallTime;
}
