/**
 * Protocol: the file of all commissionings, one line per run and lamp (protocolline.ts).
 */
import { existsSync } from "node:fs";
import { addToFile, locked, replaceFile, textOfFile } from "../../../lib/files.js";
import type { Plan } from "../../../lib/site/sitetable.js";
import type { Language } from "../../../lib/text/bilingual.js";
import type { Outcome } from "../provision/commission.js";
import type { Recorded } from "./doubts.js";
import { partsOf, protocolLine, recordedIn, TITLE_LINE } from "./protocolline.js";

/** Adds the line of one lamp; a new file begins with the titles. */
export function addLine(
	path: string,
	plan: Plan,
	outcome: Outcome,
	now: Date,
	language: Language,
): void {
	locked(path, () => {
		const content = existsSync(path) ? textOfFile(path) : "";
		const { kept } = partsOf(content);
		if (kept !== content) replaceFile(path, kept);
		const titles = kept === "" ? TITLE_LINE : "";
		addToFile(path, `${titles}${protocolLine(plan, outcome, now, language)}`);
	});
}

/** The lines, oldest first; none if there is no such file yet. */
export function recorded(path: string): readonly Recorded[] {
	return existsSync(path) ? recordedIn(path, textOfFile(path)) : [];
}
