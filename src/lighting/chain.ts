/**
 * Chain: the steps by which a level came about, for the console and the reports.
 *
 * Made only when asked. It runs the arbiter and the limits again with a listener, so that the
 * explanation cannot differ from the decision.
 */
import type { Percent } from "../units.js";
import { arbitrate, DAYLIGHT, type LightCommand, type Reason, type Requests } from "./arbiter.js";
import { type Bounds, limit } from "./limits.js";

/** Who won, weakest first (lighting/arbiter.ts); `systemFailure`: no valid settings, or a fault of ours. */
export type LevelReason = Reason | "systemFailure";

/** One link of the chain that explains a level, in the order in which it was decided. */
export interface ChainLink {
	/** What spoke: a source of requests, or a limit that changed the level. */
	readonly by:
		| LevelReason
		| "daylight" // not dark: nothing asked
		| "lightsOut" // the program put the lights out: the floor does not hold
		| "presenceIgnored" // someone is there, and the lights stay out all the same
		| "floor"
		| "maxLevel"
		| "protected"
		| "virtualLightOutput" // from here on the level is of the driver's output
		| "cleaningFactor"
		| "clo"
		| "thermal";
	/** The level after it spoke. */
	readonly level: Percent;
	/** `presence`, `linger`, `doubt`, `deaf`, `neighbours`; an order's id, a switch point's text. */
	readonly source?: string;
}

/** In order of decision; the last link carries the level that `limit(arbitrate(...))` gives. */
export function chainOf(requests: Requests, dark: boolean, bounds: Bounds): ChainLink[] {
	const chain: ChainLink[] = [];
	const command = arbitrate(requests, dark, (spoken) => {
		const { reason, level, source } = spoken;
		const by = isLightsOut(spoken) ? "lightsOut" : reason;
		if (spoken === DAYLIGHT) chain.push({ by: "daylight", level });
		else chain.push(source === undefined ? { by, level } : { by, level, source });
	});
	if (requests.sensor && dark && isLightsOut(command) && command.inhibitSensors)
		chain.push({ by: "presenceIgnored", level: command.level });
	limit(command.level, command.belowFloor === true, dark, bounds, (by, level) => {
		chain.push({ by, level });
	});
	return chain;
}

/** The commune decided that it is dark now (program.ts, `out`): another thing than a low level. */
function isLightsOut({ reason, belowFloor }: LightCommand): boolean {
	return reason === "program" && belowFloor === true;
}
