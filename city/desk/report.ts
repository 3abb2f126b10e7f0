/** Report: the results of a run, as lines and as CSV, with its exit code. */
import { rowOf } from "../../lib/csv.js";
import { replaceFile } from "../../lib/files.js";
import { DONE, FAILED, type Station } from "../program.js";
import { counts } from "./campaigns.js";
import type { Lamp, Order } from "./lamps.js";

/** First word of a reason without `--dry-run`'s deed. */
const WOULD = "would ";
/** Lamps that are named with a reason. */
const SHOWN = 20;

interface Outcome {
	readonly node: string;
	readonly outcome: string;
	readonly why: string;
}

/** Prints and writes the results. @returns the exit code */
export function conclude(
	lamps: readonly Pick<Lamp, "node" | "serial">[],
	results: readonly Outcome[],
	report: string | undefined,
	end: string,
	{ stdout }: Station,
): number {
	if (report !== undefined) replaceFile(report, csvOf(lamps, results));
	stdout.write(`${summary(results)}${end}`);
	const isGood =
		results.length === lamps.length && results.every((result) => result.outcome === "done");
	return isGood ? DONE : FAILED;
}

/** Totals, then the lamps that are not done, or would be changed, by their reason. */
function summary(results: readonly Outcome[]): string {
	const reasons = new Map<string, string[]>();
	for (const { node, outcome, why } of results) {
		if (outcome === "done" && !why.startsWith(WOULD)) continue;
		const key = outcome === "done" ? why : `${outcome}: ${why}`;
		reasons.set(key, [...(reasons.get(key) ?? []), node]);
	}
	const lines = [...reasons].map(([why, nodes]) => {
		const shown = nodes.slice(0, SHOWN).join(", ");
		const rest = nodes.length > SHOWN ? ` and ${nodes.length - SHOWN} more` : "";
		return `  ${nodes.length} ${why} (${shown}${rest})`;
	});
	const all = counts(results.map(({ outcome }) => ({ step: outcome as Order["step"] })));
	return `${[`in all: ${all}`, ...lines].join("\n")}\n`;
}

function csvOf(
	lamps: readonly Pick<Lamp, "node" | "serial">[],
	results: readonly Outcome[],
): string {
	const by = new Map(results.map((result) => [result.node, result]));
	const rows = lamps.map(({ node, serial = "" }) => {
		const { outcome, why } = by.get(node) ?? { outcome: "not begun", why: "" };
		return rowOf([node, serial, outcome, why]);
	});
	return `${["node,serial,outcome,reason", ...rows].join("\n")}\n`;
}
