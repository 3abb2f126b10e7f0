/**
 * Protocol: the file of all commissionings, one line per run and lamp (protocolline.ts).
 */
import { existsSync, statSync } from "node:fs";
import type { Outcome } from "./commission.js";
import { type Passed, passedIn } from "./doubts.js";
import { addToFile, textOfFile } from "./files.js";
import { protocolLine, TITLE_LINE } from "./protocolline.js";
import type { Plan } from "./sitetable.js";

/** Adds the line of one lamp; a new file begins with the titles. */
export function addLine(path: string, plan: Plan, outcome: Outcome, now: Date): void {
	const isNew = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
	addToFile(path, `${isNew ? TITLE_LINE : ""}${protocolLine(plan, outcome, now)}`);
}

/** The passed lines; none if there is no such file yet. */
export function passedLines(path: string): readonly Passed[] {
	return existsSync(path) ? passedIn(textOfFile(path)) : [];
}
