/** Stage: that of a run in Node: the checkout's firmware and engine, and ports for people if they are wanted. */
import type { Image } from "../../hosts/virtual/fleet/fleet.js";
import { readOptions } from "../cli/words.js";
import { type Compare, Comparison } from "../comparison/comparison.js";
import type { Options } from "../options/options.js";
import { outsideOf } from "../ports/admission.js";
import { createNetwork } from "../ports/streetports.js";
import { TURNS } from "../ports/turns.js";
import { prepare, type Scenario } from "../run/scenario.js";
import { namesOf, type Stage } from "../run/stage.js";
import { secondLamp } from "../second/lamp.js";
import { Clock, wallOf } from "../street/clock.js";
import { makeFleet } from "./firmware.js";

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

const compare: Compare = (lamps, hasBus) => new Comparison(lamps, hasBus, secondLamp);

const warn = (line: string) => void process.stderr.write(`${line}\n`);

/** Rejects with a line to print if the engine cannot be built or a port cannot be opened. */
export async function stageOf(
	options: Options,
	scenario: Scenario,
	{ firmware, clock = new Clock(Infinity, wallOf(TURNS)), port = 0, print }: StageOptions = {},
): Promise<Stage> {
	const { outside, part, broker, serial } = options;
	const { epochUtc } = scenario;
	const about = { ...options, first: part.first, epochUtc };
	const fleet = await makeFleet({ ...about, ...(firmware && { firmware }) }, print ?? warn);
	const network = await createNetwork({
		...namesOf(options, epochUtc, clock),
		broker,
		port,
		serial,
		...(outside.urls.length > 0 ? outsideOf(outside) : {}),
		print: print ?? (() => {}),
	});
	return { options, scenario, epochUtc, fleet, clock, network, compare };
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
