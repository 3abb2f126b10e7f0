/** Simulated: a run without page and ports, and the data of its report. */

import type { ComparedOption } from "../../lib/lightingoptions/options.js";
import { DAY, HOUR } from "../../lib/spans.js";
import type { Options } from "../options/options.js";
import { configuredOf } from "../run/configured.js";
import { observed } from "../run/observation.js";
import type { Run } from "../run/run.js";
import { prepare } from "../run/scenario.js";
import type { MakeStage } from "../run/stage.js";
import { configuredAs } from "./comparedoptions.js";
import { dataOf, type ReportData, titleOf } from "./data.js";
import { trafficOf } from "./traffic.js";

export const MOST_NIGHTS = 14;
const LONGEST_HISTORY = MOST_NIGHTS * 24; // hours

/** Simulates a run for its report; one line if it cannot begin. `command` repeats it. */
export async function simulate(
	options: Options,
	option: ComparedOption,
	command: string,
	makeStage: MakeStage,
	onRun: (run: Run) => void = () => {},
): Promise<ReportData | string> {
	const scenario = prepare(options);
	if (typeof scenario === "string") return scenario;
	const { epochUtc, end } = scenario;
	const { traffic } = trafficOf(options, epochUtc);
	const configured = configuredAs(option, configuredOf(options), traffic);
	const stage = await makeStage(options, scenario);
	const { fleet, network } = stage;
	const hours = Math.min(LONGEST_HISTORY, Math.ceil(Math.min(end, MOST_NIGHTS * DAY) / HOUR) + 1);
	try {
		const { run, observation } = observed({ ...stage, configured }, network, hours);
		onRun(run);
		const why = await run.go();
		if (why !== undefined) return why;
		return dataOf({
			run,
			observation,
			summary: run.summary(),
			epochUtc,
			zone: options.zone,
			command,
			title: titleOf(options),
			traffic,
			isRunning: false,
		});
	} finally {
		fleet.dispose();
		await network.close();
	}
}
