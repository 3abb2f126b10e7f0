/**
 * Site table: the settings of each pole's lamp, as a spreadsheet saves them (CSV, RFC 4180).
 *
 * One line a pole. `pole` names it, `serial` may give the controller that belongs there, any other
 * column is a setting of docs/settings.md; a column whose title begins with `#` is a note for
 * people. The line of the pole `*` holds for all: a cell left empty has its value, or else that of
 * its kind of `place`, or the firmware's default. Every line is validated before a lamp is contacted, and all faults are
 * listed at once; the rules are those of the program that reads it.
 */
import { isFault, rowsIn } from "../csv.js";
import { joined, type Text, verbatim } from "../text/bilingual.js";
import { type TextName, text } from "../text/texts.js";
import { Trouble } from "../text/trouble.js";
import type { Planned, SettingRules } from "./settingrules.js";

/** The pole of the line that holds for all. */
const ALL = "*";
/** Larger than the largest city's; a larger file is not a site file. */
const FILE_MAX_BYTES = 64 * 1024 * 1024;
const FAULTS_SHOWN = 50;
const SERIAL = /^[A-Za-z0-9_-]{1,32}$/; // in the form of the store (docs/boards.md)
const POLE_MAX = 64;
/** A name that a spreadsheet took for a number: `1E5` became `1,00E+05`. */
const RECKONED = /^\d+([.,]\d+)?E[+-]\d+$/i;

/** The intended state of one lamp. */
export interface Plan extends Planned {
	/** Empty: it has none yet. */
	readonly pole: string;
	/** The controller that belongs there, if the file gives one. */
	readonly serial: string | undefined;
	/** Line of the file. */
	readonly line: number;
	/** The file has a column of poles, and its cell is empty: the node's name stands for it. */
	readonly isUnnamed?: true;
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
export function siteIn(path: string, bytes: Uint8Array, rules: SettingRules): Site {
	const faults: Text[] = [];
	const complain = (line: number, why: Text) => void faults.push(text("atLine", path, line, why));
	const { titles, rows } = tableIn(path, bytes, complain);
	const columns = columnsOf(titles, rules, complain);
	const site = titles.includes("node") ? siteOf(rows, columns, rules, complain) : undefined;
	if (site && faults.length === 0) return site;
	const more = faults.length - FAULTS_SHOWN;
	const shown = faults.slice(0, FAULTS_SHOWN);
	throw new Trouble(joined([...shown, ...(more > 0 ? [text("more", more)] : [])], "\n"));
}

function textIn(path: string, bytes: Uint8Array): string {
	if (bytes.length > FILE_MAX_BYTES) throw new Trouble(text("tooLong", path));
	const begin = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(
		"",
	);
	const kind = FORMATS.find(([sign]) => begin.startsWith(sign))?.[1];
	if (kind) throw new Trouble(text("format", path, typeof kind === "string" ? text(kind) : kind));
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new Trouble(text("notUtf8", path));
	}
}

/** First bytes of files that are taken for a site file. */
const FORMATS: readonly (readonly [begin: string, kind: TextName | Text])[] = [
	["504b0304", "zipped"],
	["d0cf11e0", "oldWorkbook"],
	["fffe", verbatim("UTF-16")],
	["feff", verbatim("UTF-16")],
];

export interface Table {
	readonly titles: readonly string[];
	readonly rows: readonly Row[];
}

/** The rows under the titles. A row of another length is reported, and left out. */
export function tableIn(path: string, bytes: Uint8Array, complain: Complain = () => {}): Table {
	const content = textIn(path, bytes);
	const sign = SEPARATOR.exec(content);
	const table = sign ? content.slice(sign[0].length) : content;
	const skipped = sign ? 1 : 0; // lines
	const delimiter = sign?.[1] ?? delimiterOf(table.split(/\r?\n/, 1)[0]!);
	const options = { delimiter, skip_records_with_empty_values: true };
	let records = rowsIn(table, options);
	const hasOddQuote = isFault(records) && records.quote !== undefined;
	if (isFault(records) && records.quote) {
		complain(records.line + skipped, text(records.quote === "open" ? "quoteOpen" : "quoteStray"));
		const unquoted = rowsIn(table, { ...options, quote: null }); // to report the other lines, too
		if (!isFault(unquoted))
			records = unquoted.filter(
				({ cells }, index) => index === 0 || !cells.some((each) => each.includes('"')),
			);
	}
	if (isFault(records))
		throw new Trouble(text("atLine", path, records.line + skipped, records.why));
	const [head, ...rows] = records;
	if (!head || (rows.length === 0 && !hasOddQuote)) throw new Trouble(text("noLine", path));
	const titles = titlesOf(head.cells, complain);
	const full = rows.flatMap(({ line, cells }) => {
		const extra = cells.slice(titles.length).some((cell) => cell !== "");
		const isUntitled = titles.some((title, index) => title === "" && cells[index]);
		if (!extra && !isUntitled && cells.length >= titles.length)
			return [
				{
					line: line + skipped,
					cells: Object.fromEntries(titles.map((title, index) => [title, cells[index]!])),
				},
			];
		complain(line + skipped, text("cells", cells.length, titles.length, delimiterName(delimiter)));
		return [];
	});
	return { titles, rows: full };
}

/** A first line that states the separator, as some spreadsheets write it. */
const SEPARATOR = /^\uFEFF?"?sep=(.)"?\r?\n/i;

/** With a decimal comma, spreadsheets separate cells by a semicolon; a copied table has tabs. */
function delimiterOf(head: string): string {
	const count = (sign: string) => head.split(sign).length;
	return [",", ";", "\t"].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
}

function delimiterName(delimiter: string): Text {
	const names: Readonly<Record<string, TextName>> = { ",": "comma", ";": "semicolon", "\t": "tab" };
	const name = names[delimiter];
	return name ? text(name) : text("separator", delimiter);
}

/** Titles; an empty one at the end is of an empty column. */
function titlesOf(record: readonly string[], complain: Complain): readonly string[] {
	const titles = [...record];
	while (titles.at(-1) === "") titles.pop();
	const lower = titles.map((title) => title.toLowerCase());
	titles.forEach((title, index) => {
		if (title !== "" && lower.indexOf(title.toLowerCase()) < index)
			complain(1, text("twice", title));
	});
	return titles;
}

type Complain = (line: number, why: Text) => void;
/** Columns that are no settings. */
const OWN: readonly string[] = ["pole", "serial"];

/** The title that differs by case alone. */
function nameLike(title: string, { settings }: SettingRules): string | undefined {
	const names = [...OWN, ...settings.keys()];
	return names.find((name) => name.toLowerCase() === title.toLowerCase());
}

/** The names of the settings for which the file has a column. */
function columnsOf(titles: readonly string[], rules: SettingRules, complain: Complain): string[] {
	const columns: string[] = [];
	for (const title of titles) {
		if (title === "" || OWN.includes(title) || title.startsWith("#")) continue;
		const setting = rules.settings.get(title);
		const meant = setting ? undefined : nameLike(title, rules);
		if (meant) complain(1, text("written", title, meant));
		else if (!setting) complain(1, text("noSetting", title));
		else if (setting.secret) complain(1, text("secret", title));
		else columns.push(title);
	}
	if (titles.includes("place"))
		columns.push(...rules.placeNames.filter((name) => !titles.includes(name)));
	if (!titles.includes("node")) complain(1, text("nodeColumn"));
	return columns;
}

function siteOf(
	rows: readonly Row[],
	columns: readonly string[],
	rules: SettingRules,
	complain: Complain,
): Site {
	const shared = rows.filter(({ cells }) => cells.pole === ALL);
	for (const { line } of shared.slice(1)) complain(line, text("twoAll"));
	const all = shared[0] ?? { line: 1, cells: {} };
	for (const name of ["node", "serial"])
		if (all.cells[name]) complain(all.line, text("ownOnly", name));
	const ofAll = new Set<string>(); // a fault of the shared line is reported once
	const planOf = (row: Row, report: Complain): Plan => {
		const givenCell = (name: string) => row.cells[name] || all.cells[name] || "";
		const place = new Map(rules.valuesOfPlace(givenCell("place")));
		const cellOf = (name: string) => givenCell(name) || (place.get(name) ?? "");
		const planned = rules.planned(columns, cellOf, (why) => report(row.line, why));
		const { pole, serial } = row.cells;
		const { line } = row;
		return {
			...planned,
			pole: pole || planned.values.get("node")!,
			serial: serial || undefined,
			line,
			...(pole === "" && line !== all.line && ({ isUnnamed: true } as const)),
		};
	};
	const spare = planOf({ line: all.line, cells: {} }, (line, why) => {
		ofAll.add(why.en);
		complain(line, why);
	});
	const poleRows = rows.filter(({ cells }) => cells.pole !== ALL);
	for (const { line, cells } of poleRows) if (!cells.node) complain(line, text("emptyNode"));
	const poles = poleRows.map((row) =>
		planOf(row, (line, why) => {
			if (!ofAll.has(why.en) || line === all.line) complain(line, why);
		}),
	);
	for (const plan of poles) {
		for (const name of [plan.pole, plan.values.get("node")!, plan.serial ?? ""])
			if (RECKONED.test(name)) complain(plan.line, text("reckoned", name));
		if (plan.pole.length > POLE_MAX) complain(plan.line, text("longPole", POLE_MAX));
		if (plan.serial !== undefined && !SERIAL.test(plan.serial))
			complain(plan.line, text("badSerial"));
	}
	once("pole", poles, ({ pole }) => pole, complain);
	once("serial", poles, ({ serial }) => serial, complain);
	const named = ({ values }: Plan) => `${values.get("site") ?? ""}/${values.get("node") ?? ""}`;
	once("node", poles, named, complain);
	return { poles, spare: { ...spare, pole: "" } };
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
		else if (first.value === value) complain(line, text("same", what, value, first.line));
		else complain(line, text("byCase", what, value, first.value, first.line));
	}
}
