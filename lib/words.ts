/**
 * Words: command-line arguments of the programs. `--help` prints the help and ends
 * with 0; an unknown word ends with 2, in one line, before anything is done.
 */
import { type Options, parsed } from "./text/options.js";

interface Program<T extends Options> {
	/** As typed, without npx: `luminode VERB`, `npm run SCRIPT -- WORD`. */
	readonly command: string;
	/** Purpose, and each option, in lines. */
	readonly help: string;
	readonly options?: T;
	/** Greatest number of words without a dash; absent: none. */
	readonly most?: number;
}

const WRONG_WORD = 2;

/** The arguments of this process; ends it for an invalid one. */
export function wordsOf<const T extends Options>(program: Program<T>) {
	const { command, help, most = 0 } = program;
	const options = { ...(program.options as T), help: { type: "boolean" } } as T & {
		help: { type: "boolean" };
	};
	try {
		const read = parsed(process.argv.slice(2), options, most > 0);
		if ((read.values as { help?: boolean }).help) {
			process.stdout.write(`${help.trim()}\n`);
			process.exit(0);
		}
		const extra = read.positionals[most];
		if (extra !== undefined) refuse(command, `${extra}: one word too many`);
		return read;
	} catch (error) {
		return refuse(command, (error as Error).message);
	}
}

/** Ends the program because of an invalid argument. */
export function refuse(command: string, why: string): never {
	process.stderr.write(`${command}: ${why}\n`);
	process.exit(WRONG_WORD);
}

/** The value; an error of its reader ends the program. */
export function orRefuse<T>(command: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		return refuse(command, (error as Error).message);
	}
}
