/**
 * Orders: accepts or rejects orders, carries them out, and replies.
 *
 * All orders pass here, those of the broker's topics and those of the console. `orderstore.ts` keeps
 * them over a restart.
 */
import { decode } from "../../command/decode.js";
import { type Ends, LevelSequence } from "../../command/levelsequence.js";
import { Limiter } from "../../command/limiter.js";
import {
	type ActingOrder,
	type ActionOrder,
	acts,
	isRejection,
	type OrderRejection,
	type OrderSource,
	type OrderVia,
	type QueryOrder,
	type RejectionReason,
	type Spread,
} from "../../command/orders.js";
import {
	accept,
	changes,
	dueAt,
	expire,
	type LevelsNow,
	NOTHING_ORDERED,
	type StandingOrders,
} from "../../command/standingorders.js";
import { decisionAt } from "../../explain/past.js";
import type { Recorder } from "../../journal/recorder.js";
import type { LightCommand, Override } from "../../lighting/arbiter.js";
import type { Reply } from "../../link/contract.js";
import type { Millis, Percent } from "../../units.js";
import type { View } from "../../view.js";
import type { Timekeeper } from "../time/timekeeper.js";
import { OrderStore, type OrderStoreOwner, orNothing } from "./orderstore.js";

interface OrdersOwner extends OrderStoreOwner {
	readonly time: OrderStoreOwner["time"] & Pick<Timekeeper, "judgeAt">;
	/** Full class, the least level allowed now, and the actual level. */
	readonly light: LevelsNow & Ends;
	readonly view: View;
	/** Whether the times of movements may be reported. */
	readonly settings: { readonly presenceReporting: boolean };
	/** Carries out orders that act once. */
	readonly actions: {
		do(order: ActionOrder, envelope: OrderEnvelope, now: Millis): RejectionReason | undefined;
		test(sequence: LevelSequence, now: Millis): void;
	};
	readonly recorder: Pick<Recorder, "order">;
	readonly sources: { give(volume: number, until: Millis): void };
	readonly link: {
		/** The order `report` was accepted: state, telemetry and settings are sent with its reply. */
		report(now: Millis, toMany: boolean, spread: Millis | undefined): void;
	};
}

/** The circumstances of an order's arrival, beside its text. */
export interface OrderEnvelope extends OrderSource, Spread {
	/** Why the text is missing. */
	readonly fault?: "tooLong" | "notUtf8" | undefined;
	/** Its reply would displace an earlier one; a query is then rejected. */
	readonly isReplyRoomFull?: boolean | undefined;
}

/** A reply; its reason, if any, is one of the closed list. */
export interface OrderReply extends Reply {
	readonly reason?: RejectionReason | undefined;
}

export class Orders {
	/** When `tick` is due next; an order accepted meanwhile requests a tick at once. */
	dueAt: Millis = 0;
	standing: StandingOrders;
	/** The level sequence of an identify or a self-test. */
	sequence: LevelSequence | undefined;
	private readonly owner: OrdersOwner;
	/** One limiter per way in: a flood on one must not block the emergency topic or the console. */
	private readonly ofBroker = new Limiter();
	private readonly ofEmergency = new Limiter();
	private readonly ofConsole = new Limiter();
	readonly stored: OrderStore;

	/** Resumes the standing orders of the life before. */
	constructor(owner: OrdersOwner, now: Millis) {
		this.owner = owner;
		this.stored = new OrderStore(owner, owner.light.fullLevel, now);
		this.standing = this.stored.standing;
	}

	/** Accepts or rejects an order; returns the reply to send. */
	take(text: string | undefined, source: OrderEnvelope, now: Millis): OrderReply {
		const { via, retained, toMany } = source;
		const { owner } = this;
		const order =
			text === undefined
				? { ...NO_TEXT, reason: source.fault === "tooLong" ? source.fault : NO_TEXT.reason }
				: decode(text, { ...owner.time.judgeAt(now), retained, via });
		const { id, spread } = order;
		const envelope = { via, retained, toMany, spread };
		const isQuery = !isRejection(order) && !acts(order);
		const isCrowded = isQuery && source.isReplyRoomFull === true;
		if (isCrowded || !this.limiterOf(via).allows(now, isQuery))
			return this.refuse("rateExceeded", id, envelope, now);
		if (isRejection(order)) {
			if (this.isLateRepeat(order)) return { id, status: "accepted", toMany, spread };
			return { ...this.refuse(order.reason, id, envelope, now), field: order.field };
		}
		if (!acts(order)) return this.answer(order, envelope, now);
		if (!this.stored.hasAccepted(order.id)) {
			const reason = this.obey(order, envelope, now);
			if (reason) return this.refuse(reason, id, envelope, now);
			this.stored.accepted(order.id, this.standing, now);
		}
		return { id: order.id, status: "accepted", toMany, spread };
	}

	/** Whether an order that is too old now was accepted before: a redelivery, or a lost reply. */
	private isLateRepeat({ reason, id }: OrderRejection): boolean {
		const isLate = reason === "stale" || reason === "expired" || reason === "noClock";
		return isLate && id !== undefined && this.stored.hasAccepted(id);
	}

	/** The orders' request: level sequence before override, override before maintenance. */
	get override(): Override | undefined {
		return this.sequence?.request ?? this.standing.override ?? this.standing.maintenance;
	}

	get emergency(): LightCommand | undefined {
		return this.standing.emergency;
	}

	/** Whether a maintenance order is in force; alarms and updates then wait. */
	get isMaintained(): boolean {
		return this.standing.maintenance !== undefined;
	}

	/** Replies to a query. */
	private answer(order: QueryOrder, envelope: OrderEnvelope, now: Millis): OrderReply {
		const { id, kind } = order;
		const { toMany, spread } = envelope;
		if (kind === "report") this.owner.link.report(now, toMany, spread);
		if (kind === "explain" && order.at !== undefined) {
			const presence = this.owner.settings.presenceReporting;
			const past = { at: order.at, presence };
			if (decisionAt(this.owner.view, order.at, presence))
				return { id, status: "done", past, toMany, spread };
			return { ...this.refuse("notAvailable", id, envelope, now), field: "at" };
		}
		if (kind === "log") return { id, status: "done", log: { page: order.page }, toMany, spread };
		if (kind !== "preview")
			return { id, status: "done", explain: kind === "explain", toMany, spread };
		const day = order.day ?? this.owner.view.plan.comingDay;
		if (day === undefined) return this.refuse("noClock", id, envelope, now);
		return { id, status: "done", preview: { day, page: order.page }, toMany, spread };
	}

	/** Ends expired orders and advances the level sequence; call it at `dueAt`. */
	tick(now: Millis): void {
		const before = this.standing;
		if (before !== NOTHING_ORDERED) {
			const { owner } = this;
			this.standing = expire(before, now, owner.utcAt(now), owner.time.notBefore(now));
		}
		if (this.standing !== before) this.changed(before, "expired", now);
		if (this.standing !== before || now >= this.stored.dueAt) this.stored.keep(this.standing, now);
		if (this.sequence && !this.sequence.advance(now, this.owner.light)) this.sequence = undefined;
		this.dueAt = this.planned(now);
	}

	/** Stores the latest ids, with an action's credit: after the restart a repeat must not act. */
	beforeRestart(now: Millis): void {
		this.stored.beforeRestart(this.standing, now);
	}

	private planned(now: Millis): Millis {
		const stepAt = this.sequence?.nextAt ?? Infinity;
		const storeAt = this.stored.dueAt;
		if (storeAt === Infinity) return stepAt; // no order is in force or stored
		const { owner } = this;
		const endsAt = dueAt(this.standing, now, owner.utcAt(now), owner.time.notBefore(now));
		return Math.min(stepAt, storeAt, endsAt);
	}

	private limiterOf(via: OrderVia): Limiter {
		if (via === "emergency") return this.ofEmergency;
		return via === "console" ? this.ofConsole : this.ofBroker;
	}

	/** The level now, or that before a level sequence. */
	private get steadyLevel(): Percent {
		return this.sequence?.before ?? this.owner.light.level;
	}

	/** Carries out an accepted order; returns the reason of a rejection. A replay begins here. */
	obey(order: ActingOrder, envelope: OrderEnvelope, now: Millis): RejectionReason | undefined {
		const { owner } = this;
		owner.recorder.order(now, order);
		switch (order.kind) {
			case "identify":
			case "selfTest":
				this.sequence = new LevelSequence(order, now, owner.light, this.steadyLevel);
				if (order.kind === "selfTest") owner.actions.test(this.sequence, now);
				return undefined;
			case "restart":
			case "assign":
			case "nodeReplaced":
			case "luminaireReplaced":
			case "factoryReset":
				return owner.actions.do(order, envelope, now);
			case "trafficVolume":
				owner.sources.give(order.volume, now + order.duration);
				return undefined;
			default: {
				const before = this.standing;
				const { fullLevel } = owner.light;
				this.standing = accept(before, order, now, { fullLevel, level: this.steadyLevel });
				if (this.standing !== before) this.changed(before, "cleared", now);
				return undefined;
			}
		}
	}

	private changed(before: StandingOrders, why: "expired" | "cleared", now: Millis): void {
		for (const event of changes(before, this.standing, why)) this.owner.emit(event, now);
		this.standing = orNothing(this.standing);
	}

	private refuse(
		reason: RejectionReason,
		id: string | undefined,
		{ via, toMany, spread }: OrderEnvelope,
		now: Millis,
	): OrderReply {
		this.owner.emit({ type: "orderRejected", attributes: { reason, via } }, now);
		return { id, status: "rejected", reason, toMany, spread };
	}
}

/** Of a payload without a text. */
const NO_TEXT: OrderRejection = Object.freeze({
	reason: "malformed",
	id: undefined,
	field: undefined,
});
