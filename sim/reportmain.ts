/**
 * Main: `npx luminode report`: simulates a scenario or a street and writes its report, or that of a
 * decision, as HTML, and as PDF where Chromium is.
 */
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { INPUTS } from "../lib/lightingoptions/money.js";
import { projectRoot } from "../lib/root.mjs";
import { DAY, HOUR } from "../lib/spans.js";
import type { Zone } from "../lib/zone.js";
import { ReportHelper } from "./cli/reporthelper.js";
import { EVENING, HELP, readWords } from "./cli/reportwords.js";
import { SOURCES, valuesIn } from "./cli/words.js";
import { readPress } from "./files/press.js";
import { stageOf } from "./files/stage.js";
import { optionsOf } from "./options/options.js";
import { commandOf, type Values, Wrong } from "./options/values.js";
import { outcomeOf } from "./report/comparedoptions.js";
import type { ReportTask } from "./report/comparisons.js";
import { reportOf } from "./report/report.js";
import { simulate } from "./report/simulated.js";
import { made } from "./report/tasks.js";
import { prepare } from "./run/scenario.js";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const WRONG_INPUT = 2;
/** A scenario's report goes on until this hour of the next morning. */
const MORNING = 10;

type Words = ReturnType<typeof readWords>;

async function main(args: readonly string[]): Promise<number> {
	const options = readWords(args);
	if (options.isHelp) {
		process.stdout.write(HELP);
		return 0;
	}
	const { out } = options;
	if (isOfTown(options.rest)) return townIn(options);
	const html = options.isDecision ? await decisionIn(options) : await nightsIn(options);
	if (html === undefined) return 0;
	if (out === "-") {
		process.stdout.write(html);
		return 0;
	}
	writeFileSync(out, html);
	return paper(out);
}

/** Names the document, and prints it. @returns the exit code */
async function paper(out: string): Promise<number> {
	process.stdout.write(`${out}\n`);
	const pdf = await print(out);
	process.stdout.write(pdf === undefined ? "no Chromium here, so no PDF\n" : `${pdf}\n`);
	return 0;
}

const isOfTown = (args: readonly string[]) =>
	args.some((word) => word === "--town" || word.startsWith("--town="));

/**
 * Of a town, by the simulator itself, whose nights of that town are kept by its version. @returns the
 * exit code
 */
async function townIn({ rest, out, language, inputs, given, isDecision }: Words): Promise<number> {
	if (!isDecision) throw new Wrong("--town: only with --decision");
	const other = ["co2", "count"].find((name) => given[name] !== undefined);
	if (other) throw new Wrong(`--${other}: not with --town, whose lights are those of its file`);
	const isPrinted = out === "-";
	const file = isPrinted ? join(mkdtempSync(join(tmpdir(), "town-")), "report.html") : out;
	const reportArgs = ["--headless", "--report", file, "--from", inputs.from];
	const money = ["vat", ...INPUTS].flatMap((name) =>
		given[name] === undefined ? [] : [`--${name}`, given[name]],
	);
	const program = [join(projectRoot(), "tools", "run.mjs"), "sim/main.ts"];
	const child = spawn(process.execPath, [...program, ...rest, ...reportArgs, ...money], {
		env: { ...process.env, LC_ALL: language },
		stdio: ["ignore", 2, 2], // the account of the import is no part of the document
	});
	const code = await new Promise<number>((done) =>
		child.on("exit", (exitCode) => done(exitCode ?? 1)),
	);
	if (code !== 0 || !isPrinted) return code === 0 ? paper(out) : code;
	process.stdout.write(readFileSync(file));
	rmSync(dirname(file), { recursive: true });
	return 0;
}

/** The report of nights; undefined: figures were printed instead. */
async function nightsIn({ nights, language, option, rest, isOutcome, inputs }: Words) {
	const values = valuesIn(rest);
	const isStarted = ["start", "scenario", "lux", "traffic"].some((name) => name in values);
	const given: Values = {
		...values,
		...(nights === undefined ? {} : { duration: `${24 * nights}h` }),
		...(values.duration === undefined ? {} : { duration: values.duration }),
		...(isStarted ? {} : { start: EVENING }),
	};
	const isWhole = given.duration === undefined && "scenario" in values;
	const all = isWhole ? { ...given, duration: untilMorning(given) } : given;
	const command = commandOf("npm run sim -- --headless", all);
	const data = await simulate(runOf(all), option, command, stageOf);
	if (typeof data === "string") throw new Wrong(data);
	if (!isOutcome) return reportOf({ ...data, price: inputs.prices.price }, language, readPress());
	process.stdout.write(`${JSON.stringify(outcomeOf(option, data))}\n`);
	return undefined;
}

async function decisionIn({ language: lang, given, rest, isLinked }: Words): Promise<string> {
	const values = { start: EVENING, ...valuesIn(rest) };
	if ("scenario" in values) throw new Wrong("--decision: not with --scenario");
	const { version, style } = readPress();
	const helper = new ReportHelper();
	try {
		const task = { kind: "decision", inputs: { ...given, lang }, values } as const;
		const press = { version, ...(isLinked ? {} : { style }) };
		const beside = (other: ReportTask) => helper.make(other);
		return await made(task, { sources: SOURCES, makeStage: stageOf, press, beside });
	} finally {
		helper.stop();
	}
}

const runOf = (values: Values) => optionsOf({ ...values, headless: true }, SOURCES);

/** From the scenario's begin to the next morning, as the simulator's option. */
function untilMorning(values: Values): string {
	const options = runOf(values);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Wrong(scenario);
	const { epochUtc, end } = scenario;
	const morning = nextMorning(options.zone, epochUtc) - epochUtc;
	return `${Math.max(morning, end) / 1000}s`;
}

function nextMorning(zone: Zone, utc: number): number {
	const local = zone.localOf(utc);
	const today = Math.floor(local / DAY) * DAY + MORNING * HOUR;
	return zone.utcOf(today > local ? today : today + DAY);
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
