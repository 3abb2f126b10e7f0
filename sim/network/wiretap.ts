/**
 * Wiretap: a street's network that also reads every MQTT packet in passing, and can act by script.
 *
 * For tests of the broker contract and for figures of its cost. It stands between street and
 * network and passes everything unchanged; the npm codec reads, none of the firmware's own.
 */

import mqtt, { type Packet, type Parser } from "mqtt-packet";
import type { Effect } from "../../hosts/virtual/fleet/fleet.js";
import { EFFECT, INPUT } from "../../hosts/virtual/protocol.js";
import type { Network, Post } from "../street/network.js";
import { ForwardingNetwork } from "./forwarding.js";

/** One packet between a lamp and the broker. */
export interface Passed {
	/** Virtual ms at which the lamp wrote or received its last byte. */
	readonly at: number;
	readonly lamp: number;
	/** From the lamp to the broker; else the other way. */
	readonly isUp: boolean;
	readonly packet: Packet;
	/** Bytes of the packet on the wire, without TCP. */
	readonly bytes: number;
}

/** Acts at an instant that the street has reached, before its lamps do. */
type Act = (at: number) => void;

export class Wiretap extends ForwardingNetwork {
	/** MQTT bytes that passed, packets not yet whole included. */
	bytes = 0;
	readonly #receive: (passed: Passed) => void;
	readonly #parsers = new Map<string, { at: number; readonly parser: Parser }>();
	#script: { readonly at: number; readonly act: Act }[] = [];

	constructor(inner: Network, onPacket: (passed: Passed) => void) {
		super(inner);
		this.#receive = onPacket;
	}

	/** Plans `act` for `at`, virtual ms, which must not have passed. */
	plan(at: number, act: Act): void {
		this.#script.push({ at, act });
		this.#script.sort((a, b) => a.at - b.at);
	}

	override onEffect(...[kind, at, lamp, value, channel, bytes]: Effect): void {
		if (kind === EFFECT.streamOpen) this.#forget(lamp, channel);
		else if (kind === EFFECT.streamWrite) this.#read(at, lamp, channel, true, bytes);
		super.onEffect(kind, at, lamp, value, channel, bytes);
	}

	override nextDue(): number {
		return Math.min(super.nextDue(), this.#script[0]?.at ?? Infinity);
	}

	override deliver(until: number, post: Post): void {
		const due = this.#script.filter(({ at }) => at <= until);
		this.#script = this.#script.slice(due.length);
		for (const { at, act } of due) act(at);
		super.deliver(until, (lamp, at, kind, value, channel = 0, bytes) => {
			if (kind === INPUT.streamReadable && bytes) this.#read(at, lamp, channel, false, bytes);
			post(lamp, at, kind, value, channel, bytes);
		});
	}

	#read(at: number, lamp: number, channel: number, isUp: boolean, bytes: Uint8Array): void {
		const key = `${lamp} ${channel} ${isUp}`;
		let stream = this.#parsers.get(key);
		if (!stream) {
			const made = { at, parser: mqtt.parser() };
			made.parser.on("packet", (packet: Packet) => {
				const { length } = mqtt.generate(packet);
				this.#receive({ at: made.at, lamp, isUp, packet, bytes: length });
			});
			this.#parsers.set(key, made);
			stream = made;
		}
		stream.at = at;
		this.bytes += bytes.length;
		stream.parser.parse(Buffer.from(bytes)); // the effect's bytes do not outlive the call
	}

	#forget(lamp: number, channel: number): void {
		this.#parsers.delete(`${lamp} ${channel} true`);
		this.#parsers.delete(`${lamp} ${channel} false`);
	}
}
