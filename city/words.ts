/**
 * Words: the settings of the city's programs, once for the command line, the configuration file and
 * the help. A table of words is a JSON Schema of properties, by which Ajv judges both.
 */
import { dirname, resolve } from "node:path";
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { parse } from "yaml";
import { textOfFile } from "../lib/files.js";
import { type Options, parsed } from "../lib/text/options.js";
import { Trouble } from "../lib/text/trouble.js";

/** One word, a JSON Schema. The help shows its description behind `--NAME VALUE`. */
export interface Word {
	readonly type: "string" | "integer" | "boolean" | "array";
	readonly description: string;
	readonly value?: string;
	readonly default?: string | number;
	readonly examples?: readonly [string];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly enum?: readonly string[];
	readonly pattern?: string;
	/** The pattern, behind "is". */
	readonly rule?: string;
	readonly format?: "zone";
	/** A path: in the file it begins at the file's folder. */
	readonly isPath?: true;
	/** Of the command line alone. */
	readonly isOnce?: true;
}
export type Words = Readonly<Record<string, Word>>;
type ValueOf<W extends Word> = W extends { type: "boolean" }
	? boolean | undefined
	: W extends { type: "array" }
		? readonly string[] | undefined
		:
				| (W extends { type: "integer" }
						? number
						: W extends { enum: readonly (infer E)[] }
							? E
							: string)
				| (W extends { default: string | number } ? never : undefined);
export type ValuesOf<W extends Words> = { readonly [N in keyof W]: ValueOf<W[N]> };

/** A program with its words. */
export interface Frame<W extends Words = Words> {
	readonly command: string;
	/** Help before the words, and after them. */
	readonly usage: string;
	readonly exits: string;
	readonly words: W;
}

export const NAME = { pattern: "^[A-Za-z0-9_-]{1,32}$", rule: "not 1-32 of A-Z a-z 0-9 _ -" };

/** `more`: its default, and the rule of its values. */
export const text = <const M extends Partial<Word> = object>(
	value: string,
	description: string,
	more = {} as M,
) => ({ type: "string" as const, value, description, ...more });
export const path = (description: string) =>
	({ type: "string", value: "FILE", isPath: true, description }) as const;
export const integer = (
	value: string,
	[minimum, maximum]: readonly [number, number],
	usual: number,
	description: string,
) => ({ type: "integer", value, minimum, maximum, default: usual, description }) as const;

/** Words of several programs: in the file they stand above the sections. */
export const SHARED = {
	broker: text(
		"URL",
		"mqtt://HOST:PORT or mqtts://HOST:PORT; several of one cluster with commas between",
		{ default: "mqtt://127.0.0.1:1883" },
	),
	ca: path("certificate of the authority that signed the broker's, PEM"),
	"password-file": path("its password, first line; or the variable LUMINODE_BROKER_PASSWORD"),
	root: text("ROOT", "first levels of all topics", {
		default: "luminode/1",
		pattern: "^[^/+#\\s]+(/[^/+#\\s]+)*$",
		rule: "not the first levels of a topic",
	}),
	site: text("SITE", "the site", { ...NAME, examples: ["liege"] }),
	sites: path("the site file"),
	database: text(
		"ADDRESS",
		"file of an SQLite database, or postgres://USER@HOST/NAME, whose password is the variable " +
			"PGPASSWORD, or",
		{ isPath: true, default: "out/city.db" },
	),
	"database-password-file": path("the first line of this file"),
	lang: text("en|fr", "language of texts", { enum: ["en", "fr"], default: "en" }),
	zone: text("TZ", "time zone of texts and events", {
		default: "Europe/Brussels",
		format: "zone",
		rule: "no time zone of IANA",
	}),
	host: text("ADDRESS", "address to listen on", { default: "127.0.0.1" }),
} as const satisfies Words;

/** The account at the broker, of each program its own. */
const ACCOUNT = {
	user: text("NAME", "name of the account at the broker"),
	"password-file": SHARED["password-file"],
	cert: path("a certificate to show to the broker, PEM"),
	key: path("its key"),
} as const satisfies Words;

const { broker, ca, root, site, database } = SHARED;
/** Words of each program at the broker. */
export const BROKER = { broker, ...ACCOUNT, ca, root, site } as const;
/** Words of each program with the database. */
export const DATABASE = {
	database,
	"database-password-file": SHARED["database-password-file"],
} as const;

/** Sections of the file. */
export const SECTIONS = ["traffic", "citizens", "bridge", "metrics", "desk", "clock"] as const;

const CONFIG = text(
	"FILE",
	"the city's configuration file, whose words those of this line precede",
	{
		isOnce: true,
	},
);

const RULES = { coerceTypes: true, strict: false, verbose: true } as const;
/** Of a file, whose defaults would precede the words above its sections. */
const plain = new Ajv(RULES);
const ajv = new Ajv({ ...RULES, useDefaults: true });
for (const validator of [plain, ajv]) validator.addFormat("zone", isZone);

function isZone(timeZone: string): boolean {
	try {
		return Intl.DateTimeFormat("en", { timeZone }) !== undefined;
	} catch {
		return false;
	}
}

/** The schema of an object that has these words and no others. */
function objectOf(options: Words): object {
	return { type: "object", properties: options, additionalProperties: false };
}

/** The values of the arguments, of the file that `--config` names and of the defaults; throws `Trouble`. */
export function read<const W extends Words>(
	{ command, words }: Frame<W>,
	args: readonly string[],
): {
	readonly values: ValuesOf<W>;
	readonly positionals: readonly string[];
	readonly config: string | undefined;
} {
	const typed = parsed(args, optionsOf({ ...words, config: CONFIG }));
	const { config, ...given } = typed.values as { config?: string; [name: string]: unknown };
	if (config !== undefined && SECTIONS.some((name) => name === command)) {
		const file = inFile(config);
		const fileOptions = fileWords(words);
		judge(
			plain.compile(objectOf({ ...SHARED, ...sections(command, fileOptions) })),
			file,
			`${config}: `,
		);
		const all = { ...file, ...(file[command] as object | undefined) };
		const known = Object.entries(all).filter(([name]) => name in fileOptions);
		for (const [name, value] of known) given[name] ??= placed(words[name]!, value, config);
	}
	judge(ajv.compile(objectOf(words)), given, "--");
	return { values: given as ValuesOf<W>, positionals: typed.positionals, config };
}

/** The schema of the whole file, for editors and for `city --check`. */
export function fileSchema(frames: readonly Frame[]): object {
	const all = frames.map(({ command, words }) => [command, objectOf(fileWords(words))]);
	return {
		$schema: "http://json-schema.org/draft-07/schema#",
		title: "Configuration of the city's programs",
		...objectOf({ ...SHARED, ...Object.fromEntries(all) }),
	};
}

/** The sections of a file that every program accepts; throws `Trouble`. */
export function sectionsOf(path: string, frames: readonly Frame[]): readonly string[] {
	const file = inFile(path);
	judge(plain.compile(fileSchema(frames)), file, `${path}: `);
	return frames.map(({ command }) => command).filter((name) => name in file);
}

/** Of the others' sections it is known that they are sections. */
function sections(command: string, options: Words): Words {
	const all = SECTIONS.map((name) => [
		name,
		name === command ? objectOf(options) : { type: "object" },
	]);
	return Object.fromEntries(all);
}

function fileWords(options: Words): Words {
	return Object.fromEntries(Object.entries(options).filter(([, { isOnce }]) => !isOnce));
}

function inFile(path: string): { [name: string]: unknown } {
	let content: unknown;
	try {
		content = parse(textOfFile(path));
	} catch (error) {
		if (error instanceof Trouble) throw error;
		throw new Trouble(`${path}: ${(error as Error).message.split("\n")[0]}`);
	}
	if (typeof content === "object" && content !== null && !Array.isArray(content)) {
		const entries = content as { [name: string]: unknown };
		for (const name of SECTIONS) if (entries[name] === null) entries[name] = {}; // `metrics:` alone
		return entries;
	}
	throw new Trouble(`${path}: has no words, e.g. site: liege`);
}

function placed({ isPath }: Word, value: unknown, config: string): unknown {
	// the folder of secrets that systemd gives to a service
	const folder = process.env.CREDENTIALS_DIRECTORY ?? "$CREDENTIALS_DIRECTORY";
	const text = String(value).replace(/^\$CREDENTIALS_DIRECTORY(?=\/)/, () => folder);
	return isPath && !/^[a-z]+:/.test(text) ? resolve(dirname(config), text) : value;
}

/** Changes `value` to the types of the schema; its first fault is a `Trouble`. */
function judge(isGood: ValidateFunction, value: object, where: string): void {
	if (!isGood(value)) throw new Trouble(sentenceOf(isGood.errors![0]!, where));
}

function sentenceOf(error: ErrorObject, where: string): string {
	const { keyword, params, instancePath, data } = error;
	const { description: _, ...word } = error.parentSchema as Partial<Word>;
	const path = instancePath.slice(1).replaceAll("/", ".");
	if (keyword === "additionalProperties") {
		const name = [path, params.additionalProperty].filter(Boolean).join(".");
		if (/pass(word|phrase)?$|secret/i.test(name))
			return `${where}${name}: a secret is not in this file, e.g. password-file: /etc/luminode/password`;
		const known = Object.keys((error.parentSchema as { properties: object }).properties);
		return `${where}${name}: is no word, which are ${known.join(", ")}`;
	}
	const example = word.examples?.[0] ?? word.default ?? word.minimum ?? word.enum?.[0];
	const shown = typeof data === "object" ? "" : ` ${data}`;
	return `${where}${path}${shown}: is ${ruleOf(word)}${example === undefined ? "" : `, e.g. ${example}`}`;
}

function ruleOf({ type, minimum, maximum, rule, enum: names }: Partial<Word>): string {
	if (type === "integer") return `no whole number from ${minimum} to ${maximum}`;
	if (names)
		return names.length === 2 ? `neither ${names.join(" nor ")}` : `none of ${names.join(", ")}`;
	if (type === "boolean") return "neither true nor false";
	return rule ?? (type === "string" ? "no text" : "no section with words");
}

function optionsOf(options: Words): Options {
	const kind = ({ type }: Word) => ({
		type: type === "boolean" ? ("boolean" as const) : ("string" as const),
		multiple: type === "array",
	});
	return Object.fromEntries(Object.entries(options).map(([name, word]) => [name, kind(word)]));
}

const INDENT = 23;
const WIDTH = 100;

export function helpOf({ usage, exits, words }: Frame): string {
	const lines = Object.entries({ ...words, config: CONFIG }).map(([name, word]: [string, Word]) => {
		const { value, description, default: usual } = word;
		const head = `  --${name}${value === undefined ? "" : ` ${value}`}`;
		const text = `${description}${usual === undefined ? "" : ` (${usual})`}`;
		return [head.padEnd(INDENT - 1), ...text.split(" ")].reduce(wrapped);
	});
	return `${usage}\n${lines.join("\n")}\n\n${exits}\n`;
}

function wrapped(text: string, word: string): string {
	const line = text.length - text.lastIndexOf("\n") - 1;
	return line + 1 + word.length > WIDTH
		? `${text}\n${" ".repeat(INDENT)}${word}`
		: `${text} ${word}`;
}
