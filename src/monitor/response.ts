/**
 * Response: whether the light follows the lamp's own steps, by its own light sensor.
 *
 * There is no meter on the mains, so a dead lamp or a stuck driver can only be inferred: where
 * commissioning measured what the lamp at full throws on its sensor (setting lampResponse), each step
 * of the lamp at night is a question, and the next reading the answer. Headlights, the moon and a
 * neighbour only add light, and for seconds: one answer proves nothing, RESPONSES_NEEDED in a row do.
 */
import type { Lux, Millis, Percent } from "../units.js";

/** Eight of the host's dead bands of 0.5 lx; less cannot be told from noise: not supported. */
export const LEAST_RESPONSE = 4 as Lux;
/** A step is a question if it should change the reading by four dead bands. */
const LEAST_STEP = 2 as Lux;
/** Of the light expected: from here on it follows, up to here it does not; between, who knows. */
const FOLLOWS = 0.5;
const IGNORES = 0.2;
/** Of the lamp's own light expected: below it does not shine. Surroundings can only add. */
const DARK = 0.25;
export const RESPONSES_NEEDED = 5;
/** Good ones that end a fault. */
export const RESPONSES_TO_END = 3;
/** A fault stands so long before it is told, and is gone so long before its end is. */
export const PERSISTENCE: Millis = 60_000;
/** A level that does not move is judged by itself only this long after it came. */
export const SUPPRESSION: Millis = 120_000;

/** `dark`: gives no light; `fixed`: keeps what it gave; `burning`: gives light that nobody asked for. */
export type LampResponse = "follows" | "dark" | "fixed" | "burning";

/** What a step from one settled level to another shows; undefined: nothing that is sure. */
export function responseTo(
	from: Percent,
	luxBefore: Lux,
	to: Percent,
	luxAfter: Lux,
	response: Lux,
): LampResponse | undefined {
	const expected = (response * (to - from)) / 100;
	if (Math.abs(expected) < LEAST_STEP) return undefined;
	const share = (luxAfter - luxBefore) / expected;
	if (share >= FOLLOWS) return "follows";
	if (share > IGNORES) return undefined;
	const brighter = Math.max(from, to) as Percent;
	if (isDark(brighter, to > from ? luxAfter : luxBefore, response)) return "dark";
	return to === 0 ? "burning" : "fixed";
}

/** Whether a level that should be seen is not. */
export function isDark(level: Percent, lux: Lux, response: Lux): boolean {
	const expected = (response * level) / 100;
	return expected >= LEAST_RESPONSE && lux < DARK * expected;
}

/** Makes of many answers what is to be told: the answer that stands, with a begin and an end. */
export class ResponseDetector {
	/** What has been told: not "follows". */
	standing: LampResponse | undefined;
	private last: LampResponse | undefined;
	private count = 0;
	private since: Millis = 0;

	/**
	 * Returns whether `standing` changed. To a dead lamp's sensor the dawn is light that keeps: what
	 * does not follow is no other fault then, and no sign of recovery.
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

	/** What was asked before says nothing any more; what has been told stands. */
	forget(): void {
		this.last = undefined;
		this.count = 0;
	}

	/** The lamp has been dark at a level that stood for SUPPRESSION and PERSISTENCE. */
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
