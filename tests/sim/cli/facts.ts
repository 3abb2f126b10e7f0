/** Facts: a scenario's run, and whether each caption's fact is so at its instant. */
import { readOptions } from "../../../sim/cli/options.js";
import { type Caption, type Fact, SCENARIOS } from "../../../sim/cli/scenarios.js";
import { configuredOf } from "../../../sim/run/configured.js";
import { makeFleet } from "../../../sim/run/firmware.js";
import { nodeOf, ROOT, SITE } from "../../../sim/run/install.js";
import { Observation } from "../../../sim/run/observation.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { createNetwork, type StreetNetwork } from "../../../sim/run/streetnetwork.js";
import { Clock } from "../../../sim/street/clock.js";
import type { OrderSent } from "../../../sim/street/network.js";
import { SPACING } from "../../../sim/world/roadusers.js";

export interface Found {
	readonly at: number;
	readonly fact: Fact;
	readonly found: boolean;
}

/** Runs a scenario with its page's settings; `only`: a caption in the place of its own. */
export async function facts(name: string, only?: Caption): Promise<Found[]> {
	const answer = readOptions(["--headless", "--scenario", name, "--lamp-response", "--seed", "7"]);
	if (answer.kind !== "run") throw new Error(JSON.stringify(answer));
	const { options } = answer;
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const { epochUtc } = scenario;
	const fleet = await makeFleet({ ...options, epochUtc }, () => {});
	const clock = new Clock(Infinity);
	const tell = { order: (_order: OrderSent) => {} };
	const network = await createNetwork({
		...{ ...options, epochUtc, port: 0, root: ROOT, site: SITE, nodeOf },
		...{ now: () => clock.now(), tellOrder: (order) => tell.order(order), print: () => {} },
	});
	const online = new Set<number>();
	for (const listen of [network.onReport.bind(network), network.onWill.bind(network)])
		listen((_at, topic, payload) => note(online, network, topic, payload));
	const configured = configuredOf(options);
	const observation = new Observation({ lamps: options.lamps, epochUtc, configured });
	const { witnesses, listeners } = observation;
	const parts = { options, scenario, fleet, clock, network, witnesses, listeners };
	const run = new Run(parts);
	tell.order = (order) => run.tellOrder(order);
	observation.follow(run, network);
	const captions = only ? [only] : SCENARIOS[name]!.captions;
	const all: Found[] = [];
	for (const { at, fact } of captions)
		run.schedule(at + 1, () => {
			all.push({ at, fact, found: isSo(fact, run, observation, online, at) });
			if (all.length === captions.length) run.street.stop();
		});
	try {
		await run.go();
		return all;
	} finally {
		fleet.dispose();
		await network.close();
	}
}

function note(
	online: Set<number>,
	network: StreetNetwork,
	topic: string,
	payload: Uint8Array,
): void {
	const lamp = network.lampOf(topic);
	if (lamp === undefined || !topic.endsWith("/status")) return;
	if (JSON.parse(Buffer.from(payload).toString()).online) online.add(lamp);
	else online.delete(lamp);
}

function isSo(
	{ lamps, least = 0, most = 100, fault, event, lamp, online }: Fact,
	run: Run,
	{ happenings }: Observation,
	reached: ReadonlySet<number>,
	at: number,
): boolean {
	const count = run.installation.configured ? run.summary().lamps : 0;
	const lightOf = (one: number) => 100 * run.world.lightSensors.shine(one - 1);
	const isLit = (one: number) => lightOf(one) >= least - 0.6 && lightOf(one) <= most + 0.6;
	const everyone = Array.from({ length: count }, (_, n) => n + 1);
	if (lamps === "someone") {
		const near: number[] = [];
		run.world.visitUsers(at, (_user, x) => near.push(Math.round(x / SPACING) + 1));
		return near.length > 0 && near.every((one) => one < 1 || one > count || isLit(one));
	}
	const chosen = lamps === "all" ? everyone : (lamps ?? []);
	const stands = run.faults.standing.some((one) => one.name === fault && one.lamp === lamp);
	const isReported = happenings.all.some(
		(one) => one.side === "report" && one.type === event && one.lamp === lamp,
	);
	return (
		chosen.every(isLit) &&
		(fault === undefined || stands) &&
		(event === undefined || isReported) &&
		(online === undefined || reached.size === count)
	);
}
