/**
 * Response: detects lamp faults by how the lamp's own light sensor follows its steps.
 *
 * Without a meter on the mains, a dead lamp or a stuck driver can only be inferred. Commissioning
 * measures the illuminance that the lamp at full gives at its sensor (setting lampResponse); then
 * each step of the lamp at night is a test, and the next reading is its result. Headlights, the
 * moon and a neighbour only add light, and for seconds: one result proves nothing, RESPONSES_NEEDED
 * in a row do.
 */
import type { Lux, Millis, Percent } from "../units.js";

/** Eight of the host's dead bands of 0.5 lx; less is within the noise and not supported. */
export const LEAST_RESPONSE = 4 as Lux;
/** A step is a test if it should change the reading by four dead bands ... */
const LEAST_STEP = 2 as Lux;
/**
 * ... and by this share of the brighter reading, whose dead band is a tenth: two such bands hide
 * less than 1 - IGNORES of the change then. In twilight they would hide all of it.
 */
const LEAST_SHARE = 0.25;
/**
 * Shares of the expected change: from FOLLOWS on the light follows, up to IGNORES it does not;
 * between them the result is open.
 */
const FOLLOWS = 0.5;
const IGNORES = 0.2;
/** Share of the lamp's expected light; below it the lamp is dark. Surroundings only add light. */
const DARK = 0.25;
const RESPONSES_NEEDED = 5;
/** Good results in a row that end a fault. */
export const RESPONSES_TO_END = 3;
/** A fault is reported after it stood this long, and its end after it was gone this long. */
export const PERSISTENCE: Millis = 60_000;
/** A constant level is assessed by itself only this long after it began. */
export const SUPPRESSION: Millis = 120_000;

/** `dark`: gives no light; `fixed`: keeps its light; `burning`: gives light without a request. */
export type LampResponse = "follows" | "dark" | "fixed" | "burning";

/** The result of a step from one settled level to another; undefined: not conclusive. */
export function responseTo(
	from: Percent,
	luxBefore: Lux,
	to: Percent,
	luxAfter: Lux,
	response: Lux,
): LampResponse | undefined {
	const expected = (response * (to - from)) / 100;
	if (Math.abs(expected) < Math.max(LEAST_STEP, LEAST_SHARE * Math.max(luxBefore, luxAfter)))
		return undefined;
	const share = (luxAfter - luxBefore) / expected;
	if (share >= FOLLOWS) return "follows";
	if (share > IGNORES) return undefined;
	const brighter = Math.max(from, to) as Percent;
	if (isDark(brighter, to > from ? luxAfter : luxBefore, response)) return "dark";
	return to === 0 ? "burning" : "fixed";
}

/** Whether the light of a level that should be measurable is missing. */
export function isDark(level: Percent, lux: Lux, response: Lux): boolean {
	const expected = (response * level) / 100;
	return expected >= LEAST_RESPONSE && lux < DARK * expected;
}

/** Turns many results into a standing fault with a begin and an end. */
export class ResponseDetector {
	/** The reported fault, never "follows". */
	standing: LampResponse | undefined;
	private last: LampResponse | undefined;
	private count = 0;
	private since: Millis = 0;

	/**
	 * Records a result; returns whether `standing` changed. For the sensor of a dark lamp, dawn is
	 * light that does not follow: a result other than "follows" is then neither another fault nor a
	 * sign of recovery.
	 */
	note(answer: LampResponse, now: Millis): boolean {
		if (this.standing === "dark" && answer !== "follows") {
			this.count = 0;
			return false;
		}
		if (answer !== this.last) {
			this.last = answer;
			this.count = 0;
			this.since = now;
		}
		this.count += 1;
		const needed = answer === "follows" ? RESPONSES_TO_END : RESPONSES_NEEDED;
		return this.count >= needed && now - this.since >= PERSISTENCE && this.stand(answer);
	}

	/** Discards the results so far; a reported fault stands. */
	forget(): void {
		this.last = undefined;
	}

	/** The lamp was dark at a level that stood for SUPPRESSION and PERSISTENCE. */
	noteDark(): boolean {
		return this.stand("dark");
	}

	private stand(answer: LampResponse): boolean {
		const standing = answer === "follows" ? undefined : answer;
		if (standing === this.standing) return false;
		this.standing = standing;
		return true;
	}
}
