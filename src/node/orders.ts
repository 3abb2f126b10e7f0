/**
 * Orders: what is asked of the lamp from outside, taken or refused, kept over a restart, answered.
 *
 * The only way in, for the broker's topics and for the console alike.
 */
import { decode } from "../command/decode.js";
import { restore, STORE_INTERVAL, serialise } from "../command/keep.js";
import { Limiter } from "../command/limiter.js";
import {
	type ActingOrder,
	acts,
	type InquiryOrder,
	isRejection,
	type OrderVia,
	type PreviewOrder,
	type RejectionReason,
} from "../command/orders.js";
import { Repeats } from "../command/repeats.js";
import { accept, changes, dueAt, expire, NOTHING_ORDERED, type Twin } from "../command/twin.js";
import { decisionAt } from "../explain/past.js";
import type { Store } from "../host.js";
import type { LampEvent } from "../journal/events.js";
import type { Reply } from "../link/contract.js";
import type { FlashBudget } from "../monitor/flashbudget.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";

/** Store keys. */
const TWIN_KEY = "twin";
const REPEATS_KEY = "repeats";

export interface OrdersOwner {
	readonly store: Store;
	readonly view: View;
	/** Whether it may be told when someone passed. */
	readonly settings: { readonly presenceReporting: boolean };
	readonly flash: FlashBudget;
	/** Level of an emergency, percent. */
	readonly fullLevel: Percent;
	utcAt(now: Millis): UtcMillis | undefined;
	happened(event: LampEvent, now: Millis): void;
	/** The order `report` was taken: state and telemetry go out with the next tick. */
	reportAsked(now: Millis): void;
}

/** What came with the text of an order. */
export interface OrderEnvelope {
	readonly via: OrderVia;
	readonly retained: boolean;
	/** It went to many: its answer is spread. */
	readonly toMany: boolean;
	/** Why there is no text. */
	readonly fault?: "tooLong" | "notUtf8" | undefined;
}

/** An answer whose reason, if it has one, is out of the closed list. */
export interface OrderReply extends Reply {
	readonly reason?: RejectionReason | undefined;
}

export class Orders {
	twin: Twin = NOTHING_ORDERED;
	private readonly owner: OrdersOwner;
	/** A flood at one door must not shut the others: the emergency's own topic, and the pole. */
	private readonly limits = {
		broker: new Limiter(),
		emergency: new Limiter(),
		console: new Limiter(),
	};
	private readonly repeats = new Repeats();
	private storeAt: Millis = Infinity; // while something is in force, its remaining time is kept
	private isRepeatsKept = true;

	/** Takes up what the life before had in force. */
	constructor(owner: OrdersOwner, now: Millis) {
		this.owner = owner;
		this.repeats.restore(owner.store.read(REPEATS_KEY) ?? "");
		const kept = owner.store.read(TWIN_KEY);
		if (kept) this.twin = restore(kept, now, owner.utcAt(now), owner.fullLevel);
		if (this.twin !== NOTHING_ORDERED) this.storeAt = now + STORE_INTERVAL;
	}

	/** Obeys or refuses; the answer is what must go back. */
	take(text: string | undefined, envelope: OrderEnvelope, now: Millis): OrderReply {
		const { via, retained, toMany } = envelope;
		if (!this.limiterOf(via).allows(now))
			return this.refuse("rateExceeded", undefined, envelope, now);
		if (text === undefined) {
			const reason = envelope.fault === "tooLong" ? "tooLong" : "malformed";
			return this.refuse(reason, undefined, envelope, now);
		}
		const order = decode(text, { utc: this.owner.utcAt(now), retained, via });
		if (isRejection(order))
			return { ...this.refuse(order.reason, order.id, envelope, now), field: order.field };
		const { id } = order;
		if (!acts(order)) return this.answer(order, envelope, now);
		const first = this.repeats.answerTo(id);
		if (first === undefined) this.obey(order, now);
		return { id, status: "accepted", toMany };
	}

	/** What changes nothing. */
	private answer(
		order: InquiryOrder | PreviewOrder,
		envelope: OrderEnvelope,
		now: Millis,
	): OrderReply {
		const { id, kind } = order;
		const { toMany } = envelope;
		if (kind === "report") this.owner.reportAsked(now);
		if (kind === "explain" && order.at !== undefined) {
			const presence = this.owner.settings.presenceReporting;
			const past = { at: order.at, presence };
			if (decisionAt(this.owner.view, order.at, presence))
				return { id, status: "done", past, toMany };
			return { ...this.refuse("notAvailable", id, envelope, now), field: "at" };
		}
		if (kind !== "preview") return { id, status: "done", explain: kind === "explain", toMany };
		const day = order.day ?? this.owner.view.plan.comingDay;
		if (day === undefined) return this.refuse("noClock", id, envelope, now);
		return { id, status: "done", preview: { day, page: order.page }, toMany };
	}

	/** Ends what is over; call it when `dueAt` has come. */
	tick(now: Millis): void {
		const before = this.twin;
		this.twin = expire(before, now, this.owner.utcAt(now));
		if (this.twin !== before) this.changed(before, "expired", now);
		else if (now >= this.storeAt) this.keep(now);
	}

	dueAt(now: Millis): Millis {
		if (this.storeAt === Infinity) return Infinity; // nothing is in force, and that is stored
		return Math.min(this.storeAt, dueAt(this.twin, now, this.owner.utcAt(now)));
	}

	private limiterOf(via: OrderVia): Limiter {
		const { limits } = this;
		if (via === "emergency") return limits.emergency;
		return via === "console" ? limits.console : limits.broker;
	}

	private obey(order: ActingOrder, now: Millis): void {
		const before = this.twin;
		this.twin = accept(before, order, now, this.owner.fullLevel);
		this.repeats.remember(order.id, "accepted");
		this.isRepeatsKept = false;
		if (this.twin !== before) this.changed(before, "cleared", now);
		else this.keep(now);
	}

	private changed(before: Twin, why: "expired" | "cleared", now: Millis): void {
		for (const event of changes(before, this.twin, why)) this.owner.happened(event, now);
		if (!this.twin.override && !this.twin.emergency) this.twin = NOTHING_ORDERED;
		this.keep(now);
	}

	/** Stores what stands; beyond the flash's budget later, so that no flood of orders wears it. */
	private keep(now: Millis): void {
		const { flash } = this.owner;
		if (!flash.hasCredit(now)) {
			this.storeAt = flash.creditAt;
			return;
		}
		this.storeAt = this.twin === NOTHING_ORDERED ? Infinity : now + STORE_INTERVAL;
		if (!this.isRepeatsKept) this.write(REPEATS_KEY, this.repeats.serialise(), now);
		this.isRepeatsKept = true;
		this.write(TWIN_KEY, serialise(this.twin, now, this.owner.utcAt(now)), now);
	}

	private write(key: string, text: string, now: Millis): void {
		const result = this.owner.store.write(key, text);
		if (result !== "ok")
			this.owner.happened({ type: "storeFailure", attributes: { key, result } }, now);
	}

	private refuse(
		reason: RejectionReason,
		id: string | undefined,
		{ via, toMany }: OrderEnvelope,
		now: Millis,
	): OrderReply {
		this.owner.happened({ type: "orderRejected", attributes: { reason, via } }, now);
		return { id, status: "rejected", reason, toMany };
	}
}
