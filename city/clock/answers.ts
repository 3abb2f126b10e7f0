/**
 * Answers: the date for a lamp that asks for it (docs/broker.md, `clock/question`).
 *
 * Nothing is kept of a lamp but whether it was answered in the present second.
 */
import { CLOCK, type ClockAnswer, type ClockQuestion, objectOf, placeOf } from "../contract.js";

/** A question has about 120 bytes; a longer message is not parsed. */
const QUESTION_BYTES = 512;
/** The nonce as the contract has it. */
const NONCE = /^[0-9a-f]{32}$/;
const NAME = /^[A-Za-z0-9_-]{1,32}$/;
/** A lamp that asks again within this time gets no answer, ms. A sound lamp waits a minute. */
const PAUSE = 1_000;

interface Question {
	readonly topic: string;
	readonly payload: Uint8Array;
	readonly isRetained: boolean;
}

export interface Answer {
	readonly topic: string;
	readonly body: ClockAnswer;
}

export class Answers {
	readonly #root: string;
	/** Topics answered in the present second: a flood of one lamp takes no answer from the others. */
	readonly #answered = new Set<string>();
	#second = Number.NaN;

	constructor(root: string) {
		this.#root = root;
	}

	/**
	 * The answer of that instant (UTC, ms); undefined: the message is no question, or one too many, or
	 * the clock is not open, as it is not synchronised.
	 */
	answerTo(
		{ topic, payload, isRetained }: Question,
		utc: number,
		isOpen = true,
	): Answer | undefined {
		const place = isOpen ? placeOf(this.#root, topic) : undefined;
		if (place?.kind !== CLOCK.question || isRetained || payload.length > QUESTION_BYTES)
			return undefined;
		const { site, node } = place;
		if (!NAME.test(site) || !NAME.test(node)) return undefined;
		const nonce: unknown = objectOf<ClockQuestion>(payload)?.nonce;
		if (typeof nonce !== "string" || !NONCE.test(nonce) || !this.#admits(topic, utc))
			return undefined;
		const answer = `${this.#root}/${site}/${node}/${CLOCK.answer}`;
		return { topic: answer, body: { nonce, utc_ms: Math.round(utc) } };
	}

	#admits(topic: string, utc: number): boolean {
		const second = Math.floor(utc / PAUSE);
		if (second !== this.#second) this.#answered.clear();
		this.#second = second;
		if (this.#answered.has(topic)) return false;
		this.#answered.add(topic);
		return true;
	}
}
