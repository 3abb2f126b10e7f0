/**
 * Chain: the requests and limits that led to a level, for the console and the reports.
 *
 * Built only on request. It runs the arbiter and the limits again with a visitor, so that the
 * explanation cannot differ from the decision.
 */
import type { Percent } from "../units.js";
import { arbitrate, DAYLIGHT, type LightCommand, type Reason, type Requests } from "./arbiter.js";
import { type Bounds, limit } from "./limits.js";

/** Weakest first (arbiter.ts); `systemFailure`: no valid settings, or an internal error. */
export type LevelReason = Reason | "systemFailure";

/** One link of a chain; links stand in the order of the decision. */
export interface ChainLink {
	/** A source of requests, or a limit that changed the level. */
	readonly by:
		| LevelReason
		| "daylight" // not dark, and no request
		| "lightsOut" // the program put the lights out: the floor does not apply
		| "presenceIgnored" // the place is occupied, and the lights stay out
		| "floor"
		| "maxLevel"
		| "protected"
		| "virtualLightOutput" // from here on the level is the driver's output
		| "cleaningFactor"
		| "clo"
		| "thermal"
		| "minimumDuty"; // the driver gives no less
	/** The level after this link. */
	readonly level: Percent;
	/**
	 * `presence`, `linger`, `doubt`, `deaf`, `neighbours`, an order's id, a switch point's text.
	 */
	readonly source?: string;
}

/** Links in order of decision; the last one carries the level of `limit(arbitrate(...))`. */
export function chainOf(requests: Requests, dark: boolean, bounds: Bounds): ChainLink[] {
	const chain: ChainLink[] = [];
	const command = arbitrate(requests, dark, (request) => {
		const { reason, level, source } = request;
		const by = isLightsOut(request) ? "lightsOut" : reason;
		if (request === DAYLIGHT) chain.push({ by: "daylight", level });
		else chain.push(source === undefined ? { by, level } : { by, level, source });
	});
	if (requests.sensor && dark && isLightsOut(command) && command.inhibitSensors)
		chain.push({ by: "presenceIgnored", level: command.level });
	limit(command.level, command.belowFloor === true, dark, bounds, (by, level) => {
		chain.push({ by, level });
	});
	return chain;
}

/** The program switched the lights off (program.ts, `out`), which differs from a low level. */
function isLightsOut({ reason, belowFloor }: LightCommand): boolean {
	return reason === "program" && belowFloor === true;
}
