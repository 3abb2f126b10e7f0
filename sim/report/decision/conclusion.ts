/** Conclusion: the bottom line of a decision, as the page says it, then darkness and the mixed option. */

import { BottomWords } from "../../../lib/lightingoptions/bottomwords.js";
import { mixedOption } from "../../../lib/lightingoptions/options.js";
import { passagesOut } from "../../../lib/lightingoptions/traffic.js";
import { type DecisionData, yearIn } from "./data.js";
import type { DecisionSpeech } from "./speech.js";

export function wordsOf({ inputs, year }: DecisionData, speech: DecisionSpeech): BottomWords {
	const { from, prices, count, vat } = inputs;
	return new BottomWords({ year, today: from, prices, lamps: count, vat }, speech);
}

/** The advice first. */
export function sentences(data: DecisionData, speech: DecisionSpeech): readonly string[] {
	const words = wordsOf(data, speech);
	const off = yearIn(data, "off");
	const darkness = speech.text("darkness", {
		hours: speech.figure(off.unlit_h),
		weeknights: speech.figure(yearIn(data, "weeknights").unlit_h),
		unlit: speech.ends(off.unlit),
	});
	const passages = passagesOut(data.year.traffic);
	const mixed = mixedOption(passages) === "neighbours" ? "mixedPresence" : "mixedOff";
	const choice = speech.text(mixed, { count: speech.figure(passages) });
	return [words.advice, ...words.sentences, `${darkness}. ${choice}.`].map((text) =>
		speech.typeset(text),
	);
}
