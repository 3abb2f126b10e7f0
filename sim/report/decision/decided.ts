/**
 * Decided: the runs of a decision: a night of the street with each option that needs machines, and a night
 * with faults.
 *
 * Two share the work: presence at each lamp and hourly classes are simulated beside the nights here, one
 * after the other.
 */
import { HOUR } from "../../../lib/spans.js";
import { type Options, optionsOf } from "../../options/options.js";
import type { Sources } from "../../options/sources.js";
import { firstLamps, type Values, without } from "../../options/values.js";
import type { Outcome } from "../../results/optionnight.js";
import { configuredOf } from "../../run/configured.js";
import type { MakeStage } from "../../run/stage.js";
import { lightOf } from "../comparedoptions.js";
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

/** What a decision is made with. */
interface DecisionMeans {
	readonly sources: Sources;
	readonly makeStage: MakeStage;
	/** Simulates that night with another option, beside this one. */
	compare(option: "presence" | "hourly", night: Values): Promise<Outcome>;
}

/** `values`: a street without length and faults. Throws `Wrong` if they are none. */
export async function decided(
	values: Values,
	inputs: Inputs,
	command: string,
	{ sources, makeStage, compare }: DecisionMeans,
): Promise<DecisionData | string> {
	const street = { ...without(values, ["duration", "fault"]), headless: true };
	const lamps = Math.min(optionsOf(street, sources).lamps, MOST_LAMPS);
	const night: Values = { ...firstLamps(street, lamps), duration: `${SPAN_H}h` };
	const options: Options = optionsOf(night, sources);
	const faults = { "lamp-response": true, fault: faultsOf(lamps) };
	const others = (async () => [await compare("presence", night), await compare("hourly", night)])();
	others.catch(() => {}); // awaited below
	const main = await simulate(options, "neighbours", command, makeStage);
	if (typeof main === "string") return main;
	const faulty = optionsOf({ ...night, ...faults }, sources);
	const broken = await simulate(faulty, "neighbours", command, makeStage);
	if (typeof broken === "string") return broken;
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
		name: options.name,
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

/** The defects, as far as the street has lamps for them. */
function faultsOf(lamps: number): string[] {
	const there = FAULTS.filter(([, , lamp]) => lamp <= lamps);
	return there.map(([name, at, lamp]) => `${name}@${at}${lamp === 0 ? "" : `/${lamp}`}`);
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
