/**
 * Main: `npm run bench -- energy [FILE | --year]`: energy and light debt of several strategies.
 *
 * One street and one recorded traffic for all; one table (docs/energy.md).
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
	CLASS_LEVELS,
	mixedOption,
	OUT_FROM,
	OUT_UNTIL,
	optionOf,
	TODAY,
	withFloor,
} from "../../lib/lightingoptions/options.js";
import { projectRoot } from "../../lib/root.mjs";
import { DAY, HOUR } from "../../lib/spans.js";
import { refuse, wordsOf } from "../../lib/words.js";
import { Zone } from "../../lib/zone.js";
import { readOptions } from "../../sim/cli/words.js";
import { makeFleet } from "../../sim/files/firmware.js";
import { createNoNetwork } from "../../sim/network/offline.js";
import type { Options } from "../../sim/options/options.js";
import { METER_VALUES } from "../../sim/results/meter.js";
import { Observation } from "../../sim/run/observation.js";
import { PlayedOption } from "../../sim/run/playedoptions.js";
import { Run } from "../../sim/run/run.js";
import { prepare } from "../../sim/run/scenario.js";
import { Clock } from "../../sim/street/clock.js";
import { readTraffic } from "../../sim/world/recorded.js";
import { designVolume, type Hour } from "./classes.js";
import { writeSample } from "./sample.js";
import { writeScaled } from "./scaled.js";
import { configuredFor, SHARED, STRATEGIES, type Strategy } from "./strategies.js";
import { linesOf, NO_COST, type Outcome, outcomeOf, plus } from "./table.js";
import { yearLines } from "./year.js";

const SEED = 7;
const LAMPS = 12;
const ZONE = "Europe/Brussels";
/** A Monday after the end of summer time, so that all nights are alike. */
const FIRST_NIGHT = "2025-11-03";
const NIGHTS = 7;
/** From before dusk until after dawn. */
const FROM = "15:00";
const HOURS = 19;
const [LEAST_TIMES, MOST_TIMES] = [0.1, 4];
const COMMAND = "npm run bench -- energy";
const HELP = `usage: npm run bench -- energy [FILE [--way N] [--times F] | --year]

Simulates one street with recorded traffic with several options, plays today's beside
them, and prints energy, light debt and passages without light in one table (docs/energy.md). FILE: hourly counts with columns
hour_start_local,cyclists,motor_vehicles and perhaps pedestrians; without it a made-up sample.

--way N: the Nth simulated option alone, beside today's, 1 to ${STRATEGIES.length}; each takes a minute of CPU.
--times F: so many times the recorded traffic, e.g. 0.5; the design volume stays that of the recording.
--year: one lamp through a year instead, by the forecast of each night and stated traffic.`;

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** The program with P6 in the place of its floor, beside presence with that floor. */
const PROFILE = optionOf("profile");
const LOW_PROFILE = withFloor(PROFILE, CLASS_LEVELS[3]);
const LOW_TITLE = `${PROFILE.title.en}, floor P6`;

/** All hours of the recording. */
function hoursOf(file: string, zone: Zone): readonly Hour[] | string {
	const traffic = readTraffic({ name: file, text: readFileSync(file, "utf8") }, zone, SEED);
	if (typeof traffic === "string") return traffic;
	const hours: Hour[] = [];
	let from = traffic.span.from;
	for (let batch = traffic.take(from); batch; batch = traffic.take(from)) {
		const clock = new Date(zone.localOf(batch.from)).getUTCHours();
		hours.push({ utc: batch.from, clock, count: batch.arrivals.length });
		from = batch.until;
	}
	return hours;
}

interface Night {
	readonly outcome: Outcome;
	readonly today: ReadonlyMap<string, Outcome>;
}

/** One night of one strategy; rejects if the run fails or a check of it fails. */
async function oneNight(strategy: Strategy, program: string, options: Options): Promise<Night> {
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const { epochUtc } = scenario;
	const configured = configuredFor(strategy, program, options.zone);
	const fleet = await makeFleet({ ...options, epochUtc }, () => {});
	try {
		const parts = { options, scenario, fleet, network: createNoNetwork(), configured };
		const clock = new Clock(Infinity);
		const observation = new Observation({ ...parts, clock }, () => 0);
		const { debt, played, passages } = observation;
		const { onLevel, offLevel, zone } = configured;
		const about = { lamps: LAMPS, epochUtc, onLevel, offLevel, zone, fullLevel: 100 };
		const low = new PlayedOption(LOW_PROFILE, { ...about, ledPower_W: METER_VALUES.ledPower_W });
		const witnesses = [debt, passages, low, ...played.witnesses];
		const run = new Run({ ...parts, clock, witnesses });
		const why = await run.go();
		if (why !== undefined) throw new Error(why);
		const { energy_kWh, checks, deaths, virtualSeconds } = run.summary();
		const failed = Object.keys(checks).filter((name) => !checks[name]!.ok);
		if (deaths > 0 || failed.length > 0)
			throw new Error(`${strategy.name}: ${deaths} deaths, failed checks: ${failed.join(", ")}`);
		const at = virtualSeconds * 1000;
		const others = played.figuresAt(at);
		return {
			outcome: outcomeOf(observation.figuresAt(at, energy_kWh), debt.missingMs / 1000),
			today: new Map([
				...TODAY.map((name) => [optionOf(name).title.en, outcomeOf(others[name])] as const),
				[LOW_TITLE, outcomeOf(low.figuresAt(at))],
			]),
		};
	} finally {
		fleet.dispose();
	}
}

function optionsOf(file: string, night: number, { design }: Strategy): Options {
	const date = new Date(Date.parse(FIRST_NIGHT) + night * DAY).toISOString().slice(0, 10);
	const place = ["--headless", "--lamps", `${LAMPS}`, "--seed", `${SEED}`, "--zone", ZONE];
	const time = ["--start", `${date}T${FROM}:00`, "--duration", `${HOURS}h`];
	const classes = Object.entries(design ?? {});
	const settings = classes.flatMap(([name, value]) => ["--set", `light.${name}=${value}`]);
	const answer = readOptions([...place, ...time, "--traffic", file, ...settings]);
	if (answer.kind !== "run") throw new Error(`bench: options refused: ${JSON.stringify(answer)}`);
	return answer.options;
}

async function main(): Promise<void> {
	const options = {
		year: { type: "boolean" },
		way: { type: "string" },
		times: { type: "string" },
	} as const;
	const { values, positionals } = wordsOf({ command: COMMAND, help: HELP, options, most: 1 });
	if (values.year) {
		for (const line of yearLines()) print(line);
		return;
	}
	const { way } = values;
	const index = way === undefined ? undefined : Number(way);
	const strategies = index === undefined ? STRATEGIES : STRATEGIES.slice(index - 1, index);
	if (strategies.length === 0 || (index !== undefined && !(index >= 1)))
		return refuse(COMMAND, `--way ${way}: 1 to ${STRATEGIES.length}, e.g. --way 3`);
	const times = Number(values.times ?? 1);
	if (!(times >= LEAST_TIMES && times <= MOST_TIMES))
		return refuse(
			COMMAND,
			`--times ${values.times}: ${LEAST_TIMES} to ${MOST_TIMES}, e.g. --times 0.5`,
		);
	const [given] = positionals;
	const folder = join(projectRoot(), ".cache");
	const recorded = given ?? writeSample(folder, FIRST_NIGHT, NIGHTS + 1, SEED);
	const zone = Zone.of(ZONE)!;
	const counted = existsSync(recorded)
		? hoursOf(recorded, zone)
		: `${recorded}: no such recorded traffic`;
	if (typeof counted === "string") return refuse(COMMAND, counted);
	const design = designVolume(counted);
	const file = times === 1 ? recorded : writeScaled(folder, recorded, times);
	const hours = hoursOf(file, zone) as readonly Hour[];
	const traffic = times === 1 ? "" : `, ${times} times the traffic`;
	print(
		`${LAMPS} lamps, seed ${SEED}, ${NIGHTS} nights from ${FIRST_NIGHT} ${FROM}, ${HOURS} h each${traffic}`,
	);
	print(`busiest hour of an average day: ${design.toFixed(0)} road users\n`);
	const outcomes = new Map<string, Outcome>();
	const add = (name: string, night: Outcome) =>
		void outcomes.set(name, plus(outcomes.get(name) ?? NO_COST, night));
	for (const strategy of strategies)
		for (let index = 0; index < NIGHTS; index++) {
			const options = optionsOf(file, index, strategy);
			const from = options.start!;
			const night = hours.filter(({ utc }) => utc >= from && utc < from + HOURS * HOUR);
			const made = await oneNight(strategy, strategy.programOf(night, design), options);
			if (strategy === strategies[0]) for (const [name, outcome] of made.today) add(name, outcome);
			add(strategy.name, made.outcome);
		}
	addMixed(outcomes, hours);
	for (const line of linesOf(outcomes)) print(line);
}

/** *Mixed* is one of the others, by the recorded passages of the hours of lights out. */
function addMixed(outcomes: Map<string, Outcome>, hours: readonly Hour[]): void {
	const out = hours.filter(({ clock }) => clock >= OUT_FROM && clock < OUT_UNTIL);
	const passages = out.reduce((sum, { count }) => sum + count, 0);
	const nights = new Set(out.map(({ utc }) => Math.floor(utc / DAY))).size;
	const as = mixedOption(passages / Math.max(1, nights));
	const name = as === "off" ? optionOf("off").title.en : SHARED;
	const taken = outcomes.get(name);
	const often = `${(passages / Math.max(1, nights)).toFixed(0)} pass from 0 to 5`;
	if (taken) outcomes.set(`mixed: as "${name}", because ${often}`, taken);
}

await main();
