/**
 * Order store: keeps the standing orders and the ids of accepted orders over a restart.
 *
 * Writes cost credit (flashbudget.ts), so that no flood of orders wears the flash.
 */
import { answerTo, NO_REPEATS, remembered, restored } from "../../command/repeats.js";
import { NOTHING_ORDERED, type StandingOrders } from "../../command/standingorders.js";
import { restore, STORE_INTERVAL, serialise } from "../../command/standingrecord.js";
import type { Store } from "../../host.js";
import type { LampEvent } from "../../journal/events.js";
import { REPEATS_KEY, STANDING_KEY } from "../../storekeys.js";
import type { Millis, Percent, UtcMillis } from "../../units.js";
import type { FlashBudget } from "../storage/flashbudget.js";

/** Keys that one store of the orders writes. */
const KEYS = 2;
/** A failed write is repeated after this time, as by the journal (journal/keptjournal.ts). */
const TRY_AGAIN: Millis = 600_000;

export interface OrderStoreOwner {
	readonly store: Store;
	readonly flash: FlashBudget;
	readonly time: { notBefore(now: Millis): UtcMillis };
	utcAt(now: Millis): UtcMillis | undefined;
	emit(event: LampEvent, now: Millis): void;
}

export class OrderStore {
	/** When `keep` is due: the remaining time of orders in force, or a write that waits. */
	dueAt: Millis = Infinity;
	/** The stored standing orders; at boot those of the life before. */
	standing: StandingOrders = NOTHING_ORDERED;
	private readonly owner: OrderStoreOwner;
	private repeats = NO_REPEATS;
	private isRepeatsKept = true;
	private keptAt: Millis = -Infinity; // the instant of the stored remaining time, in this life
	private orderAt: Millis = -Infinity; // of the last store with a new order in it, in this life

	constructor(owner: OrderStoreOwner, fullLevel: Percent, now: Millis) {
		this.owner = owner;
		const ids = owner.store.read(REPEATS_KEY);
		if (ids !== undefined) this.repeats = restored(ids);
		const text = owner.store.read(STANDING_KEY);
		if (!text) return;
		const past = owner.time.notBefore(now);
		this.standing = orNothing(restore(text, now, owner.utcAt(now), fullLevel, past));
		this.dueAt = now + (this.standing === NOTHING_ORDERED ? TRY_AGAIN : STORE_INTERVAL);
	}

	/** Whether an order with this id was accepted before; one that stands was, though its id was not stored. */
	hasAccepted(id: string): boolean {
		const { override, emergency, maintenance } = this.standing;
		const isStanding =
			override?.source === id || emergency?.source === id || maintenance?.source === id;
		return isStanding || answerTo(this.repeats, id) !== undefined;
	}

	/** An order was accepted; `standing`: the orders in force now. */
	accepted(id: string, standing: StandingOrders, now: Millis): void {
		this.repeats = remembered(this.repeats, id, "accepted");
		this.isRepeatsKept = false;
		this.keep(standing, now);
	}

	/**
	 * Stores the standing orders, or waits for write credit. Urgent orders borrow credit, because
	 * the power may fail next.
	 */
	keep(standing: StandingOrders, now: Millis): void {
		const storedAt = this.isRepeatsKept ? this.keptAt : this.orderAt;
		const urgentAt = standing === NOTHING_ORDERED ? Infinity : storedAt + STORE_INTERVAL;
		const isUrgent = now >= urgentAt || !mayWait(this.standing, standing);
		const creditAt = this.owner.flash.creditAt(isUrgent ? "urgentOrder" : "order", KEYS);
		if (now >= creditAt) this.store(standing, now);
		else this.dueAt = isUrgent ? creditAt : Math.min(creditAt, urgentAt);
	}

	/**
	 * Stores the latest ids: after the restart a repeat must not act. So also what is left of the
	 * orders, which the next life cannot compute from a wrong date. An order that waits for credit
	 * borrows it, once: the next life would be without it.
	 */
	beforeRestart(standing: StandingOrders, now: Millis): void {
		const isKept = this.isRepeatsKept && standing === NOTHING_ORDERED;
		const isWaiting = !this.isRepeatsKept && standing !== NOTHING_ORDERED;
		const writeClass = isWaiting ? "urgentOrder" : "action";
		if (!isKept && this.owner.flash.hasCredit(writeClass, now)) this.store(standing, now);
	}

	/**
	 * Repeats a failed write later: otherwise the next life would resume an ended order. The orders come
	 * before their ids: where power fails between the two, a repeat finds the order in force; a stored id
	 * without its order would be answered as accepted and never obeyed.
	 */
	private store(standing: StandingOrders, now: Millis): void {
		this.dueAt = standing === NOTHING_ORDERED ? Infinity : now + STORE_INTERVAL;
		const hasNew = !this.isRepeatsKept;
		const { owner } = this;
		const text = serialise(standing, now, owner.utcAt(now), owner.time.notBefore(now));
		const isStandingKept = text === "" && !this.owner.store.read(STANDING_KEY); // both are empty
		const isKept = isStandingKept || this.write(STANDING_KEY, text, now);
		if (hasNew) this.isRepeatsKept = this.write(REPEATS_KEY, this.repeats, now);
		if (isKept) {
			this.standing = standing;
			this.keptAt = now;
			if (hasNew) this.orderAt = now;
		}
		if (!isKept || !this.isRepeatsKept) this.dueAt = now + TRY_AGAIN;
	}

	private write(key: string, text: string, now: Millis): boolean {
		const result = this.owner.store.write(key, text);
		if (result === "ok") return true;
		this.owner.emit({ type: "storeFailure", attributes: { key, result } }, now);
		return false;
	}
}

/** The same orders, or NOTHING_ORDERED itself if there is none. */
export function orNothing(standing: StandingOrders): StandingOrders {
	const { override, emergency, maintenance } = standing;
	return override || emergency || maintenance ? standing : NOTHING_ORDERED;
}

/** False if a stored order has ended, or an emergency begins or ends. */
function mayWait(kept: StandingOrders, standing: StandingOrders): boolean {
	const isOver =
		(kept.override && !standing.override) || (kept.maintenance && !standing.maintenance);
	return !isOver && standing.emergency === kept.emergency;
}
