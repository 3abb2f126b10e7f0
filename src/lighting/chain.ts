/**
 * Chain: the steps by which a level came about, for the console and the reports.
 *
 * Made only when asked. It runs the arbiter and the limits again with a listener, so that the
 * explanation cannot differ from the decision.
 */
import type { ChainLink } from "../view.js";
import { arbitrate, DAYLIGHT, type LightCommand, type Requests } from "./arbiter.js";
import { type Bounds, limit } from "./limits.js";

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
