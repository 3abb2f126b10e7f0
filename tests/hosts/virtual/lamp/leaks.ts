/**
 * Leaks: finds a secret in what was said, however it was written: plain, hex or base64 at any offset,
 * split over lines, within escapes of a terminal.
 */
/** Longest of what would be missed: fewer characters of a secret in a row say nothing of it. */
const WINDOW = 8;

/** The ways in which a secret could be written. */
function formsOf(secret: string): [how: string, text: string][] {
	const bytes = Buffer.from(secret);
	const hex = bytes.toString("hex");
	const forms: [string, string][] = [
		["plain", secret],
		["hex", hex],
		["HEX", hex.toUpperCase()],
	];
	for (const before of [0, 1, 2]) {
		const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
		// What its neighbours reach into is not the secret's own.
		forms.push(["base64", text.slice(before === 0 ? 0 : 4, -4)]);
		forms.push([
			"base64url",
			text
				.slice(before === 0 ? 0 : 4, -4)
				.replaceAll("+", "-")
				.replaceAll("/", "_"),
		]);
	}
	return forms;
}

/** How and where parts of `secrets` stand in `texts`; a name of each. */
export function leaksOf(
	secrets: Readonly<Record<string, string>>,
	texts: Readonly<Record<string, string>>,
): string[] {
	const found: string[] = [];
	for (const [where, text] of Object.entries(texts)) {
		const bare = bareOf(text);
		for (const [name, secret] of Object.entries(secrets))
			for (const [how, form] of formsOf(secret)) {
				const window = how.toLowerCase() === "hex" ? 2 * WINDOW : WINDOW;
				for (let at = 0; at + window <= form.length; at += 1)
					if (bare.includes(form.slice(at, at + window))) {
						found.push(`${where}: ${name} in ${how}`);
						break;
					}
			}
	}
	return found;
}

/** Without what only arranges it: line ends, blanks, quotes, escapes, the numbers of lines. */
function bareOf(text: string): string {
	return text
		.split("\u001b")
		.map((piece, index) => (index === 0 ? piece : piece.replace(/^\[[\d;]*[A-Za-z~]/, "")))
		.join("")
		.replace(/[\s"',\\]+/g, "");
}
