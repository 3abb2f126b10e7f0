/**
 * Chain: the requests and limits that led to a level, for the console and the reports.
 *
 * Built only on request. It runs the arbiter and the limits again with a visitor, so that the
 * explanation cannot differ from the decision.
 */
import type { Percent } from "../units.js";
import { arbitrate, DAYLIGHT, type LightCommand, type Reason, type Requests } from "./arbiter.js";
import { type Bounds, limit } from "./limits.js";

/** Of a request (arbiter.ts); `systemFailure`: after an internal error in the light path. */
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
	 * `presence`, `linger`, `doubt`, `blocked`, `neighbours`, an order's id, a switch point's text.
	 */
	readonly source?: string;
}

/** Receives the links of a chain in order of decision. */
export type ChainVisitor = (by: ChainLink["by"], level: Percent, source?: string) => void;

/** Visits the links; the last one carries the level of `limit(arbitrate(...))`. */
export function visitChain(
	requests: Requests,
	dark: boolean,
	bounds: Bounds,
	visit: ChainVisitor,
): void {
	const command = arbitrate(requests, dark, (request) => {
		if (request === DAYLIGHT) visit("daylight", request.level);
		else visit(isLightsOut(request) ? "lightsOut" : request.reason, request.level, request.source);
	});
	if (requests.sensor && dark && isLightsOut(command) && command.inhibitSensors)
		visit("presenceIgnored", command.level);
	limit(command.level, command.belowFloor === true, dark, bounds, visit);
}

/** The links that `visits` passes to its visitor. */
export function linksOf(visits: (visit: ChainVisitor) => void): ChainLink[] {
	const chain: ChainLink[] = [];
	visits((by, level, source) => {
		chain.push(source === undefined ? { by, level } : { by, level, source });
	});
	return chain;
}

export function chainOf(requests: Requests, dark: boolean, bounds: Bounds): ChainLink[] {
	return linksOf((visit) => visitChain(requests, dark, bounds, visit));
}

/** The program switched the lights off (program.ts, `out`), which differs from a low level. */
function isLightsOut({ reason, belowFloor }: LightCommand): boolean {
	return reason === "program" && belowFloor === true;
}
