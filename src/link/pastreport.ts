/**
 * Past report: the reasons for a past level, in the reply to the order `explain` with `at`.
 */
import { formatInstant } from "../command/instant.js";
import type { Language } from "../explain/chaintext.js";
import { explainPast } from "../explain/past.js";
import type { UtcMillis } from "../units.js";
import type { View } from "../view.js";
import { SOURCE_CHARACTERS } from "./previewreport.js";
import type { Writer } from "./writer.js";

/** Writes the members of the reply; only `at` if the record was overwritten meanwhile. */
export function writePast(
	w: Writer,
	view: View,
	at: UtcMillis,
	presence: boolean,
	language: Language,
): void {
	w.member("at", formatInstant(at));
	const past = explainPast(view, at, presence, language);
	if (!past) return;
	if (past.since !== undefined) w.member("since", formatInstant(past.since));
	w.fixed("level", past.level, 1);
	w.member("because", past.because);
	w.json("explanation", JSON.stringify(past.explanation));
	if (past.until !== undefined) w.member("programUntil", formatInstant(past.until));
	w.openArray("chain");
	for (const { by, level, source } of past.chain) {
		w.openObject();
		w.member("by", by);
		w.fixed("level", level, 1);
		w.member("source", source?.slice(0, SOURCE_CHARACTERS));
		w.closeObject();
	}
	w.closeArray();
}
