/**
 * Street: the loop that runs lamps, world and network in one virtual time.
 *
 * Virtual ms from 0. The next instant at which anything is due opens a window: the world and the
 * network post the inputs that fall into it, then all lamps run through it on their own, while the
 * broker handles the messages that reach it in the window. Then the effects are passed on, and
 * between them the pieces of fades, in order of instant, then lamp. No effect returns within the
 * window (sim/street/network.ts), so the outcome does not depend on the order in which lamps run
 * (conservative parallel simulation: Chandy, Misra 1979).
 */

import type { Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { EffectKind, POWER_CAUSE } from "../../hosts/virtual/protocol.js";
import { DEATH, EFFECT } from "../../hosts/virtual/protocol.js";
import { textOf } from "../../lib/bytes.js";
import type { Actor, Agenda } from "../util/agenda.js";
import type { Clock } from "./clock.js";
import { Drivers } from "./drivers.js";
import type { Network, Post } from "./network.js";
import type { Witness } from "./witness.js";

/** Boot loader and start of the engine, until the firmware runs, ms. */
const REBOOT = 300;
const RESTART_CAUSE = "restart";
const NO_BYTES = new Uint8Array(0);
/** A watchdog reset has a cause of its own; the rest are crashes (esp_reset_reason). */
const CAUSE_OF_DEATH = DEATH.map((death): (typeof POWER_CAUSE)[number] =>
	death === "watchdog" ? "watchdog" : death === "powerCut" ? "powerOn" : "crash",
);

/** Called when a lamp starts, ends or shines; implemented by the world. */
export interface LampListener {
	onBoot(at: number, lamp: number): void;
	onEnd(at: number, lamp: number): void;
	/** As of Witness. */
	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void;
	/** Its radio sends. */
	onTransmission?(at: number, lamp: number): void;
}

/** Receives every effect, in order; for the trace and the page. */
export type EffectListener = (
	kind: EffectKind,
	at: number,
	lamp: number,
	value: number,
	bytes: Uint8Array,
	channel: number,
) => void;

/** Drivers on buses, which feed their lamps; implemented by the world. */
export interface Buses {
	/** Mains power of a driver comes or goes; again and again the same is nothing. */
	power(at: number, lamp: number, isOn: boolean): void;
	/** The lamp sends a frame, + 16777216 if twice; `number` is that of the answer. */
	send(at: number, lamp: number, frame: number, number: number): void;
	/** The frame that the host sends if the machine dies; below 0: none. */
	arm(lamp: number, frame: number): void;
	/** The machine has died and its host has not. */
	onDeath(at: number, lamp: number): void;
}

interface StreetParts {
	/** Absent: the lamps have a PWM and a relay. */
	readonly buses?: Buses;
	readonly fleet: Fleet;
	readonly network: Network;
	readonly agenda: Agenda;
	readonly clock: Clock;
	readonly witness: Witness;
	readonly world: LampListener;
	readonly listeners: readonly EffectListener[];
	/** The longest window, ms (sim/street/network.ts); the network may allow less. */
	readonly lookahead: number;
}

/** Posts the world's inputs to a fleet; the world counts lamps from 0. */
export function postTo(fleet: Fleet): Post {
	return (lamp, at, kind, value, channel, bytes) =>
		fleet.post(fleet.first + lamp, at, kind, value, channel, bytes);
}

export class Street {
	readonly #parts: StreetParts;
	readonly #causes: (typeof POWER_CAUSE)[number][];
	#reached = -1; // everything up to here has happened
	#windowEnd = 0;
	#stopping = false;
	/** Machines that ended prematurely, requested restarts not counted. */
	deaths = 0;
	/** Text of the first death, for the person who reads the summary. */
	firstDeath: string | undefined;
	readonly #drivers: Drivers;
	readonly #post: Post;
	readonly #cuts: [at: number, lamp: number][] = []; // of this window
	readonly #cut: Actor = {
		due: (at, lamp) => {
			this.#parts.fleet.cut(this.#parts.fleet.first + lamp, at);
			this.#dark.add(lamp);
			this.#drivers.cut(at, lamp);
			this.#cuts.push([at, lamp]);
		},
	};
	readonly #dark = new Set<number>(); // lamps without power
	readonly #start: Actor = {
		due: (at, lamp) => {
			if (this.#cuts.some(([, cutLamp]) => cutLamp === lamp)) this.#interrupt(at, lamp);
			else {
				this.#dark.delete(lamp);
				this.#boot(at, lamp);
			}
		},
	};
	readonly #again: Actor = {
		due: (at, lamp) => {
			if (!this.#dark.has(lamp)) this.#boot(at, lamp);
		},
	};

	constructor(parts: StreetParts) {
		this.#parts = parts;
		const { fleet } = parts;
		this.#causes = new Array(fleet.count).fill("powerOn");
		const { world, witness } = parts;
		this.#drivers = new Drivers(fleet.count, (at, lamp, duty, to, until) => {
			world.onDuty(at, lamp, duty, to, until);
			witness.onDuty?.(at, lamp, duty, to, until);
		});
		this.#post = (lamp, at, kind, value, channel, bytes) =>
			fleet.post(lamp, at, kind, value, channel, bytes);
	}

	/** Instant up to which everything has happened, virtual ms. */
	get reached(): number {
		return Math.max(0, this.#reached);
	}

	/** A driver on a bus shines so from `at` on: a duty, and points behind it as of Dimmer.fade. */
	shine(at: number, lamp: number, duty: number, path: Uint32Array): void {
		this.#drivers.plan(at, lamp, duty, path);
	}

	/** Power on at `at`. */
	powerOn(at: number, lamp: number): void {
		this.#parts.agenda.add(at, this.#start, lamp);
	}

	/** Power off at `at`; the lamp stays dark until `powerOn`. */
	powerOff(at: number, lamp: number): void {
		this.#parts.agenda.add(at, this.#cut, lamp);
	}

	/** Ends the run before the next window. */
	stop(): void {
		this.#stopping = true;
		this.#parts.clock.interrupt();
	}

	/** Runs to `end` (virtual ms, that instant not included) or until `stop`. */
	async run(end: number): Promise<void> {
		const { network, clock, lookahead } = this.#parts;
		while (!this.#stopping) {
			const due = Math.max(this.#due(), this.#reached + 1);
			const at = Math.min(due, end - 1);
			const pause = clock.until(at);
			if (pause) {
				await pause;
				continue; // an earlier input may have come from outside
			}
			if (due >= end) break;
			const span = Math.min(lookahead, network.lookahead ?? lookahead);
			const work = this.#window(at, Math.min(at + span - 1, end - 1));
			if (work) await work;
			const noise = network.quiet(); // bytes of this window, on their way to a broker outside
			if (noise) await noise;
		}
		if (!this.#stopping) await this.#window(end - 1, end - 1);
	}

	/** Power returns in the window of its cut: the window ends before, for the cut comes first. */
	#interrupt(at: number, lamp: number): void {
		const { agenda } = this.#parts;
		this.#windowEnd = at - 1;
		agenda.add(at, this.#start, lamp);
		agenda.pause();
	}

	#due(): number {
		const { agenda, fleet, network } = this.#parts;
		const soonest = Math.min(agenda.next, fleet.nextDue(), network.nextDue(), this.#drivers.next);
		return Math.floor(soonest);
	}

	/** Everything from `at` up to `end` at most; nothing is due before `at`. */
	#window(at: number, end: number): Promise<void> | undefined {
		const { agenda, network, clock, witness } = this.#parts;
		if (end <= this.#reached) return undefined;
		witness.advance?.(at - 1); // nothing happened since the last window
		clock.reach(at); // acts of the world now happen at this instant or later
		this.#windowEnd = end;
		agenda.run(end);
		const until = this.#windowEnd;
		network.deliver(until, this.#post);
		this.#reached = until;
		clock.reach(until);
		const work = network.quiet();
		if (!work) this.#finish(until);
		return work?.then(() => this.#finish(until));
	}

	/** The broker's work in the window is done; its answers arrive after it. */
	#finish(until: number): void {
		const { fleet, witness } = this.#parts;
		fleet.run(until);
		fleet.effects(this.#effect);
		this.#drivers.carry(until, fleet.count);
		for (const [when, lamp] of this.#cuts.splice(0)) this.#goDark(when, lamp);
		witness.advance?.(until);
	}

	readonly #effect = (
		kind: EffectKind,
		at: number,
		number: number,
		value: number,
		channel: number,
		bytes: Uint8Array,
	): void => {
		const { fleet, network, world, listeners } = this.#parts;
		const lamp = number - fleet.first;
		this.#drivers.carry(at, lamp);
		const { buses } = this.#parts;
		if (kind === EFFECT.duty || kind === EFFECT.fade || kind === EFFECT.relay) {
			if (!buses) this.#drivers.onEffect(kind, at, lamp, value, bytes);
		} else if (kind === EFFECT.busSend) {
			buses?.send(at, lamp, value, channel);
		} else if (kind === EFFECT.busArm) {
			buses?.arm(lamp, value);
		} else if (kind === EFFECT.streamWrite || kind === EFFECT.datagram) {
			world.onTransmission?.(at, lamp);
			this.#parts.witness.onTransmission?.(at, lamp);
		} else if (kind === EFFECT.restart || kind === EFFECT.death) {
			this.#end(kind, at, lamp, value, bytes);
		}
		network.onEffect(kind, at, number, value, channel, bytes); // lamps as the fleet counts
		for (const listen of listeners) listen(kind, at, lamp, value, bytes, channel);
	};

	#boot(at: number, lamp: number): void {
		const { fleet, witness, world } = this.#parts;
		const cause = this.#causes[lamp]!;
		this.#parts.buses?.power(at, lamp, true);
		fleet.boot(fleet.first + lamp, at, cause);
		witness.onBoot?.(at, lamp, cause !== "powerOn");
		world.onBoot(at, lamp);
		if (this.#parts.buses && cause !== "powerOn") this.#drivers.report(at, lamp);
	}

	/** Reported after the lamps' effects in the window, the lamp's own last ones included. */
	#goDark(at: number, lamp: number): void {
		const { fleet, network, witness, world, listeners } = this.#parts;
		const cut = DEATH.indexOf("powerCut");
		this.#causes[lamp] = "powerOn";
		this.#drivers.fall(at, lamp);
		this.#parts.buses?.power(at, lamp, false);
		world.onEnd(at, lamp);
		witness.onEnd?.(at, lamp);
		network.onEffect(EFFECT.death, at, fleet.first + lamp, cut, 0, NO_BYTES);
		for (const listen of listeners) listen(EFFECT.death, at, lamp, cut, NO_BYTES, 0);
	}

	#end(kind: EffectKind, at: number, lamp: number, value: number, bytes: Uint8Array): void {
		const { fleet, witness, world, buses } = this.#parts;
		this.#causes[lamp] = RESTART_CAUSE;
		const isCut = kind === EFFECT.death && DEATH[value] === "powerCut";
		if (!buses || isCut) this.#drivers.fall(at, lamp); // a driver on a bus shines on
		if (isCut) buses?.power(at, lamp, false);
		else if (kind === EFFECT.death) buses?.onDeath(at, lamp);
		if (kind === EFFECT.death) {
			this.#causes[lamp] = CAUSE_OF_DEATH[value] ?? "crash";
			if (DEATH[value] !== "powerCut") {
				this.deaths++;
				this.firstDeath ??= `lamp ${fleet.first + lamp}: ${DEATH[value]}: ${textOf(bytes)}`;
			}
		}
		world.onEnd(at, lamp);
		witness.onEnd?.(at, lamp);
		this.#parts.agenda.add(at + REBOOT, this.#again, lamp);
	}
}
