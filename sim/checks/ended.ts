/**
 * ended: its light is gone when it is over or cleared.
 *
 * A chance is an accepted override, emergency or maintenance that was over, and not replaced, before
 * the end of the run: at the first instant at which its light would show, the light is what the
 * world and the other orders ask for. Work of two minutes at full class is left to the lamp.
 */
import { HOUR } from "../../lib/spans.js";
import { Tally } from "./check.js";
import { type Explained, sayVerdict, type Verdict } from "./explained.js";
import type { Lamps } from "./lamps.js";
import type { Entry, Slot } from "./orderbook.js";
import { pendingOrders } from "./pendingorders.js";

/** For so long an instant is awaited at which the order's light would show. */
const PATIENCE = 6 * HOUR;
/** The lamp's own error, beside the order's light, per cent of the level. */
const APART = 4;
/** Stronger orders, which hide one; and the fall after them, ms. */
const HIDING: Readonly<Partial<Record<string, readonly Slot[]>>> = {
	override: ["emergency", "sequence"],
	maintenanceMode: ["override", "emergency", "sequence"],
};
const HIDDEN = 15_000;

interface Pending {
	readonly entry: Entry;
	/** Since when it must be over; Infinity: it may hold. */
	overSince: number;
	/** The light was right at an instant at which not every light was. */
	isCompared: boolean;
	why: string;
}

export class Ended extends Tally {
	readonly name = "ended";
	readonly #pending: Pending[][];

	constructor(
		private readonly lamps: Lamps,
		explained: Explained,
	) {
		super();
		const why = "the end of the run";
		const begin = (entry: Entry) => ({ entry, overSince: Infinity, isCompared: false, why });
		this.#pending = pendingOrders(lamps, begin);
		explained.onVerdict((verdict) => this.#compare(verdict));
	}

	#compare(verdict: Verdict): void {
		const { at, lamp } = verdict;
		const pending = this.#pending[lamp]!;
		for (let index = pending.length - 1; index >= 0; index--)
			if (this.#isDone(at, verdict, pending[index]!)) pending.splice(index, 1);
	}

	#isDone(at: number, verdict: Verdict, pendingOrder: Pending): boolean {
		const { lamp, isTooDark, isTooBright, isBrighter } = verdict;
		const { entry } = pendingOrder;
		const { command } = entry.order;
		if (at < entry.certainFrom) return false;
		if (entry.endedBy === "replaced") return true;
		if (this.lamps.orders.possible(at, lamp, command as Slot).includes(entry)) {
			pendingOrder.overSince = Infinity;
			return false;
		}
		pendingOrder.overSince = Math.min(pendingOrder.overSince, at);
		if (isTooDark || isTooBright) {
			this.judge();
			this.offend(at, lamp, `after ${command} ${entry.order.id}: ${sayVerdict(verdict)}`);
			return true;
		}
		if (isBrighter) return false; // two minutes are the lamp's
		if (verdict.open === undefined) pendingOrder.isCompared = true;
		else pendingOrder.why = verdict.open;
		if (!this.#shows(verdict, entry) && at < pendingOrder.overSince + PATIENCE) return false;
		this.#close(pendingOrder);
		return true;
	}

	#close({ isCompared, why }: Pending): void {
		if (isCompared) this.judge();
		else this.leave(why);
	}

	/**
	 * Whether its light, if it held still, would be outside of what may be asked for now: one that
	 * presence, an emergency or a stronger order raises or hides shows nothing.
	 */
	#shows({ at, lamp, least, most, open, isRaised }: Verdict, { order }: Entry): boolean {
		const { command, inhibitSensors } = order;
		if (open !== undefined) return false;
		const { orders, configured } = this.lamps;
		const isHidden = (slot: Slot) => orders.possible(at, lamp, slot, HIDDEN).length > 0;
		if (command !== "emergency" && HIDING[command as Slot]!.some(isHidden)) return false;
		if (command === "maintenanceMode") return !isRaised;
		const { maxLevel, fullLevel = 100, floorLevel } = configured;
		const floor = least > 0 && !order.belowFloor ? floorLevel : 0;
		const asked = command === "emergency" ? fullLevel : Math.max(order.level, floor);
		const light = Math.min(maxLevel, asked);
		const isRaisedToo = isRaised && (command === "emergency" || !inhibitSensors);
		return light > most + APART || (!isRaisedToo && light < least - APART);
	}

	finish(): void {
		for (const lamp of this.#pending)
			for (const pending of lamp) if (pending.overSince < Infinity) this.#close(pending);
	}
}
