/**
 * Protocol line: the record of one commissioning, as a line of CSV for spreadsheets (RFC 4180).
 *
 * It holds no secret: nothing of the vault reaches it.
 */
import { CsvError, parse } from "csv-parse/sync";
import { sheetRowOf } from "../../../lib/csv.js";
import type { Plan } from "../../../lib/site/sitetable.js";
import type { Language } from "../../../lib/text/bilingual.js";
import { Trouble } from "../../../lib/text/trouble.js";
import type { Outcome } from "../provision/commission.js";
import { text } from "../text/texts.js";
import type { Recorded } from "./doubts.js";

const TESTS = ["lamp", "pir", "light", "broker", "store", "heap", "clock"] as const;
const TITLES = [
	"time",
	"result",
	"site",
	"pole",
	"node",
	"serial",
	"hardware",
	"software",
	"changed",
	"certificate",
	...TESTS,
	"why",
];
/** Titles without which a file is no protocol. */
const NEEDED = ["result", "pole", "serial"] as const;

/** The titles, with the end of the line. */
export const TITLE_LINE = lineOf(TITLES);

/** The line of one lamp; the reason of a failure is in the language of the run. */
export function protocolLine(plan: Plan, outcome: Outcome, now: Date, language: Language): string {
	const { identity, verdicts, why } = outcome;
	const cells = [
		now.toISOString(),
		why === undefined ? "pass" : "fail",
		plan.values.get("site") ?? identity?.site ?? "",
		plan.pole,
		plan.values.get("node") || (identity?.node ?? ""),
		identity?.serial ?? "",
		identity?.hardware ?? "",
		identity?.swVersion ?? "",
		String(outcome.changed),
		outcome.certificate,
		...TESTS.map((test) => verdicts[test] ?? ""),
		why?.[language] ?? "",
	];
	return lineOf(cells);
}

/** The lines of a protocol, oldest first; `path`: for the message of a file that is none. */
export function recordedIn(path: string, content: string): readonly Recorded[] {
	const { kept } = partsOf(content);
	if (kept.trim() === "") return [];
	try {
		const rows = parse(kept, {
			columns: true,
			bom: true,
			relax_column_count: true,
			skip_empty_lines: true,
		}) as unknown as Readonly<Record<string, string | undefined>>[];
		const missing = NEEDED.find((title) => !headOf(kept).includes(title));
		if (missing) throw new Trouble(text("noProtocol", path, missing));
		return rows.map(({ result, pole = "", node = "", serial = "", time = "", why = "" }) => ({
			result: result === "pass" ? "pass" : "fail",
			pole,
			node,
			serial,
			time,
			why,
		}));
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		throw new Trouble(text("otherFault", path, error.message.split("\n")[0]!));
	}
}

function headOf(content: string): readonly string[] {
	return content
		.replace(/^\uFEFF/, "")
		.split(/\r?\n/, 1)[0]!
		.split(",");
}

/**
 * The whole lines of a protocol; a last line that a power cut has torn is left out, as its run is
 * repeated. A last line of as many cells as titles only lacks its end.
 */
export function partsOf(content: string): { readonly kept: string; readonly torn: string } {
	const end = content.lastIndexOf("\n") + 1;
	const last = content.slice(end);
	if (last === "") return { kept: content, torn: "" };
	try {
		const [cells] = parse(last) as unknown as string[][];
		if (cells?.length === headOf(content).length) return { kept: `${content}\r\n`, torn: "" };
	} catch {
		// an open quotation mark
	}
	return { kept: content.slice(0, end), torn: last };
}

function lineOf(cells: readonly string[]): string {
	return `${sheetRowOf(cells)}\r\n`;
}
