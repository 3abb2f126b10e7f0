/**
 * Decided: the runs of a decision: a night of the street with each option that needs machines, and a night
 * with faults.
 *
 * Two processes share the work: presence at each lamp and hourly classes are simulated in children,
 * one after the other, beside the nights of this process.
 */
import { HOUR } from "../../../lib/spans.js";
import { type Options, readOptions } from "../../cli/options.js";
import type { Outcome } from "../../results/optionnight.js";
import { configuredOf } from "../../run/configured.js";
import { lightOf } from "../comparedoptions.js";
import { Comparisons, without } from "../comparisons.js";
import type { ReportData } from "../data.js";
import { simulate } from "../simulated.js";
import { yearsOf } from "../years.js";
import type { DecisionData, Inputs } from "./data.js";

/** One night, from before dusk until after dawn. */
const SPAN_H = 18;
/** A council waits for it. */
const MOST_LAMPS = 24;
/** Defects of a night: instant and span, and the lamp; 0: the whole street. */
const FAULTS = [
	["pirStuckOn", "6h", 2],
	["luxDead", "23400s", 4],
	["lampDead", "7h", 6],
	["powerCut", "8h+1h", 8],
	["brokerLost", "10h+1h", 0],
] as const;

/** `words`: of the simulator, a street without length and faults. */
export async function decided(
	args: readonly string[],
	inputs: Inputs,
	command: string,
): Promise<DecisionData | string> {
	const street = without(args, ["--duration", "--fault"]);
	const first = optionsOf(street);
	if (typeof first === "string") return first;
	const lamps = Math.min(first.lamps, MOST_LAMPS);
	const night = [
		...without(street, ["--lamps"]),
		"--lamps",
		`${lamps}`,
		"--duration",
		`${SPAN_H}h`,
	];
	const options = optionsOf(night);
	const response = night.includes("--lamp-response") ? [] : ["--lamp-response"];
	const faulty = optionsOf([...night, ...response, ...faultsOf(lamps)]);
	if (typeof options === "string") return options;
	if (typeof faulty === "string") return faulty;
	const children = new Comparisons(night, lamps);
	const others = (async () => [
		await children.simulate("presence"),
		await children.simulate("hourly"),
	])();
	others.catch(() => {}); // awaited below
	const main = await simulate(options, "neighbours", command);
	if (typeof main === "string") return stopped(children, main);
	const broken = await simulate(faulty, "neighbours", command);
	if (typeof broken === "string") return stopped(children, broken);
	const [presence, hourly] = (await others) as [Outcome, Outcome];
	const failed = new Set([
		...failedOf(main),
		...failedOf(broken),
		...presence.failed,
		...hourly.failed,
	]);
	const { latitude, longitude } = configuredOf(options);
	return {
		inputs,
		lamps,
		seed: options.seed,
		epochUtc: main.epochUtc,
		hours: SPAN_H,
		zone: options.zone,
		place: [latitude, longitude],
		year: await yearsOf(options, main.epochUtc),
		nights: { ...main.today, neighbours: main.lampFigures, presence, hourly },
		lights: { neighbours: lightOf(main), presence: presence.light, hourly: hourly.light },
		dark: darkOf(main),
		users: main.hours,
		findings: broken.findings,
		failed: [...failed],
		checks: Object.keys(main.summary.checks).length,
		command,
	};
}

function stopped(children: Comparisons, why: string): string {
	children.stop();
	return why;
}

function optionsOf(args: readonly string[]): Options | string {
	const answer = readOptions(["--headless", ...args]);
	if (answer.kind === "wrong") return answer.why;
	return answer.kind === "run" ? answer.options : "--help belongs to npm run sim here";
}

/** The defects, as far as the street has lamps for them. */
function faultsOf(lamps: number): string[] {
	return FAULTS.filter(([, , lamp]) => lamp <= lamps).flatMap(([name, at, lamp]) => [
		"--fault",
		`${name}@${at}${lamp === 0 ? "" : `/${lamp}`}`,
	]);
}

const failedOf = ({ summary }: ReportData): string[] =>
	Object.keys(summary.checks).filter((name) => !summary.checks[name]!.ok);

/** First and last minute in which the old lamps burn. */
function darkOf({ night, epochUtc }: ReportData): readonly [number, number] {
	const { oldPower, count, from, step } = night;
	const at = (n: number) => epochUtc + from + n * step;
	let [first, last] = [count, 0];
	for (let n = 0; n < count; n++)
		if (oldPower[n]! > 0) {
			first = Math.min(first, n);
			last = n + 1;
		}
	return [at(first), at(last)];
}

/** Hours of the picture from the full hour before the run's begin. */
export const SPAN = SPAN_H * HOUR;
