/** Report: the document of a run in one language. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { FAULT_NAMES } from "../faults/faultnames.js";
import { type DataParts, dataOf, type ReportData } from "./data.js";
import type { DecisionData } from "./decision/data.js";
import { decisionHtml } from "./decision/html.js";
import { htmlOf } from "./html.js";
import type { Language } from "./words.js";

const FOLDER = join(projectRoot(), "sim", "report");

/** The document as the page's server sends it. */
export function reportOf(parts: DataParts, language: Language): string {
	return htmlOf(dataOf(parts), {
		language,
		version: productVersion(),
		faultNames: FAULT_NAMES[language],
	});
}

/** The document as a file that stands alone. */
export function documentOf(data: ReportData, language: Language): string {
	return htmlOf(data, {
		language,
		version: productVersion(),
		faultNames: FAULT_NAMES[language],
		style: reportStyle(),
	});
}

/** The report of a decision; `isLinked`: its style sheet is the server's. */
export function decisionOf(data: DecisionData, language: Language, isLinked: boolean): string {
	return decisionHtml(data, {
		language,
		version: productVersion(),
		faultNames: FAULT_NAMES[language],
		...(isLinked ? {} : { style: reportStyle() }),
	});
}

/** Of both kinds of report. */
export function reportStyle(): string {
	const files = [join(FOLDER, "style.css"), join(FOLDER, "decision", "style.css")];
	return files.map((file) => readFileSync(file, "utf8")).join("\n");
}

/** Of package.json. */
export function productVersion(): string {
	const text = readFileSync(join(projectRoot(), "package.json"), "utf8");
	return (JSON.parse(text) as { version: string }).version;
}
