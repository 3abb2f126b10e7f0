/**
 * Rehearsal: a street without page, ports or trace, at unlimited speed; for tests and benches.
 */
import type { Fleet, Image } from "../../hosts/virtual/fleet/fleet.js";
import { type Options, readOptions } from "../cli/options.js";
import { Clock } from "../street/clock.js";
import type { OrderSent } from "../street/network.js";
import { makeFleet } from "./firmware.js";
import { nodeOf, ROOT } from "./install.js";
import { prepare, type Scenario } from "./scenario.js";
import { createNetwork, type StreetNetwork } from "./streetnetwork.js";

export interface Rehearsal {
	readonly options: Options;
	readonly scenario: Scenario;
	/** UTC of virtual instant 0, ms. */
	readonly epochUtc: number;
	readonly fleet: Fleet;
	readonly clock: Clock;
	readonly network: StreetNetwork;
	/** Receiver of orders; the run replaces it. */
	readonly tell: { order: (order: OrderSent) => void };
}

/**
 * `words`: options of the simulator; `firmware`: an image in place of the checkout's. Throws for
 * invalid options.
 */
export async function rehearse(words: readonly string[], firmware?: Image): Promise<Rehearsal> {
	const answer = readOptions(["--headless", ...words]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const { epochUtc } = scenario;
	const about = { ...options, first: options.part.first, epochUtc };
	const fleet = await makeFleet({ ...about, ...(firmware && { firmware }) }, () => {});
	const clock = new Clock(Infinity);
	const tell = { order: (_order: OrderSent) => {} };
	const network = await createNetwork({
		...{ ...options, epochUtc, port: 0, root: ROOT, site: options.part.site, nodeOf },
		...{ now: () => clock.now(), tellOrder: (order) => tell.order(order), print: () => {} },
	});
	return { options, scenario, epochUtc, fleet, clock, network, tell };
}
