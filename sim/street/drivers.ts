/**
 * Drivers: the light of each lamp, from its PWM and its relay or as its driver on a bus drives it,
 * piece by piece (Witness.onDuty).
 */
import type { EffectKind } from "../../hosts/virtual/protocol.js";
import { EFFECT } from "../../hosts/virtual/protocol.js";
import { TimedQueue } from "../util/timedqueue.js";
import { Paths } from "./paths.js";
import type { Witness } from "./witness.js";

/** Light that a driver on a bus drives from an instant on. */
interface Plan {
	readonly at: number;
	readonly lamp: number;
	readonly life: number;
	readonly duty: number;
	readonly path: Uint32Array;
}

export class Drivers {
	readonly #plans = new TimedQueue<Plan>();
	readonly #lives: Int32Array; // plans before a loss of power are void
	readonly #paths: Paths;
	readonly #open: Uint8Array; // the relay's contact
	readonly #cutAt: Float64Array; // no piece begins from here on
	readonly #report: NonNullable<Witness["onDuty"]>;

	constructor(lamps: number, report: NonNullable<Witness["onDuty"]>) {
		this.#paths = new Paths(lamps);
		this.#open = new Uint8Array(lamps);
		this.#lives = new Int32Array(lamps);
		this.#cutAt = new Float64Array(lamps).fill(Infinity);
		this.#report = report;
	}

	/** When the next piece begins. */
	get next(): number {
		return Math.min(this.#paths.next, this.#plans.nextDue());
	}

	/** A driver on a bus shines so from `at` on, which may be ahead. */
	plan(at: number, lamp: number, duty: number, path: Uint32Array): void {
		this.#plans.push({ at, lamp, life: this.#lives[lamp]!, duty, path });
	}

	/** Reports the pieces that begin before `until`, and of the lamps up to `last` those at it. */
	carry(until: number, last: number): void {
		for (let plan = this.#plans.take(until); plan; plan = this.#plans.take(until)) {
			this.#carryPieces(plan.at, plan.lamp - 1); // a piece that ends now goes on in this one
			this.#take(plan);
		}
		this.#carryPieces(until, last);
	}

	#carryPieces(until: number, last: number): void {
		const paths = this.#paths;
		for (let at = paths.next; at <= until; at = paths.next) {
			const lamp = paths.first;
			if (at === until && lamp > last) return;
			paths.advance();
			if (!this.#open[lamp] && at < this.#cutAt[lamp]!) this.#shine(at, lamp);
		}
	}

	#take({ at, lamp, life, duty, path }: Plan): void {
		const paths = this.#paths;
		if (life !== this.#lives[lamp] || at >= this.#cutAt[lamp]!) return;
		const isSame = path.length === 0 && !paths.isMoving(lamp) && paths.of(lamp).pieceTo === duty;
		if (isSame) return;
		paths.follow(at, lamp, duty, path);
		this.#shine(at, lamp);
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

	/** The light that a driver on a bus has kept while its lamp restarted. */
	report(at: number, lamp: number): void {
		this.#shine(at, lamp);
	}

	/** Power fails at `at`; `fall` follows. */
	cut(at: number, lamp: number): void {
		this.#cutAt[lamp] = at;
	}

	/** The PWM pin is low, and the relay's contact, which needs power to be open, closes. */
	fall(at: number, lamp: number): void {
		this.#paths.write(at, lamp, 0);
		this.#lives[lamp]!++;
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
