/**
 * evenFade: the corners of a fade lie on one geometric line; a rise that is turned to another
 * target is not slower.
 *
 * The corners of a fade lie at equal ratios in equal times (IEC 62386-102), so each lies on the
 * geometric line between any two others; and a rise that is turned to another target above it is
 * never slower from then on. A chance is a fade of three corners and more above the driver's least
 * light, or a rise that is turned.
 */
import { FULL_DUTY } from "../world/world.js";
import { Tally } from "./check.js";
import type { Lamps } from "./lamps.js";

/** Below this share of full the steps of the PWM are as large as those of the eye. */
const LEAST = 0.03 * FULL_DUTY;
/** Instants are whole milliseconds, and segments as short as eight of them. */
const TIME_ERROR = 1;
/** Beside that, as a share of the light: duties are whole numbers. */
const APART = 0.03;
/** A rise may be slower by this share: its chords are not its curve. */
const SLOWER = 0.2;
/** Of a driver on a bus: its fade to each level, ms, and its levels' distance as a share. */
const BUS_SPAN = 100;
const BUS_LEVEL = 0.028;
/** And a frame waits until the bus has settled, ms. */
const BUS_TIME_ERROR = 14;
/** A handshake takes 1.2 s in Mbed TLS on the controller, ms. */
const STALLED_MOST = 2_000;

interface Corner {
	readonly at: number;
	readonly duty: number;
}

/** The movement of one lamp. */
interface Fade {
	corners: Corner[];
	/** Corners before are none. */
	from: number;
	/** Since when the light is held; -Infinity: it is not. */
	heldAt: number;
	/** Of the piece under way: its end, and ln(light) a ms; 0: none is under way. */
	until: number;
	to: number;
	pace: number;
}

export class EvenFade extends Tally {
	readonly name = "evenFade";
	readonly #fades: Fade[];

	constructor(private readonly lamps: Lamps) {
		super();
		this.#fades = Array.from({ length: lamps.count }, () => still());
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		const fade = this.#fades[lamp]!;
		const isNext = at === fade.until && duty === fade.to;
		const isMoving = until > at;
		if (isNext && this.#isOther(fade.corners, duty, to)) this.#begin(at, lamp);
		if (fade.pace !== 0 && at < fade.until) this.#turned(at, lamp, duty, to, until);
		if (!isNext) this.#begin(at, lamp);
		// a TLS handshake stops the frames to a bus for a moment; the next ones catch up
		const isStalled = isMoving && at < fade.heldAt + STALLED_MOST;
		if (this.lamps.configured.hasBus && isStalled) fade.from = at + 2 * BUS_SPAN;
		// a driver on a bus leaves its least light within a span, straight to the end of that
		if (this.lamps.configured.hasBus && duty <= this.#least) fade.from = at + 2 * BUS_SPAN;
		if ((isMoving || isNext) && at >= fade.from) fade.corners.push({ at, duty });
		if (!isMoving) {
			this.#judgeCorners(at, lamp);
			this.#fades[lamp] = still(at);
			return;
		}
		fade.until = until;
		fade.to = to;
		fade.pace = duty > LEAST && to > LEAST ? Math.log(to / duty) / (until - at) : 0;
	}

	onEnd(_at: number, lamp: number): void {
		this.#fades[lamp] = still();
	}

	/** A rise has another target: it goes on at least as fast, if it rises. */
	#turned(at: number, lamp: number, duty: number, to: number, until: number): void {
		const { pace } = this.#fades[lamp]!;
		const { hasBus } = this.lamps.configured;
		if (hasBus && until - at <= BUS_SPAN) return; // a driver on a bus goes no faster
		if (this.lamps.isHot(at, lamp)) return; // a cap cuts it
		if (hasBus && this.lamps.driven.mayBeUnset(at, lamp)) return; // a driver with its own fades
		if (!(pace > 0) || !(duty > LEAST) || !(to > duty) || until - at < 2 * TIME_ERROR) return;
		this.judge();
		const next = (Math.log(to / duty) + 1 / duty) / (until - at - TIME_ERROR); // at most
		if (next < pace * (1 - SLOWER))
			this.offend(at, lamp, `a rise of ${say(pace)} goes on at ${say(next)}`);
	}

	#begin(at: number, lamp: number): void {
		this.#judgeCorners(at, lamp);
		this.#fades[lamp]!.corners = [];
	}

	/**
	 * Whether a piece that follows another at once belongs to another fade. A level on a bus is a piece
	 * of its own, and the first of a next fade may come in the millisecond in which it ends: that fade
	 * then turns back, or follows a single level of a slow one.
	 */
	#isOther(corners: readonly Corner[], duty: number, to: number): boolean {
		const last = corners.at(-1);
		if (!this.lamps.configured.hasBus || !last) return false;
		const isBack = (to - duty) * (duty - last.duty) < 0;
		const isLevel = Math.abs(Math.log(duty / last.duty)) < 1.5 * BUS_LEVEL;
		return isBack || (corners.length === 1 && isLevel);
	}

	#judgeCorners(at: number, lamp: number): void {
		const { hasBus } = this.lamps.configured;
		const corners = this.#fades[lamp]!.corners.filter(({ duty }) => duty > this.#least);
		const [first, last] = [corners[0], corners.at(-1)];
		if (corners.length < 3 || !first || !last || this.lamps.isHot(at, lamp)) return;
		if (hasBus && this.lamps.driven.mayBeUnset(at, lamp)) return;
		this.judge();
		const pace = Math.log(last.duty / first.duty) / (last.at - first.at);
		const step = hasBus ? BUS_LEVEL : 0;
		const late = hasBus ? BUS_TIME_ERROR : TIME_ERROR;
		for (const { at: when, duty } of corners.slice(1, -1)) {
			const even = first.duty * Math.exp(pace * (when - first.at));
			const apart = Math.abs(duty / even - 1);
			const allowed = APART + step + Math.abs(pace) * 2 * late + 1 / even;
			if (apart <= allowed) continue;
			const percent = (value: number) => ((100 * value) / FULL_DUTY).toFixed(1);
			this.offend(at, lamp, `a fade passes ${percent(duty)} % instead of ${percent(even)} %`);
			return;
		}
	}

	/** Near the driver's least light a fade follows that. */
	get #least(): number {
		const { minimumDuty = 0 } = this.lamps.configured;
		return Math.max(LEAST, (1.05 * minimumDuty * FULL_DUTY) / 100);
	}
}

function still(heldAt = -Infinity): Fade {
	return { corners: [], from: -Infinity, heldAt, until: -Infinity, to: NaN, pace: 0 };
}

function say(pace: number): string {
	return `${(100_000 * pace).toFixed(0)} % a second`;
}
