/**
 * Scenarios: named runs, each for a situation that a street must withstand or a council may watch.
 *
 * One file each in `sim/scenarios/`: title and purpose in two languages, options in the form of the
 * command line, and for those that are played on the page the speeds and captions. `--scenario
 * NAME` sets the options; options on the command line override them.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isToday } from "../../lib/lightingoptions/options.js";
import { projectRoot } from "../../lib/root.mjs";
import { msOfSpan } from "../../lib/spans.js";
import type { Both, Fact, NamedScenario } from "../options/playedscenario.js";
import { isFields } from "../util/fields.js";

const FOLDER = join("sim", "scenarios");
const FIELDS = ["title", "what", "beside", "options", "play", "captions"];
const FACTS = ["lamps", "least", "most", "fault", "event", "lamp", "online"];

/** Reads one scenario; throws with the file's name, the wrong word and an example. */
export function readScenario(name: string, text: string): NamedScenario {
	const wrong = (why: string): never => {
		throw new Error(`${FOLDER}/${name}.yaml: ${why}`);
	};
	const only = (value: unknown, known: readonly string[], where: string) => {
		if (!isFields(value)) return wrong(`${where} has no fields; it has ${known.join(", ")}`);
		const other = Object.keys(value).find((field) => !known.includes(field));
		if (other !== undefined)
			return wrong(`${where}: ${other} is no field; these are ${known.join(", ")}`);
		return value;
	};
	const both = (value: unknown, where: string): Both => {
		const { en, fr } = only(value, ["en", "fr"], where);
		if (typeof en === "string" && typeof fr === "string") return { en, fr };
		return wrong(`${where}: a text in en and one in fr, such as { en: Rain, fr: Pluie }`);
	};
	const instant = (value: unknown, where: string): number =>
		(typeof value === "string" ? msOfSpan(value) : undefined) ??
		wrong(`${where}: ${String(value)} is no span such as 90s, 10m or 14m30s`);
	const list = (value: unknown, where: string): readonly unknown[] => {
		if (value === undefined) return [];
		return Array.isArray(value) ? value : wrong(`${where}: not a list`);
	};
	const parsed: unknown = parse(text);
	const fields = only(parsed, FIELDS, "the scenario");
	const options = only(fields.options, Object.keys(fields.options ?? {}), "options");
	const entries = Object.entries(options).map(([option, value]) => {
		const word = typeof value === "number" ? String(value) : value;
		const isMany = Array.isArray(word) && word.every((item) => typeof item === "string");
		if (word !== true && typeof word !== "string" && !isMany)
			wrong(`options: ${option} is true, a word or a list of words`);
		return [option, word as string | true | readonly string[]] as const;
	});
	const { beside } = fields;
	if (beside !== undefined && !(typeof beside === "string" && isToday(beside)))
		return wrong(`beside: ${String(beside)} is no option without controllers, such as off`);
	return {
		beside,
		title: both(fields.title, "title"),
		what: both(fields.what, "what"),
		options: Object.fromEntries(entries),
		play: list(fields.play, "play").map((pace, n) => {
			const { at, speed } = only(pace, ["at", "speed"], `play ${n + 1}`);
			if (typeof speed !== "number" || !(speed > 0))
				return wrong(`play ${n + 1}: the speed is a number above 0, such as 60`);
			return { at: instant(at, `play ${n + 1}`), speed };
		}),
		captions: list(fields.captions, "captions").map((caption, n) => {
			const where = `caption ${n + 1}`;
			const { at, en, fr, fact } = only(caption, ["at", "en", "fr", "fact"], where);
			only(fact, FACTS, `${where}, fact`);
			return { at: instant(at, where), ...both({ en, fr }, where), fact: fact as Fact };
		}),
	};
}

/** All scenarios, by name. */
export const SCENARIOS: Readonly<Record<string, NamedScenario>> = readAll();

function readAll(): Record<string, NamedScenario> {
	const folder = join(projectRoot(), FOLDER);
	const all: Record<string, NamedScenario> = {};
	for (const file of readdirSync(folder).sort())
		if (file.endsWith(".yaml")) {
			const name = file.slice(0, -".yaml".length);
			all[name] = readScenario(name, readFileSync(join(folder, file), "utf8"));
		}
	return all;
}

/** One line for each. */
export function listScenarios(): string[] {
	return Object.entries(SCENARIOS).map(([name, { what }]) => `  ${name.padEnd(15)} ${what.en}`);
}
