/** Report: the document of a run in one language. */

import { FAULT_NAMES } from "../faults/faultnames.js";
import type { ReportData } from "./data.js";
import type { DecisionData } from "./decision/data.js";
import { decisionHtml } from "./decision/html.js";
import { htmlOf } from "./html.js";
import type { Language } from "./words.js";

/** What a document is made with. */
export interface Press {
	/** Of the product. */
	readonly version: string;
	/** The style sheet, within the document; absent: a link to that of the page's server. */
	readonly style?: string;
}

const wordedIn = (language: Language, { version, style }: Press) => ({
	language,
	version,
	faultNames: FAULT_NAMES[language],
	...(style === undefined ? {} : { style }),
});

/** The document of a run, HTML. */
export function reportOf(data: ReportData, language: Language, press: Press): string {
	return htmlOf(data, wordedIn(language, press));
}

/** The report of a decision, HTML. */
export function decisionOf(data: DecisionData, language: Language, press: Press): string {
	return decisionHtml(data, wordedIn(language, press));
}
