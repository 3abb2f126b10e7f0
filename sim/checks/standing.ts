/**
 * Standing: the orders that a lamp may follow, and the latest instant at which each must be over.
 *
 * An order states its end as a date. A lamp that boots without a date counts what was left when it
 * was last stored: by docs/broker.md up to two hours of it twice, and no time without power, so that
 * an order may be in force after its date until the lamp has the right one. A lamp whose store takes
 * nothing may begin anew at each boot.
 */

import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import type { Dates } from "./dates.js";
import { Overlaps } from "./overlaps.js";

/** The rest of an order is stored at least so often. */
const STORED_EACH = 2 * HOUR;

/** After the end of a trouble of the link the next attempt may be so late (docs/reconnection.md). */
const BACK_ONLINE = 75 * MINUTE;
/** So many orders within this time are a flood, of which a lamp refuses some. */
const FLOOD = 6;
const FLOOD_WITHIN = MINUTE;
/** From a boot until it is in its broker's session, without a trouble of network or broker. */
const ONLINE_AFTER = 60_000;

/** An order is stored and answered by then; a life that ends before may lose it (docs/broker.md). */
const REPLY_WITHIN = 5_000;

interface Order extends OrderSent {
	/** Its latest end, virtual ms. */
	ends: number;
	/** Likewise in a life without the right date, if power had failed before its end. */
	undated: number;
}

export class Standing implements Witness {
	readonly #orders: Order[][];
	readonly #runsSince: Float64Array;
	readonly #endedAt: Float64Array;
	readonly #worn: Uint8Array;
	/** Troubles of its link. */
	readonly #troubles: Overlaps;
	/** Orders that must have reached their lamp. */
	readonly #received = new Set<string>();

	constructor(
		count: number,
		private readonly dates: Dates,
	) {
		this.#orders = Array.from({ length: count }, () => []);
		this.#runsSince = new Float64Array(count).fill(Infinity);
		this.#endedAt = new Float64Array(count);
		this.#worn = new Uint8Array(count);
		this.#troubles = new Overlaps(count);
	}

	/** Whether an order of that instant must have been received and accepted. */
	isReceived(at: number, lamp: number): boolean {
		return this.#received.has(`${lamp} ${at}`);
	}

	/** Whether an order may hold the light at that instant, or held it until `before` ms ago. */
	isOrdered(at: number, lamp: number, before: number): boolean {
		return this.#orders[lamp]!.some(
			(order) => order.command !== "clearOverride" && this.#mayHold(order, at, before),
		);
	}

	/** Whether one that permits less than the floor may, and the rise after it. */
	isBelowFloor(at: number, lamp: number, rise: number): boolean {
		return this.#orders[lamp]!.some((order) => order.belowFloor && this.#mayHold(order, at, rise));
	}

	/** The latest end of an order that was sent, as of `now`; a later boot can move it. */
	endOf(order: OrderSent, now: number): number {
		const { ends, undated } = this.#orders[order.lamp]!.find(({ at, until, command }) => {
			return at === order.at && until === order.until && command === order.command;
		})!;
		return this.dates.isRight(now, order.lamp) ? ends : Math.max(ends, undated);
	}

	/** Whether it may be in force, or was until `before` ms ago. */
	#mayHold({ at, lamp, ends, undated }: Order, now: number, before: number): boolean {
		if (now < at) return false;
		if (now < ends + before) return true;
		return now < undated + before && !this.dates.isRight(now - before, lamp);
	}

	/** Whether another order than this one may apply, or did until `before` ms ago. */
	isAnother(at: number, order: OrderSent, before: number): boolean {
		return this.#orders[order.lamp]!.some((other) => {
			const isSame = other.at === order.at && other.until === order.until;
			return !isSame && other.command !== "clearOverride" && this.#mayHold(other, at, before);
		});
	}

	onOrder(order: OrderSent): void {
		const { at, lamp } = order;
		const isOnline = at >= this.#runsSince[lamp]! + ONLINE_AFTER;
		const isFlood =
			this.#orders[lamp]!.filter((other) => at - other.at < FLOOD_WITHIN).length >= FLOOD;
		const isLinked = isOnline && !this.#troubles.isOn(at, lamp, BACK_ONLINE) && !isFlood;
		if (isLinked && this.dates.isRight(at, lamp)) this.#received.add(`${lamp} ${at}`);
		this.#orders[order.lamp]!.push({ ...order, ends: order.until, undated: order.until });
	}

	onBoot(at: number, lamp: number): void {
		this.#runsSince[lamp] = at;
		for (const order of this.#orders[lamp]!) {
			const endedAt = Math.max(order.at, this.#endedAt[lamp]!);
			const rest = Math.max(order.ends, order.undated) - endedAt;
			if (rest > 0) order.undated = at + rest + STORED_EACH;
			if (at >= order.ends && !this.#worn[lamp]) continue;
			const dead = Math.max(0, at - endedAt);
			const again = this.#worn[lamp] ? at + order.until - order.at : 0;
			order.ends = Math.max(order.ends + dead + STORED_EACH, again);
		}
	}

	onEnd(at: number, lamp: number): void {
		this.#runsSince[lamp] = Infinity;
		this.#endedAt[lamp] = at;
		for (const order of this.#orders[lamp]!)
			if (at - order.at < REPLY_WITHIN) this.#received.delete(`${lamp} ${order.at}`);
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { disturbs } = FAULTS[name]!;
		if (disturbs === "store" && on) this.#worn[lamp] = 1;
		if (disturbs === "link") this.#troubles.turn(at, lamp, on);
	}
}
