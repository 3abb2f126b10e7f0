/**
 * obeyed: an override, an emergency or a maintenance has its light; presence and emergency may
 * raise it; no fresh order is refused for its age.
 *
 * A chance is an accepted override, emergency or maintenance that stood fifteen seconds longer than
 * its fade. At each instant from then on at which it must be in force the light is the order's, or that
 * of presence or of an emergency above it. A fresh order is never refused for its age, under any answer
 * of a time server.
 */
import { Tally } from "./check.js";
import { type Explained, sayVerdict, type Verdict } from "./explained.js";
import type { Lamps } from "./lamps.js";
import type { Entry, Slot } from "./orderbook.js";
import { pendingOrders } from "./pendingorders.js";

/** Weakest first: each hides those before it. */
const SLOTS: readonly Slot[] = ["maintenanceMode", "override", "sequence"];

/** Until the order's light stands alone in the time that is compared, beside its fade. */
const STANDS = 15_000;

interface Pending {
	readonly entry: Entry;
	/** It stood for as long as its fade. */
	isDue: boolean;
	/** Compared with the light at least once. */
	isJudged: boolean;
	why: string;
}

export class Obeyed extends Tally {
	readonly name = "obeyed";
	readonly #pending: Pending[][];

	constructor(
		private readonly lamps: Lamps,
		explained: Explained,
	) {
		super();
		const begin = (entry: Entry) => ({ entry, isDue: false, isJudged: false, why: "" });
		this.#pending = pendingOrders(lamps, begin);
		explained.onVerdict((verdict) => this.#compare(verdict));
		lamps.orders.onMisjudged((at, { order }, reason) => {
			const { lamp, command, id, at: sentAt } = order;
			const age = Math.round((at - sentAt) / 1000);
			this.offend(at, lamp, `${command} ${id} refused as ${reason}, ${age} s after it was sent`);
		});
	}

	#compare(verdict: Verdict): void {
		const { at, lamp } = verdict;
		const pending = this.#pending[lamp]!;
		for (let index = pending.length - 1; index >= 0; index--) {
			const pendingOrder = pending[index]!;
			if (at < pendingOrder.entry.certainFrom) continue;
			if (
				this.lamps.orders
					.possible(at, lamp, slotOf(pendingOrder.entry))
					.includes(pendingOrder.entry)
			)
				this.#judgeOne(verdict, pendingOrder);
			else {
				pending.splice(index, 1);
				this.#close(pendingOrder);
			}
		}
	}

	#judgeOne(verdict: Verdict, pendingOrder: Pending): void {
		const { at, lamp, isTooDark, isTooBright, open } = verdict;
		const { orders, configured } = this.lamps;
		const { order, certainFrom } = pendingOrder.entry;
		const fade = Math.max(order.ramp ?? 0, configured.fallTime, configured.riseTime);
		if (at < certainFrom + fade + STANDS) return;
		pendingOrder.isDue = true;
		const isHeld = orders.certain(at, lamp, slotOf(pendingOrder.entry)) === pendingOrder.entry;
		const hidden = isHeld ? this.#hiddenBy(at, lamp, pendingOrder.entry) : "one that may be over";
		if (hidden !== undefined || open !== undefined) {
			pendingOrder.why = hidden ?? open!;
			return;
		}
		if (!pendingOrder.isJudged) this.judge();
		pendingOrder.isJudged = true;
		if (isTooDark || isTooBright)
			this.offend(at, lamp, `${order.command} ${order.id}: ${sayVerdict(verdict)}`);
	}

	/** A stronger request that may be in force. */
	#hiddenBy(at: number, lamp: number, { order }: Entry): string | undefined {
		if (order.command === "emergency") return undefined;
		const stronger = SLOTS.slice(SLOTS.indexOf(order.command as Slot) + 1);
		const hidden = stronger.some((slot) => this.lamps.orders.possible(at, lamp, slot).length > 0);
		return hidden ? "a stronger order" : undefined;
	}

	#close({ isDue, isJudged, why }: Pending): void {
		if (isDue && !isJudged) this.leave(why);
	}

	finish(): void {
		for (const lamp of this.#pending) for (const pending of lamp) this.#close(pending);
	}
}

function slotOf({ order }: Entry): Slot {
	return order.command as Slot;
}
