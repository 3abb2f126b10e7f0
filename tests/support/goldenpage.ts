/** Golden page: a page of docs/ shows what was really said, between its markers. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect } from "@jest/globals";

/**
 * Compares the block behind `<!-- session: NAME -->` of a page with `text`; with `WRITE_GOLDEN=1` in
 * the environment it writes it.
 */
export function shows(page: string, name: string, text: string): void {
	const path = fileURLToPath(new URL(`../../docs/${page}`, import.meta.url));
	const whole = readFileSync(path, "utf8");
	const mark = `<!-- session: ${name} -->\n\`\`\`\n`;
	const start = whole.indexOf(mark) + mark.length;
	const end = whole.indexOf("```\n", start);
	expect([page, name, whole.includes(mark) && end >= start]).toEqual([page, name, true]);
	const said = `${text.trim()}\n`;
	if (process.env.WRITE_GOLDEN === "1")
		writeFileSync(path, whole.slice(0, start) + said + whole.slice(end));
	else expect(whole.slice(start, end)).toBe(said);
}
