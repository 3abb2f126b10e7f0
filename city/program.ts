/**
 * Program: the frame of the city's programs: words of the command line, errors as one line, exit code.
 */

import type { Language } from "../lib/text/bilingual.js";
import { type Options, parsed } from "../lib/text/options.js";
import { Trouble } from "../lib/text/trouble.js";

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

interface Frame<T extends Options> {
	readonly command: string;
	readonly help: string;
	readonly options: T;
}

/** Reads the words and runs `work`; an error becomes one line and the exit code 2. */
export async function framed<const T extends Options>(
	{ command, help, options }: Frame<T>,
	args: readonly string[],
	station: Station,
	work: (read: {
		values: ReturnType<typeof parsed<T>>["values"];
		words: readonly string[];
	}) => Promise<number>,
): Promise<number> {
	try {
		if (args.includes("--help")) {
			station.stdout.write(help);
			return DONE;
		}
		const { values, positionals } = parsed(args, options);
		return await work({ values, words: positionals });
	} catch (error) {
		const { message, stack } = error as Error;
		const text = error instanceof Trouble ? message : (stack ?? message);
		for (const line of text.split("\n")) station.stderr.write(`${command}: ${line}\n`);
		return REFUSED;
	}
}

/** A whole number in a range, from the command line. */
export function wholeOf(
	name: string,
	text: string | undefined,
	otherwise: number,
	[least, most]: readonly [number, number],
): number {
	if (text === undefined) return otherwise;
	const value = Number(text);
	if (/^\d+$/.test(text) && value >= least && value <= most) return value;
	throw new Trouble(
		`--${name} ${text}: is no whole number from ${least} to ${most}, e.g. ${otherwise}`,
	);
}

/** `--lang`; English if it is not given. */
export function languageOf(text = "en"): Language {
	if (text === "en" || text === "fr") return text;
	throw new Trouble(`--lang ${text}: is neither en nor fr`);
}

/** The process itself. */
export function processStation(): Station {
	const { stdin, stdout, stderr, env } = process;
	const ended = new Promise<void>((resolve) => {
		for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
	});
	return { stdin, stdout, stderr, environment: env, now: Date.now, ended };
}
