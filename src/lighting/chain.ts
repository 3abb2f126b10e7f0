/**
 * Chain: the steps by which a level came about, for the console and the reports.
 *
 * Made only when asked. It runs the arbiter and the limits again with a listener, so that the
 * explanation cannot differ from the decision.
 */
import type { ChainLink } from "../view.js";
import { arbitrate, DAYLIGHT, type Requests } from "./arbiter.js";
import { type Bounds, limit } from "./limits.js";

/** In order of decision; the last link carries the level that `limit(arbitrate(...))` gives. */
export function chainOf(requests: Requests, dark: boolean, bounds: Bounds): ChainLink[] {
	const chain: ChainLink[] = [];
	const command = arbitrate(requests, dark, (spoken) => {
		const { reason, level, source } = spoken;
		if (spoken === DAYLIGHT) chain.push({ by: "daylight", level });
		else chain.push(source === undefined ? { by: reason, level } : { by: reason, level, source });
	});
	limit(command.level, command.belowFloor === true, dark, bounds, (by, level) => {
		chain.push({ by, level });
	});
	return chain;
}
