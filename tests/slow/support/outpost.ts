/**
 * Outpost: one lamp of the firmware in an XS machine, on real TCP to a real broker.
 *
 * Time is virtual and jumps from one thing to the next; while an answer of the broker is due it
 * waits (sim/network/broker/external.ts), so that an hour of a lamp's life takes a second.
 */

import { readImage } from "../../../hosts/virtual/engine/image.js";
import type { Fleet } from "../../../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../../../hosts/virtual/fleet/wasmfleet.js";
import { DEATH, EFFECT, INPUT, STREAM_END } from "../../../hosts/virtual/protocol.js";
import { projectRoot } from "../../../lib/root.mjs";
import { MINUTE } from "../../../lib/spans.js";
import { LampStreams } from "../../../sim/network/streams.js";
import { targetOf } from "../../../sim/network/target.js";
import { ExternalBroker } from "../../../sim/ports/external.js";
import { KEPT, KEPT_AS, keysFor } from "../../support/technician.js";
import { theEngine } from "../../support/xsstreet.js";

const LAMP = 1;
export const NODE = "luminode/1/liege/pole-00001";
export const SERIAL = "L00001";
/** Someone passes, and a technician turns a setting to and fro: a report each, an event each. */
const PASSERS_EVERY = 2 * MINUTE;
const TURNS_EVERY = 7 * MINUTE;

export interface OutpostOptions {
	/** Where the lamp's streams lead. */
	readonly port: number;
	/** Of the section `link`, beside host and port. */
	readonly link?: Readonly<Record<string, unknown>>;
	/** PEM by key of the store: `tls.ca`, `tls.cert`, `tls.key`. */
	readonly store?: Readonly<Record<string, string>>;
	/** Whether a time server answers (yes). */
	readonly hasTime?: boolean;
}

export class Outpost {
	now = 0;
	/** How its streams ended. */
	readonly ends: string[] = [];
	readonly deaths: string[] = [];
	serial = "";
	readonly epochUtc = Math.floor(Date.now() / 1000) * 1000;
	readonly #ways = new LampStreams(7);
	readonly #side: ExternalBroker;
	#passers = Infinity;
	#turns = Infinity;
	#turn = 0;

	private constructor(
		readonly fleet: Fleet,
		readonly options: OutpostOptions,
	) {
		const { port } = options;
		this.#side = new ExternalBroker({
			ways: this.#ways,
			host: "127.0.0.1",
			port,
			orderFilters: [],
			ears: { onReport: () => {}, onOrder: () => {} },
			credential: (lamp, key) => fleet.storeRead(lamp, key),
			now: () => Math.ceil(this.now),
		});
	}

	static async of(options: OutpostOptions): Promise<Outpost> {
		const image = readImage(projectRoot(), {});
		const epochUtc = Math.floor(Date.now() / 1000) * 1000;
		const about = { image, first: LAMP, count: 1, seed: 7, epochUtc };
		const fleet = createFleet(about, await theEngine());
		const link = {
			brokerHost: "127.0.0.1",
			brokerPort: options.port,
			brokerTls: false,
			reconnectSpread: 10,
			telemetryInterval: 60,
			...options.link,
		};
		const sections = { identity: { site: "liege", node: "pole-00001" }, link };
		for (const [name, values] of Object.entries(sections))
			fleet.storeWrite(LAMP, `set.${name}`, JSON.stringify(values));
		for (const [key, text] of Object.entries(options.store ?? {}))
			fleet.storeWrite(LAMP, key, text);
		fleet.storeWrite(LAMP, KEPT_AS, KEPT);
		return new Outpost(fleet, options).boot();
	}

	/** Power comes, then network and time. */
	boot(): this {
		const at = Math.ceil(this.now) + 1;
		this.fleet.boot(LAMP, at, "powerOn");
		this.#post(at + 1000, INPUT.illuminance, 2);
		this.#post(at + 2000, INPUT.network, 1);
		if (this.options.hasTime !== false)
			this.#post(at + 3000, INPUT.time, this.epochUtc + at + 3000);
		this.#passers = at + PASSERS_EVERY;
		this.#turns = at + TURNS_EVERY;
		return this;
	}

	/** Power goes and comes back. */
	restart(): void {
		this.fleet.cut(LAMP, Math.ceil(this.now) + 1);
		this.#ways.lose(LAMP);
		this.now = Math.ceil(this.now) + 1;
		this.boot();
	}

	type(text: string): void {
		this.#post(Math.ceil(this.now) + 1, INPUT.serialReadable, text.length, Buffer.from(text));
	}

	/** Lets things happen until `done`, or for `span` of virtual time. @returns whether it was done */
	async run(span: number, done: () => boolean = () => false): Promise<boolean> {
		const until = this.now + span;
		while (!done()) {
			const due = Math.min(this.fleet.nextDue(), this.#ways.nextDue(), this.#passers, this.#turns);
			const at = Math.max(Math.ceil(Math.min(due, until)), this.now);
			this.#pass(at);
			this.#step(at);
			await new Promise(setImmediate); // sockets
			while (this.#side.quiet() && !done())
				await Promise.race([this.#side.quiet(), new Promise((resolve) => setTimeout(resolve, 5))]);
			if (at >= until && this.#ways.nextDue() > until) break;
		}
		return done();
	}

	async close(): Promise<void> {
		await this.#side.close();
		this.fleet.dispose();
	}

	#post(at: number, kind: (typeof INPUT)[keyof typeof INPUT], value = 0, bytes?: Uint8Array): void {
		this.fleet.post(LAMP, at, kind, value, 0, bytes);
	}

	#pass(at: number): void {
		for (; this.#passers <= at; this.#passers += PASSERS_EVERY) {
			this.#post(this.#passers, INPUT.movement);
			this.#post(this.#passers + 5000, INPUT.stillness);
		}
		for (; this.#turns <= at; this.#turns += TURNS_EVERY)
			this.#post(this.#turns, INPUT.serialReadable, 0, this.#setting());
	}

	#setting(): Buffer {
		this.#turn = 1 - this.#turn;
		return Buffer.from(keysFor(`set hold ${60 + this.#turn}`));
	}

	#step(at: number): void {
		this.#ways.deliver(at, (lamp, when, kind, value = 0, channel = 0, bytes) => {
			if (kind === INPUT.streamClosed) this.ends.push(STREAM_END[value]!);
			this.fleet.post(lamp, when, kind, value, channel, bytes);
		});
		this.fleet.run(at);
		this.now = at;
		const acts: (() => void)[] = [];
		this.fleet.effects((kind, when, lamp, value, channel, bytes) => {
			const copy = Buffer.from(bytes);
			acts.push(() => this.#see(kind, when, lamp, value, channel, copy));
		});
		for (const act of acts) act();
	}

	#see(
		kind: number,
		at: number,
		lamp: number,
		value: number,
		channel: number,
		bytes: Buffer,
	): void {
		if (kind === EFFECT.serialWrite) {
			this.serial += bytes.toString();
			this.#post(this.now + 1, INPUT.serialWritable, bytes.length);
			return;
		}
		if (kind === EFFECT.death) this.deaths.push(`${DEATH[value]}: ${bytes}`);
		if (kind === EFFECT.streamOpen)
			this.#side.onOpen(this.#ways.open(lamp, channel), at, targetOf(value, bytes));
		const way = this.#ways.get(lamp, channel);
		if (way && kind === EFFECT.streamSecure) this.#side.onSecure(way);
		else if (way && kind === EFFECT.streamWrite) this.#side.onBytes(way, at, bytes);
		else if (way && kind === EFFECT.streamClose) {
			this.#side.onClose(way);
			this.#ways.end(lamp, channel);
		}
	}
}
