/**
 * Access point: the street's Wi-Fi, which admits lamps with its name and password.
 *
 * A lamp is on Ethernet until it names a Wi-Fi; then it receives inputs of the network only if the
 * name and password are those of this one. The request of a lamp is printed nowhere.
 */

import { EFFECT, type EffectKind, INPUT, JOIN_FAILURE } from "../../hosts/virtual/protocol.js";
import { textOf } from "../../lib/bytes.js";
import { LOOKAHEAD, type Post } from "../street/network.js";
import type { Actor, Agenda } from "../util/agenda.js";

/** The settings with which a lamp is admitted (docs/street.md). */
export const WIFI_NAME = "city-lights";
export const WIFI_PASSWORD = "one lamp, one night";
/** Scan, association, key exchange and DHCP, ms; a refusal takes as long. */
const JOINING = 2_500;
/** The machine's format: name, line feed, password. Without a name: Ethernet. */
const CABLE = "\n";

export class AccessPoint implements Actor {
	readonly #requested: string[];
	/** The end of each lamp's latest attempt; Infinity: none is under way. */
	readonly #joinsAt: number[];
	/** Lamps that no radio reaches (sim/faults). */
	readonly #lost = new Set<number>();

	constructor(
		private readonly agenda: Agenda,
		lamps: number,
		private readonly post: Post,
		/** A time server's answer reached a lamp. */
		private readonly onTime: (at: number, lamp: number, utc: number) => void = () => {},
	) {
		this.#requested = new Array(lamps).fill(CABLE);
		this.#joinsAt = new Array(lamps).fill(Infinity);
	}

	/** Receives all effects, in order; lamps from 0. */
	onEffect(kind: EffectKind, at: number, lamp: number, _value: number, bytes: Uint8Array): void {
		if (kind === EFFECT.restart || kind === EFFECT.death) {
			this.#requested[lamp] = CABLE;
			this.#joinsAt[lamp] = Infinity;
		} else if (kind === EFFECT.wifi) {
			this.#requested[lamp] = textOf(bytes);
			this.#joinsAt[lamp] = at + JOINING;
			this.agenda.add(at + LOOKAHEAD, this, lamp);
			this.agenda.add(at + JOINING, this, lamp);
		}
	}

	due(at: number, lamp: number): void {
		if (this.#joinsAt[lamp] === Infinity) return;
		const hasEnded = at >= this.#joinsAt[lamp]!;
		const isIn = hasEnded && this.lets(lamp);
		this.post(lamp, at, INPUT.network, isIn ? 1 : hasEnded ? this.#whyNot(lamp) : 0);
	}

	/** The lamp is out of the network's reach, or in it again. */
	setReach(at: number, lamp: number, reaches: boolean): void {
		if (reaches) this.#lost.delete(lamp);
		else this.#lost.add(lamp);
		this.post(lamp, at, INPUT.network, this.lets(lamp) ? 1 : 0);
	}

	/** Whether the lamp is in the network, its attempt over. */
	lets(lamp: number): boolean {
		if (this.#lost.has(lamp)) return false;
		const asked = this.#requested[lamp]!;
		return asked.startsWith(CABLE) || asked === `${WIFI_NAME}\n${WIFI_PASSWORD}`;
	}

	/** The input of a lamp that is not admitted. */
	#whyNot(lamp: number): number {
		const isNamed = this.#requested[lamp]!.startsWith(`${WIFI_NAME}\n`) && !this.#lost.has(lamp);
		return 2 + JOIN_FAILURE.indexOf(isNamed ? "wifiRefused" : "wifiNotFound");
	}

	/** `post` for inputs of the network: nothing for a lamp that is not in it. */
	readonly carry: Post = (lamp, at, kind, value, channel, bytes) => {
		if (!this.lets(lamp)) return;
		if (kind === INPUT.time) this.onTime(at, lamp, value ?? 0);
		this.post(lamp, at, kind, value, channel, bytes);
	};
}
