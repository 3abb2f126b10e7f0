/**
 * Protocol line: the record of one commissioning, as a line of CSV for spreadsheets (RFC 4180).
 *
 * It holds no secret: nothing of the vault reaches it.
 */
import type { Outcome } from "./commission.js";
import type { Plan } from "./sitetable.js";

const TESTS = ["lamp", "pir", "light", "broker", "store", "heap", "clock"] as const;
const TITLES = [
	...["time", "result", "site", "pole", "node", "serial", "hardware", "software", "changed"],
	...["certificate", ...TESTS, "why"],
];

/** The titles, with the end of the line. */
export const TITLE_LINE = lineOf(TITLES);

/** The line of one lamp. */
export function protocolLine(plan: Plan, outcome: Outcome, now: Date): string {
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
	return lineOf(cells);
}

function lineOf(cells: readonly string[]): string {
	return `${cells.map(quoted).join(",")}\r\n`;
}

/** A cell that begins like a formula must not become one in a spreadsheet. */
function quoted(cell: string): string {
	const safe = /^[=+\-@\t]/.test(cell) ? `'${cell}` : cell;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
