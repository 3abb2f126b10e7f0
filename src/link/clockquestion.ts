/**
 * Clock question: asks the city's side for the time over TLS, and judges the answer.
 *
 * Time servers are not authenticated; the broker's connection is. The lamp sends a nonce, 16
 * unpredictable bytes that no other question has, and `npx luminode clock` answers with that nonce
 * and the time (broker contract, `clock/question`). An answer counts for the nonce that waits, once,
 * and for ANSWER_WITHIN. It was made between question and arrival, so the date is taken as of the
 * middle of the two, and its error is half the round trip.
 */
import type { Crypto } from "../host.js";
import { isJsonRejection, parseObject } from "../json.js";
import type { Millis, UtcMillis } from "../units.js";

/** A later answer is ignored: its error would be half a minute, and a drifting clock is better. */
export const ANSWER_WITHIN: Millis = 30_000;
/** The first wait without an answer, which doubles; no two questions of a session are nearer. */
export const FIRST_WAIT: Millis = 60_000;
/** Longest wait without an answer; where telemetry is rarer, its interval. */
export const LONGEST_WAIT: Millis = 3_600_000;
/** After an answer, while the clock agrees with it. A crystal drifts by 9 s in that time. */
export const NEXT_AFTER: Millis = 24 * 3_600_000;
const NONCE_BYTES = 16;
const NAMES = Object.freeze(["nonce", "utc_ms"]);

/** A date from the city's side. */
export interface AuthenticTime {
	/** The date at the arrival of the answer. */
	readonly utc: UtcMillis;
	/** Its greatest error: half the round trip. */
	readonly error: Millis;
}

export class ClockQuestion {
	/** From the begin of a session over TLS to its end. */
	isOn = false;
	private readonly crypto: Pick<Crypto, "random">;
	private nonce = ""; // of the question that waits; empty: none does
	private askedAt: Millis = 0;
	private wait: Millis = FIRST_WAIT; // after the next question, if it has no answer
	private nextAt: Millis = 0;
	private wasDoubted = false; // when it was last asked

	constructor(crypto: Pick<Crypto, "random">) {
		this.crypto = crypto;
	}

	/** A session stands: the time is asked at once. */
	begin(): void {
		this.isOn = true;
		this.nonce = "";
		this.wait = FIRST_WAIT;
		this.nextAt = 0;
	}

	/** The session has ended: nothing is asked, and no answer counts. */
	end(): void {
		this.isOn = false;
		this.nonce = "";
	}

	/** When to ask. `isDoubted`: no witness vouches for the clock, which brings the question forward. */
	dueAt(isDoubted: boolean): Millis {
		if (!isDoubted) this.wasDoubted = false;
		const isNew = isDoubted && !this.wasDoubted;
		return isNew ? Math.min(this.nextAt, this.askedAt + FIRST_WAIT) : this.nextAt;
	}

	/** The nonce of a new question, 32 hexadecimal digits. `longest`: between two without an answer. */
	ask(now: Millis, isDoubted: boolean, longest: Millis): string {
		const bytes = new Uint8Array(NONCE_BYTES);
		this.crypto.random(bytes);
		let nonce = "";
		for (const byte of bytes) nonce += (256 + byte).toString(16).slice(1);
		if (isDoubted && !this.wasDoubted) this.wait = FIRST_WAIT;
		this.nonce = nonce;
		this.askedAt = now;
		this.nextAt = now + this.wait;
		this.wait = Math.min(2 * this.wait, longest);
		this.wasDoubted = isDoubted;
		return nonce;
	}

	/** The date of an answer; undefined: it is none to the question that waits. */
	answered(text: string | undefined, now: Millis): AuthenticTime | undefined {
		if (text === undefined || this.nonce === "") return undefined;
		const parsed = parseObject(text, NAMES);
		if (isJsonRejection(parsed)) return undefined;
		const { nonce, utc_ms: sent } = parsed.json;
		if (nonce !== this.nonce || typeof sent !== "number") return undefined;
		this.nonce = "";
		const round = now - this.askedAt;
		if (round > ANSWER_WITHIN) return undefined;
		const error = Math.ceil(round / 2);
		return { utc: (Math.round(sent) + error) as UtcMillis, error };
	}

	/** The answer has settled the date: nothing is asked for a day, unless the clock is doubted. */
	settle(now: Millis): void {
		this.wait = FIRST_WAIT;
		this.nextAt = now + NEXT_AFTER;
	}
}
