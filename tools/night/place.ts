/**
 * Place: a street of a kind of place in the simulator: with its page, or a night as a picture.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { HOUR } from "../../lib/spans.js";
import { type Table, type Text, textOf } from "../../lib/text/bilingual.js";
import { formatDate, parseDate } from "../../src/command/instant.js";
import { zoneOf } from "../../src/node/schedule/options.js";
import { walkOf } from "../../src/node/schedule/preview.js";
import { CLASS_CHOICES, levelOfClass } from "../../src/settings/classes.js";
import { DEFAULTS, type Settings, withValues } from "../../src/settings/table.js";
import { offsetAt } from "../../src/time/zone.js";
import type { UtcMillis } from "../../src/units.js";
import { meansOf, plotOf } from "../plan/nightplot.js";
import { isKind, KINDS, type Kind, withPlace } from "../plan/places.js";
import { wordsOfKind } from "../plan/simwords.js";

/** Of the night's plot: from the noon at its begin. */
const [BEGIN, HOURS] = [3 * HOUR, 18];
const PARTS = HOURS * 6;
const PLOT_LAMPS = 6;
const SEED = 7;

export const PLACE_HELP: Text = {
	en: `usage: luminode place KIND --mean LUX [--plot FILE [--date YYYY-MM-DD]] [--lang en|fr] [OPTION ...]

A street of a kind of place in the simulator: ${KINDS.join(", ")}.

  --mean    installed mean at 100 %, lx (cd/m2 for M classes), e.g. --mean 10
  --plot    instead of the page: a night of ${PLOT_LAMPS} lamps as an SVG: blue the forecast, yellow the
            mean level of the lamps with traffic
  --date    evening of that night, 2026-11-27 without it
  --lang    language of this command: en or fr; without it that of the environment (LANG)
  OPTION    of the simulator: npm run sim -- --help; with --headless the night and its checks`,
	fr: `usage : luminode place TYPE --mean LUX [--plot FICHIER [--date AAAA-MM-JJ]] [--lang en|fr] [OPTION ...]

Une rue d'un type de lieu dans le simulateur : ${KINDS.join(", ")}.

  --mean    moyenne installée à 100 %, lx (cd/m2 pour les classes M), p. ex. --mean 10
  --plot    au lieu de la page : une nuit de ${PLOT_LAMPS} luminaires en SVG : en bleu la prévision, en jaune
            le niveau moyen des luminaires avec le trafic
  --date    soir de cette nuit, 2026-11-27 sans cette option
  --lang    langue de cette commande : en ou fr ; sans elle, celle de l'environnement (LANG)
  OPTION    du simulateur : npm run sim -- --help ; avec --headless, la nuit et ses contrôles`,
};

const WRONG = {
	kind: ['"{0}": a kind is one of {1}', "« {0} » : il faut un type parmi {1}"],
	value: ["{0}: a value follows it, e.g. --mean 10", "{0} : il faut une valeur, p. ex. --mean 10"],
	mean: [
		"--mean is a number from 0.01 to 200, e.g. --mean 10",
		"--mean est un nombre de 0.01 à 200, p. ex. --mean 10",
	],
	date: ["--date {0}: a day as 2026-11-27", "--date {0} : un jour s'écrit 2026-11-27"],
	lang: ["--lang {0}: en or fr", "--lang {0} : en ou fr"],
} as const satisfies Table;

interface PlaceOrder {
	readonly kind: Kind;
	readonly mean: number;
	readonly plot: string | undefined;
	readonly day: number;
	/** For the simulator. */
	readonly others: readonly string[];
}

/** The words of the command line; a text: why not. */
export function readPlace(args: readonly string[]): PlaceOrder | Text {
	const [kind = "", ...rest] = args;
	if (!isKind(kind)) return textOf(WRONG.kind, [kind, KINDS.join(", ")]);
	const given = new Map<string, string>();
	const others: string[] = [];
	for (let index = 0; index < rest.length; index += 1) {
		const [name, value] = [rest[index]!, rest[index + 1]];
		if (!["--mean", "--plot", "--date", "--lang"].includes(name)) others.push(name);
		else if (value === undefined) return textOf(WRONG.value, [name]);
		else {
			given.set(name, value);
			index += 1;
		}
	}
	const mean = Number(given.get("--mean"));
	if (!(mean >= 0.01 && mean <= 200)) return textOf(WRONG.mean, []);
	const date = given.get("--date") ?? "2026-11-27";
	const day = parseDate(date);
	if (day === undefined) return textOf(WRONG.date, [date]);
	const lang = given.get("--lang");
	if (lang !== undefined && lang !== "en" && lang !== "fr") return textOf(WRONG.lang, [lang]);
	return { kind, mean, plot: given.get("--plot"), day, others };
}

const simulate = (args: readonly string[], isQuiet: boolean) =>
	spawnSync(process.execPath, [join(projectRoot(), "tools/run.mjs"), "sim/main.ts", ...args], {
		stdio: isQuiet ? ["ignore", "pipe", "inherit"] : "inherit",
		encoding: "utf8",
	});

/** Runs it; returns the exit status. */
export function runPlace({ kind, mean, plot, day, others }: PlaceOrder): number {
	const street = wordsOfKind(kind, mean);
	if (plot === undefined) return simulate([...street, ...others], false).status ?? 1;
	const settings = withPlace(withValues(DEFAULTS, { installedMean: mean }), kind);
	const from = walkOf(settings, day).night.start + BEGIN;
	const folder = mkdtempSync(join(tmpdir(), "luminode-place-"));
	try {
		const trace = join(folder, "trace");
		const night = ["--headless", "--speed", "max", "--lamps", `${PLOT_LAMPS}`, "--seed", `${SEED}`];
		const time = ["--start", new Date(from).toISOString(), "--duration", `${HOURS}h`];
		const run = simulate([...street, ...night, ...time, "--trace", trace, ...others], true);
		if (run.status !== 0) process.stderr.write(run.stdout);
		else writeFileSync(plot, nightPlot(settings, day, from, readFileSync(trace, "utf8")));
		return run.status ?? 1;
	} finally {
		rmSync(folder, { recursive: true });
	}
}

export function nightPlot(settings: Settings, day: number, from: number, trace: string): string {
	const until = from + HOURS * HOUR;
	const walk = walkOf(settings, day);
	const forecast: [number, number][] = [[from, 0]];
	while (walk.next()) forecast.push([walk.from, walk.level]);
	forecast.push([walk.until, 0]);
	const { fullClass, floorClass } = settings;
	const isMarked = (name: string, index: number) =>
		name[0] === fullClass[0] &&
		index >= CLASS_CHOICES.indexOf(fullClass) &&
		(floorClass === "percent" || index <= CLASS_CHOICES.indexOf(floorClass));
	const marks = CLASS_CHOICES.filter(isMarked).map(
		(name) => [name, levelOfClass(settings, name)] as const,
	);
	const offset = offsetAt(zoneOf(settings), from as UtcMillis);
	return plotOf({
		title: `${settings.place} ${formatDate(day)}`,
		from,
		until,
		offset,
		forecast,
		means: meansOf(trace, from, until, PARTS),
		marks,
	});
}
