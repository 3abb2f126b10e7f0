/**
 * Stage: the lamps, the network and the clock of a street, made from its options; a run plays on it.
 */
import type { Fleet, Image } from "../../hosts/virtual/fleet/fleet.js";
import { type Options, readOptions } from "../cli/options.js";
import { groupOf } from "../cli/outside.js";
import { Clock } from "../street/clock.js";
import { outsideOf } from "./admission.js";
import { makeFleet } from "./firmware.js";
import { nodeOf, ROOT } from "./install.js";
import { prepare, type Scenario } from "./scenario.js";
import { createNetwork, type StreetNetwork } from "./streetnetwork.js";

export interface Stage {
	readonly options: Options;
	readonly scenario: Scenario;
	/** UTC of virtual instant 0, ms. */
	readonly epochUtc: number;
	readonly fleet: Fleet;
	readonly clock: Clock;
	readonly network: StreetNetwork;
}

interface StageOptions {
	/** In place of the checkout's firmware. */
	readonly firmware?: Image;
	/** Absent: one of unlimited speed. */
	readonly clock?: Clock;
	/** Port of an embedded broker for people; absent: none listens. */
	readonly port?: number;
	/**
	 * One line for the person at the terminal; absent: none, but those of the engine that is built or waited
	 * for, which takes a minute, on the standard error output.
	 */
	readonly print?: (line: string) => void;
}

const warn = (line: string) => void process.stderr.write(`${line}\n`);

/** Rejects with a line to print if the engine cannot be built or a port cannot be opened. */
export async function stageOf(
	options: Options,
	scenario: Scenario,
	{ firmware, clock = new Clock(Infinity), port = 0, print }: StageOptions = {},
): Promise<Stage> {
	const { lamps, outside, part } = options;
	const { epochUtc } = scenario;
	const about = { ...options, first: part.first, epochUtc };
	const fleet = await makeFleet({ ...about, ...(firmware && { firmware }) }, print ?? warn);
	const network = await createNetwork({
		...about,
		port,
		root: ROOT,
		site: part.site,
		nodeOf,
		groupOf: (lamp) => groupOf(part, lamps, lamp),
		...(outside.urls.length > 0 ? outsideOf(outside) : {}),
		now: () => clock.now(),
		print: print ?? (() => {}),
	});
	return { options, scenario, epochUtc, fleet, clock, network };
}

/**
 * A street without page, ports or trace, at unlimited speed, from options of the simulator; for tests
 * and benches. Throws for invalid options.
 */
export async function rehearse(args: readonly string[], firmware?: Image): Promise<Stage> {
	const answer = readOptions(["--headless", ...args]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const scenario = prepare(answer.options);
	if (typeof scenario === "string") throw new Error(scenario);
	return stageOf(answer.options, scenario, firmware && { firmware });
}
