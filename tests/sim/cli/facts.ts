/** Facts: a scenario's run, and whether each caption's fact is so at its instant. */
import { SCENARIOS } from "../../../sim/cli/scenarios.js";
import { rehearse } from "../../../sim/files/stage.js";
import type { Caption, Fact } from "../../../sim/options/playedscenario.js";
import { type Observation, observed } from "../../../sim/run/observation.js";
import type { Run } from "../../../sim/run/run.js";
import type { StreetNetwork } from "../../../sim/run/streetnetwork.js";
import { SPACING } from "../../../sim/world/roadusers.js";

export interface Found {
	readonly at: number;
	readonly fact: Fact;
	readonly found: boolean;
}

/** Runs a scenario with its page's settings; `only`: a caption in the place of its own. */
export async function facts(name: string, only?: Caption): Promise<Found[]> {
	const stage = await rehearse(["--scenario", name, "--lamp-response", "--seed", "7"]);
	const { fleet, network } = stage;
	const online = new Set<number>();
	for (const listen of [network.onReport.bind(network), network.onWill.bind(network)])
		listen((_at, topic, payload) => note(online, network, topic, payload));
	const { run, observation } = observed(stage, network);
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
	const lightOf = (lampNumber: number) => 100 * run.world.lightSensors.shine(at, lampNumber - 1);
	const isLit = (lampNumber: number) =>
		lightOf(lampNumber) >= least - 0.6 && lightOf(lampNumber) <= most + 0.6;
	const everyone = Array.from({ length: count }, (_, n) => n + 1);
	if (lamps === "someone") {
		const near: number[] = [];
		run.world.visitUsers(at, (_user, x) => near.push(Math.round(x / SPACING) + 1));
		return (
			near.length > 0 &&
			near.every((lampNumber) => lampNumber < 1 || lampNumber > count || isLit(lampNumber))
		);
	}
	const chosen = lamps === "all" ? everyone : (lamps ?? []);
	const stands = run.faults.standing.some(
		(standingFault) => standingFault.name === fault && standingFault.lamp === lamp,
	);
	const isReported = happenings.all.some(
		(logEntry) => logEntry.side === "report" && logEntry.type === event && logEntry.lamp === lamp,
	);
	return (
		chosen.every(isLit) &&
		(fault === undefined || stands) &&
		(event === undefined || isReported) &&
		(online === undefined || reached.size === count)
	);
}
