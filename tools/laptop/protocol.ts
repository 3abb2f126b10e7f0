/**
 * Protocol: a record of each commissioning, one line per run and lamp, as CSV for spreadsheets (RFC
 * 4180).
 *
 * It holds no secret: nothing of the vault reaches it.
 */
import { statSync } from "node:fs";
import type { Outcome } from "./commission.js";
import { addToFile } from "./files.js";
import type { Plan } from "./sitefile.js";

const TESTS = ["lamp", "pir", "light", "broker", "store", "heap", "clock"] as const;
const TITLES = [
	...["time", "result", "site", "pole", "node", "serial", "hardware", "software", "changed"],
	...["certificate", ...TESTS, "why"],
];

/** Adds the line of one lamp; a new file begins with the titles. */
export function addLine(path: string, plan: Plan, outcome: Outcome, now: Date): void {
	const { identity, verdicts, why } = outcome;
	const cells = [
		now.toISOString(),
		why === "" ? "pass" : "fail",
		plan.values.get("site") ?? identity?.site ?? "",
		plan.pole,
		plan.values.get("node") || (identity?.node ?? ""),
		...[identity?.serial ?? "", identity?.hardware ?? "", identity?.swVersion ?? ""],
		...[String(outcome.changed), outcome.certificate],
		...TESTS.map((test) => verdicts[test] ?? ""),
		why,
	];
	const isNew = (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0;
	const head = isNew ? lineOf(TITLES) : "";
	addToFile(path, `${head}${lineOf(cells)}`);
}

function lineOf(cells: readonly string[]): string {
	return `${cells.map(quoted).join(",")}\r\n`;
}

/** A cell that begins like a formula must not become one in a spreadsheet. */
function quoted(cell: string): string {
	const safe = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
