/**
 * Without machines: sky and traffic of a run alone, for options that need no firmware. The
 * world is the one that lamps would stand in, from the same seed; no lamp boots.
 */
import type { Options } from "../options/options.js";
import type { Witness } from "../street/witness.js";
import { Agenda } from "../util/agenda.js";
import { World } from "../world/world.js";
import type { Scenario } from "./scenario.js";

/** Plays the world to the end of the run for these witnesses. */
export function playWorld(
	{ lamps, seed }: Pick<Options, "lamps" | "seed">,
	{ epochUtc, end, daylight, timetable, lux }: Scenario,
	witness: Required<Witness>,
): void {
	const agenda = new Agenda();
	const nothing = () => {};
	const equalSensors = lux !== undefined;
	const options = { seed, lamps, epochUtc, daylight, timetable, equalSensors };
	const noStreet = () => {
		throw new Error("a supply is switched in a street without lamps");
	};
	new World(options, agenda, nothing, nothing, witness, noStreet);
	agenda.run(end);
	witness.finish(end);
}
