/**
 * Drivers: the light of each lamp, from its PWM and its relay, piece by piece (Witness.onDuty).
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { Paths } from "./paths.js";
import type { Witness } from "./witness.js";

export class Drivers {
	readonly #paths: Paths;
	readonly #open: Uint8Array; // the relay's contact
	readonly #cutAt: Float64Array; // no piece begins from here on
	readonly #report: NonNullable<Witness["onDuty"]>;

	constructor(lamps: number, report: NonNullable<Witness["onDuty"]>) {
		this.#paths = new Paths(lamps);
		this.#open = new Uint8Array(lamps);
		this.#cutAt = new Float64Array(lamps).fill(Infinity);
		this.#report = report;
	}

	/** When the next piece begins. */
	get next(): number {
		return this.#paths.next;
	}

	/** Reports the pieces that begin before `until`, and of the lamps up to `last` those at it. */
	carry(until: number, last: number): void {
		const paths = this.#paths;
		for (let at = paths.next; at <= until; at = paths.next) {
			const lamp = paths.first;
			if (at === until && lamp > last) return;
			paths.advance();
			if (!this.#open[lamp] && at < this.#cutAt[lamp]!) this.#shine(at, lamp);
		}
	}

	/** One effect, after the pieces before it. */
	onEffect(kind: EffectKind, at: number, lamp: number, value: number, bytes: Uint8Array): void {
		const paths = this.#paths;
		const wasMoving = paths.isMoving(lamp);
		if (kind === EFFECT.duty) {
			paths.write(at, lamp, value);
			this.#shine(at, lamp);
		} else if (kind === EFFECT.fade) {
			paths.fade(at, lamp, bytes);
			if (wasMoving || bytes.length > 0) this.#shine(at, lamp);
		} else if (kind === EFFECT.relay) {
			this.#open[lamp] = value === 0 ? 1 : 0;
			if (wasMoving || paths.of(lamp).pieceTo > 0) this.#shine(at, lamp);
		}
	}

	/** Power fails at `at`; `fall` follows. */
	cut(at: number, lamp: number): void {
		this.#cutAt[lamp] = at;
	}

	/** The PWM pin is low, and the relay's contact, which needs power to be open, closes. */
	fall(at: number, lamp: number): void {
		this.#paths.write(at, lamp, 0);
		this.#open[lamp] = 0;
		this.#cutAt[lamp] = Infinity;
	}

	/** A driver without power gives no light, at any duty. */
	#shine(at: number, lamp: number): void {
		if (this.#open[lamp]) {
			this.#report(at, lamp, 0, 0, at);
			return;
		}
		const carrier = this.#paths.of(lamp);
		const until = Math.max(at, carrier.pieceUntil);
		this.#report(at, lamp, carrier.dutyAt(at), carrier.pieceTo, until);
	}
}
