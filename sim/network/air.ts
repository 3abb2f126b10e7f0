/**
 * Air: transmission of the lamps' datagrams: a local network that reaches some poles and loses
 * some.
 *
 * One datagram goes to all lamps in range, to each on a path of its own: lost, doubled or late by
 * chance from the seed. Nothing arrives sooner than a window after it was sent, so all lamps can
 * run a window on their own. The broker is not involved: all lamps of the row listen on the same UDP
 * port.
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT, INPUT } from "../../hosts/virtual/protocol.js";
import { type Random, random } from "../../lib/random.js";
import type { Post } from "../street/network.js";
import type { Actor, Agenda } from "../util/agenda.js";
import { placesOf } from "../world/roadusers.js";

/** Range along the street of a modest radio on a pole, m. */
const RANGE = 100;
/** Largest delay of a path beyond the window, ms. */
const SPREAD = 30;
/** Delay of a datagram that is overtaken, ms. */
const LATE = [100, 3_000] as const;
/** Share of genuine datagrams that come late under `datagramLate`. */
const LATE_SHARE = 0.3;
/** Forged datagrams per genuine one. */
const FORGERIES = 20;
/** Replayed datagrams per genuine one; and one by itself so long after the last, ms. */
const REPLAYS = 5;
const REPLAYED_ALONE = [20_000, 60_000] as const;
const REMEMBERED = 256;

/** Faults of the transmission around one lamp (sim/faults). */
const AIR_FAULTS = ["doubled", "late", "forged", "replayed"] as const;
type AirFault = (typeof AIR_FAULTS)[number];

interface Flight {
	readonly lamp: number;
	readonly port: number;
	readonly bytes: Uint8Array;
}

export class Air implements Actor {
	/** Datagrams sent by lamps, and delivered to lamps. */
	sent = 0;
	delivered = 0;
	readonly #flights = new Map<number, Flight>();
	readonly #received: Flight[] = [];
	readonly #faults: ReadonlySet<AirFault>[];
	readonly #chance: Random;
	readonly #alone = new Set<number>(); // lamps that await a replay by itself
	#count = 0;
	readonly #replay: Actor = {
		due: (at, lamp) => {
			this.#alone.delete(lamp);
			if (!this.#faults[lamp]!.has("replayed")) return;
			const { bytes, port } = this.#anyReceived();
			this.#send(at, { lamp, port, bytes });
			this.#replayLater(at, lamp);
		},
	};

	/** `loss`: share of the datagrams that each path loses. */
	constructor(
		private readonly agenda: Agenda,
		private readonly lamps: number,
		private readonly loss: number,
		seed: number,
		private readonly post: Post,
		/** Smallest delay of a path, ms: the street's longest window. */
		private readonly lookahead: number,
		/** Metres of each lamp along the street. */
		private readonly places = placesOf(lamps),
	) {
		this.#faults = Array.from({ length: lamps }, () => new Set<AirFault>());
		this.#chance = random(seed, "air");
	}

	/** A fault begins or ends around that lamp. */
	setFault(lamp: number, fault: AirFault, on: boolean): void {
		const faults = this.#faults[lamp] as Set<AirFault>;
		if (on) faults.add(fault);
		else faults.delete(fault);
	}

	/** Receives all effects, in order; lamps from 0. */
	onEffect(kind: EffectKind, at: number, lamp: number, port: number, bytes: Uint8Array): void {
		if (kind !== EFFECT.datagram) return;
		this.sent++;
		const copy = Uint8Array.from(bytes); // they do not outlive this call
		const { places, lamps } = this;
		let to = lamp;
		while (to > 0 && places[lamp]! - places[to - 1]! <= RANGE) to--;
		for (; to < lamps && places[to]! - places[lamp]! <= RANGE; to++)
			if (to !== lamp) this.#carry(at, { lamp: to, port, bytes: copy });
	}

	/** A datagram arrives. */
	due(at: number, id: number): void {
		const { lamp, port, bytes } = this.#flights.get(id)!;
		this.#flights.delete(id);
		this.delivered++;
		this.post(lamp, at, INPUT.datagram, port, 0, bytes);
	}

	#carry(at: number, flight: Flight): void {
		const chance = this.#chance;
		if (chance.next() < this.loss) return;
		const faults = this.#faults[flight.lamp]!;
		const isLate = faults.has("late") && chance.next() < LATE_SHARE;
		this.#send(at + (isLate ? chance.between(...LATE) : chance.between(0, SPREAD)), flight);
		if (faults.has("doubled")) this.#send(at + chance.between(...LATE), flight);
		if (faults.has("forged"))
			for (let n = 0; n < FORGERIES; n++)
				this.#send(at + chance.between(0, 1000), this.#forge(flight));
		if (!faults.has("replayed")) return;
		for (let n = 0; n < REPLAYS && this.#received.length > 0; n++) {
			const { bytes } = this.#anyReceived();
			this.#send(at + chance.between(0, 1000), { ...flight, bytes });
		}
		if (this.#received.length > 0) this.#replayLater(at, flight.lamp);
		const isFull = this.#received.length === REMEMBERED;
		this.#received[isFull ? Math.floor(chance.next() * REMEMBERED) : this.#received.length] =
			flight;
	}

	#anyReceived(): Flight {
		return this.#received[Math.floor(this.#chance.next() * this.#received.length)]!;
	}

	#replayLater(at: number, lamp: number): void {
		if (this.#alone.has(lamp)) return;
		this.#alone.add(lamp);
		this.agenda.add(at + this.#chance.between(...REPLAYED_ALONE), this.#replay, lamp);
	}

	/** A forgery with the layout and without the key: a later number, and a random seal. */
	#forge(flight: Flight): Flight {
		const bytes = Uint8Array.from(flight.bytes, (byte, i) =>
			i === 8 || i >= 20 ? Math.floor(this.#chance.next() * 256) : byte,
		);
		return { ...flight, bytes };
	}

	#send(at: number, flight: Flight): void {
		this.#flights.set(this.#count, flight);
		this.agenda.add(at + this.lookahead, this, this.#count++);
	}
}
