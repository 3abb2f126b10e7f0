/**
 * City: its lamps return to a broker after an outage, or on the evening of a switched district.
 *
 * The attempts of all lamps are counted in bins of 10 s, from the loss (or the first power-on).
 */

import { chanceOf, Door, Tally } from "./broker.js";
import { Lamps } from "./lamps.js";

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
}

export const SCENARIOS: readonly Scenario[] = [
	{ name: "an outage of 2 s", outage: 2_000 },
	{ name: "an outage of 2 min", outage: 120_000 },
	{ name: "an outage of 2 h", outage: 7_200_000 },
	{ name: "a district switched on within a minute", outage: 0 },
];

export interface Outcome {
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

/** Runs one scenario with the firmware's own sessions. */
export function returnOf(scenario: Scenario, city: City): Outcome {
	const { spread, seed } = city;
	const door = new Door(city.accepts);
	const tally = new Tally(scenario.outage + AFTERWARDS);
	const lamps = new Lamps(city.lamps, spread, door, tally, seed);
	if (scenario.outage === 0) {
		for (const [lamp, at] of evening(city).entries()) lamps.powerOn(lamp, at);
		lamps.run(AFTERWARDS);
		return outcome(tally, scenario, 0);
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
	return outcome(tally, scenario, loss);
}

function outcome(tally: Tally, scenario: Scenario, from: number): Outcome {
	const since = scenario.outage === 0 ? EVENING : scenario.outage;
	return { tally, allBack: tally.lastBack - from - since };
}

/** When the network comes up at each lamp; the first power-on is at 0. */
function evening({ lamps, seed }: City): number[] {
	const chance = chanceOf(seed, -2);
	return Array.from({ length: lamps }, () => {
		const power = chance() * EVENING;
		return Math.floor(power + NETWORK_FROM + chance() * NETWORK_WITHIN);
	});
}
