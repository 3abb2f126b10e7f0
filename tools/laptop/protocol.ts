/**
 * Protocol: the file of all commissionings, one line per run and lamp (protocolline.ts).
 */
import { existsSync } from "node:fs";
import type { Outcome } from "./commission.js";
import type { Recorded } from "./doubts.js";
import { addToFile, locked, replaceFile, textOfFile } from "./files.js";
import { partsOf, protocolLine, recordedIn, TITLE_LINE } from "./protocolline.js";
import type { Plan } from "./sitetable.js";
import type { Language } from "./words.js";

/** Adds the line of one lamp; a new file begins with the titles. */
export function addLine(
	path: string,
	plan: Plan,
	outcome: Outcome,
	now: Date,
	language: Language,
): void {
	locked(path, () => {
		const whole = existsSync(path) ? textOfFile(path) : "";
		const { kept } = partsOf(whole);
		if (kept !== whole) replaceFile(path, kept);
		const titles = kept === "" ? TITLE_LINE : "";
		addToFile(path, `${titles}${protocolLine(plan, outcome, now, language)}`);
	});
}

/** The lines, oldest first; none if there is no such file yet. */
export function recorded(path: string): readonly Recorded[] {
	return existsSync(path) ? recordedIn(path, textOfFile(path)) : [];
}
