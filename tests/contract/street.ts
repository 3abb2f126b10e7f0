/**
 * Street of the contract's tests: lamps in real machines at the embedded broker, every packet noted.
 */

import type { Effect, Fleet } from "../../hosts/virtual/fleet/fleet.js";
import { DEATH, EFFECT, INPUT, STREAM_END } from "../../hosts/virtual/protocol.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { rehearse } from "../../sim/files/stage.js";
import { targetOf } from "../../sim/network/target.js";
import { type Passed, Wiretap } from "../../sim/network/wiretap.js";
import { EMBEDDED_HOST, nodeOf, ROOT, SITE } from "../../sim/run/install.js";
import { Run } from "../../sim/run/run.js";
import type { StreetNetwork } from "../../sim/run/streetnetwork.js";
import { fadeText } from "../../tools/night/lighttrace.js";

export const LAMPS = 12;
/** A resolver that answers "no such name", ms. */
const NAME_SOUGHT = 1_000;
const POWER_CUT = DEATH.indexOf("powerCut");
const NO_BYTES = new Uint8Array(0);

export interface Stage {
	readonly fleet: Fleet;
	readonly network: StreetNetwork;
	readonly tap: Ear;
	readonly run: Run;
	readonly epochUtc: number;
	/** Cuts a lamp's power, changes what it has stored, and gives the power back 5 s later. */
	restart(at: number, lamp: number, store?: Readonly<Record<string, string>>): void;
}

export interface Watched {
	readonly passed: readonly Passed[];
	readonly tap: Ear;
	/** Each order to a PWM, `instant lamp duty`, of a fade with its points. */
	readonly light: readonly string[];
}

/** A wiretap that also sees the light: the street passes its network all that lamps do. */
class Ear extends Wiretap {
	readonly light: string[] = [];
	/** Instants at which a lamp asked for an unknown host. */
	readonly strangers: number[] = [];
	readonly #post: Fleet["post"];

	/** `post`: to the lamps, for the answers of the resolver. */
	constructor(network: StreetNetwork, onPacket: (packet: Passed) => void, post: Fleet["post"]) {
		super(network, onPacket);
		this.#post = post;
	}

	override onEffect(...[kind, at, lamp, value, channel, bytes]: Effect): void {
		if (kind === EFFECT.duty) this.light.push(`${at} ${lamp} ${value}`);
		if (kind === EFFECT.fade) this.light.push(`${at} ${lamp}${fadeText(bytes)}`);
		if (kind === EFFECT.streamOpen && targetOf(value, bytes).host !== EMBEDDED_HOST)
			this.#seek(at, lamp, channel);
		else super.onEffect(kind, at, lamp, value, channel, bytes);
	}

	#seek(at: number, lamp: number, channel: number): void {
		this.strangers.push(at);
		this.plan(at + NAME_SOUGHT, (now) =>
			this.#post(lamp, now, INPUT.streamClosed, STREAM_END.indexOf("nameUnknown"), channel),
		);
	}
}

/** Runs a street and hands back every packet. `play` plans what happens; without `hasDesk` all of it. */
export async function watch(
	line: string,
	play: (stage: Stage) => void,
	hasDesk = true,
): Promise<Watched> {
	const { options, scenario, epochUtc, fleet, clock, network } = await rehearse(line.split(" "));
	const passed: Passed[] = [];
	const tap = new Ear(network, (packet) => passed.push(packet), fleet.post.bind(fleet));
	if (!hasDesk) Object.assign(tap, { publish: undefined }); // a street's desk gives orders by it
	const run = new Run({ options, scenario, fleet, network: tap, clock });
	const restart: Stage["restart"] = (at, lamp, store = {}) =>
		tap.plan(at, (now) => {
			fleet.cut(lamp, now);
			network.onEffect(EFFECT.death, now, lamp, POWER_CUT, 0, NO_BYTES);
			run.world.onEnd(now, lamp - fleet.first);
			for (const [key, value] of Object.entries(store)) fleet.storeWrite(lamp, key, value);
			run.street.powerOn(now + 5_000, lamp - fleet.first);
		});
	play({ fleet, network, tap, run, epochUtc, restart });
	const why = await run.go();
	await network.close();
	fleet.dispose();
	if (why !== undefined) throw new Error(why);
	return { passed, tap, light: tap.light };
}

const ago = (epochUtc: number, at: number) => new Date(epochUtc + at).toISOString();

/** Hours of an evening, two at least, in which everything happens that a street may see. */
export function evening(hours: number): ReturnType<typeof watch> {
	const line = `--lamps ${LAMPS} --seed 7 --start 2026-11-24T16:30:00+01:00 --duration ${hours}h`;
	return watch(line, ({ network, tap, restart, epochUtc }) => {
		const group = (lamp: number) =>
			JSON.stringify({ site: SITE, node: nodeOf(lamp), group: "quay" });
		restart(2 * MINUTE, 2, { "set.identity": group(2) });
		restart(2 * MINUTE, 3, { "set.identity": group(3) });
		restart(2 * MINUTE, 4, { "set.identity": "{}" }); // a lamp that nobody assigned
		restart(2 * MINUTE, 5, { "set.light": '{"hold":-1}' });
		const tls = { brokerHost: EMBEDDED_HOST, brokerPort: 8883, brokerTls: true };
		restart(2 * MINUTE, 8, { "set.link": JSON.stringify({ ...tls, reconnectSpread: 10 }) });
		const order = (at: number, to: string, fields: Record<string, unknown>) =>
			tap.plan(at, () => {
				const issued = new Date(epochUtc + at).toISOString();
				const span = fields.span as number | undefined;
				const expiration = span && new Date(epochUtc + at + span).toISOString();
				const { span: _, ...rest } = fields;
				const end = expiration ? { expiration } : {};
				network.publish(`${ROOT}/${to}`, JSON.stringify({ issued, ...end, ...rest }));
			});
		const [pole, all] = [`${SITE}/pole-00001`, `${SITE}/all`];
		const override = { command: "override", level: 62.5, span: 20 * MINUTE };
		order(20 * MINUTE, `${pole}/command`, { id: "o1", ...override });
		order(21 * MINUTE, `${pole}/command`, { id: "o2", ...override, belowFloor: true, level: 5 });
		order(22 * MINUTE, `${pole}/command`, { id: "c1", command: "clearOverride" });
		order(23 * MINUTE, `${all}/command`, { id: "o3", ...override, rampToLevelTime: 2 });
		order(24 * MINUTE, `${SITE}/group/quay/command`, { id: "g1", ...override });
		order(25 * MINUTE, `${SITE}/group/quay/emergency`, { id: "g2", command: "emergency" });
		order(26 * MINUTE, `${pole}/emergency`, { id: "e1", command: "emergency", span: MINUTE });
		order(27 * MINUTE, `${all}/emergency`, { id: "e2", command: "emergency", span: MINUTE });
		order(28 * MINUTE, `${all}/command`, { id: "x1", command: "explain" });
		order(29 * MINUTE, `${pole}/command`, { id: "r1", command: "report" });
		order(30 * MINUTE, "unassigned/L00004/command", {
			id: "u1",
			command: "report",
		});
		order(31 * MINUTE, `${pole}/command`, { id: "b1", command: "dance" });
		order(32 * MINUTE, `${pole}/command`, { id: "b2", ...override, level: 200 });
		order(33 * MINUTE, `${pole}/command`, { id: "b3", command: "restart" });
		order(34 * MINUTE, `${pole}/command`, { id: "b4", ...override, surprise: 1 });
		order(35 * MINUTE, `${pole}/command`, { id: "b5", ...override, span: -MINUTE });
		order(36 * MINUTE, `${pole}/command`, { id: "b6", command: "emergency" });
		const yes = { commandConfirmation: true };
		const seven = `${SITE}/pole-00007/command`;
		order(40 * MINUTE, seven, { id: "i1", command: "identify", duration: 10 });
		order(41 * MINUTE, seven, { id: "t1", command: "selfTest" });
		order(43 * MINUTE, seven, { id: "m1", command: "maintenanceMode", span: HOUR });
		order(44 * MINUTE, seven, { id: "m2", command: "maintenanceMode", enabled: false });
		order(45 * MINUTE, seven, { id: "p1", command: "preview" });
		order(46 * MINUTE, seven, { id: "l1", command: "log" });
		order(47 * MINUTE, seven, { id: "x2", command: "explain", at: ago(epochUtc, 46 * MINUTE) });
		order(48 * MINUTE, seven, { id: "n1", command: "luminaireReplaced", ledPower_W: 29.5, ...yes });
		order(49 * MINUTE, seven, { id: "n2", command: "nodeReplaced", life: 17, ...yes });
		const names = { site: SITE, node: nodeOf(4) };
		order(50 * MINUTE, "unassigned/L00004/command", { id: "u2", command: "assign", ...names });
		const raw = (at: number, payload: string, retain = false) =>
			tap.plan(at, () => network.publish(`${ROOT}/${pole}/command`, payload, { retain }));
		raw(37 * MINUTE, "{");
		raw(38 * MINUTE, "x".repeat(3_000));
		raw(39 * MINUTE, "");
		tap.plan(60 * MINUTE, () => network.setBrokerReachable(false));
		restart(70 * MINUTE, 6);
		tap.plan(80 * MINUTE, () => network.setBrokerReachable(true));
	});
}
