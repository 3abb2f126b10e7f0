/**
 * Provision arguments: the command line of `npx luminode provision`, checked before a lamp or a vault is
 * touched.
 */
import { mkdirSync } from "node:fs";
import { textOfFile } from "../../../lib/files.js";
import type { Plan, Site } from "../../../lib/site/sitetable.js";
import type { Language, Text } from "../../../lib/text/bilingual.js";
import { wordsIn } from "../../../lib/text/options.js";
import { Trouble } from "../../../lib/text/trouble.js";
import { siteNotes } from "../../plan/sitenotes.js";
import { faultOfPort } from "../line/line.js";
import { readSite } from "../site/sitefile.js";
import { text } from "../text/texts.js";

const TESTS = ["lamp", "pir", "light", "broker"];

/** In the folder of the run. */
export const PROTOCOL = "protocol.csv";

const FLAGS = {
	port: { type: "string" },
	site: { type: "string" },
	pole: { type: "string" },
	serial: { type: "boolean", default: false },
	next: { type: "boolean", default: false },
	scan: { type: "boolean", default: false },
	summary: { type: "boolean", default: false },
	vault: { type: "string" },
	protocol: { type: "string" },
	label: { type: "string" },
	certificate: { type: "string" },
	ca: { type: "string" },
	tests: { type: "string" },
	replaces: { type: "string" },
	exports: { type: "string" },
	seen: { type: "boolean", default: false },
	yes: { type: "boolean", default: false },
	"to-text": { type: "string" },
} as const;

/** Arguments of every run. */
interface Common {
	readonly site: Site;
	readonly protocol: string;
	readonly labels: string | undefined;
	readonly certificates: string | undefined;
	/** Improbable settings of the site file. */
	readonly notes: readonly Text[];
}

/** Without a lamp: done and missing poles. */
export interface SummaryAsked extends Common {
	readonly kind: "summary";
}

/** Without a lamp: commands to paste. */
export interface TextAsked extends Common {
	readonly kind: "text";
	readonly vault: string;
	readonly plan: Plan;
	readonly path: string;
}

/** At a lamp, or at one after the other. */
export interface LampAsked extends Common {
	readonly kind: "lamp";
	readonly vault: string;
	readonly port: string;
	/** Undefined: chosen at each lamp. */
	readonly plan: Plan | undefined;
	readonly isNext: boolean;
	readonly isScan: boolean;
	readonly ca: string | undefined;
	readonly tests: readonly string[];
	readonly replaces: readonly string[] | undefined;
	readonly exports: string | undefined;
	readonly seen: boolean;
	readonly yes: boolean;
}

type Asked = SummaryAsked | TextAsked | LampAsked;

/** The options as they are given; a word alone names the pole. Throws `Trouble`. */
export function optionsGiven(args: readonly string[]) {
	const { values, positionals } = wordsIn(args, FLAGS);
	const [pole, odd] = positionals;
	if (odd !== undefined || (pole !== undefined && values.pole !== undefined))
		throw new Trouble(text("oddWord", odd ?? pole!));
	return pole === undefined ? values : { ...values, pole };
}

type Values = ReturnType<typeof optionsGiven>;

/** The arguments, checked. Throws `Trouble`. */
export function provisionArguments(values: Values): Asked {
	const { site, pole, serial, next, scan, summary, port, vault, "to-text": path } = values;
	if (site === undefined) throw new Trouble(text("missing", "--site", "site.csv"));
	if (!summary && vault === undefined) throw new Trouble(text("vaultMissing"));
	const ways = [pole !== undefined, serial, next || scan, summary].filter(Boolean).length;
	if (ways !== 1) throw new Trouble(text("whichPole"));
	if (!summary && (port === undefined) === (path === undefined))
		throw new Trouble(text("portOrText"));
	if (path !== undefined && pole === undefined) throw new Trouble(text("textOfPole"));
	const fault = port === undefined ? undefined : faultOfPort(port);
	if (fault) throw new Trouble(fault);
	const file = readSite(site);
	const plan = pole === undefined ? file.spare : file.poles.find((each) => each.pole === pole);
	if (!plan) throw new Trouble(text("noPole", site, pole ?? ""));
	const common: Common = {
		site: file,
		protocol: values.protocol ?? PROTOCOL,
		labels: values.label,
		certificates: values.certificate,
		notes: notesOf(file),
	};
	const tests = testsOf(values.tests ?? "all");
	const ca = values.ca === undefined ? undefined : textOfFile(values.ca);
	const replaces = values.replaces === undefined ? undefined : exportIn(values.replaces);
	for (const folder of [values.certificate, values.exports, values.label])
		if (folder !== undefined) mkdirSync(folder, { recursive: true });
	if (summary) return { kind: "summary", ...common };
	if (path !== undefined) return { kind: "text", ...common, vault: vault!, plan, path };
	return {
		kind: "lamp",
		...common,
		vault: vault!,
		port: port!,
		ca,
		tests,
		replaces,
		plan: next || scan ? undefined : plan,
		isNext: next,
		isScan: scan,
		exports: values.exports,
		seen: values.seen,
		yes: values.yes,
	};
}

function notesOf(site: Site): Text[] {
	const [en, fr] = (["en", "fr"] as const).map((language: Language) => siteNotes(site, language));
	return en!.map((note, index) => text("note", { en: note, fr: fr![index]! }));
}

function testsOf(list: string): readonly string[] {
	if (list === "all") return ["all"];
	if (list === "none") return [];
	const names = list.split(",");
	const wrong = names.find((name) => !TESTS.includes(name));
	if (wrong !== undefined) throw new Trouble(text("badTests", wrong, TESTS.join(", ")));
	return names;
}

/** The lines of an export; the lamp validates them. */
function exportIn(path: string): readonly string[] {
	const lines = textOfFile(path).split(/\r?\n/);
	const kept = lines.filter((line) => line.trim() !== "");
	if (!/^\{"export":\d+,/.test(kept[0] ?? "") || !/^\{"life":\d+,/.test(kept[1] ?? ""))
		throw new Trouble(text("noExport", path));
	return kept;
}
