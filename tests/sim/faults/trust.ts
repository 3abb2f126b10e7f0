/** Trust: runs a street with faults of the world and hands back what its lamps reported of their sensors. */

import { HOUR } from "../../../lib/spans.js";
import { LightAhead } from "../../../sim/checks/lightahead.js";
import { rehearse } from "../../../sim/files/stage.js";
import type { Summary } from "../../../sim/results/summary.js";
import { Run } from "../../../sim/run/run.js";

export interface SensorEvent {
	/** From 1. */
	readonly lamp: number;
	readonly type: string;
	readonly flag: string;
	readonly why: string;
	/** When it happened, hours after the run began. */
	readonly hours: number;
}

export interface Outcome {
	readonly events: readonly SensorEvent[];
	readonly summary: Summary;
	/** Checks that failed, with the first offence. */
	readonly failed: readonly string[];
	/** Passes in the dark behind two others, at any loss of datagrams, and those that found no light. */
	readonly ahead: { readonly tried: number; readonly late: number };
}

const START = "2026-11-24T15:00:00+01:00";

/** `line`: options of the simulator; `store`: more values for every lamp, by key. */
export async function watchSensors(
	line: string,
	store: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
	const start = line.includes("--start") || line.includes("--traffic") ? [] : ["--start", START];
	const street = await rehearse([...start, ...line.split(" ")]);
	const { options, scenario, epochUtc, fleet, clock, network } = street;
	for (let lamp = 1; lamp <= options.lamps; lamp++)
		for (const [key, value] of Object.entries(store)) fleet.storeWrite(lamp, key, value);
	const events: SensorEvent[] = [];
	network.onReport((_at, topic, payload) => {
		if (!topic.endsWith("/event")) return;
		const event = JSON.parse(Buffer.from(payload).toString());
		if (!/SensorFailure$/.test(event.type)) return;
		events.push({
			lamp: Number(/(\d+)\/event$/.exec(topic)![1]),
			type: event.type,
			flag: event.startEndFlag,
			why: event.attributes.why,
			hours: (Date.parse(event.time) - epochUtc) / HOUR,
		});
	});
	const run = new Run({ options, scenario, fleet, network, clock });
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	const summary = run.summary();
	await network.close();
	fleet.dispose();
	const failed = Object.entries(summary.checks)
		.filter(([, { ok }]) => !ok)
		.map(
			([name, { first }]) => `${name}: lamp ${first?.lamp} at ${first?.instant}: ${first?.what}`,
		);
	const check = run.checks.find(
		(candidate): candidate is LightAhead => candidate instanceof LightAhead,
	);
	const passes = Object.values(check?.passes ?? {});
	const tried = passes.reduce((sum, pass) => sum + pass.tried, 0);
	const ahead = { tried, late: passes.reduce((sum, pass) => sum - pass.lit, tried) };
	return { events, summary, failed, ahead };
}

export const SEED = "--seed 7";

/** The events of one lamp. */
export const of = (events: readonly SensorEvent[], lamp: number) =>
	events.filter((event) => event.lamp === lamp);
