/** Command line: the words of `npx luminode report`: its own, and those of the simulator. */
import { parseArgs } from "node:util";
import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import { BASELINES } from "../../lib/lightingoptions/options.js";
import { Wrong } from "../options/values.js";
import { COMPARED_OPTIONS } from "../report/comparedoptions.js";
import { inputsIn } from "../report/decision/inputs.js";
import { MOST_NIGHTS } from "../report/simulated.js";
import type { Language } from "../report/words.js";

export const EVENING = "2026-11-24T15:00:00+01:00";

export const HELP = `usage: luminode report [--scenario NAME] [--nights N] [--lang en|fr] [--out FILE] [OPTION ...]
       luminode report --decision [--from WAY] [--price EUR@DATE] [--node EUR@DATE] ... [OPTION ...]

Simulates a street and writes the report of its nights, or that of a decision: two pages of A4.

  --scenario NAME  a named run (npm run sim -- --help lists them), until the next morning; without it
                   the street of npm run sim from ${EVENING}
  --nights N       length of the run, 1 to ${MOST_NIGHTS} (a night)
  --lang en|fr     language of the report (en)
  --out FILE       the HTML document (report.html); beside it FILE.pdf where Chromium is;
                   - prints the HTML
  --way WAY        lights the street with another option: ${COMPARED_OPTIONS.join(", ")}
  --outcome        prints the figures of a comparison as JSON and writes no report

  --decision       all options beside one another, with their years and money
  --town T         with --decision: of a whole town, its map first: example, made or a file of
                   lights (docs/town.md); prices, --vat and --from as for a street
  --from WAY       the lighting today: ${BASELINES.join(", ")} (full)
  --price EUR@DATE a kWh, e.g. 0.28..0.34@2026-11; no euro is stated without it
  --node EUR@DATE  once for each lamp: a controller with its sensor and a feed that stays on, fitted
  --connection, --maintenance EUR@DATE
                   for each lamp and year: network; controller and sensor
  --count N        lamps that the euros are for (1)
  --vat with|without
                   VAT in all prices
  --linked         the style sheet by a link, as the page's server sends it
  --co2 G@YEAR,SOURCE
                   emissions of a kWh, e.g. 275@2023,ORES

Every other option is one of the simulator's.
`;

const text = { type: "string" } as const;
const OWN = {
	nights: text,
	lang: { type: "string", default: "en" },
	out: { type: "string", default: "report.html" },
	way: { type: "string", default: "street" },
	outcome: { type: "boolean" },
	decision: { type: "boolean" },
	linked: { type: "boolean" },
	from: { type: "string", default: "full" },
	price: text,
	node: text,
	connection: text,
	maintenance: text,
	count: text,
	vat: text,
	co2: text,
	help: { type: "boolean" },
} as const;

/** The report's own options, and the words for the simulator. */
export function readWords(args: readonly string[]) {
	const { values, tokens } = parseArgs({
		args: [...args],
		options: OWN,
		strict: false,
		tokens: true,
	});
	const mine = new Set<number>();
	for (const token of tokens)
		if (token.kind === "option" && Object.hasOwn(OWN, token.name)) {
			mine.add(token.index);
			if (token.value !== undefined && !token.inlineValue) mine.add(token.index + 1);
		}
	const { nights, lang, out, way: option, outcome, decision, linked, help } = values;
	if (lang !== "en" && lang !== "fr")
		throw new Wrong(`--lang ${String(lang)}: not a language of the report, such as --lang fr`);
	if (!COMPARED_OPTIONS.includes(option as ComparedOption))
		throw new Wrong(
			`--way ${String(option)}: not an option; the options are ${COMPARED_OPTIONS.join(", ")}`,
		);
	const count = nights === undefined ? undefined : Number(nights);
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MOST_NIGHTS))
		throw new Wrong(
			`--nights ${String(nights)}: not a whole number from 1 to ${MOST_NIGHTS}, such as 2`,
		);
	const named = [
		"from",
		"price",
		"node",
		"connection",
		"maintenance",
		"count",
		"vat",
		"co2",
	] as const;
	const given = named.flatMap((name) =>
		values[name] === undefined ? [] : [[name, String(values[name])]],
	);
	return {
		nights: count,
		language: lang as Language,
		out: String(out),
		option: option as ComparedOption,
		inputs: inputsIn(values),
		/** The same as they were written. */
		given: Object.fromEntries(given) as Readonly<Record<string, string>>,
		rest: args.filter((_, n) => !mine.has(n)),
		isOutcome: outcome === true,
		isDecision: decision === true,
		isLinked: linked === true,
		isHelp: help === true,
	} as const;
}
