/**
 * Neighbours bench: the cost of a datagram for its receiver, and of a movement for its sender.
 *
 * Poles 1 and 2 of a row, and one of another row, without a broker; 00:40, vacant.
 */
import type { Fleet } from "../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT, INPUT } from "../hosts/virtual/protocol.js";
import { HOUR } from "../lib/spans.js";
import { DUSK_UTC, firmware, type Print, run, setUp, theEngine } from "./lamp.js";

const AT = 8 * HOUR + 10 * 60_000;
/** UDP port of the lamps' datagrams. */
const PORT = 49_877;
/** After this time all repeats are sent and no lamp is raised any more, ms. */
const LATER = 200_000;
const [RECEIVER, SENDER, STRANGER] = [1, 2, 3];

/** Settings of a lamp of the row; another row is another group. */
function settingsOf(lamp: number, more: object): string {
	const row = {
		neighbourGroup: lamp === STRANGER ? 2 : 1,
		siteKey: "0123456789abcdef",
	};
	return JSON.stringify({ ...row, poleNumber: lamp, ...more });
}

async function streetOf(sensing: (lamp: number) => string | undefined): Promise<Fleet> {
	const fleet = createFleet(
		{ image: firmware(), first: 1, count: 3, seed: 7, epochUtc: DUSK_UTC },
		await theEngine(),
	);
	setUp(fleet, DUSK_UTC, false);
	for (const lamp of [RECEIVER, SENDER, STRANGER]) {
		const settings = sensing(lamp);
		if (settings !== undefined) fleet.storeWrite(lamp, "set.sensing", settings);
		fleet.boot(lamp, 0, "powerOn");
		fleet.post(lamp, 1000, INPUT.illuminance, 2);
		fleet.post(lamp, 2000, INPUT.network, 1);
		fleet.post(lamp, 3000, INPUT.time, DUSK_UTC + 3000);
		// The first input of a PIR after hours of silence stores the end of the silence.
		fleet.post(lamp, AT - LATER, INPUT.movement);
		fleet.post(lamp, AT - LATER + 1000, INPUT.stillness);
	}
	run(fleet, AT);
	return fleet;
}

/** Computrons of one lamp for one input and the turns that follow at the same instant. */
function cost(fleet: Fleet, lamp: number, at: number, kind: number, bytes?: Uint8Array): number {
	run(fleet, at - 1);
	const before = fleet.statistics(lamp)!;
	fleet.post(lamp, at, kind as typeof INPUT.movement, bytes ? PORT : 0, 0, bytes);
	run(fleet, at);
	const after = fleet.statistics(lamp)!;
	return after.computrons - before.computrons;
}

/** The datagram that a lamp sends about a movement. */
function wordOf(fleet: Fleet, lamp: number, at: number): Uint8Array {
	fleet.post(lamp, at, INPUT.movement);
	run(fleet, at);
	let word: Uint8Array | undefined;
	fleet.effects((effect, _at, who, _value, _channel, bytes) => {
		if (effect === EFFECT.datagram && who === lamp) word ??= bytes.slice();
	});
	if (!word) throw new Error("bench: no datagram");
	return word;
}

/** Computrons of a datagram that begins light and is forwarded, and of the movement it reports. */
export async function neighbourCosts(): Promise<{ received: number; movement: number }> {
	const fleet = await streetOf((lamp) => settingsOf(lamp, { hopLimit: 3 }));
	const word = wordOf(fleet, SENDER, AT);
	const received = cost(fleet, RECEIVER, AT + 2, INPUT.datagram, word);
	const movement = cost(fleet, RECEIVER, AT + LATER, INPUT.movement);
	fleet.dispose();
	return { received, movement };
}

export async function benchNeighbours(print: Print): Promise<void> {
	print("a datagram, a movement: computrons, all turns of that instant, empty calls (39) included");
	const line = (what: string, computrons: number) =>
		print(`  ${what.padEnd(58)} ${String(computrons).padStart(6)} computrons`);
	for (const [what, hopLimit] of [
		["received, forwarded, light begun", 3],
		["the same, not forwarded", 0],
	] as const) {
		const fleet = await streetOf((lamp) => settingsOf(lamp, { hopLimit }));
		const word = wordOf(fleet, SENDER, AT);
		line(what, cost(fleet, RECEIVER, AT + 2, INPUT.datagram, word));
		if (hopLimit === 0) {
			const [again, later, last] = [1, 2, 3].map((n) => AT + n * LATER) as [number, number, number];
			line("a repeat", cost(fleet, RECEIVER, again, INPUT.datagram, word));
			const other = wordOf(fleet, STRANGER, later - 1);
			line("another row's", cost(fleet, RECEIVER, later + 1, INPUT.datagram, other));
			const forged = wordOf(fleet, SENDER, last - 1);
			forged[forged.length - 1]! ^= 1;
			line("forged", cost(fleet, RECEIVER, last + 1, INPUT.datagram, forged));
		}
		fleet.dispose();
	}
	for (const [what, has] of [
		["own movement, with the datagram", true],
		["the same without neighbours", false],
	] as const) {
		const fleet = await streetOf((lamp) => (has ? settingsOf(lamp, {}) : undefined));
		line(what, cost(fleet, RECEIVER, AT + 2, INPUT.movement));
		fleet.dispose();
	}
}
