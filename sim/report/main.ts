/**
 * Main: `npm run report`: simulates a scenario or a street and writes its report as HTML, and as PDF
 * where Chromium is.
 */
import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { readOptions } from "../cli/options.js";
import type { ComparedWay } from "../page/messages.js";
import { documentOf } from "./report.js";
import { MOST_NIGHTS, simulate } from "./simulated.js";
import { outcomeOf, WAYS } from "./ways.js";
import type { Language } from "./words.js";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const WRONG_INPUT = 2;
const EVENING = "2026-11-24T15:00:00+01:00";

const HELP = `usage: npm run report -- [--scenario NAME] [--nights N] [--lang en|fr] [--out FILE] [OPTION ...]

Simulates a street and writes the report of its nights: two pages of A4.

  --scenario NAME  a named run (npm run sim -- --help lists them); without it the street of
                   npm run sim from ${EVENING}
  --nights N       length of the run, 1 to ${MOST_NIGHTS} (that of the scenario, else 1)
  --lang en|fr     language of the report (en)
  --out FILE       the HTML document (report.html); beside it FILE.pdf where Chromium is
  --way WAY        lights the street in another way: ${WAYS.join(", ")}
  --outcome        prints the figures of a comparison as JSON and writes no report

Every other option is one of the simulator's.
`;

const OWN = {
	nights: { type: "string" },
	lang: { type: "string", default: "en" },
	out: { type: "string", default: "report.html" },
	way: { type: "string", default: "street" },
	outcome: { type: "boolean" },
	help: { type: "boolean" },
} as const;

class Wrong extends Error {}

/** The report's own options, and the words for the simulator. */
function read(words: readonly string[]) {
	const { values, tokens } = parseArgs({
		args: [...words],
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
	const { nights, lang, out, way, outcome, help } = values;
	if (lang !== "en" && lang !== "fr")
		throw new Wrong(`--lang ${String(lang)}: not a language of the report, such as --lang fr`);
	if (!WAYS.includes(way as ComparedWay))
		throw new Wrong(`--way ${String(way)}: not a way of lighting; these are ${WAYS.join(", ")}`);
	const count = nights === undefined ? undefined : Number(nights);
	if (count !== undefined && !(Number.isInteger(count) && count >= 1 && count <= MOST_NIGHTS))
		throw new Wrong(
			`--nights ${String(nights)}: not a whole number from 1 to ${MOST_NIGHTS}, such as 2`,
		);
	const rest = words.filter((_, n) => !mine.has(n));
	return {
		nights: count,
		language: lang as Language,
		out: String(out),
		way: way as ComparedWay,
		rest,
		isOutcome: outcome === true,
		isHelp: help === true,
	} as const;
}

async function main(words: readonly string[]): Promise<number> {
	const { nights, language, out, way, rest, isOutcome, isHelp } = read(words);
	if (isHelp) {
		process.stdout.write(HELP);
		return 0;
	}
	const has = (name: string) => rest.includes(name);
	const length = nights === undefined ? [] : ["--duration", `${24 * nights}h`];
	const start = has("--start") || has("--scenario") || has("--lux") || has("--traffic");
	const given = [
		...rest,
		...(has("--duration") ? [] : length),
		...(start ? [] : ["--start", EVENING]),
	];
	const answer = readOptions(["--headless", ...given]);
	if (answer.kind === "wrong") throw new Wrong(answer.why);
	if (answer.kind === "help") throw new Wrong("--help belongs to npm run sim here");
	const command = `npm run sim -- --headless ${given.map((word) => (/[\s;]/.test(word) ? `"${word}"` : word)).join(" ")}`;
	const data = await simulate(answer.options, way, command);
	if (typeof data === "string") throw new Wrong(data);
	if (isOutcome) {
		process.stdout.write(`${JSON.stringify(outcomeOf(way, data))}\n`);
		return 0;
	}
	writeFileSync(out, documentOf(data, language));
	process.stdout.write(`${out}\n`);
	const pdf = await print(out);
	process.stdout.write(pdf === undefined ? "no Chromium here, so no PDF\n" : `${pdf}\n`);
	return 0;
}

/** Prints the document with Chromium. @returns the file, undefined without Chromium */
async function print(out: string): Promise<string | undefined> {
	const browser = CHROMIUM.find((path) => existsSync(path));
	if (!browser) return undefined;
	const pdf = `${out.replace(/\.html?$/, "")}.pdf`;
	const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"];
	const target = pathToFileURL(resolve(out)).href;
	await promisify(execFile)(browser, [...flags, `--print-to-pdf=${resolve(pdf)}`, target]);
	return pdf;
}

/** A page's comparison ends with its run, which may be gone already. */
function endWithParent(): void {
	if (process.connected === false) process.exit();
	if (!process.channel) return;
	process.once("disconnect", () => process.exit());
	process.channel.unref();
}

endWithParent();
try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof Wrong)) throw error;
	process.stderr.write(`report: ${error.message} (--help)\n`);
	process.exitCode = WRONG_INPUT;
}
