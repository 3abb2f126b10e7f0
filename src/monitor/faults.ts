/**
 * Faults: counts caught exceptions, and requests a restart if they are too many.
 *
 * Every callback of the host catches, records and carries on lit. One fault is a bug that can wait;
 * FAULTS_AN_HOUR of them mean that the state itself may be broken, and a restart is better. Faults
 * of the console are not counted: no text typed at the pole restarts the lamp or condemns its image.
 */
import type { Millis } from "../units.js";

/** More would come from a state that does not heal; fewer could be one bad visitor at the pole. */
export const FAULTS_AN_HOUR = 20;
const HOUR: Millis = 3_600_000;
/** Of Console. */
export const CONSOLE = "console";

export class Faults {
	/** Caught since boot, outside the console. */
	count = 0;
	private readonly times = new Float64Array(FAULTS_AN_HOUR).fill(Number.NEGATIVE_INFINITY);

	/**
	 * Counts one fault at `now`. `where`: the part of the firmware.
	 *
	 * @returns the reason to restart, once FAULTS_AN_HOUR have come within an hour; else undefined.
	 */
	note(now: Millis, where: string): "tooManyFaults" | undefined {
		if (where === CONSOLE) return undefined;
		const place = this.count % FAULTS_AN_HOUR;
		this.count += 1;
		this.times[place] = now;
		const oldest = this.times[(place + 1) % FAULTS_AN_HOUR]!;
		return now - oldest <= HOUR ? "tooManyFaults" : undefined;
	}
}
