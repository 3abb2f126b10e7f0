/**
 * All checks of a run, in the order in which they receive events and are printed.
 */
import type { Witness } from "../street/witness.js";
import type { Check } from "./check.js";
import type { Configured } from "./configured.js";
import { ProgramOracle } from "./configured.js";
import { DayOff } from "./dayoff.js";
import { DoubtLit } from "./doubtlit.js";
import { DutyLimits } from "./dutylimits.js";
import { Floor } from "./floor.js";
import { Lamps } from "./lamps.js";
import { LightAhead } from "./lightahead.js";
import { OverrideEnds } from "./overrideends.js";
import { SensorRise } from "./sensorrise.js";
import { VacantReturn } from "./vacantreturn.js";

export interface Checks {
	readonly lamps: Lamps;
	readonly checks: readonly Check[];
	/** The witnesses of the run, in the order of their calls. */
	readonly witnesses: readonly Witness[];
}

export function createChecks(count: number, configured: Configured, epochUtc: number): Checks {
	const lamps = new Lamps(count, configured, epochUtc);
	const program = new ProgramOracle(configured);
	const checks: Check[] = [
		new SensorRise(lamps, program, epochUtc),
		new Floor(lamps, program, epochUtc),
		new VacantReturn(lamps, program, epochUtc),
		new DutyLimits(lamps),
		new OverrideEnds(lamps, program, epochUtc),
		new DayOff(lamps),
		new DoubtLit(lamps),
	];
	if (configured.neighbours) checks.push(new LightAhead(lamps, program, epochUtc));
	return { lamps, checks, witnesses: [lamps, ...checks] };
}
