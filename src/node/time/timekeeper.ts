/**
 * Timekeeper: owns the clock, and chooses the clock source of the program.
 *
 * A dated clock comes first. The program uses the midnight learnt from the nights instead while no
 * clock is dated, while the stated error of the clock is the greater one, and while the clock is in
 * conflict (clockconflict.ts). If no midnight is learnt then, no program runs and the lamp is lit.
 *
 * On a switched feeder no dawn is measured. The time fed is stored as it passes, and a boot counts
 * as dusk if the feeding before it was not cut short and the light sensor does not measure deep
 * night. A feeder that is cut in the small hours feeds for less than the night by the sun; the
 * sun's night counts then.
 */
import type { OrderContext } from "../../command/orders.js";
import type { Host } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import type { PhotocellOutput } from "../../sensing/photocell.js";
import { TIME_KEY } from "../../storekeys.js";
import {
	ageOf,
	type ClockChange,
	type ClockSource,
	type ClockState,
	sourceAt as clockSourceAt,
	type DateRefusal,
	isDated,
	keep as keepClock,
	MANUAL_AGE,
	MANUAL_ERROR,
	MIDNIGHT_ERROR,
	NO_CLOCK,
	SYNC_ERROR,
	setByCity,
	setManually,
	UNCONFIRMED,
	uncertaintyAt,
	utcAt,
} from "../../time/clock.js";
import {
	type Anchor,
	afterEdge,
	agrees,
	anchored,
	contradicts,
	errorOf,
	knowsDay,
	ONE_EDGE,
	pastDate,
} from "../../time/corroboration.js";
import {
	assumedClock,
	earliestDawn,
	firstAssumedClock,
	type Midnight,
	midnightOf,
	dawn as noteDawn,
	dusk as noteDusk,
	unseen as noteUnseen,
	remembered as rememberedMidnight,
	usualLength,
} from "../../time/midnight.js";
import { darkTimeNear, elevationAt, type Place } from "../../time/sun.js";
import type { Lux, Millis, UtcMillis } from "../../units.js";
import { SW_DATE } from "../../version.js";
import type { CountingStore } from "../storage/countingstore.js";
import { ClockConflict } from "./clockconflict.js";
import { clockEvent } from "./clockevents.js";
import { SyncFilter } from "./syncfilter.js";
import { TimeStore } from "./timestore.js";

interface TimeOptions extends Place {
	readonly supply: "always" | "switched";
}

interface TimeOwner {
	readonly host: Pick<Host, "powerCause" | "earliestDate" | "wallClock" | "setWallClock">;
	readonly store: CountingStore;
	emit(event: LampEvent, now: Millis): void;
	/** Called when the date becomes known. */
	dated(utc: UtcMillis, now: Millis): void;
}

export class Timekeeper {
	/** The clock that dates events and validates orders: kept, synchronised, or none. */
	clock: ClockState = NO_CLOCK;
	/** The clock of the program: the same one, an assumed one, or none. */
	programClock: ClockState = NO_CLOCK;
	midnight: Midnight;
	/** The last word of a witness about the clock (time/corroboration.ts); undefined: none yet. */
	anchor: Anchor | undefined;
	/** When the city last authenticated the date; -Infinity: never, or an answer contradicts it. */
	authenticatedAt: Millis = Number.NEGATIVE_INFINITY;
	/** The record for the next life; `keep` stores it when due. */
	readonly stored: TimeStore;
	/** No earlier date is accepted, from any source. */
	readonly earliestDate: UtcMillis;
	nightFor: Millis = 0; // the shortest time from dusk to dawn
	readonly owner: TimeOwner;
	options: TimeOptions;
	private readonly syncFilter: SyncFilter;
	private readonly conflict = new ClockConflict(this);
	private output: PhotocellOutput = "unknown";
	private moved = false; // the program's clock has jumped

	/** Restores the record of the life before; `now` is the instant of boot. */
	constructor(owner: TimeOwner, options: TimeOptions, now: Millis) {
		this.owner = owner;
		this.options = options;
		const { powerCause, earliestDate = SW_DATE as UtcMillis } = owner.host;
		this.earliestDate = earliestDate;
		this.stored = new TimeStore(owner.store, options.supply === "switched");
		this.syncFilter = new SyncFilter(this.stored, earliestDate);
		this.midnight = rememberedMidnight(this.stored.begin(powerCause, now));
		if (!this.stored.isDusk) return;
		const date = this.stored.reckonedTo(now);
		const night = date === undefined ? undefined : darkTimeNear(options, date);
		this.midnight = noteDusk(this.midnight, now, night);
	}

	/** Reads the clock that ran through the restart; call before any other use of the time. */
	boot(now: Millis): void {
		const { host } = this.owner;
		const wall = host.wallClock();
		if (wall === undefined) {
			this.choose(now);
			return;
		}
		const hadNoPower = host.powerCause === "powerOn" || host.powerCause === "brownout";
		const kind = hadNoPower ? "clockChip" : "kept";
		const change = keepClock(wall, now, this.stored.earliest, kind, this.earliestDate);
		this.take(change, wall, now, kind);
		if (change.kind !== "set") this.choose(now);
	}

	/** Returns whether this feeding began in deep night, not at dusk: then it gives no midnight. */
	onIlluminance(lux: Lux, now: Millis): boolean {
		if (!this.stored.beganByNight(lux, now)) return false;
		this.midnight = rememberedMidnight(this.midnight.lengths);
		this.choose(now);
		return true;
	}

	/**
	 * Elevation of the sun by the date that a witness vouches for, degrees; NaN without one, and while
	 * the program does not use the clock.
	 */
	elevationAt(now: Millis): number {
		const isUsed = this.anchor !== undefined && isDated(this.programClock);
		return isUsed ? elevationAt(this.options, this.dateAt(now)!) : Number.NaN;
	}

	/**
	 * The greatest or least elevation of the sun within the error of that date; if the error is not bounded,
	 * the elevation at the date itself; NaN without a date.
	 */
	sunAt(now: Millis, isGreatest: boolean): number {
		const { options } = this;
		const utc = this.dateAt(now);
		const error = this.errorAt(now);
		if (utc === undefined) return Number.NaN;
		if (error >= ONE_EDGE) return elevationAt(options, utc);
		const earliest = elevationAt(options, (utc - error) as UtcMillis);
		const other = elevationAt(options, (utc + error) as UtcMillis);
		return isGreatest ? Math.max(earliest, other) : Math.min(earliest, other);
	}

	/** The date that a witness vouches for, else the clock's; undefined without a dated clock. */
	dateAt(now: Millis): UtcMillis | undefined {
		const { anchor } = this;
		return anchor ? ((now + anchor.offset) as UtcMillis) : utcAt(this.clock, now);
	}

	/** How far that date may be from the truth, ms; Infinity: no witness vouches for it. */
	errorAt(now: Millis): Millis {
		return errorOf(this.anchor, now);
	}

	/** The facts by which the age of an order is judged. */
	judgeAt(now: Millis): Omit<OrderContext, "via" | "retained"> {
		const isDayOpen = !knowsDay(this.anchor);
		const past = this.notBefore(now);
		return { utc: this.dateAt(now), error: this.errorAt(now), isDayOpen, past };
	}

	/** Whether a witness vouches for the clock by which the program runs. */
	isCorroborated(now: Millis): boolean {
		return this.programClock === this.clock && agrees(this.anchor, this.clock, now);
	}

	/** An answer of a time server. One that contradicts the city's date is refused. */
	onAnswer(utc: UtcMillis, now: Millis): void {
		const { anchor } = this;
		if (anchor?.by === "city" && contradicts(anchor, utc, now)) {
			this.authenticatedAt = Number.NEGATIVE_INFINITY; // which of the two is wrong?
			this.take(UNCONFIRMED, utc, now, "network");
			return;
		}
		const change = this.syncFilter.weigh(this.clock, utc, now);
		const isSet = change.kind === "set" && change.jump === 0 && isDated(this.clock);
		if (isSet && knowsDay(anchor) && agrees(anchor, change.state, now))
			this.stored.confirm(utc, now);
		this.take(change, utc, now, "network");
	}

	/**
	 * The city's date, authenticated, and right to `error` ms at `now`. It vouches for the clock or sets
	 * it. Returns why it was refused, if so.
	 */
	onAuthenticatedTime(utc: UtcMillis, error: Millis, now: Millis): DateRefusal | undefined {
		const change = setByCity(this.clock, utc, error, now, this.earliestDate);
		if (change.kind === "refused") return change.why;
		this.anchor = anchored("city", utc, error, now);
		this.authenticatedAt = now;
		const past = (utc - error) as UtcMillis;
		const isCoarse = change.state !== this.clock && error > SYNC_ERROR; // less exact than its bound
		if (isCoarse || (this.stored.earliest ?? 0) > utc)
			this.stored.disown(past, now, isCoarse ? ageOf(error) : 0);
		else this.stored.confirm(past, now);
		this.take(change, utc, now, "city");
		return undefined;
	}

	/**
	 * A date typed by a technician, free of the stored bound. Returns why it was refused, if so.
	 */
	onManualTime(utc: UtcMillis, isMeant: boolean, now: Millis): DateRefusal | undefined {
		const change = setManually(this.clock, utc, now, this.earliestDate, isMeant);
		if (change.kind === "refused") return change.why;
		this.anchor = anchored("console", utc, MANUAL_ERROR, now);
		this.authenticatedAt = Number.NEGATIVE_INFINITY; // the city may know better
		if (change.state === this.clock) return undefined; // the clock agrees
		this.stored.disown((utc - MANUAL_ERROR) as UtcMillis, now, MANUAL_AGE);
		this.take(change, utc, now, "console");
		return undefined;
	}

	configure(options: TimeOptions, now: Millis): void {
		const { latitude, longitude } = this.options;
		this.options = options;
		this.stored.configure(options.supply === "switched", now);
		if (options.latitude !== latitude || options.longitude !== longitude) {
			this.conflict.update(now, undefined); // the sun differs at another place
			if (!knowsDay(this.anchor)) this.anchor = undefined;
			this.conflict.plan(now);
		}
		this.choose(now);
	}

	/** Learns from the photocell; returns whether the program's clock has jumped since. */
	look(now: Millis, output: PhotocellOutput): boolean {
		if (output !== this.output) this.turn(output, now);
		if (now >= this.conflict.checkAt) {
			this.conflict.check(this.output, now);
			this.choose(now);
		}
		const { moved } = this;
		this.moved = false;
		return moved;
	}

	/** When time alone changes the result of `look`; a clock that agrees causes no wake-up. */
	get dueAt(): Millis {
		return this.conflict.dueAt(this.output);
	}

	/** Stores the record of the time room; a failed write is an event. */
	keep(now: Millis): void {
		const result = this.stored.keep(now, this.midnight, utcAt(this.programClock, now));
		if (result === "ok") return;
		this.owner.emit({ type: "storeFailure", attributes: { key: TIME_KEY, result } }, now);
	}

	/**
	 * A date that is certainly past: that of this version, or one that the city or a technician vouched
	 * for, in this life or a life before.
	 */
	notBefore(now: Millis): UtcMillis {
		const { anchor, stored, earliestDate } = this;
		return Math.max(earliestDate, stored.earliest ?? 0, pastDate(anchor, now) ?? 0) as UtcMillis;
	}

	/** The clock source of the program at `now`. */
	sourceAt(now: Millis): ClockSource {
		const source = clockSourceAt(this.programClock, now);
		return source === "none" && this.output !== "unknown" ? "photocell" : source;
	}

	private take(change: ClockChange, utc: UtcMillis, now: Millis, source: string): void {
		const before = this.clock;
		if (change.kind === "set") {
			this.clock = change.state;
			if (before.kind === "none" || change.jump < 0) this.owner.dated(utc, now);
			this.owner.host.setWallClock(utcAt(change.state, now)!);
		}
		const isCorroborated = agrees(this.anchor, this.clock, now);
		const event = clockEvent(before, change, utc, now, source, isCorroborated);
		if (event) this.owner.emit(event, now);
		if (change.kind !== "set") return;
		if (before.kind === "none" || change.jump !== 0) this.conflict.update(now, undefined);
		this.conflict.plan(now);
		this.choose(now);
		if (change.jump !== 0) this.moved = true;
		this.stored.note(utc, now);
	}

	private turn(output: PhotocellOutput, now: Millis): void {
		const before = this.output;
		const { lengths } = this.midnight;
		this.output = output;
		if (output === "unknown") this.midnight = noteUnseen(this.midnight);
		this.conflict.turned(output, now);
		if (this.options.supply === "switched") return; // on a switched feeder the boot is the dusk
		if (before !== "unknown" && output !== "unknown") this.corroborate(output === "night", now);
		if (before === "day" && output === "night") this.midnight = noteDusk(this.midnight, now);
		if (before === "night" && output === "day") this.midnight = noteDawn(this.midnight, now);
		if (this.midnight.lengths !== lengths) {
			this.stored.nightPassed(now);
			this.conflict.nightPassed(now);
		}
		this.choose(now);
	}

	/** An edge of the photocell: its sun vouches for the clock, or not. */
	private corroborate(dark: boolean, now: Millis): void {
		const { anchor, clock, options, midnight } = this;
		this.anchor = afterEdge(anchor, clock, dark, now, options, usualLength(midnight.lengths));
	}

	/** Chooses the program's clock from now on. */
	private choose(now: Millis): void {
		const { clock, programClock } = this;
		this.nightFor = earliestDawn(this.midnight.lengths, this.options);
		const error = uncertaintyAt(clock, now);
		const isContradicted = this.conflict.by !== undefined;
		if (isContradicted && !knowsDay(this.anchor) && agrees(this.anchor, clock, now))
			this.anchor = undefined; // the photocell vouched for a date that it contradicts now
		const isGood = !isContradicted && error <= MIDNIGHT_ERROR;
		const next = isGood ? clock : (this.assumed(now) ?? (isContradicted ? NO_CLOCK : clock));
		this.programClock = next;
		if (next.kind !== programClock.kind || next.kind === "midnight") this.moved = true;
	}

	private assumed(now: Millis): ClockState | undefined {
		const learnt = midnightOf(this.midnight);
		const about = utcAt(this.programClock, now) ?? utcAt(this.clock, now);
		if (learnt === undefined) return undefined;
		if (about !== undefined) return assumedClock(learnt, about, now, this.options);
		const reckoned = this.stored.reckonedTo(now);
		if (reckoned === undefined) return undefined;
		return firstAssumedClock(learnt, reckoned, now, this.options, this.stored.isDusk);
	}
}
