/**
 * Guide: the technician's guide as a page to print on A4, one step a line with a box to tick.
 *
 * Its source is docs/technician.md and docs/technicien.md: an item `- [ ]` is a step. Links to
 * documents that are not beside it are text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Marked, type Tokens } from "marked";

const GUIDES = {
	"guide-en.html": ["en", "technician.md"],
	"guide-fr.html": ["fr", "technicien.md"],
} as const;
export type GuideName = keyof typeof GUIDES;

/** The page of one guide; `docs`: the folder of the documents. */
export function guidePage(name: GuideName, docs: string): string {
	const [language, source] = GUIDES[name];
	const markdown = readFileSync(join(docs, source), "utf8");
	const body = parserFor(language).parse(withoutComments(markdown)) as string;
	const [, title = "luminode"] = /^# (.+)$/m.exec(markdown) ?? [];
	return `<!doctype html>
<html lang="${language}">
	<head>
		<meta charset="utf-8">
		<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<title>luminode: ${title}</title>
		<link rel="stylesheet" href="guide.css">
	</head>
	<body>
		<main>
${body}		</main>
	</body>
</html>
`;
}

function withoutComments(markdown: string): string {
	return markdown.replace(/^<!--.*?-->\n/gm, "");
}

function parserFor(language: "en" | "fr"): Marked {
	return new Marked({
		walkTokens: (token) => {
			if (language === "fr" && token.type === "text") token.text = unbroken(token.text);
		},
		renderer: {
			checkbox: () => '<span class="box"></span>',
			listitem({ task, tokens }: Tokens.ListItem) {
				const inner = this.parser.parse(tokens);
				return `<li${task ? ' class="step"' : ""}>${inner}</li>\n`;
			},
			link({ href, tokens }: Tokens.Link) {
				const inner = this.parser.parseInline(tokens);
				const guide = Object.entries(GUIDES).find(([, [, source]]) => source === href)?.[0];
				return guide ? `<a href="${guide}">${inner}</a>` : inner;
			},
		},
	});
}

/** A French sign of two parts stays with its word, a unit with its number. */
function unbroken(sentence: string): string {
	return sentence.replace(/ (?=[:;!?»%])|(?<=«) |(?<=\d) (?=\d{3}\b)/g, "\u00a0");
}
