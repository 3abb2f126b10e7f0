/**
 * City clock: the city's side of authenticated time at the embedded broker. It answers a lamp's
 * question with the time of the simulated world; faults of the time servers do not reach it.
 *
 * Beside a broker outside `npx luminode clock` answers, on the wall clock.
 */
import { fieldsIn, text } from "../../util/fields.js";

const QUESTION = "/clock/question";
const ANSWER = "/clock/answer";

export interface ClockAnswer {
	readonly topic: string;
	readonly payload: string;
}

/** The answer to a report of a lamp at `utc`, ms; undefined: it is no question for the time. */
export function clockAnswer(
	topic: string,
	payload: Uint8Array,
	utc: number,
): ClockAnswer | undefined {
	if (!topic.endsWith(QUESTION)) return undefined;
	const nonce = text(fieldsIn(payload)?.nonce);
	if (nonce === undefined) return undefined;
	const answer = JSON.stringify({ nonce, utc_ms: Math.round(utc) });
	return { topic: topic.slice(0, -QUESTION.length) + ANSWER, payload: answer };
}
