/**
 * Decisions: the report of a decision. One is made at a time, since each takes a core or two for a
 * while; a second request for the same one waits for it, and any other gets a page that comes back
 * by itself.
 */
import { INPUTS } from "../../../lib/lightingoptions/money.js";
import type { Fields } from "../../util/fields.js";
import { type Answer, text } from "./answers.js";
import type { DeskOptions } from "./deskoptions.js";

/** Query of a decision: the options of its report. */
const NAMES = ["lang", "from", "co2", "count", "vat", ...INPUTS] as const;
/** The page that waits asks again after so many seconds. */
const AGAIN_S = 5;
const WAIT = {
	en: {
		title: "A report is being made",
		text: "Another report or comparison is being simulated, one at a time. Each usually takes half a minute. This page asks again every 5 seconds; yours is then made and shown here.",
	},
	fr: {
		title: "Un rapport est en préparation",
		text: "Un autre rapport ou une autre comparaison est en cours de simulation. Un seul passe à la fois, en général une demi-minute. Cette page réessaie toutes les 5 secondes ; le vôtre est ensuite préparé et affiché ici.",
	},
} as const;

interface Making {
	readonly inputs: string;
	readonly report: Promise<string>;
}

export class Decisions {
	#making: Making | undefined;

	constructor(private readonly decide: DeskOptions["decide"]) {}

	get isMaking(): boolean {
		return this.#making !== undefined;
	}

	/** `isBusy`: something else is being simulated. */
	async answer(asked: Fields, isBusy: boolean): Promise<Answer> {
		const given = NAMES.flatMap((name) => (asked[name] ? [[name, String(asked[name])]] : []));
		const inputs: Record<string, string> = Object.fromEntries(given);
		const key = JSON.stringify(inputs);
		if (isBusy || (this.#making && this.#making.inputs !== key)) {
			const html = waitHtml(inputs.lang === "fr" ? "fr" : "en");
			return { ...text("html", html, 503), again_s: AGAIN_S };
		}
		this.#making ??= { inputs: key, report: this.#make(inputs) };
		try {
			return text("html", await this.#making.report);
		} catch (error) {
			return text("plain", (error as Error).message, 400);
		}
	}

	async #make(inputs: Readonly<Record<string, string>>): Promise<string> {
		try {
			return await this.decide(inputs);
		} finally {
			this.#making = undefined;
		}
	}
}

/** In both languages, that of the page first. */
function waitHtml(first: "en" | "fr"): string {
	const second = first === "en" ? "fr" : "en";
	const [title, others] = [WAIT[first].title, WAIT[second].title].map(typeset);
	return `<!doctype html>
<html lang="${first}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="${AGAIN_S}"><title>${title}</title><link rel="stylesheet" href="/report.css"></head>
<body class="decision wait">
<main>
<header><h1>${title}</h1></header>
<p>${typeset(WAIT[first].text)}</p>
<section lang="${second}"><h2>${others}</h2><p>${typeset(WAIT[second].text)}</p></section>
</main>
</body>
</html>
`;
}

const typeset = (text: string): string => text.replaceAll(" ;", "\u00a0;");
