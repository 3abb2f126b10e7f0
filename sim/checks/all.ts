/**
 * All checks of a run, in the order in which they receive events and are printed.
 */
import type { Witness } from "../street/witness.js";
import { Alarms } from "./alarms.js";
import { Bubble } from "./bubble.js";
import type { Check } from "./check.js";
import type { Configured } from "./configured.js";
import { ProgramOracle } from "./configured.js";
import { Counted } from "./counted.js";
import { DayOff } from "./dayoff.js";
import { DoubtLit } from "./doubtlit.js";
import { DutyLimits } from "./dutylimits.js";
import { EvenFade } from "./evenfade.js";
import { Floor } from "./floor.js";
import { Lamps } from "./lamps.js";
import { LightAhead } from "./lightahead.js";
import { Punctual } from "./punctual.js";
import { Recovered } from "./recovered.js";
import { Reported } from "./reported.js";
import { Required } from "./required.js";
import { SensorRise } from "./sensorrise.js";
import { VacantReturn } from "./vacantreturn.js";

export interface Checks {
	readonly lamps: Lamps;
	readonly checks: readonly Check[];
	/** The witnesses of the run, in the order of their calls. */
	readonly witnesses: readonly Witness[];
}

/** `comparison`: of the second lamps, which is told with the checks. */
export function createChecks(
	count: number,
	configured: Configured,
	epochUtc: number,
	comparison?: Check,
): Checks {
	const lamps = new Lamps(count, configured, epochUtc);
	const program = new ProgramOracle(configured);
	const required = new Required(lamps, program);
	const checks: Check[] = [
		new SensorRise(lamps, required),
		new Floor(lamps, program),
		new VacantReturn(lamps, program),
		new DutyLimits(lamps),
		new DayOff(lamps),
		new DoubtLit(lamps, program),
		new EvenFade(lamps),
		new Reported(lamps, epochUtc),
		new Counted(lamps),
		new Alarms(lamps),
		new Punctual(lamps),
		new Recovered(lamps, program, epochUtc),
	];
	if (configured.neighbours)
		checks.push(new LightAhead(lamps, program), new Bubble(lamps, required));
	if (comparison) checks.push(comparison);
	return { lamps, checks, witnesses: [lamps, ...checks] };
}
