/**
 * Site table: the settings of each pole's lamp, as a spreadsheet saves them (CSV, RFC 4180).
 *
 * One line a pole. `pole` names it, `serial` may give the controller that belongs there, any other
 * column is a setting of docs/settings.md; a column whose title begins with `#` is a note for
 * people. The line of the pole `*` holds for all: a cell left empty has its value, or else that of
 * its kind of `place`, or the firmware's default. Every line is validated by the firmware's own rules before a lamp is
 * contacted, and all faults are listed at once.
 */
import { CsvError, parse } from "csv-parse/sync";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import type { Alphabet } from "../../src/settings/kinds.js";
import { SITE_KEY_LEAST } from "../../src/settings/neighbours.js";
import { valuesOfPlace } from "../../src/settings/places.js";
import { RULES } from "../../src/settings/rules.js";
import { exportSection, print } from "../../src/settings/section.js";
import {
	type Changes,
	DEFAULTS,
	SETTINGS,
	type Setting,
	type Settings,
	settingOf,
	withValues,
} from "../../src/settings/table.js";
import { isRejection, type Rejection, validateFor } from "../../src/settings/validate.js";
import { Trouble } from "./trouble.js";

/** The pole of the line that holds for all. */
export const ALL = "*";
/** Larger than the largest city's; a larger file is not a site file. */
const FILE_MAX_BYTES = 64 * 1024 * 1024;
const FAULTS_SHOWN = 50;
const SERIAL = /^[A-Za-z0-9_-]{1,32}$/; // in the form of the store (docs/boards.md)
const POLE_MAX = 64;

/** The intended state of one lamp. */
export interface Plan {
	/** Empty: it has none yet. */
	readonly pole: string;
	/** The controller that belongs there, if the file gives one. */
	readonly serial: string | undefined;
	/** Line of the file. */
	readonly line: number;
	/** Settings of the file, in the form of `set`; never a secret. */
	readonly values: ReadonlyMap<string, string>;
	/** The same by section, in the form of a report over the broker. */
	readonly sections: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export interface Site {
	readonly poles: readonly Plan[];
	/** For a lamp without a pole. */
	readonly spare: Plan;
}

interface Row {
	readonly line: number;
	readonly cells: Readonly<Record<string, string>>;
}

/** Validates the contents of a site file; `path`: for the messages; throws `Trouble` with every fault and its line. */
export function siteIn(path: string, bytes: Uint8Array, hint: Hint = () => ""): Site {
	const text = textOf(path, bytes);
	const faults: string[] = [];
	const complain = (line: number, why: string) => void faults.push(`${path}:${line}: ${why}`);
	const { titles, rows } = tableOf(path, text, complain);
	const columns = columnsOf(titles, complain);
	const site = titles.includes("node") ? siteOf(rows, columns, complain, hint) : undefined;
	if (site && faults.length === 0) return site;
	const more = faults.length - FAULTS_SHOWN;
	const shown = faults.slice(0, FAULTS_SHOWN);
	throw new Trouble([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"));
}

function textOf(path: string, bytes: Uint8Array): string {
	if (bytes.length > FILE_MAX_BYTES) throw new Trouble(`${path}: is too large for a site file`);
	const begin = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
	const kind = FORMATS.find(([sign]) => begin.startsWith(sign))?.[1];
	if (kind) throw new Trouble(`${path}: is ${kind}; save it as "CSV UTF-8"`);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new Trouble(`${path}: is not UTF-8; save it as "CSV UTF-8"`);
	}
}

/** First bytes of files that are taken for a site file. */
const FORMATS: readonly (readonly [begin: string, kind: string])[] = [
	["504b0304", "a workbook (.xlsx or .ods)"],
	["d0cf11e0", "a workbook (.xls)"],
	["fffe", "UTF-16"],
	["feff", "UTF-16"],
];

interface Table {
	readonly titles: readonly string[];
	readonly rows: readonly Row[];
}

/** The rows under the titles. A row of another length is reported, and left out. */
function tableOf(path: string, text: string, complain: Complain): Table {
	const sign = SEPARATOR.exec(text);
	const table = sign ? text.slice(sign[0].length) : text;
	const skipped = sign ? 1 : 0; // lines
	const [head = ""] = table.split(/\r?\n/, 1);
	const delimiter = sign?.[1] ?? delimiterOf(head);
	try {
		const options = { delimiter, trim: true, info: true, relax_column_count: true } as const;
		const records = parse(table, {
			...options,
			skip_records_with_empty_values: true,
		}) as unknown as { record: string[]; info: { lines: number } }[];
		const [titles, ...rows] = records;
		if (!titles || rows.length === 0) throw new Trouble(`${path}: no line under the titles`);
		const columns = titlesOf(titles.record, complain);
		const whole = rows.flatMap(({ record, info }) => {
			const line = info.lines + skipped;
			const extra = record.slice(columns.length).some((cell) => cell !== "");
			const isUntitled = columns.some((title, nth) => title === "" && record[nth]);
			if (extra || isUntitled || record.length < columns.length) {
				const long = `${record.length} cells under ${columns.length} titles`;
				complain(line, `${long}: ${delimiterName(delimiter)} too many or missing?`);
				return [];
			}
			return [{ line, cells: Object.fromEntries(columns.map((t, nth) => [t, record[nth]!])) }];
		});
		return { titles: columns, rows: whole };
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const { lines } = error as CsvError & { lines?: number };
		throw new Trouble(`${path}:${(lines ?? 1) + skipped}: ${error.message.split("\n")[0]}`);
	}
}

/** A first line that states the separator, as some spreadsheets write it. */
const SEPARATOR = /^\uFEFF?"?sep=(.)"?\r?\n/i;

/** With a decimal comma, spreadsheets separate cells by a semicolon; a copied table has tabs. */
function delimiterOf(head: string): string {
	const count = (sign: string) => head.split(sign).length;
	return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function delimiterName(delimiter: string): string {
	return { ",": "a comma", ";": "a semicolon", "\t": "a tab" }[delimiter] ?? `a ${delimiter}`;
}

/** Titles; an empty one at the end is of an empty column. */
function titlesOf(record: readonly string[], complain: Complain): readonly string[] {
	const titles = [...record];
	while (titles.at(-1) === "") titles.pop();
	const lower = titles.map((title) => title.toLowerCase());
	titles.forEach((title, nth) => {
		if (title !== "" && lower.indexOf(title.toLowerCase()) < nth)
			complain(1, `two columns are called "${title}"`);
	});
	return titles;
}

type Complain = (line: number, why: string) => void;
/** A remedy for a refused cell of a setting, or an empty text. */
type Hint = (setting: string, cell: string) => string;

/** Columns that are no settings. */
const OWN: readonly string[] = ["pole", "serial"];

/** The title that differs by case alone. */
function nameLike(title: string): string | undefined {
	const names = [...OWN, ...SETTINGS.map(({ name }) => name)];
	return names.find((name) => name.toLowerCase() === title.toLowerCase());
}

/** The settings for which the file has a column. */
function columnsOf(titles: readonly string[], complain: Complain): Setting[] {
	const columns: Setting[] = [];
	for (const title of titles) {
		if (title === "" || OWN.includes(title) || title.startsWith("#")) continue;
		const setting = settingOf(title);
		const meant = setting ? undefined : nameLike(title);
		if (meant) complain(1, `"${title}" is written "${meant}"`);
		else if (!setting)
			complain(1, `"${title}" is no setting; a title that begins with # is for people`);
		else if (setting.secret)
			complain(1, `${title} is a secret: keep it in the vault (npm run vault -- --put ${title})`);
		else columns.push(setting);
	}
	if (titles.includes("place"))
		for (const [name] of valuesOfPlace("residential"))
			if (!titles.includes(name)) columns.push(settingOf(name)!);
	if (!titles.includes("node")) complain(1, `there is no column "node"`);
	return columns;
}

function siteOf(
	rows: readonly Row[],
	columns: readonly Setting[],
	complain: Complain,
	hint: Hint,
): Site {
	const shared = rows.filter(({ cells }) => cells.pole === ALL);
	for (const { line } of shared.slice(1))
		complain(line, `there is another line of the pole ${ALL}`);
	const all = shared[0] ?? { line: 1, cells: {} };
	for (const name of ["node", "serial"])
		if (all.cells[name])
			complain(all.line, `${name} is each lamp's own, so the pole ${ALL} has none`);
	const ofAll = new Set<string>(); // a fault of the shared line is reported once
	const spare = planOf(
		all,
		{ line: all.line, cells: {} },
		columns,
		(line, why) => {
			ofAll.add(why);
			complain(line, why);
		},
		hint,
	);
	const own = rows.filter(({ cells }) => cells.pole !== ALL);
	for (const { line, cells } of own) if (!cells.node) complain(line, "node is empty");
	const poles = own.map((row) =>
		planOf(
			all,
			row,
			columns,
			(line, why) => {
				if (!ofAll.has(why) || line === all.line) complain(line, why);
			},
			hint,
		),
	);
	for (const plan of poles) {
		if (plan.pole.length > POLE_MAX) complain(plan.line, `pole has over ${POLE_MAX} characters`);
		if (plan.serial !== undefined && !SERIAL.test(plan.serial))
			complain(plan.line, "serial is not 1-32 of A-Z a-z 0-9 _ -");
	}
	once("pole", poles, ({ pole }) => pole, complain);
	once("serial", poles, ({ serial }) => serial, complain);
	const named = ({ values }: Plan) => `${values.get("site") ?? ""}/${values.get("node") ?? ""}`;
	once("node", poles, named, complain);
	return { poles, spare: { ...spare, pole: "" } };
}

function planOf(
	all: Row,
	row: Row,
	columns: readonly Setting[],
	complain: Complain,
	hint: Hint,
): Plan {
	const changes: Changes = {};
	const own = (name: string) => row.cells[name] || all.cells[name] || "";
	const place = new Map<string, string>(valuesOfPlace(own("place") as Settings["place"]));
	for (const setting of columns) {
		const cell = own(setting.name) || (place.get(setting.name) ?? "");
		if (cell === "") continue;
		const value = validateFor(setting, decimal(setting, cell), VALIDATORS);
		if (isRejection(value))
			complain(
				row.line,
				`${value.name} ${value.why}, not ${shown(cell)}${allowed(setting, value)}${hint(setting.name, cell)}`,
			);
		else changes[setting.name] = value;
	}
	const settings = withValues(DEFAULTS, changes);
	check(settings, columns, row.line, complain);
	const values = new Map(columns.map((setting) => [setting.name, print(settings, setting)]));
	const { pole, serial } = row.cells;
	return {
		pole: pole || settings.node,
		serial: serial || undefined,
		line: row.line,
		values: new Map<string, string>(values),
		sections: sectionsOf(settings, columns),
	};
}

/** A spreadsheet of a country with decimal commas writes them in numbers. */
function decimal({ kind }: Setting, cell: string): string {
	return kind.type === "number" ? cell.replace(/^(-?\d+),(\d+)$/, "$1.$2") : cell;
}

/** The characters of a text, where one is not among them. */
function allowed({ kind }: Setting, { reason }: Rejection): string {
	if (reason !== "badCharacter" || kind.type !== "text") return "";
	return `; allowed: ${ALPHABETS[kind.alphabet]}`;
}

const ALPHABETS: Readonly<Record<Alphabet, string>> = {
	name: "A-Z a-z 0-9 _ -",
	topic: "A-Z a-z 0-9 _ -, parts joined by /",
	host: "A-Z a-z 0-9 . : -",
	hosts: "A-Z a-z 0-9 . : -, several joined by a comma",
	printable: "printable ASCII",
	passphrase: "printable ASCII",
	ssid: "no control characters",
};

function sectionsOf(settings: Settings, columns: readonly Setting[]): Plan["sections"] {
	const names = [...new Set(columns.map(({ section }) => section))];
	return new Map(
		names.map((section) => {
			const all = JSON.parse(exportSection(settings, section)) as Record<string, unknown>;
			const own = columns.filter((setting) => setting.section === section);
			return [section, Object.fromEntries(own.map(({ name }) => [name, all[name]]))];
		}),
	);
}

/**
 * As on a new lamp: a setting missing in the file has the firmware's default, secrets come from the
 * vault.
 */
function check(
	settings: Settings,
	columns: readonly Setting[],
	line: number,
	complain: Complain,
): void {
	const told = withValues(settings, { siteKey: "#".repeat(SITE_KEY_LEAST) });
	for (const rule of RULES)
		if (columns.some(({ section }) => section === rule.section) && !rule.holds(told))
			complain(line, `${rule.name} ${rule.why}`);
}

function once(
	what: string,
	plans: readonly Plan[],
	of: (plan: Plan) => string | undefined,
	complain: Complain,
): void {
	const seen = new Map<string, { readonly value: string; readonly line: number }>();
	for (const { line, ...plan } of plans) {
		const value = of({ line, ...plan });
		if (value === undefined) continue;
		const first = seen.get(value.toLowerCase());
		if (first === undefined) seen.set(value.toLowerCase(), { value, line });
		else if (first.value === value)
			complain(line, `${what} ${value} stands in line ${first.line}, too`);
		else
			complain(
				line,
				`${what} ${value} differs from ${first.value} in line ${first.line} by case alone`,
			);
	}
}

function shown(cell: string): string {
	return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}...` : cell);
}
