/**
 * shown: identify and selfTest reach full class (in a hot housing the cap), and the floor (by day
 * darkness) at a vacant place.
 *
 * A chance is an accepted one of three seconds and more. Its lamp reaches full class, in a hot housing the
 * thermal cap. In a vacant place without an emergency it reaches the floor by night, and darkness by day, too.
 */
import { Tally } from "./check.js";
import { type Lamps, leastOf } from "./lamps.js";
import type { Entry } from "./orderbook.js";
import { returnTime } from "./required.js";

/** A shorter one need not have reached its second level. */
const LEAST_SPAN = 3_000;
/** The light of its begin was not noted. */
const LATE_REPLY = 1_500;
/** The last level, and the network's delay. */
const AFTER = 1_000;
const TOLERANCE = 1;

interface Show {
	readonly entry: Entry;
	readonly endsAt: number;
	least: number;
	most: number;
	/** Somebody was or may have been there, or an emergency stood. */
	isHigh: boolean;
	/** The least that was permitted at full class so far: the thermal cap may be below it. */
	cap: number;
	isOver: boolean;
	/** The driver need not have obeyed. */
	isOther: boolean;
}

export class Shown extends Tally {
	readonly name = "shown";
	readonly #shows = new Map<number, Show>();

	constructor(private readonly lamps: Lamps) {
		super();
		lamps.orders.onAccepted((at, entry) => this.#begin(at, entry));
	}

	#begin(at: number, entry: Entry): void {
		const { command, lamp, until, at: sentAt } = entry.order;
		if (command !== "identify" && command !== "selfTest") return;
		if (this.#shows.has(lamp)) this.leave("another one before its end");
		this.#shows.delete(lamp);
		if (until - sentAt < LEAST_SPAN) return;
		if (at > sentAt + LATE_REPLY) {
			this.leave("a late reply");
			return;
		}
		const level = this.lamps.level(at, lamp);
		const endsAt = until + AFTER;
		this.#shows.set(lamp, {
			entry,
			endsAt,
			least: level,
			most: level,
			isHigh: false,
			cap: 100,
			isOver: false,
			isOther: false,
		});
	}

	onDuty(at: number, lamp: number): void {
		const show = this.#shows.get(lamp);
		if (!show) return;
		const level = this.lamps.level(at, lamp);
		show.least = Math.min(show.least, level);
		show.most = Math.max(show.most, level);
	}

	onEnd(_at: number, lamp: number): void {
		if (this.#shows.has(lamp)) this.leave("power failed");
		this.#shows.delete(lamp);
	}

	advance(at: number): void {
		for (const [lamp, show] of this.#shows) {
			show.isHigh ||= this.#mayBeHigh(at, lamp);
			show.isOther ||= this.lamps.driven.mayBeBright(at, lamp);
			show.cap = Math.min(show.cap, this.lamps.mostAt(at, lamp));
			if (at < show.endsAt) continue;
			this.#shows.delete(lamp);
			this.#judgeShow(lamp, show);
		}
	}

	/** The least light may be above the floor. */
	#mayBeHigh(at: number, lamp: number): boolean {
		const { lamps } = this;
		const back = returnTime(lamps.configured);
		const isDay = lamps.isBright(at, lamp);
		if (!isDay && !lamps.isDark(at, lamp)) return true;
		if (lamps.orders.possible(at, lamp, "emergency").length > 0) return true;
		return !isDay && !lamps.isStill(at, lamp, back);
	}

	#judgeShow(lamp: number, show: Show): void {
		const { entry, endsAt, least, most, isHigh, cap } = show;
		const { lamps } = this;
		if (show.isOther) {
			this.leave("a driver that need not obey");
			return;
		}
		const { fullLevel = 100, floorLevel, maxLevel, lightProtected } = lamps.configured;
		const { virtualLightOutput = 100 } = lamps.configured;
		const at = entry.certainFrom;
		if (at < lamps.runsSince[lamp]! + lamps.configured.startTime) {
			this.leave("a boot");
			return;
		}
		this.judge();
		const { command } = entry.order;
		const full = Math.min(fullLevel, maxLevel, cap);
		const isFull = most >= leastOf(full) * lamps.leastDrive(lamp);
		if (!isFull)
			this.offend(endsAt, lamp, `${command} reached ${most.toFixed(1)} %, not ${full} %`);
		if (isHigh || lightProtected) return;
		const floor = Math.max((floorLevel * 100) / virtualLightOutput, lamps.leastLit(lamp));
		const allowed = lamps.isBright(at, lamp) ? 0 : 1.03 * floor;
		if (least > allowed + TOLERANCE)
			this.offend(endsAt, lamp, `${command} did not fall below ${least.toFixed(1)} %`);
	}
}
