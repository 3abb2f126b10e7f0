/**
 * Words: what a program of package.json was told. `--help` says what it does and ends it with 0; a word
 * that it does not know ends it with 2, in one line, before anything is done.
 */
import { type ParseArgsConfig, parseArgs } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;

export interface Program<T extends Options> {
	/** As it is typed: `npm run NAME`. */
	readonly command: string;
	/** What it does, and each word that it knows, in lines. */
	readonly help: string;
	readonly options?: T;
	/** How many words without a dash it takes at most; absent: none. */
	readonly most?: number;
}

const WRONG_WORD = 2;

/** The words of this process, or its end. */
export function wordsOf<const T extends Options>(program: Program<T>) {
	const { command, help, most = 0 } = program;
	const options = { ...(program.options as T), help: { type: "boolean" } } as T & {
		help: { type: "boolean" };
	};
	try {
		const args = process.argv.slice(2);
		const read = parseArgs({ args, options, allowPositionals: most > 0 });
		if ((read.values as { help?: boolean }).help) {
			process.stdout.write(`${help.trim()}\n`);
			process.exit(0);
		}
		const extra = read.positionals[most];
		if (extra !== undefined) refuse(command, `${extra}: one word too many`);
		return read;
	} catch (error) {
		return refuse(
			command,
			`${(error as Error).message.split(". ")[0]} (--help says what it takes)`,
		);
	}
}

/** Ends the program: it was asked what it cannot do. */
export function refuse(command: string, why: string): never {
	process.stderr.write(`${command}: ${why}\n`);
	process.exit(WRONG_WORD);
}
