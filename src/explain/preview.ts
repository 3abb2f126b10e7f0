/**
 * Preview: the forecast of one night: levels with their reasons.
 *
 * It runs the calendar, arbiter and limits in force through the night, from one switch point to the
 * next, assuming an exact clock, a clear sky, sound sensors and no road users; orders are left out.
 * It holds one piece of the night at a time, because a lamp has no memory for all of them.
 */
import type { LightCommand } from "../lighting/arbiter.js";
import type { ChainLink } from "../lighting/chain.js";
import { chainOf } from "../lighting/chain.js";
import type { Bounds } from "../lighting/limits.js";
import { driverOutput, type OutputOptions, shareAt } from "../lighting/output.js";
import { type LampPower, powerOf } from "../meter/power.js";
import type { ClockState } from "../time/clock.js";
import type { Dark, PhotocellVerdict } from "../time/dark.js";
import type { Night } from "../time/night.js";
import { type WallMillis, wallToUtc, type Zone } from "../time/zone.js";
import type { Millis, Percent, UtcMillis } from "../units.js";

/**
 * The node's calendar (node/schedule/schedule.ts); a walk needs its own instance, whose clock it
 * sets.
 */
interface WalkedSchedule {
	readonly night: Night | undefined;
	readonly dark: Dark;
	readonly request: LightCommand | undefined;
	/** The next instant at which time alone changes one of them. */
	readonly dueAt: Millis;
	look(now: Millis, clock: ClockState, photocell: PhotocellVerdict): void;
}

/** A switched feeder takes the power by day, a permanent one leaves the standby. */
interface SupplyOption {
	readonly supply: "always" | "switched";
}

/** Parameters of a walk, all from the settings in force. */
interface WalkOptions {
	readonly zone: Zone;
	readonly bounds: Bounds;
	readonly power: LampPower & OutputOptions & SupplyOption;
	/** Operating hours of the LEDs so far, as the meter counts them. */
	readonly hours: number;
}

/** The figures of a night. */
export interface NightTotals {
	readonly sunset: UtcMillis | undefined;
	readonly sunrise: UtcMillis | undefined;
	/** Begin of darkness; absent in a night that is never dark. */
	readonly from: UtcMillis | undefined;
	/** End of darkness; absent likewise. */
	readonly until: UtcMillis | undefined;
	readonly pieces: number;
	/** Time lit, ms. */
	readonly burning: Millis;
	/** Modelled, from noon to noon, without fades; on a switched feeder while it is dark. */
	readonly activeEnergy_kWh: number;
	/** The driver's share for a level of 100 %, 0 to 1. */
	readonly share: number;
}

const HOUR: Millis = 3_600_000;
const NOON: Millis = 12 * HOUR;
const DAY: Millis = 24 * HOUR;

/** Walks through the pieces of a night from dusk to dawn. */
export class NightWalk {
	readonly zone: Zone;
	readonly night: Night;
	/** Begin of the piece; valid after a `next` that returned true. */
	from: UtcMillis;
	until: UtcMillis;
	/** Level after the limits, percent. */
	level = 0 as Percent;
	/** Its reasons, as in the lamp's own reports. */
	chain: readonly ChainLink[] = [];
	private readonly calendar: WalkedSchedule;
	private readonly options: WalkOptions;

	/** @param day days since 1970-01-01: the date of the night's evening. */
	constructor(calendar: WalkedSchedule, options: WalkOptions, day: number) {
		this.calendar = calendar;
		this.options = options;
		this.zone = options.zone;
		this.until = wallToUtc(options.zone, (day * DAY + NOON) as WallMillis);
		this.look(this.until);
		this.night = calendar.night as Night;
		this.from = this.until = this.night.start;
	}

	/** Proceeds to the next piece; false after the last. */
	next(): boolean {
		const { night } = this;
		const from = this.until;
		let at = from;
		let dark = at < night.end && this.look(at);
		while (at < night.end && !dark) {
			at = this.turnAfter();
			dark = at < night.end && this.look(at);
		}
		if (!dark) return false;
		if (from > night.start && at > from)
			this.take(from, at, this.look(from)); // a bright gap between two dark pieces
		else {
			this.take(at, at, true);
			this.until = this.sameUntil();
		}
		return true;
	}

	/** The driver's share for a level of 100 %, 0 to 1. */
	get share(): number {
		return shareAt(this.options.power, this.options.hours);
	}

	/** Modelled power of the piece, watts, by the steps of the meter. */
	get power(): number {
		const { power } = this.options;
		return powerOf(driverOutput(this.level, this.share, power), power);
	}

	/** Modelled power by day, watts. */
	get dayPower(): number {
		const { power } = this.options;
		return power.supply === "always" ? power.standbyPower_W : 0;
	}

	private take(from: UtcMillis, until: UtcMillis, dark: boolean): void {
		const { bounds } = this.options;
		const fallback: LightCommand = { reason: "default", level: bounds.fullLevel };
		const requests = { default: fallback, program: this.calendar.request };
		this.chain = chainOf(requests, dark, bounds);
		this.level = this.chain[this.chain.length - 1]!.level;
		this.from = from;
		this.until = until;
	}

	/** End of the same request. */
	private sameUntil(): UtcMillis {
		const { calendar, night } = this;
		const { request } = calendar;
		let at = this.turnAfter();
		while (at < night.end && this.look(at) && calendar.request === request) at = this.turnAfter();
		return at;
	}

	private turnAfter(): UtcMillis {
		return Math.min(this.calendar.dueAt, this.night.end) as UtcMillis; // `look` sets the clock to UTC
	}

	/** Sets the calendar to an instant; returns whether it is dark. */
	private look(at: UtcMillis): boolean {
		this.calendar.look(at, { kind: "synchronised", offset: 0, since: at }, "unknown");
		return this.calendar.dark.dark;
	}
}

/** The figures of a night; consumes the walk. */
export function totalsOf(walk: NightWalk): NightTotals {
	let from: UtcMillis | undefined;
	let pieces = 0;
	let burning = 0;
	let wattMillis = 0;
	while (walk.next()) {
		from ??= walk.from;
		pieces += 1;
		const span = walk.until - walk.from;
		if (walk.level > 0) burning += span;
		wattMillis += walk.power * span;
	}
	const { sunset, sunrise, start, end } = walk.night;
	const dark = from === undefined ? 0 : walk.until - from;
	wattMillis += walk.dayPower * (end - start - dark);
	const until = from === undefined ? undefined : walk.until;
	return {
		sunset,
		sunrise,
		from,
		until,
		pieces,
		burning,
		activeEnergy_kWh: wattMillis / HOUR / 1000,
		share: walk.share,
	};
}
