/**
 * Options: the arguments of the laptop's programs, and the language of a run: `--lang`, else the
 * environment's.
 */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { type Language, languageOf } from "./bilingual.js";
import { text } from "./texts.js";
import { Trouble } from "./trouble.js";

export type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<T extends Options> = ReturnType<
	typeof parseArgs<{ args: string[]; options: T; allowPositionals: true }>
>;
type Words<T extends Options> = Parsed<T & typeof COMMON>;

const COMMON = { lang: { type: "string" }, help: { type: "boolean" } } as const;

/** The language of messages, before the arguments have been checked. */
export function languageIn(
	args: readonly string[],
	environment: Readonly<Record<string, string | undefined>> = {},
): Language {
	const at = args.findIndex((word) => word === "--lang" || word.startsWith("--lang="));
	const named = at < 0 ? undefined : (args[at]!.split("=")[1] ?? args[at + 1]);
	return named === "fr" || named === "en" ? named : languageOf(environment);
}

/** The values of `options`, of `--lang` and `--help`; throws `Trouble`. */
export function optionsIn<const T extends Options>(
	args: readonly string[],
	options: T,
): Words<T>["values"] {
	return wordsIn(args, options, false).values;
}

/** The same, and the words without a dash. */
export function wordsIn<const T extends Options>(
	args: readonly string[],
	options: T,
	allowPositionals = true,
): Words<T> {
	const all = { ...options, ...COMMON };
	const parsedArgs = parsed(args, all, allowPositionals) as unknown as Words<T>;
	const { lang } = parsedArgs.values as { readonly lang?: string };
	if (lang !== undefined && lang !== "en" && lang !== "fr")
		throw new Trouble(text("badLanguage", lang));
	return parsedArgs;
}

/** The arguments by `options` and nothing else; throws `Trouble`. */
export function parsed<const T extends Options>(
	args: readonly string[],
	options: T,
	allowPositionals = true,
): Parsed<T> {
	try {
		return parseArgs({ args: [...args], options, allowPositionals }) as Parsed<T>;
	} catch (error) {
		throw optionFault(error);
	}
}

/** The error of `parseArgs` for people. */
function optionFault(error: unknown): Trouble {
	const { code, message } = error as NodeJS.ErrnoException;
	const [first = ""] = message.split(/[.\n]/);
	const [, option = ""] = /'([^' ]+)/.exec(message) ?? [];
	if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION" && option !== "")
		return new Trouble(text("unknownOption", option));
	if (code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL" && option !== "")
		return new Trouble(text("oddWord", option));
	if (/argument (missing|is ambiguous)/.test(message)) return new Trouble(text("noValue", option));
	if (/does not take an argument/.test(message)) return new Trouble(text("noArgument", option));
	return new Trouble(text("badOption", first));
}
