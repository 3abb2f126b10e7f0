/**
 * Recording: a street's light and its messages as digests, in the order in which they came.
 */
import { createHash } from "node:crypto";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { readOptions } from "../../../sim/cli/options.js";
import { makeFleet } from "../../../sim/run/firmware.js";
import { nodeOf, ROOT, SITE } from "../../../sim/run/install.js";
import { Run } from "../../../sim/run/run.js";
import { prepare } from "../../../sim/run/scenario.js";
import { createNetwork } from "../../../sim/run/streetnetwork.js";
import { Clock } from "../../../sim/street/clock.js";
import type { OrderSent } from "../../../sim/street/network.js";

export interface Recording {
	/** Instant, lamp and value of each change of the PWM and of the relay. */
	readonly light: string;
	readonly lightCount: number;
	/** Instant, topic and payload of each message that reached the broker. */
	readonly messages: string;
	readonly messageCount: number;
	/** Of all lamps together, exact. */
	readonly computrons: number;
	readonly deaths: number;
}

/** Runs a street as the command line does, headless. */
export async function recordStreet(words: readonly string[]): Promise<Recording> {
	const answer = readOptions(["--headless", ...words]);
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
		...{ now: () => clock.now(), tellOrder: (order) => tell.order(order), print() {} },
	});
	const light = createHash("sha256");
	const messages = createHash("sha256");
	let [lightCount, messageCount] = [0, 0];
	network.onReport((at, topic, payload) => {
		messages.update(`${at} ${topic} `).update(payload);
		messageCount++;
	});
	const watched = Object.assign(Object.create(fleet) as typeof fleet, {
		effects: (visit: Parameters<typeof fleet.effects>[0]) =>
			fleet.effects((kind, at, lamp, value, channel, bytes) => {
				if (kind === EFFECT.duty || kind === EFFECT.relay) {
					light.update(`${at} ${lamp} ${kind} ${value}\n`);
					lightCount++;
				}
				visit(kind, at, lamp, value, channel, bytes);
			}),
	});
	const run = new Run({ options, scenario, fleet: watched, network, clock });
	tell.order = (order) => run.tellOrder(order);
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	await network.close();
	let computrons = 0;
	for (let lamp = 1; lamp <= options.lamps; lamp++)
		computrons += fleet.statistics(lamp)?.computrons ?? 0;
	const { deaths } = run.street;
	fleet.dispose();
	return {
		...{ light: light.digest("hex"), lightCount, messages: messages.digest("hex"), messageCount },
		...{ computrons, deaths },
	};
}
