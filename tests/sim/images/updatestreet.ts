/**
 * Update street: lamps in XS machines, the embedded broker, an image server, and images offered.
 *
 * Each lamp may be treated in its own way; what it reports is collected at the broker, and its light is judged
 * by the checks of any night.
 */
import type { Effect, Image } from "../../../hosts/virtual/fleet/fleet.js";
import { DEATH, EFFECT, INPUT, STREAM_END } from "../../../hosts/virtual/protocol.js";
import { MINUTE } from "../../../lib/spans.js";
import type { makeFleet } from "../../../sim/files/firmware.js";
import { rehearse } from "../../../sim/files/stage.js";
import { ImageServer } from "../../../sim/images/server.js";
import { ForwardingNetwork } from "../../../sim/network/forwarding.js";
import { targetOf } from "../../../sim/network/target.js";
import type { Summary } from "../../../sim/results/summary.js";
import { Run } from "../../../sim/run/run.js";
import type { StreetNetwork } from "../../../sim/run/streetnetwork.js";
import type { Post } from "../../../sim/street/network.js";
import type { EffectListener } from "../../../sim/street/street.js";
import type { Witness } from "../../../sim/street/witness.js";
import { Signer } from "../../support/images.js";

export const SERVER = "images.street";
export const SIGNER = new Signer();

/** What an event of an update says, in short: type and the reason, if it has one. */
export type Story = readonly string[];

export interface UpdateStreet {
	readonly fleet: Awaited<ReturnType<typeof makeFleet>>;
	readonly network: StreetNetwork;
	readonly server: ImageServer;
	readonly epochUtc: number;
	/** Lamps that cannot reach the broker now. */
	readonly deaf: Set<number>;
	/** Lets something happen at an instant, virtual ms. */
	plan(at: number, act: () => void): void;
	/** Offers an image to a lamp, retained. */
	offer(lamp: number, image: Uint8Array, more?: object, header?: object): void;
	publish(lamp: number, payload: object): void;
	/** Calls back when a lamp restarts by itself. */
	onRestart(act: (lamp: number, reason: string, at: number) => void): void;
}

export interface UpdateRun {
	/** Machines whose power failed. */
	readonly powerCuts: number;
	readonly summary: Summary;
	readonly server: ImageServer;
	/** Of lamp n, in the order in which the broker received it. */
	story(lamp: number): Story;
	/** When lamps restarted by themselves, and whether someone seen was in the cone. */
	readonly restarts: readonly {
		readonly at: number;
		readonly lamp: number;
		readonly reason: string;
		readonly wasSeen: boolean;
	}[];
	/** Least level of each lamp while it ran, after its first minute. */
	readonly births: ReadonlyMap<number, readonly Record<string, unknown>[]>;
}

/** The broker cannot be reached by the deaf; what is planned happens on its way. */
class Detour extends ForwardingNetwork {
	readonly deaf = new Set<number>();
	readonly plans: { readonly at: number; readonly act: () => void }[] = [];
	onRestart: (lamp: number, reason: string, at: number) => void = () => {};
	#refused: { at: number; lamp: number; channel: number }[] = [];
	override onEffect(...[kind, at, lamp, value, channel, bytes]: Effect): void {
		if (kind === EFFECT.restart) this.onRestart(lamp, Buffer.from(bytes).toString(), at);
		const isOpening = kind === EFFECT.streamOpen && this.deaf.has(lamp);
		if (isOpening && targetOf(value, bytes).host !== SERVER)
			this.#refused.push({ at: at + 100, lamp, channel });
		else super.onEffect(kind, at, lamp, value, channel, bytes);
	}
	override nextDue(): number {
		const instants = [...this.#refused, ...this.plans].map(({ at }) => at);
		return Math.min(super.nextDue(), ...instants);
	}
	override deliver(until: number, post: Post): void {
		for (const plan of this.plans.filter(({ at }) => at <= until)) {
			this.plans.splice(this.plans.indexOf(plan), 1);
			plan.act();
		}
		for (const { at, lamp, channel } of this.#refused.filter(({ at }) => at <= until))
			post(lamp, at, INPUT.streamClosed, STREAM_END.indexOf("unreachable"), channel);
		this.#refused = this.#refused.filter(({ at }) => at > until);
		super.deliver(until, post);
	}
}

/** `firmware`: an image in place of the checkout's, and the name of its hardware. */
export async function updateStreet(
	line: string,
	play: (street: UpdateStreet) => void,
	firmware?: { readonly image: Image; readonly hardware: string },
): Promise<UpdateRun> {
	const rehearsal = await rehearse(line.split(" "), firmware?.image);
	const { options, scenario, epochUtc, fleet, clock, network } = rehearsal;
	const hardware = firmware?.hardware ?? "virtual/1";
	const stories = new Map<number, string[]>();
	const births = new Map<number, Record<string, unknown>[]>();
	const listOf = <T>(lists: Map<number, T[]>, lamp: number): T[] => {
		if (!lists.has(lamp)) lists.set(lamp, []);
		return lists.get(lamp)!;
	};
	network.onReport((_at, topic, payload) => {
		const text = Buffer.from(payload as Uint8Array).toString();
		const lamp = network.lampOf(topic);
		if (text === "" || lamp === undefined) return;
		const report = JSON.parse(text);
		if (topic.endsWith("/birth")) listOf(births, lamp).push(report);
		if (!topic.endsWith("/event") || !String(report.type).startsWith("update")) return;
		const { reason, final } = report.attributes;
		const details = [report.type, reason, final === false ? "(again)" : undefined];
		listOf(stories, lamp).push(details.filter((word) => word !== undefined).join(" "));
	});
	const server = new ImageServer(network, SERVER);
	const detour = new Detour(server);
	const restarts: UpdateRun["restarts"][number][] = [];
	const seen = new Map<number, number>();
	const count = (lamp: number, by: number) => seen.set(lamp, (seen.get(lamp) ?? 0) + by);
	const witness: Witness = {
		onEnter: (_at, lamp, isSeen) => void (isSeen && count(lamp, 1)),
		onLeave: (_at, lamp, isSeen) => void (isSeen && count(lamp, -1)),
	};
	const listeners: ((lamp: number, reason: string, at: number) => void)[] = [];
	detour.onRestart = (lamp, reason, at) => {
		restarts.push({ at, lamp, reason, wasSeen: (seen.get(lamp - fleet.first) ?? 0) > 0 });
		for (const act of listeners) act(lamp, reason, at);
	};
	const publish = (lamp: number, payload: object) =>
		network.publish(network.topicOf(lamp, "update"), JSON.stringify(payload), { retain: true });
	for (let lamp = 1; lamp <= options.lamps; lamp++)
		fleet.storeWrite(lamp, "update.key", SIGNER.text);
	play({
		fleet,
		network,
		server,
		epochUtc,
		deaf: detour.deaf,
		publish,
		plan: (at, act) => void detour.plans.push({ at, act }),
		onRestart: (act) => void listeners.push(act),
		offer: (lamp, image, more = {}, header = {}) => {
			const path = `/${lamp}.bin`;
			if (!server.files.has(path)) server.files.set(path, image);
			publish(lamp, {
				id: "u1",
				url: `https://${SERVER}${path}`,
				spread: 0,
				header: SIGNER.header(image, { hardware, ...header }),
				notBefore: new Date(epochUtc + clock.now() + 20_000).toISOString(),
				...more,
			});
		},
	});
	let powerCuts = 0;
	const cut = DEATH.indexOf("powerCut");
	const onEffect: EffectListener = (kind, _at, _lamp, value) =>
		void (kind === EFFECT.death && value === cut && (powerCuts += 1));
	const parts = { witnesses: [witness], listeners: [onEffect] };
	const run = new Run({ options, scenario, fleet, network: detour, clock, ...parts });
	try {
		const why = await run.go();
		if (why !== undefined) throw new Error(why);
		const story = (lamp: number) => listOf(stories, lamp);
		return { summary: run.summary(), powerCuts, server, story, restarts, births };
	} finally {
		await network.close();
		fleet.dispose();
	}
}

/** Names of the checks that failed. */
export function broken({ summary }: UpdateRun): string[] {
	return Object.entries(summary.checks)
		.filter(([, { ok }]) => !ok)
		.map(([name, { first }]) => `${name} ${JSON.stringify(first)}`);
}

/**
 * A street where each lamp is offered the image, and its power fails after so many bytes of whatever it
 * writes to flash from then on: image, store and journal.
 */
export async function cutAt(cuts: readonly number[], image: Buffer, seed = 3) {
	const line = `--lamps ${cuts.length} --seed ${seed} --start 2026-11-24T13:00:00+01:00 --duration 60m`;
	return updateStreet(line, (street) => {
		for (const [index, bytes] of cuts.entries()) {
			const lamp = index + 1;
			street.plan(10 * MINUTE, () => {
				street.fleet.armPowerCut(lamp, bytes);
				street.offer(lamp, image);
			});
		}
	});
}
