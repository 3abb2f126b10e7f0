/** Sentences page: each text of the sources beside its French. */
import type { Sentence } from "./sentences.js";

const HEAD = `# Sentences

Every text that a technician, a clerk or a councillor reads, by the file in which it is corrected. The program replaces \`{0}\` and names in braces. The help texts of commands are not shown here, because their lines form columns: read them in their files.
`;

/** Longer texts are helps, whose columns a table would tear. */
const LONGEST = 900;

export function sentencesPage(found: ReadonlyMap<string, readonly Sentence[]>): string {
	let page = HEAD;
	for (const [path, rows] of found) {
		const shown = rows.filter(({ en, fr }) => Math.max(en.length, fr.length) <= LONGEST);
		page += `\n## ${path}\n\n`;
		if (shown.length > 0) page += "| English | français |\n|---|---|\n";
		for (const { en, fr } of shown) page += `| ${celled(en)} | ${celled(fr)} |\n`;
		for (const { name } of rows.filter((row) => !shown.includes(row)))
			page += `\n\`${name}\`: a help, in its file.\n`;
	}
	return page;
}

/** In a cell of Markdown no text is a tag, a link or the end of the cell. */
function celled(text: string): string {
	return text
		.trim()
		.replaceAll("\\", "\\\\")
		.replaceAll("\n", " ")
		.replace(/[|<>[\]*_`]/g, (mark) => `\\${mark}`);
}
