/**
 * Bus dimmer: carries the light by levels on the bus, in place of the dimmer of a PWM pin, and decides
 * whose frame is next.
 *
 * Off is level 0: the driver feeds this controller, so nothing cuts its mains. A level is repeated
 * each REPEAT_AFTER, which heals a driver that lost its supply, was replaced or missed a frame. While
 * the light falls, the host is armed with the level where the fall began.
 *
 * The level comes before everything else, so that dimming waits for one frame under way at most
 * (50 ms), and in a fade for none. The other speakers take turns in their order; while one `holds` the
 * bus, its registers (DTR0, DTR1) belong to it. An answer that the host owes for LONGEST_ANSWER counts
 * as none.
 */
import type { Bus, Dimmer } from "../host.js";
import type { Duty, Millis } from "../units.js";
import { LEVEL, NO_BUS, TWICE } from "./frames.js";
import { DUTY_BITS, LevelPath, levelOf } from "./levelpath.js";

/** A source of frames. An answer follows each `next`, before the next `next` of any source. */
export interface Speaker {
	/** When it has a frame; Infinity: it has none. */
	readonly dueAt: Millis;
	/** Keeps others than the level from speaking in between. */
	readonly holds: boolean;
	/**
	 * For so long neither a level nor a question to the sensor may be due, ms: of a row of frames that
	 * nothing may come between. Absent: of a frame and its answer.
	 */
	readonly clear?: Millis;
	/** The frame that is due at `now`, with TWICE for a configuration command. */
	next(now: Millis): number;
	/** The answer to it: a byte, or below 0. */
	take(answer: number, now: Millis): void;
}

const REPEAT_AFTER: Millis = 60_000;
/** After a level that a bus without power has not carried. */
const AGAIN_AFTER: Millis = 1000;
/** So long before a level nothing else is said: an even fade needs even frames. */
export const CLEAR: Millis = 70;
/** Of two frames. */
export const CLEAR_OF_PAIR: Millis = 130;
/** A frame twice, with its settling times and the window of an answer, takes 120 ms. */
const LONGEST_ANSWER: Millis = 1000;
/** Arms the host with nothing. */
const NOTHING = -1;

export class BusDimmer implements Dimmer, Speaker {
	readonly resolution = DUTY_BITS;
	readonly holds = false;
	/** Due from the first turn on: a life that begins with the light off writes no level. */
	dueAt: Millis = 0;
	/** Itself, then those that ask the driver; added when the light is there. */
	readonly speakers: Speaker[] = [this];
	private readonly path = new LevelPath();
	/** The level that was sent last, and when it was another one before. */
	private sent = NOTHING;
	changedAt: Millis = 0;
	private armed = NOTHING;
	private isLaid = false; // a path that waits for its first frame
	private asked: Speaker | undefined; // whose frame is under way
	/** A sensor that is asked in every fade, too; among the speakers. */
	sensor: Speaker | undefined;
	private lateAt: Millis = 0;

	/** `monotonic`: the host's. */
	constructor(
		private readonly bus: Bus,
		private readonly monotonic: () => Millis,
	) {}

	write(duty: Duty): void {
		this.isLaid = false;
		this.path.hold(duty);
		this.repeat(this.monotonic());
	}

	fade(path: Uint32Array, count: number): void {
		const now = this.monotonic();
		const before = levelOf(this.path.dutyAt(now));
		this.path.lay(path, count, now);
		this.isLaid = true;
		// of falls in a row the host keeps the level where the first one began
		if (this.path.fallsAfter(now)) this.arm(Math.max(before, this.armed));
		this.repeat(now);
	}

	stop(): void {
		this.write(this.path.dutyAt(this.monotonic()) as Duty);
	}

	/** Sends the level at once, or behind the frame under way; the driver may have another one. */
	repeat(now: Millis): void {
		this.dueAt = now;
		this.disarm(now);
		this.tick(now);
	}

	/** When a frame is due after a turn at `now`, or the answer to one is late. */
	dueAfter(now: Millis): Millis {
		if (this.asked) return this.lateAt;
		let due = Infinity;
		for (const speaker of this.speakers) {
			const { dueAt } = speaker;
			const at = this.isClear(speaker, Math.max(dueAt, now)) ? dueAt : this.dueAt;
			if (at < due) due = at;
			if (speaker.holds) break;
		}
		return due;
	}

	/** A level that is due behind `at` has its time, if the speaker speaks then; so has the sensor behind a row. */
	private isClear(speaker: Speaker, at: Millis): boolean {
		const { clear = CLEAR } = speaker;
		if (at < this.dueAt && at + clear > this.dueAt) return false;
		const { sensor } = this;
		if (clear <= CLEAR || !sensor || sensor === speaker) return true;
		return at >= sensor.dueAt || at + clear <= sensor.dueAt;
	}

	/** Sends the frame that is due. */
	tick(now: Millis): void {
		if (this.asked) {
			if (now < this.lateAt) return;
			this.answered(NO_BUS, now);
		}
		for (const speaker of this.speakers) {
			if (now >= speaker.dueAt && this.isClear(speaker, now)) {
				const frame = speaker.next(now);
				this.asked = speaker;
				this.lateAt = now + LONGEST_ANSWER;
				if (!this.bus.send(frame % TWICE, frame >= TWICE)) this.answered(NO_BUS, now);
				return;
			}
			if (speaker.holds) return;
		}
	}

	/** The host's answer to the frame under way; another one counts for nothing. */
	answered(answer: number, now: Millis): void {
		const { asked } = this;
		this.asked = undefined;
		asked?.take(answer, now);
	}

	next(now: Millis): number {
		const { path } = this;
		if (this.isLaid) path.start(now);
		this.isLaid = false;
		const level = path.levelAt(now);
		this.dueAt = Math.min(path.nextAt(now, level), now + REPEAT_AFTER);
		this.disarm(now);
		if (level !== this.sent) {
			this.sent = level;
			this.changedAt = now;
		}
		return LEVEL | level;
	}

	take(answer: number, now: Millis): void {
		if (answer === NO_BUS) this.dueAt = now + AGAIN_AFTER;
	}

	private disarm(now: Millis): void {
		if (!this.path.fallsAfter(now)) this.arm(NOTHING);
	}

	private arm(level: number): void {
		if (level === this.armed) return;
		this.armed = level;
		this.bus.arm(level < 0 ? NOTHING : LEVEL | level);
	}
}
