/** Stage: that of a run in a browser: the kit's firmware and an embedded broker without guests. */
import { EmbeddedBroker } from "../network/broker/embedded.js";
import type { Options } from "../options/options.js";
import { clockOf } from "../run/pace.js";
import type { Scenario } from "../run/scenario.js";
import { fleetOf, namesOf, type Stage } from "../run/stage.js";
import { StreetNetwork } from "../run/streetnetwork.js";
import type { Clock } from "../street/clock.js";
import type { Kit } from "./kit.js";
import { TURNS } from "./turns.js";

/** Throws MachineError if memory is short. */
export async function stageOf(
	{ engine, images }: Kit,
	options: Options,
	scenario: Scenario,
	clock: Clock = clockOf(options, TURNS),
): Promise<Stage> {
	const { epochUtc } = scenario;
	const { part, board = "pwm" } = options;
	const fleet = fleetOf({ ...options, first: part.first, epochUtc }, images[board], engine);
	const network = await StreetNetwork.create(namesOf(options, epochUtc, clock), (parts) =>
		EmbeddedBroker.create({ ...parts, turns: TURNS }),
	);
	return { options, scenario, epochUtc, fleet, clock, network };
}
