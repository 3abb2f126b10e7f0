/**
 * Screen log: the lines of a technician's screen, with the time, in a file.
 *
 * A line that sets a secret was shown while it was typed; its secret is not written. Nor is any
 * text of the form of a lamp's secret, at any place: the lamp proposes one on request.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import { unwritable } from "../../../lib/files.js";
import { Terminal } from "../../../lib/terminal.js";
import { SETTINGS } from "../../../src/settings/table.js";
import { SECRET_FORM } from "../vault/secret.js";

/** Readable by the owner only. */
const MODE = 0o600;
/** Characters of a line without an end; a screen shows no more of it either. */
const LINE_MAX = 4_000;

const SECRETS = SETTINGS.filter(({ secret }) => secret).map(({ name }) => name);
const COMMANDS = `login|secret|set\\s+(?:${SECRETS.join("|")})`;
/** A line that was typed, or the part typed before the plug was pulled. */
const TYPED = new RegExp(`^((?:\\S*>)?\\s*(?:${COMMANDS}))\\s+\\S.*`, "i");
/** A word long enough for a secret behind such a command, at any place. */
const BEHIND = new RegExp(`\\b(${COMMANDS})\\s+\\S{16,}`, "gi");
const HIDDEN = "(hidden)";

/** The line without its secrets. */
export function withoutSecrets(line: string): string {
	const bare = line.replace(TYPED, `$1 ${HIDDEN}`).replace(BEHIND, `$1 ${HIDDEN}`);
	return bare.replace(SECRET_FORM, HIDDEN);
}

export class ScreenLog {
	readonly #file: number;
	readonly #now: () => Date;
	readonly #decoder = new TextDecoder();
	#screen = new Terminal();
	#length = 0;

	/** Appends to the file. Throws `Trouble`. */
	constructor(path: string, now: () => Date) {
		this.#now = now;
		try {
			this.#file = openSync(path, "a", MODE);
		} catch (error) {
			throw unwritable(`--log ${path}`, error);
		}
	}

	/** Output of the lamp. */
	write(bytes: Uint8Array): void {
		const [first, ...more] = this.#decoder.decode(bytes, { stream: true }).split("\n");
		this.#show(first!);
		for (const piece of more) {
			this.#end();
			this.#show(piece);
		}
	}

	/** An event of the line itself. */
	note(text: string): void {
		this.#end();
		this.#put(`-- ${text}`);
	}

	close(): void {
		this.#end();
		closeSync(this.#file);
	}

	#show(text: string): void {
		this.#screen.write(text);
		this.#length += text.length;
		if (this.#length > LINE_MAX) this.#end();
	}

	#end(): void {
		const line = this.#screen.text.trimEnd();
		this.#screen = new Terminal();
		this.#length = 0;
		if (line !== "") this.#put(withoutSecrets(line));
	}

	#put(line: string): void {
		writeSync(this.#file, `${this.#now().toISOString()} ${line}\n`);
	}
}
