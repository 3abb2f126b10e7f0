/**
 * Program: the frame of the city's programs: words of the command line, errors as one line, exit code.
 */

import { Trouble } from "../lib/text/trouble.js";
import { awayOf, type Database, databaseOf } from "./database.js";
import { type DATABASE, type Frame, helpOf, read, type ValuesOf, type Words } from "./words.js";

/** The process as the program sees it; a test gives its own. */
export interface Station {
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
	readonly stdout: { write(text: string): unknown };
	readonly stderr: { write(text: string): unknown };
	now(): number;
	/** Resolves at Ctrl-C or SIGTERM. */
	readonly ended: Promise<void>;
}

export const DONE = 0;
/** The work was done and its result is bad. */
export const FAILED = 1;
/** An invalid word or an unreachable broker: nothing was done. */
const REFUSED = 2;

/** Reads the words and runs `work`; an error becomes one line and the exit code 2. */
export async function framed<const W extends Words>(
	frame: Frame<W>,
	args: readonly string[],
	station: Station,
	work: (
		values: ValuesOf<W>,
		positionals: readonly string[],
		config: string | undefined,
	) => Promise<number>,
): Promise<number> {
	try {
		if (args.includes("--help")) {
			station.stdout.write(helpOf(frame));
			return DONE;
		}
		const { values, positionals, config } = read(frame, args);
		return await work(values, positionals, config);
	} catch (error) {
		const { message, stack } = error as Error;
		const text = error instanceof Trouble ? message : (awayOf(error) ?? stack ?? message);
		for (const line of text.split("\n")) station.stderr.write(`${frame.command}: ${line}\n`);
		return REFUSED;
	}
}

/** The database of the words; one that is away for a moment is waited for, with a sentence. */
export function stored(
	{ database, "database-password-file": password }: ValuesOf<typeof DATABASE>,
	{ stderr }: Pick<Station, "stderr">,
): Promise<Database> {
	return databaseOf(database, password, (sentence) => void stderr.write(`${sentence}\n`));
}

/** An end from within: `failed` rejects with the first error that `fail` gets. */
export function failure(): { readonly failed: Promise<never>; fail(error: Error): void } {
	let fail: (error: Error) => void = () => {};
	const failed = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	failed.catch(() => {}); // the caller awaits it later
	return { failed, fail };
}

/** Prints an error that ends nothing. */
export function printed(program: string, { stderr }: Pick<Station, "stderr">) {
	return ({ message }: Error) => void stderr.write(`${program}: ${message}\n`);
}

/** The one word behind a command; throws `Trouble`. */
export function noMore(odd: string | undefined): void {
	if (odd !== undefined) throw new Trouble(`${odd}: one word too many`);
}

/** The process itself. */
export function processStation(): Station {
	const { stdin, stdout, stderr, env } = process;
	const ended = new Promise<void>((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
	});
	return { stdin, stdout, stderr, environment: env, now: Date.now, ended };
}
