/**
 * Study: the return of a city's lamps to a broker, under the firmware's policy and under others.
 *
 * In each scenario the attempts of all lamps are counted in bins of 10 s, from the loss (or the
 * first power-on). Deterministic: the same figures on every machine.
 */
import { Lamps } from "./lamps.js";
import { OTHERS, runPolicy } from "./policies.js";
import { chanceOf, Door, RTT, Tally } from "./street.js";

export interface City {
	readonly lamps: number;
	/** Connections a second that the broker accepts. */
	readonly accepts: number;
	/** reconnectSpread, ms. */
	readonly spread: number;
	readonly seed: number;
}

export const CITY: City = {
	lamps: 10_000,
	accepts: 200,
	spread: 300_000,
	seed: 20261124,
};

export interface Scenario {
	readonly name: string;
	/** Duration of the outage, ms; 0: the evening of a switched district. */
	readonly outage: number;
	/** Part of the count in the picture, s from the loss. */
	readonly drawn: readonly [from: number, to: number];
}

export const SCENARIOS: readonly Scenario[] = [
	{ name: "an outage of 2 s", outage: 2_000, drawn: [0, 420] },
	{ name: "an outage of 2 min", outage: 120_000, drawn: [0, 540] },
	{ name: "an outage of 2 h", outage: 7_200_000, drawn: [6_900, 7_740] },
	{ name: "a district switched on within a minute", outage: 0, drawn: [0, 420] },
];

export interface Outcome {
	readonly policy: string;
	readonly tally: Tally;
	/** From the broker's return (or the last power-on) until the last lamp is online, ms. */
	readonly allBack: number;
}

/** Time in which the lamps of every policy return. */
const AFTERWARDS = 3 * 3_600_000;
/** Span of the district's boots; a lamp's network follows within seconds. */
const EVENING = 60_000;
const NETWORK_FROM = 2_000;
const NETWORK_WITHIN = 3_000;

/** Runs one scenario under all policies, the firmware's first. */
export function compare(scenario: Scenario, city: City): Outcome[] {
	const outcomes = [ours(scenario, city)];
	const starts = scenario.outage === 0 ? evening(city) : losses(city);
	for (const policy of OTHERS) {
		const door = new Door(city.accepts);
		const tally = new Tally(scenario.outage + AFTERWARDS);
		door.downFrom = scenario.outage === 0 ? Infinity : 0;
		door.downTo = scenario.outage;
		runPolicy(policy, starts, scenario.outage === 0, door, tally, city.seed);
		outcomes.push(outcome(policy.name, tally, scenario, 0));
	}
	return outcomes;
}

/** The firmware's own sessions. */
export function ours(scenario: Scenario, city: City): Outcome {
	const { spread, seed } = city;
	const door = new Door(city.accepts);
	const tally = new Tally(scenario.outage + AFTERWARDS);
	const lamps = new Lamps(city.lamps, spread, door, tally, seed);
	if (scenario.outage === 0) {
		for (const [lamp, at] of evening(city).entries()) lamps.powerOn(lamp, at);
		lamps.run(AFTERWARDS);
		return outcome("luminode", tally, scenario, 0);
	}
	for (let lamp = 0; lamp < city.lamps; lamp += 1) lamps.powerOn(lamp, 0);
	const loss = 4 * spread; // all are online, in proven sessions
	lamps.run(loss);
	if (lamps.online !== city.lamps) throw new Error(`${lamps.online} lamps before the loss`);
	door.downFrom = loss;
	door.downTo = loss + scenario.outage;
	tally.begin(loss);
	lamps.loseAll(chanceOf(seed, -1));
	lamps.run(loss + scenario.outage + AFTERWARDS);
	return outcome("luminode", tally, scenario, loss);
}

function outcome(policy: string, tally: Tally, scenario: Scenario, from: number): Outcome {
	const since = scenario.outage === 0 ? EVENING : scenario.outage;
	return { policy, tally, allBack: tally.lastBack - from - since };
}

function losses({ lamps, seed }: City): number[] {
	const chance = chanceOf(seed, -1);
	return Array.from({ length: lamps }, () => Math.floor(chance() * RTT));
}

/** When the network comes up at each lamp; the first power-on is at 0. */
function evening({ lamps, seed }: City): number[] {
	const chance = chanceOf(seed, -2);
	return Array.from({ length: lamps }, () => {
		const power = chance() * EVENING;
		return Math.floor(power + NETWORK_FROM + chance() * NETWORK_WITHIN);
	});
}
