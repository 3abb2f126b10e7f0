/**
 * PIR health: detects an unreliable movement sensor.
 *
 * PIRs fail in four ways in the field: the output stays active; it is silent though people pass; it
 * fires far more often than people pass at that hour, or never rests; it fires when the
 * controller's own radio sends (its current dips the PIR's supply). An empty hour is no fault: on a
 * quiet street, one in five is empty at 3 a.m. One object holds the numbers of one lamp, changed in
 * place; instants are monotonic.
 */
import type { Millis } from "../units.js";

export type PirDoubt = "stuckOn" | "silent" | "radio" | "tooBusy" | LowerDoubt;
/** The sensor in the lower socket does not answer, or one of two sensors misses what the other sees. */
export type LowerDoubt = "lost" | "disagreement";

/** Longest rush without the 2 s of stillness that end a movement; a parade lasts as long. */
export const STUCK_ON_AFTER: Millis = 3_600_000;
/** An output that is active at the boot is reported within this: a host looks at it once a second. */
export const ACTIVE_AT_BOOT: Millis = 5_000;
/**
 * Weights of road users that the neighbours reported and this PIR missed in a row. A PIR misses one
 * passer-by in a hundred by chance, so five in a row are no chance. One who only leaves may have
 * come out of the last house: twenty in a row are chance once in 30 years, even if every second of
 * 200 a day did.
 */
export const MISSED_LIMIT = 20;
export const MISSED_PASSING = 4;
export const MISSED_LEAVING = 1;
/** A passer-by counts as seen if a movement came this close in time; a group counts as one. */
const PASSING_TIME: Millis = 30_000;
/** Movements an hour that no residential street has: the busiest recorded hour had 413. */
const BUSIEST_HOUR = 600;
/** Movements without doubt in a learnt hour: this many times its usual peak, or BUSY_LEAST. */
const BUSY_FACTOR = 5;
export const BUSY_LEAST = 120;
/**
 * A street lets its PIR rest for CALM now and then: the busiest recorded one does so each night.
 * Noise does not: at three a minute it does once in two years. So a day without a rest is doubtful
 * before anything is learnt. A street that is really so busy is lit all night in any case.
 */
export const CALM: Millis = 300_000;
export const RESTLESS_AFTER: Millis = 24 * 3_600_000;
/** Hours until the peaks are learnt: a week, or Monday's rush would be too busy for a Sunday. */
export const HOURS_LEARNT = 168;
/** Peaks are stored in steps of two movements, to fit a byte. */
const PEAK_UNIT = 2;
const PEAK_MOST = 254;
/** A peak fades by a 32nd a day, so that a summer's evenings no longer count by winter. */
const FADE = 1 / 32;
export const HOURS = 24;
/** A dip of the supply follows the radio's transmission this soon; a walker hardly ever does. */
const RADIO_WINDOW: Millis = 500;
/** The PIR must have been still this long before, or the movement has another cause. */
const STILL_BEFORE: Millis = 3_000;
/** Score of a transmission with movement after it, and without. Six in a row are no chance. */
const RADIO_HIT = 4;
const RADIO_MISS = 1;
const RADIO_LIMIT = 24;

export class PirHealth {
	doubt: PirDoubt | undefined;
	/** A doubt that a lamp on a bus has by itself. */
	lower: LowerDoubt | undefined;
	/** Since when nothing has moved while the node was powered; also before its boot, if stored. */
	silentSince: Millis;
	/** The weights of passers-by missed in a row. */
	missed = 0;
	/** Peak of movements by the UTC hour of the day, in PEAK_UNITs. */
	readonly peaks = new Uint8Array(HOURS);
	/** Hours from which `peaks` were learnt; counts no further than HOURS_LEARNT. */
	learnt = 0;
	private passedAt: Millis = -Infinity; // of the last one that counted
	private activeSince: Millis = Infinity;
	private stuckUntil: Millis = -Infinity; // a restored "stuckOn" waits for the first edge
	private stillSince: Millis;
	private calmAt: Millis; // when it last had rested for CALM, or boot
	private hits = 0; // in this hour
	private hour = -1; // of UTC, counted from 1970; -1: unknown
	/** `turnHour` is due. */
	hourEndsAt: Millis;
	private busy = false;
	private score = 0; // of transmissions followed by movement
	private sentAt: Millis = -Infinity; // after a time of stillness, and not counted yet
	private shaken = false;

	/** @param silence how long nothing had moved before this boot, ms. */
	constructor(now: Millis, silence: Millis) {
		this.silentSince = now - silence;
		this.stillSince = now;
		this.calmAt = now;
		this.hourEndsAt = now + STUCK_ON_AFTER;
	}

	/** Resumes the doubt of the life before, because its evidence cannot be measured at once. */
	restore(doubt: PirDoubt | undefined, missed: number): void {
		this.doubt = doubt;
		this.missed = missed;
		if (doubt === "stuckOn") {
			this.stuckUntil = this.stillSince + ACTIVE_AT_BOOT;
			this.silentSince = this.stillSince; // movement is no silence
		}
		this.busy = doubt === "tooBusy";
		if (this.busy) this.calmAt = -Infinity; // until it has rested
		if (doubt === "lost" || doubt === "disagreement") this.lower = doubt;
		this.shaken = doubt === "radio";
		this.score = this.shaken ? RADIO_LIMIT : 0;
	}

	/** A movement begins; `turnHour` was called before. */
	onMovement(now: Millis): void {
		if (this.activeSince !== Infinity) return;
		if (now - this.sentAt <= RADIO_WINDOW) {
			this.score = Math.min(RADIO_LIMIT, this.score + RADIO_HIT);
			if (this.score === RADIO_LIMIT) this.shaken = true;
			this.sentAt = -Infinity; // counted
		}
		if (now - this.stillSince >= CALM) this.calmAt = now;
		this.activeSince = now < this.stuckUntil ? -Infinity : now; // stuck until it is still
		this.silentSince = now;
		this.missed = 0;
		this.hits += 1;
		if (this.hits > this.limit) this.busy = true;
	}

	onStillness(now: Millis): void {
		this.activeSince = Infinity;
		this.stuckUntil = -Infinity;
		this.stillSince = now;
		this.silentSince = now;
	}

	/** Restores the peaks that the life before learnt. */
	remember(peaks: ArrayLike<number>, learnt: Millis): void {
		for (let hour = 0; hour < peaks.length; hour += 1) this.peaks[hour] = peaks[hour]!;
		this.learnt = learnt;
	}

	/** Puts the result of `assess` in force. */
	settle(doubt: PirDoubt | undefined): void {
		this.doubt = doubt;
	}

	/**
	 * The radio sent. An earlier transmission that no movement followed lowers the score. Returns
	 * whether the PIR must be assessed again.
	 */
	onTransmission(now: Millis): boolean {
		if (now - this.sentAt <= RADIO_WINDOW) return false; // one burst
		const wasShaken = this.shaken;
		if (this.sentAt !== -Infinity) {
			this.score = Math.max(0, this.score - RADIO_MISS);
			if (this.score === 0) this.shaken = false;
		}
		const still = this.activeSince === Infinity && now - this.stillSince >= STILL_BEFORE;
		this.sentAt = still ? now : -Infinity;
		return wasShaken;
	}

	/** A road user passed this lamp at about `at`. `weight`: MISSED_PASSING or MISSED_LEAVING. */
	onPassedBy(at: Millis, weight: number): void {
		if (this.activeSince !== Infinity || at - this.silentSince <= PASSING_TIME) return;
		if (at - this.passedAt <= PASSING_TIME) return;
		this.passedAt = at;
		this.missed = Math.min(MISSED_LIMIT, this.missed + weight);
	}

	/** Closes the past hours. `hour`: of UTC since 1970, -1: unknown. True: peaks were learnt. */
	turnHour(now: Millis, hour: number, endsAt: Millis): boolean {
		const isSame = hour === this.hour;
		if (isSame && hour >= 0) this.hourEndsAt = endsAt; // later, if the clock was set back
		if (isSame && now < this.hourEndsAt) return false;
		const known = this.hour >= 0 && hour > this.hour;
		if (this.hits <= this.limit) this.busy = false;
		if (known && !this.busy && this.doubt !== "tooBusy") this.learn(this.hour, hour);
		this.hits = 0;
		this.hour = hour;
		this.hourEndsAt = endsAt;
		return known;
	}

	/** The doubt at `now`. */
	assess(now: Millis, silentAfter: Millis): PirDoubt | undefined {
		if (now >= this.activeSince + STUCK_ON_AFTER || now < this.stuckUntil) return "stuckOn";
		if (this.lower) return this.lower;
		const isStill = this.activeSince === Infinity;
		if (isStill && now >= this.silentSince + silentAfter) return "silent";
		if (this.missed >= MISSED_LIMIT) return "silent";
		if (this.shaken) return "radio";
		const rests = isStill && now - this.stillSince >= CALM;
		const isRestless = !rests && now - this.calmAt >= RESTLESS_AFTER;
		return this.busy || isRestless ? "tooBusy" : undefined;
	}

	/** When time alone next changes the doubt; later than `now`, at which it was judged and settled. */
	dueAt(now: Millis, silentAfter: Millis): Millis {
		if (now < this.stuckUntil) return this.stuckUntil;
		if (this.doubt === "stuckOn" || this.doubt === "silent") return Infinity; // an edge ends it
		const edgeless =
			this.activeSince === Infinity
				? this.silentSince + silentAfter
				: this.activeSince + STUCK_ON_AFTER;
		if (this.busy) return Math.min(edgeless, this.hourEndsAt);
		if (!this.doubt) return Math.min(edgeless, this.restlessAt(now));
		const isResting = this.doubt === "tooBusy" && this.activeSince === Infinity;
		return isResting ? Math.min(edgeless, this.stillSince + CALM) : edgeless;
	}

	/** When a PIR that does not rest before is restless; past that only an edge makes it so. */
	private restlessAt(now: Millis): Millis {
		const at = this.calmAt + RESTLESS_AFTER;
		const rests = this.activeSince === Infinity && this.stillSince + CALM <= at;
		return rests || at <= now ? Infinity : at;
	}

	/** Movements without doubt in this hour. */
	private get limit(): number {
		if (this.hour < 0 || this.learnt < HOURS_LEARNT) return BUSIEST_HOUR;
		const usual = this.peaks[this.hour % HOURS]! * PEAK_UNIT;
		return Math.min(BUSIEST_HOUR, Math.max(BUSY_LEAST, BUSY_FACTOR * usual));
	}

	/** Learns the past hour, and the empty ones after it, each once. */
	private learn(from: number, until: number): void {
		const { peaks } = this;
		const last = Math.min(until, from + HOURS);
		for (let hour = from; hour < last; hour += 1) {
			const faded = Math.floor(peaks[hour % HOURS]! * (1 - FADE));
			const now = hour === from ? Math.ceil(this.hits / PEAK_UNIT) : 0;
			peaks[hour % HOURS] = Math.min(PEAK_MOST, Math.max(faded, now));
		}
		this.learnt = Math.min(HOURS_LEARNT, this.learnt + until - from);
	}
}
