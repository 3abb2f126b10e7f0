/**
 * Table: the result of the emulator's proof: a block of docs/image.md, and a row of docs/measured.md.
 */

const BEGIN = "<!-- emulator: written by npm run host -- emulate --prove --record -->";
const END = "<!-- end of the emulator -->";

export interface Row {
	readonly claim: string;
	readonly result: "shown" | "not shown" | "FAILS";
	/** Figures, or the reason. */
	readonly why: string;
}

export interface About {
	/** Of the run, as in ISO 8601. */
	readonly date: string;
	/** Abbreviated, with a word where the tree differs from it. */
	readonly commit: string;
	/** Of emulator, ESP-IDF and SDK. */
	readonly versions: string;
}

/** The question of the row. */
const QUESTION = "| Does the image boot, in an emulator of its chip? |";

const cell = (text: string) => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

export const lineOf = ({ claim, result, why }: Row): string =>
	`| ${[claim, result, why].map(cell).join(" | ")} |`;

/** The page with the rows in its marked block. Throws if the page has no block. */
export function withProof(page: string, rows: readonly Row[], about: About): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`the page has no block "${BEGIN}" ... "${END}"`);
	const head = `Run of ${about.date}, commit ${about.commit}, ${about.versions}.`;
	const table = ["| claim | result | figures or reason |", "|---|---|---|", ...rows.map(lineOf)];
	const block = [BEGIN, "", head, "", ...table, ""].join("\n");
	return `${page.slice(0, begin)}${block}\n${page.slice(end)}`;
}

/** The page with the result in its row. Throws if the page has no such row. */
export function withSummary(page: string, rows: readonly Row[], about: About): string {
	const lines = page.split("\n");
	const at = lines.findIndex((line) => line.startsWith(QUESTION));
	if (at < 0) throw new Error(`the page has no row "${QUESTION}"`);
	const shown = rows.filter(({ result }) => result === "shown").length;
	const figure = `${shown} claims shown, ${rows.length - shown} not: ${about.date}, ${about.commit}, ${about.versions}`;
	lines[at] = `${QUESTION} ${cell(figure)} | [emulator](image.md#result) |`;
	return lines.join("\n");
}
