/**
 * Site file: the settings of each pole's lamp, as a spreadsheet saves them (CSV, RFC 4180).
 *
 * One line a pole. `pole` names it, `serial` may give the controller that belongs there, any other
 * column is a setting of docs/settings.md; a column whose title begins with `#` is a note for
 * people. The line of the pole `*` holds for all: a cell left empty has its value, or else that of
 * its kind of `place`, or the firmware's default. Every line is validated by the firmware's own rules before a lamp is
 * contacted, and all faults are listed at once.
 */
import { CsvError, parse } from "csv-parse/sync";
import { VALIDATORS } from "../../src/node/settings/validators.js";
import { SITE_KEY_LEAST } from "../../src/settings/neighbours.js";
import { valuesOfPlace } from "../../src/settings/places.js";
import { RULES } from "../../src/settings/rules.js";
import { exportSection, print } from "../../src/settings/section.js";
import {
	type Changes,
	DEFAULTS,
	type Setting,
	type Settings,
	settingOf,
	withValues,
} from "../../src/settings/table.js";
import { isRejection, validateFor } from "../../src/settings/validate.js";
import { zoneHint } from "../plan/settingsfile.js";
import { bytesOfFile } from "./files.js";
import { Trouble } from "./line.js";

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

/** Reads and validates a site file; throws `Trouble` with every fault and its line. */
export function readSite(path: string): Site {
	const text = textOf(path);
	const faults: string[] = [];
	const complain = (line: number, why: string) => void faults.push(`${path}:${line}: ${why}`);
	const rows = rowsOf(path, text);
	const columns = columnsOf(Object.keys(rows[0]!.cells), complain);
	if (faults.length === 0) {
		const site = siteOf(rows, columns, complain);
		if (faults.length === 0) return site;
	}
	const more = faults.length - FAULTS_SHOWN;
	const shown = faults.slice(0, FAULTS_SHOWN);
	throw new Trouble([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"));
}

function textOf(path: string): string {
	const bytes = bytesOfFile(path);
	if (bytes.length > FILE_MAX_BYTES) throw new Trouble(`${path}: is too large for a site file`);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new Trouble(`${path}: is not UTF-8; save it as "CSV UTF-8"`);
	}
}

function rowsOf(path: string, text: string): Row[] {
	const [head = ""] = text.split(/\r?\n/, 1);
	// with a decimal comma, spreadsheets separate cells by a semicolon
	const delimiter = head.split(";").length > head.split(",").length ? ";" : ",";
	const twice = (titles: string[]) => {
		const found = titles.find((title, nth) => titles.indexOf(title) !== nth);
		if (found !== undefined) throw new Trouble(`${path}:1: two columns are called "${found}"`);
		return titles;
	};
	try {
		const options = { delimiter, trim: true, skip_empty_lines: true, info: true } as const;
		const records = parse(text, { ...options, columns: twice }) as unknown as {
			record: Record<string, string>;
			info: { lines: number };
		}[];
		if (records.length === 0) throw new Trouble(`${path}: no line under the titles`);
		return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		const { lines } = error as CsvError & { lines?: number };
		throw new Trouble(`${path}:${lines ?? 1}: ${error.message.split("\n")[0]}`);
	}
}

type Complain = (line: number, why: string) => void;

/** The settings for which the file has a column. */
function columnsOf(titles: readonly string[], complain: Complain): Setting[] {
	const columns: Setting[] = [];
	for (const title of titles) {
		if (title === "pole" || title === "serial" || title.startsWith("#")) continue;
		const setting = settingOf(title);
		if (!setting) complain(1, `"${title}" is no setting; a title that begins with # is for people`);
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

function siteOf(rows: readonly Row[], columns: readonly Setting[], complain: Complain): Site {
	const shared = rows.filter(({ cells }) => cells.pole === ALL);
	for (const { line } of shared.slice(1))
		complain(line, `there is another line of the pole ${ALL}`);
	const all = shared[0] ?? { line: 1, cells: {} };
	for (const name of ["node", "serial"])
		if (all.cells[name])
			complain(all.line, `${name} is each lamp's own, so the pole ${ALL} has none`);
	const spare = planOf(all, { line: all.line, cells: {} }, columns, complain);
	const poles = rows
		.filter(({ cells }) => cells.pole !== ALL)
		.map((row) => planOf(all, row, columns, complain));
	for (const plan of poles) {
		if (!plan.values.get("node")) complain(plan.line, "node is empty");
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

function planOf(all: Row, row: Row, columns: readonly Setting[], complain: Complain): Plan {
	const changes: Changes = {};
	const own = (name: string) => row.cells[name] || all.cells[name] || "";
	const place = new Map<string, string>(valuesOfPlace(own("place") as Settings["place"]));
	for (const setting of columns) {
		const cell = own(setting.name) || (place.get(setting.name) ?? "");
		if (cell === "") continue;
		const value = validateFor(setting, cell, VALIDATORS);
		if (isRejection(value))
			complain(
				row.line,
				`${value.name} ${value.why}, not ${shown(cell)}${zoneHint(setting.name, cell, "en")}`,
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
	const seen = new Map<string, number>();
	for (const plan of plans) {
		const value = of(plan);
		if (value === undefined) continue;
		const first = seen.get(value);
		if (first === undefined) seen.set(value, plan.line);
		else complain(plan.line, `${what} ${value} stands in line ${first}, too`);
	}
}

function shown(cell: string): string {
	return JSON.stringify(cell.length > 40 ? `${cell.slice(0, 40)}...` : cell);
}
