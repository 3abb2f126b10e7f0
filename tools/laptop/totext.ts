/**
 * To text: one lamp's commissioning as lines to paste, for a laptop on which only a terminal
 * program is allowed.
 */
import type { Plan } from "./sitetable.js";

/** Lines pasted at a time: fewer bytes than a lamp accepts while it answers. */
const LINES_AT_A_TIME = 3;
const EMPTY = '""';

/** The whole file; `secrets`: settings that are secrets. */
export function textOf(
	{ pole, values }: Plan,
	secret: string,
	secrets: Readonly<Record<string, string>>,
): string {
	const sets = [...values, ...Object.entries(secrets)].map(
		([name, value]) => `set ${name} ${value || EMPTY}`,
	);
	const blocks: string[] = [];
	for (let at = 0; at < sets.length; at += LINES_AT_A_TIME)
		blocks.push(sets.slice(at, at + LINES_AT_A_TIME).join("\n"));
	return [
		`THIS FILE HOLDS SECRETS of the lamp at pole ${pole}. Delete it when the lamp is done.`,
		"",
		"Open the lamp's port in a terminal program (PuTTY: Serial, 115200), press Return, and paste",
		"one block after the other (PuTTY: right click), each with the Return at its end. A line that",
		"the lamp refuses is answered with the reason: then type revert and look for the cause.",
		"",
		"1. A lamp that has no secret yet: the second line. Any other asks for its secret: the first.",
		"",
		secret,
		"",
		`secret ${secret}`,
		"",
		"2. What it is to be.",
		"",
		"revert",
		"",
		...blocks.flatMap((block) => [block, ""]),
		"3. Try it and keep it.",
		"",
		"apply",
		"",
		"confirm",
		"",
		"4. Its own tests; each must say pass.",
		"",
		"test all",
		"",
		"logout",
		"",
	].join("\n");
}
