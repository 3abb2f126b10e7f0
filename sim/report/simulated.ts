/** Simulated: a run without page and ports, and the data of its report. */

import { DAY, HOUR } from "../../lib/spans.js";
import type { Options } from "../cli/options.js";
import { groupOf } from "../cli/outside.js";
import { SCENARIOS } from "../cli/scenarios.js";
import { configuredOf } from "../run/configured.js";
import { makeFleet } from "../run/firmware.js";
import { nodeOf, ROOT } from "../run/install.js";
import { Observation } from "../run/observation.js";
import { Run } from "../run/run.js";
import { prepare } from "../run/scenario.js";
import { createNetwork } from "../run/streetnetwork.js";
import { Clock } from "../street/clock.js";
import type { OrderSent } from "../street/network.js";
import { dataOf, type ReportData } from "./data.js";
import { configuredAs, type Way } from "./ways.js";

export const MOST_NIGHTS = 14;
const LONGEST_HISTORY = MOST_NIGHTS * 24; // hours

/** Simulates a run for its report; one line if it cannot begin. `command` repeats it. */
export async function simulate(
	options: Options,
	way: Way,
	command: string,
	onRun: (run: Run) => void = () => {},
): Promise<ReportData | string> {
	const scenario = prepare(options);
	if (typeof scenario === "string") return scenario;
	const { epochUtc, end } = scenario;
	const configured = configuredAs(way, configuredOf(options));
	const fleet = await makeFleet({ ...options, epochUtc }, () => {});
	const clock = new Clock(Infinity);
	const tell = { order: (_order: OrderSent) => {} };
	const network = await createNetwork({
		...{ ...options, epochUtc, port: 0, root: ROOT, site: options.part.site, nodeOf },
		groupOf: (lamp) => groupOf(options.part, options.lamps, lamp),
		...{ now: () => clock.now(), tellOrder: (order) => tell.order(order), print: () => {} },
	});
	const hours = Math.min(LONGEST_HISTORY, Math.ceil(Math.min(end, MOST_NIGHTS * DAY) / HOUR) + 1);
	const observation = new Observation({ lamps: options.lamps, epochUtc, configured, hours });
	const { witnesses, listeners } = observation;
	try {
		const run = new Run({
			options,
			scenario,
			fleet,
			network,
			clock,
			configured,
			witnesses,
			listeners,
		});
		tell.order = (order) => run.tellOrder(order);
		observation.follow(run, network);
		onRun(run);
		const why = await run.go();
		if (why !== undefined) return why;
		const title = options.scenario === undefined ? undefined : SCENARIOS[options.scenario]?.title;
		return dataOf({
			...{ run, observation, summary: run.summary(), epochUtc, zone: options.zone },
			...{ command, title, isRunning: false },
		});
	} finally {
		fleet.dispose();
		await network.close();
	}
}
