/**
 * Words: the command line of the simulator as options (sim/options), with the files that it names.
 *
 * An invalid option is returned as one line; the program prints it and ends with exit code 2.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { FLAGS, type Options, optionsOf } from "../options/options.js";
import type { Sources } from "../options/sources.js";
import { type Values, Wrong } from "../options/values.js";
import { SCENARIOS } from "./scenarios.js";

/** May be given several times; of `group`, which `npm start` gives too, the last one counts. */
const MANY: readonly string[] = [
	"fault",
	"image",
	"image-key",
	"person",
	"neighbours",
	"set",
	"input",
	"group",
];

type Answer =
	| { readonly kind: "run"; readonly options: Options; readonly values: Values }
	| { readonly kind: "help" }
	| { readonly kind: "wrong"; readonly why: string };

/** The scenarios, files and variables of this machine. */
export const SOURCES: Sources = {
	scenarios: SCENARIOS,
	variable: (name) => process.env[name],
	read(path) {
		try {
			return readFileSync(path, "utf8");
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			throw new Error(code === "ENOENT" ? "no such file" : `cannot be read (${code})`);
		}
	},
};

/** Parses the arguments after the program's name. */
export function readOptions(args: readonly string[]): Answer {
	try {
		const values = valuesIn(args);
		if (values.help) return { kind: "help" };
		return { kind: "run", options: optionsOf(values, SOURCES), values };
	} catch (error) {
		return { kind: "wrong", why: (error as Error).message };
	}
}

/** The arguments by name. Throws `Wrong`. */
export function valuesIn(args: readonly string[]): Values {
	const { values, tokens } = parsed(args);
	const given = tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
	const twice = given.find((name, i) => !MANY.includes(name) && given.indexOf(name) !== i);
	if (twice) throw new Wrong(`--${twice}: given twice`);
	return { ...values };
}

/** The first sentence of what `parseArgs` says is enough. */
function parsed(args: readonly string[]) {
	try {
		return parseArgs({ args: [...args], options: FLAGS, strict: true, tokens: true });
	} catch (error) {
		throw new Wrong((error as Error).message.split(/[.\n] ?/)[0]!);
	}
}
