/** Golden: recorded files, compared so that a failure names the command that records them anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { expect } from "@jest/globals";

/**
 * Compares with what is recorded in `path`. A failure begins with the command that renews the file,
 * then shows the difference.
 */
export function equalsGolden(
	actual: unknown,
	recorded: unknown,
	path: string,
	command: string,
): void {
	try {
		expect(actual).toEqual(recorded);
	} catch (error) {
		const { message } = error as Error;
		const named = new Error(`${path} differs; if the change is meant: ${command}\n\n${message}`);
		Error.captureStackTrace(named, equalsGolden);
		throw named;
	}
}

/** The same for a file whose whole text is written by `command`. */
export function isGolden(text: string, path: string, command: string): void {
	equalsGolden(text, readFileSync(path, "utf8"), path, command);
}

/** Writes all sessions anew; `shows` and `records` compare them. */
export const SESSIONS_COMMAND = "npm run renew -- golden";

/**
 * Compares the block behind `<!-- session: NAME -->` of a page of docs/ with `text`; with
 * `WRITE_GOLDEN=1` in the environment, which `npm run renew -- golden` sets, writes it.
 */
export function shows(page: string, name: string, text: string): void {
	const path = `docs/${page}`;
	const content = readFileSync(path, "utf8");
	const mark = `<!-- session: ${name} -->\n\`\`\`\n`;
	const start = content.indexOf(mark) + mark.length;
	const end = content.indexOf("```\n", start);
	expect([page, name, content.includes(mark) && end >= start]).toEqual([page, name, true]);
	const printed = `${text.trim()}\n`;
	if (process.env.WRITE_GOLDEN === "1")
		writeFileSync(path, content.slice(0, start) + printed + content.slice(end));
	else equalsGolden(printed, content.slice(start, end), `${path}, ${name}`, SESSIONS_COMMAND);
}

/** The same for a file that is one session as a whole. */
export function records(path: string, text: string): void {
	const printed = `${text.trim()}\n`;
	if (process.env.WRITE_GOLDEN === "1") writeFileSync(path, printed);
	else isGolden(printed, path, SESSIONS_COMMAND);
}

/** The same as `shows` for the rows of a table behind `<!-- table: NAME -->`, up to the next empty line. */
export function showsTable(page: string, name: string, lines: readonly string[]): void {
	const path = `docs/${page}`;
	const content = readFileSync(path, "utf8");
	const mark = `<!-- table: ${name} -->\n`;
	const start = content.indexOf(mark) + mark.length;
	const end = content.indexOf("\n\n", start);
	expect([page, name, content.includes(mark) && end >= start]).toEqual([page, name, true]);
	const text = lines.join("\n");
	if (process.env.WRITE_GOLDEN === "1")
		writeFileSync(path, content.slice(0, start) + text + content.slice(end));
	else equalsGolden(text, content.slice(start, end), `${path}, ${name}`, SESSIONS_COMMAND);
}
