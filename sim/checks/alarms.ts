/**
 * alarms: no fault event without its cause in the world (`causes.ts`); reported are a power loss, a
 * PIR that must have been found, each order in force, and on a bus begin and end of each fault of
 * bus, driver and LED.
 *
 * A chance is an event of a fault; an order that stood for two minutes, which is an event with its
 * id; a life after a power cut, which reports the loss within ten minutes; a PIR that must have
 * been found broken for as long; and a fault of a bus or its driver, and its end (busreports.ts).
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { fieldsIn, text } from "../util/fields.js";
import { OWN_LIGHT } from "../world/lightsensor.js";
import { BusReports, type Verdict } from "./busreports.js";
import { CAUSES, type Past } from "./causes.js";
import { Tally } from "./check.js";
import { BACK_ONLINE, ORDERS_AN_HOUR } from "./excuses.js";
import type { Lamps } from "./lamps.js";
import type { Entry } from "./orderbook.js";
import { Overlaps } from "./overlaps.js";

const REPORTED_WITHIN = 10 * MINUTE;
const ORDER_WITHIN = 2 * MINUTE;
/** A PIR that moves so often in an hour may count as too busy. */
const BUSY = 115;
/** A power cut may lose an order's event of the minute before it (docs/broker.md). */
const UNSTORED = MINUTE;
/** Events that waited for a link come within this time after it. */
const BACKLOG = HOUR;
const EACH = MINUTE;

interface Seen {
	/** When each fault of the world began or ended last, and whether it stands. */
	readonly faults: Map<string, { on: boolean; at: number }>;
	readonly movements: number[];
	answeredAt: number;
	/** The longest time without an answer that ended lately: its report waited for the link. */
	gap: { readonly length: number; readonly endedAt: number };
	wasLiedTo: boolean;
	boots: number;
	cuts: number;
	updatedAt: number;
	wasOnline: boolean;
	/** It has had no connection in this life, and had one in a life before. */
	isAbsent: boolean;
	/** Loss of power of this life still to be reported, since; Infinity: none. */
	lossSince: number;
	isPirReported: boolean;
	isPirJudged: boolean;
	/** Events by type and id, and the orders still to be found among them. */
	readonly ids: Set<string>;
	orders: { readonly at: number; readonly entry: Entry }[];
	readonly orderTimes: number[];
	/** Ends of its lives. */
	readonly ends: number[];
	isWorn: boolean;
}

export class Alarms extends Tally {
	readonly name = "alarms";
	readonly #seen: Seen[];
	readonly #troubles: Overlaps;
	readonly #buses: BusReports | undefined;
	readonly #reportedWithin: number;
	readonly #orderWithin: number;
	#next = EACH;

	constructor(private readonly lamps: Lamps) {
		super();
		const { isNarrow, telemetryInterval = 0, lateness = 0 } = lamps.configured;
		this.#reportedWithin = REPORTED_WITHIN + lateness;
		this.#orderWithin = ORDER_WITHIN + lateness + (isNarrow ? telemetryInterval : 0); // in a batch
		if (lamps.configured.hasBus)
			this.#buses = new BusReports(lamps, lateness, this.#reportedWithin);
		this.#troubles = new Overlaps(lamps.count);
		this.#seen = Array.from({ length: lamps.count }, () => ({
			faults: new Map(),
			movements: [],
			answeredAt: 0,
			gap: { length: 0, endedAt: 0 },
			wasLiedTo: false,
			boots: 0,
			cuts: 0,
			updatedAt: -Infinity,
			wasOnline: false,
			isAbsent: false,
			lossSince: Infinity,
			isPirReported: false,
			isPirJudged: false,
			ids: new Set(),
			orders: [],
			orderTimes: [],
			ends: [],
			isWorn: false,
		}));
		lamps.orders.onAccepted((at, entry) => {
			const { command, lamp } = entry.order;
			if (entry.isClear || command === "identify" || command === "selfTest") return;
			const seen = this.#seen[lamp]!;
			seen.orderTimes.push(at);
			// a reply to its repetition, after a life that took it
			const end = seen.ends.find((endedAt) => endedAt >= entry.order.at) ?? Infinity;
			if (end - entry.order.at < UNSTORED) this.leave("a life that was short, or offline");
			else seen.orders.push({ at, entry });
		});
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		this.#buses?.onBoot(lamp);
		const seen = this.#seen[lamp]!;
		const isFirst = seen.boots++ === 0;
		seen.isAbsent = seen.wasOnline;
		seen.answeredAt = at;
		seen.isPirJudged = false; // a doubt stands over a restart
		if (!isFirst && !restarted) seen.cuts++;
		const isMaintained = this.lamps.orders.possible(at, lamp, "maintenanceMode").length > 0;
		const isSwitched = this.lamps.configured.supply === "switched";
		seen.lossSince = isFirst || restarted || isSwitched || isMaintained ? Infinity : at;
	}

	onEnd(at: number, lamp: number): void {
		this.#note(at, lamp, this.#buses?.onEnd(lamp));
		const seen = this.#seen[lamp]!;
		seen.ends.push(at);
		if (seen.lossSince < Infinity) this.leave("a life that was short, or offline");
		seen.lossSince = Infinity;
		for (const _one of seen.orders) this.leave("a life that was short, or offline");
		seen.orders = [];
	}

	onEdge(at: number, lamp: number, moving: boolean): void {
		const seen = this.#seen[lamp]!;
		const { movements } = seen;
		if (!moving) return;
		movements.push(at);
		while (movements.length > 2 * BUSY) movements.shift();
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const seen = this.#seen[lamp]!;
		seen.faults.set(name, { on, at });
		const { disturbs, forgets } = FAULTS[name]!;
		if (disturbs === "store" || forgets) seen.isWorn = true;
		this.#buses?.onFault(at, lamp, name, on);
		if (disturbs === "link") this.#troubles.turn(at, lamp, on);
	}

	onTime(at: number, lamp: number, error: number): void {
		const seen = this.#seen[lamp]!;
		const isRight = Math.abs(error) <= MINUTE; // another may be refused, and is no answer
		if (!isRight) {
			seen.wasLiedTo = true;
			return;
		}
		const unanswered = at - seen.answeredAt;
		if (unanswered > seen.gap.length || at > seen.gap.endedAt + BACKLOG)
			seen.gap = { length: unanswered, endedAt: at };
		seen.answeredAt = at;
	}

	onConnection(at: number, lamp: number): void {
		this.#seen[lamp]!.updatedAt = at;
	}

	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix === "status" && fieldsIn(payload)?.online === true) {
			this.#seen[lamp]!.wasOnline = true;
			this.#seen[lamp]!.isAbsent = false;
		}
		if (suffix !== "event") return;
		const fields = fieldsIn(payload);
		const type = text(fields?.type);
		if (!fields || type === undefined) return;
		const seen = this.#seen[lamp]!;
		this.#note(at, lamp, this.#buses?.onEvent(lamp, type, fields));
		if (type === "presenceSensorFailure") seen.isPirReported = fields.startEndFlag !== "end";
		if (type === "supplyLoss" && seen.lossSince < Infinity) {
			seen.lossSince = Infinity;
			this.judge();
		}
		if (type === "eventsLost") seen.lossSince = Infinity; // it says so itself
		const id = text((Object(fields.attributes) as { id?: unknown }).id);
		if (id !== undefined && fields.startEndFlag !== "end") seen.ids.add(`${type} ${id}`);
		const hasCause = CAUSES[type];
		if (!hasCause || fields.startEndFlag === "end") return;
		this.judge();
		if (!hasCause(this.#past(at, lamp)))
			this.offend(at, lamp, `${type} ${JSON.stringify(fields.attributes)} without a cause`);
	}

	#past(at: number, lamp: number): Past {
		const seen = this.#seen[lamp]!;
		const { movement, configured } = this.lamps;
		const lately = seen.movements.filter((moved) => moved > at - HOUR).length;
		const waited = this.#troubles.lengthAt(at, lamp, BACKLOG); // an event happened before it came
		return {
			hadFault: (names, within) =>
				[...seen.faults].some(
					([name, { on, at: since }]) => names.test(name) && (on || at < since + within + waited),
				),
			isPirDoubtful:
				!movement.isSound(at, lamp) ||
				movement.isEchoed(lamp) ||
				lately > BUSY ||
				movement.isRestless(at, lamp),
			wasLiedTo: seen.wasLiedTo,
			unanswered: Math.max(
				at - seen.answeredAt,
				at < seen.gap.endedAt + BACKLOG ? seen.gap.length : 0,
			),
			isSwitched: configured.supply === "switched",
			wasCut: seen.cuts > 0,
			wasRestarted: seen.boots > 1,
			wasUpdating: at < seen.updatedAt + HOUR,
			isLossy: configured.linkLoses === true,
			isDazzled: (configured.ownLight ?? OWN_LIGHT) >= configured.onLevel,
		};
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += EACH)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) this.#look(this.#next, lamp);
	}

	/** Its link, or its store, may keep back a report; a lamp that does not connect: promise `online`. */
	#isHindered(at: number, lamp: number): boolean {
		const { isWorn, isAbsent, updatedAt } = this.#seen[lamp]!;
		return (
			isWorn || isAbsent || at < updatedAt + HOUR || this.#troubles.isOn(at, lamp, BACK_ONLINE)
		);
	}

	#look(at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		const isHindered = this.#isHindered(at, lamp);
		this.#note(at, lamp, this.#buses?.look(at, lamp, isHindered));
		if (isHindered) {
			for (const _one of seen.orders) this.leave("a life that was short, or offline");
			seen.orders = [];
			return;
		}
		if (at < this.lamps.runsSince[lamp]! + this.#reportedWithin) return; // it may be on its way yet
		if (at >= seen.lossSince + this.#reportedWithin) {
			seen.lossSince = Infinity;
			this.judge();
			this.offend(at, lamp, "no event of the loss of power");
		}
		this.#lookForOrders(at, lamp, seen);
		const found = this.lamps.movement.fullFrom[lamp]!;
		if (at < found + this.#reportedWithin || seen.isPirJudged) return;
		if (this.lamps.configured.pirFitted === false) return;
		const { orders } = this.lamps; // a doubt is reported after maintenance
		if (orders.possible(at, lamp, "maintenanceMode", this.#reportedWithin).length > 0) return;
		seen.isPirJudged = true;
		this.judge();
		if (!seen.isPirReported) this.offend(at, lamp, "a broken PIR is not reported");
	}

	#note(at: number, lamp: number, verdicts: readonly Verdict[] = []): void {
		for (const verdict of verdicts) {
			if ("left" in verdict) {
				this.leave(verdict.left);
				continue;
			}
			this.judge();
			if (verdict.broken !== undefined) this.offend(at, lamp, verdict.broken);
		}
	}

	#lookForOrders(at: number, lamp: number, seen: Seen): void {
		const due = seen.orders.filter((order) => order.at + this.#orderWithin <= at);
		if (due.length === 0) return;
		seen.orders = seen.orders.filter((order) => order.at + this.#orderWithin > at);
		for (const { at: acceptedAt, entry } of due) {
			const { command, id } = entry.order;
			const lately = seen.orderTimes.filter(
				(orderTime) => orderTime > acceptedAt - HOUR && orderTime <= at,
			).length;
			if (lately > ORDERS_AN_HOUR) this.leave("more events than an hour may have");
			else {
				this.judge();
				if (!seen.ids.has(`${command} ${id}`))
					this.offend(at, lamp, `no event of ${command} ${id}`);
			}
		}
	}
}
