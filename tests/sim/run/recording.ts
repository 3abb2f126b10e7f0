/**
 * Recording: a street's light and its messages as digests, in the order in which they came.
 */
import { createHash } from "node:crypto";
import type { Image } from "../../../hosts/virtual/fleet/fleet.js";
import { EFFECT } from "../../../hosts/virtual/protocol.js";
import { rehearse } from "../../../sim/files/stage.js";
import { Run } from "../../../sim/run/run.js";

/** Effects on the light. */
const LIGHT: ReadonlySet<number> = new Set([EFFECT.duty, EFFECT.fade, EFFECT.relay]);
const MEMORY = /"(heapFree_bytes|sent_bytes|roundTrip_ms)":\d+/g;

export interface Recording {
	/** Instant, lamp, and value or points of each order to the PWM and the relay. */
	readonly light: string;
	readonly lightCount: number;
	/** Instant, topic and payload of each message that reached the broker. */
	readonly messages: string;
	readonly messageCount: number;
	/** Topics and payloads without free memory, and without the bytes and milliseconds that its digits take. */
	readonly content: string;
	/** Of all lamps together, exact. */
	readonly computrons: number;
	readonly deaths: number;
}

/** Runs a street as the command line does, headless; `firmware` in place of the checkout's. */
export async function recordStreet(args: readonly string[], firmware?: Image): Promise<Recording> {
	const { options, scenario, fleet, network, clock } = await rehearse(args, firmware);
	const light = createHash("sha256");
	const messages = createHash("sha256");
	const content = createHash("sha256");
	let [lightCount, messageCount] = [0, 0];
	network.onReport((at, topic, payload) => {
		messages.update(`${at} ${topic} `).update(payload);
		content.update(`${topic} ${Buffer.from(payload).toString().replace(MEMORY, "")}`);
		messageCount++;
	});
	const watched = Object.assign(Object.create(fleet) as typeof fleet, {
		effects: (visit: Parameters<typeof fleet.effects>[0]) =>
			fleet.effects((kind, at, lamp, value, channel, bytes) => {
				if (LIGHT.has(kind)) {
					light.update(`${at} ${lamp} ${kind} ${value}\n`).update(bytes);
					lightCount++;
				}
				visit(kind, at, lamp, value, channel, bytes);
			}),
	});
	const run = new Run({ options, scenario, fleet: watched, network, clock });
	const why = await run.go();
	if (why !== undefined) throw new Error(why);
	await network.close();
	let computrons = 0;
	for (let lamp = 1; lamp <= options.lamps; lamp++)
		computrons += fleet.statistics(lamp)?.computrons ?? 0;
	const { deaths } = run.street;
	fleet.dispose();
	return {
		light: light.digest("hex"),
		lightCount,
		messages: messages.digest("hex"),
		messageCount,
		content: content.digest("hex"),
		computrons,
		deaths,
	};
}
