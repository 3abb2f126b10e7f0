/**
 * Night bench: lamps that one core can run on a vacant street; memory after a night with traffic.
 */

import type { Fleet, Image } from "../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../hosts/virtual/fleet/wasmfleet.js";
import { INPUT } from "../hosts/virtual/protocol.js";
import { HOUR } from "../lib/spans.js";
import { rehearse } from "../sim/files/stage.js";
import { createNoNetwork } from "../sim/network/offline.js";
import { createNetwork } from "../sim/ports/streetports.js";
import { nodeOf, ROOT, SITE } from "../sim/run/install.js";
import { Run } from "../sim/run/run.js";
import { Clock } from "../sim/street/clock.js";
import { LOOKAHEAD, type Network, type Post } from "../sim/street/network.js";
import { type LampListener, postTo, Street } from "../sim/street/street.js";
import { Agenda } from "../sim/util/agenda.js";
import { LightSensors } from "../sim/world/lightsensor.js";
import { createSky } from "../sim/world/sky.js";
import { bootInstant, FULL_DUTY, LATITUDE, LONGITUDE } from "../sim/world/world.js";
import type { Print } from "./lamp.js";
import {
	bareImage,
	cpuMs,
	DUSK_UTC,
	EMPTY_HANDLER,
	firmware,
	grouped,
	NIGHT,
	setUp,
	theEngine,
} from "./lamp.js";

const SEED = 7;
const LAMPS = 200;
/** With a broker; fewer lamps, so that the run takes as long. */
const LAMPS_ONLINE = 100;
const LAMPS_OF_TRAFFIC = 12;
const AIM_OFF = 1_000_000;
const AIM_ONLINE = 300_000;
const AIM_KB = 24;
const SLOT_BYTES = 16;

/** Sky, network and time server, no road users and no false triggers. */
class QuietWorld implements LampListener {
	readonly #sensors: LightSensors;
	readonly #duties: number[];
	readonly #shone: Set<number> = new Set();

	constructor(
		private readonly agenda: Agenda,
		private readonly post: Post,
		lamps: number,
	) {
		this.#duties = new Array(lamps).fill(0);
		const sky = createSky(SEED, LATITUDE, LONGITUDE);
		this.#sensors = new LightSensors(agenda, sky, DUSK_UTC, lamps, SEED, false, post, {});
	}

	onBoot(at: number, lamp: number): void {
		this.#sensors.onBoot(at, lamp);
		const time = {
			due: (now: number) => {
				this.post(lamp, now, INPUT.time, DUSK_UTC + now);
				this.agenda.add(now + HOUR, time);
			},
		};
		this.agenda.add(at + 2000, { due: (now) => this.post(lamp, now, INPUT.network, 1) });
		this.agenda.add(at + 3000, time);
	}

	onEnd(at: number, lamp: number): void {
		this.#sensors.onEnd(at, lamp);
	}

	/** All lamps were lit in the night and are dark after dawn; else the figure is not valid. */
	get isRight(): boolean {
		return this.#shone.size === this.#duties.length && this.#duties.every((duty) => duty === 0);
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#duties[lamp] = to;
		if (duty > 0 && at > NIGHT / 2) this.#shone.add(lamp);
		this.#sensors.onLight(at, lamp, duty / FULL_DUTY, to / FULL_DUTY, until);
	}
}

/** Wall time of the parts of a run; only their proportions are used. */
class Shares {
	readonly #began = performance.now();
	lamps = 0;
	broker = 0;

	fleet(fleet: Fleet): Fleet {
		const run = (until: number) => {
			const from = performance.now();
			fleet.run(until);
			this.lamps += performance.now() - from;
		};
		return Object.assign(Object.create(fleet) as Fleet, { run });
	}

	network(network: Network): Network {
		const timed = <T>(work: () => T): T => {
			const from = performance.now();
			const result = work();
			this.broker += performance.now() - from;
			return result;
		};
		const rest = async (noise: Promise<void>) => {
			const from = performance.now();
			await noise;
			this.broker += performance.now() - from;
		};
		return {
			get published() {
				return network.published;
			},
			onEffect: (...effect) => timed(() => network.onEffect(...effect)),
			nextDue: () => network.nextDue(),
			deliver: (until, post) => timed(() => network.deliver(until, post)),
			quiet: () => {
				const noise = network.quiet();
				return noise && rest(noise);
			},
			close: () => network.close(),
		};
	}

	toString(): string {
		const all = performance.now() - this.#began;
		const percent = (part: number) => `${Math.round((100 * part) / all)} %`;
		const street = percent(all - this.lamps - this.broker);
		return `lamps ${percent(this.lamps)}, network and broker ${percent(this.broker)}, street ${street}`;
	}
}

interface Night {
	readonly perSecond: number;
	readonly turns: number;
	readonly published: number;
	readonly shares: string;
}

async function quietNight(image: Image, lamps: number, online: boolean): Promise<Night> {
	const options = { image, first: 1, count: lamps, seed: SEED, epochUtc: DUSK_UTC };
	const fleet = createFleet(options, await theEngine());
	setUp(fleet, DUSK_UTC, online);
	const clock = new Clock(Infinity);
	const plain = online
		? await createNetwork({
				lamps,
				seed: SEED,
				epochUtc: DUSK_UTC,
				broker: "embedded",
				port: 0,
				root: ROOT,
				site: SITE,
				nodeOf,
				now: () => clock.now(),
				print() {},
			})
		: createNoNetwork();
	const agenda = new Agenda();
	const world = new QuietWorld(agenda, postTo(fleet), lamps);
	const shares = new Shares();
	const timed = { fleet: shares.fleet(fleet), network: shares.network(plain) };
	const street = new Street({
		...timed,
		agenda,
		clock,
		world,
		witness: {},
		lookahead: LOOKAHEAD,
		listeners: [],
	});
	for (let lamp = 0; lamp < lamps; lamp++) street.powerOn(bootInstant(SEED, lamp), lamp);
	const cpu = cpuMs();
	await street.run(NIGHT);
	const seconds = (cpuMs() - cpu) / 1000;
	const shareText = shares.toString();
	await plain.close();
	if (street.deaths > 0) throw new Error(`bench: ${street.firstDeath}`);
	if (image.main === "host/main" && !world.isRight) throw new Error("bench: not lit by night");
	const { turns } = fleet.statistics(1)!;
	fleet.dispose();
	const perSecond = (lamps * NIGHT) / 1000 / seconds;
	return { perSecond, turns, published: plain.published, shares: shareText };
}

/** Lamp-seconds per second and core. */
export async function benchNight(print: Print): Promise<void> {
	print(
		`quiet night, ${NIGHT / HOUR} h from 16:30 in Liege, nobody passes, lamp-seconds per CPU second`,
	);
	const line = (what: string, lamps: number, night: Night, aim: string) => {
		const figure = grouped(night.perSecond).padStart(10);
		print(`  ${what.padEnd(40)} ${figure}  ${lamps} lamps, ${night.turns} turns a lamp${aim}`);
		print(`  ${"".padEnd(52)} ${night.shares}`);
	};
	const bare = await quietNight(bareImage(EMPTY_HANDLER), LAMPS, false);
	line("bare program, the same inputs", LAMPS, bare, "");
	const off = await quietNight(firmware(), LAMPS, false);
	line("firmware, no broker", LAMPS, off, `; aim ${grouped(AIM_OFF)}`);
	const online = await quietNight(firmware(), LAMPS_ONLINE, true);
	const published = (online.published / LAMPS_ONLINE).toFixed(0);
	const aim = `, ${published} reports a lamp; aim ${grouped(AIM_ONLINE)}`;
	line("firmware, reports each 900 s to aedes", LAMPS_ONLINE, online, aim);
}

/** A lamp's memory after a night with road users, orders and the embedded broker. */
export async function benchHeap(print: Print): Promise<void> {
	const args = ["--lamps", String(LAMPS_OF_TRAFFIC), "--seed", String(SEED)];
	const hours = `${NIGHT / HOUR}h`;
	const start = new Date(DUSK_UTC).toISOString();
	const image = firmware();
	const stage = await rehearse([...args, "--start", start, "--duration", hours], image);
	const { fleet, network } = stage;
	const street = new Run(stage);
	const cpu = cpuMs();
	const why = await street.go();
	if (why !== undefined) throw new Error(why);
	const seconds = (cpuMs() - cpu) / 1000;
	const summary = street.summary();
	const largest = (of: (lamp: number) => number) =>
		Math.max(...Array.from({ length: LAMPS_OF_TRAFFIC }, (_, i) => of(i + 1)));
	const live = largest((lamp) => {
		const { slotsLive, chunksLive_bytes } = fleet.statistics(lamp)!;
		return slotsLive * SLOT_BYTES + chunksLive_bytes;
	});
	const chunks = largest((lamp) => fleet.statistics(lamp)!.chunksLive_bytes);
	const { heap } = summary;
	const { slots, chunkBytes, stackSlots } = image.creation;
	print(
		`a lamp after a night with traffic, ${NIGHT / HOUR} h, ${LAMPS_OF_TRAFFIC} lamps, embedded broker; largest of all`,
	);
	print(`  live after a collection ${(live / 1024).toFixed(1)} KB; aim ${AIM_KB} KB`);
	print(
		`    slots ${heap.slotsLive} of ${slots}, peak ${heap.slotsPeak}; chunks ${chunks} of ${chunkBytes} bytes`,
	);
	print(
		`  stack peak ${heap.stackPeak_slots} of ${stackSlots} slots; ${Math.round(heap.collections / LAMPS_OF_TRAFFIC)} collections a lamp`,
	);
	print(
		`  ${summary.sensorChanges} PIR edges, ${summary.published} reports, ${summary.deaths} deaths, ${seconds.toFixed(1)} s CPU with all checks`,
	);
	await network.close();
	fleet.dispose();
}
