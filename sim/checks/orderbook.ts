/**
 * Order book: which orders a lamp may have in force, by what was sent and replied. Which it has, and
 * their light, the second lamp knows (sim/second).
 *
 * An order may be in force from its arrival until its latest end, unless it was refused. Orders reach a
 * lamp in their order, so an accepted one ends all of its kind that were sent before it. One that was
 * typed at the pole has no reply that anybody sees.
 *
 * An order states its end as a date. It stands for the span from its issue to that date, from its
 * arrival on. A lamp that boots without a date, and for an emergency without the city's, counts what was left when it
 * was last stored: by docs/broker.md up to two hours of it twice, and no time without power. In a
 * flood of orders and boots, which spends the credit of flash, or with a store that takes nothing, a
 * boot may lose them or restore any earlier one. With little credit (credit.ts) an order waits until an
 * hour after the last one was stored, and a loss of power within the hour may do so.
 */

import { textOf } from "../../lib/bytes.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import type { OrderSent } from "../street/network.js";
import type { Witness } from "../street/witness.js";
import { fieldsIn, text } from "../util/fields.js";
import { Credit } from "./credit.js";
import type { Dates } from "./dates.js";

/** Kinds of which one is in force at a time. */
export type Slot = "override" | "emergency" | "maintenanceMode" | "sequence";

/** All but those that change no light at once: luminaires.ts. */
interface LightOrder extends OrderSent {
	readonly command: Exclude<OrderSent["command"], "luminaireReplaced" | "nodeReplaced">;
}

const SLOTS: Readonly<Record<LightOrder["command"], Slot>> = {
	override: "override",
	clearOverride: "override",
	emergency: "emergency",
	maintenanceMode: "maintenanceMode",
	identify: "sequence",
	selfTest: "sequence",
};

/** The rest of an order is stored at least so often. */
const STORED_EACH = 2 * HOUR;
/** So many orders and boots within this time, and orders in force may not be stored (docs/broker.md). */
const FLOOD = 8;
const FLOOD_WITHIN = 4 * HOUR;
/** An order is stored and answered by then; a life that ends before may lose it. */
const STORED_WITHIN = 5_000;
/** Without credit an order waits so long for its store, from the one before on. */
const STORED_AFTER = HOUR;
/** Between the end of an order and the turn in which the lamp ends it, and the network's delay, ms. */
const TURN = 1_500;
/** An order below the floor ends so early by a clock that may be wrong, as the lamp took it at all. */
const SKEW = 6 * MINUTE;
/** An order without a reply may be on its way for so long, and stands for its span then. */
const ON_ITS_WAY = 4 * HOUR;
/** Entries that are over are kept so long, for checks that look back. */
const KEPT = 3 * HOUR;

export interface Entry {
	readonly order: LightOrder;
	/** It ends the one in force. */
	readonly isClear: boolean;
	/** Its accepted reply came; Infinity: not yet. */
	certainFrom: number;
	isRefused: boolean;
	/** A repetition of an id that was accepted already. */
	isRepeat: boolean;
	/** Its earliest end by time. */
	sureUntil: number;
	/** Its latest end: by time, or because another was accepted. */
	to: number;
	/** Likewise in a life without the right date. */
	undated: number;
	/** Why it ended, if not by time. */
	endedBy: "cleared" | "replaced" | undefined;
	/** A boot may have lost it. */
	isDoubtful: boolean;
	/** It may wait for its store for so long. */
	readonly storedBy: number;
}

interface Lamp {
	readonly entries: Entry[];
	readonly acted: Set<string>;
	/** Ids that a boot may have lost: another order with one may act, or be taken for its repeat. */
	readonly lost: Set<string>;
	readonly boots: number[];
	endedAt: number;
	isWorn: boolean;
	/** Settings as reported last, by section. */
	readonly sections: Map<string, string>;
}

/** Receives each order whose accepted reply came. */
type AcceptedListener = (at: number, entry: Entry) => void;

export class OrderBook implements Witness {
	readonly #lamps: Lamp[];
	readonly #accepted: AcceptedListener[] = [];
	readonly #credit: Credit;

	constructor(
		count: number,
		private readonly dates: Dates,
		private readonly lateness = 0,
		private readonly isSwitched = false,
	) {
		const none = (): Lamp => ({
			entries: [],
			acted: new Set(),
			lost: new Set(),
			boots: [],
			endedAt: 0,
			isWorn: false,
			sections: new Map(),
		});
		this.#lamps = Array.from({ length: count }, none);
		this.#credit = new Credit(count);
	}

	onAccepted(listener: AcceptedListener): void {
		this.#accepted.push(listener);
	}

	/** Orders of a kind that may be in force at that instant, or were until `before` ms ago. */
	possible(at: number, lamp: number, slot: Slot, before = 0): Entry[] {
		return this.#lamps[lamp]!.entries.filter(
			(entry) => this.#isOf(entry, slot) && this.#mayHold(entry, at, before),
		);
	}

	/** Whether an order may hold the light at that instant, or held it until `before` ms ago. */
	isOrdered(at: number, lamp: number, before: number): boolean {
		return this.#lamps[lamp]!.entries.some(
			(entry) => !ends(entry) && this.#mayHold(entry, at, before),
		);
	}

	/** Whether one that permits less than the floor may, and the rise after it. */
	isBelowFloor(at: number, lamp: number, rise: number): boolean {
		return this.possible(at, lamp, "override", rise).some(({ order }) => order.belowFloor);
	}

	#isOf(entry: Entry, slot: Slot): boolean {
		return !ends(entry) && SLOTS[entry.order.command] === slot;
	}

	#mayHold({ order, isRefused, isRepeat, to, undated }: Entry, at: number, before: number) {
		if (isRefused || isRepeat || at < order.at) return false;
		if (at < to + before) return true;
		if (at >= undated + before) return false;
		return order.command === "emergency" || !this.dates.isRight(at - before, order.lamp);
	}

	onOrder(sent: OrderSent): void {
		const { lamp, at, until, id, command } = sent;
		if (command === "luminaireReplaced" || command === "nodeReplaced") return;
		const order = { ...sent, command };
		const { entries, acted, lost, boots, endedAt } = this.#lamps[lamp]!;
		const runsTo = endedAt > (boots.at(-1) ?? 0) ? endedAt : at; // a lamp without power keeps its orders
		while (entries.length > 0 && Math.max(entries[0]!.to, entries[0]!.undated) < runsTo - KEPT)
			entries.shift();
		const late = TURN + (order.typed ? MINUTE : ON_ITS_WAY); // its span begins when it arrives
		const isByClock = order.belowFloor && this.dates.mayBeWrong(lamp);
		const isClear = command === "clearOverride" || order.isEnd === true;
		const waits = !isClear && command !== "emergency" && this.#mayWait(at, lamp);
		this.#credit.spend(at, lamp, command === "selfTest" ? command : "order");
		const isOpen = id !== undefined && lost.has(id);
		entries.push({
			order,
			isClear,
			certainFrom: Infinity,
			isRefused: false,
			isRepeat: id !== undefined && acted.has(id) && !isOpen,
			sureUntil: until - (isByClock ? SKEW : TURN),
			to: until + late,
			undated: until + late,
			endedBy: undefined,
			isDoubtful: isOpen,
			storedBy: at + (waits ? STORED_AFTER : STORED_WITHIN),
		});
	}

	/**
	 * Another order was stored within the hour, as one in force is each hour, and credit may be short:
	 * on a switched feeder it goes to the time with power, which comes before orders (docs/wear.md).
	 */
	#mayWait(at: number, lamp: number): boolean {
		const { entries } = this.#lamps[lamp]!;
		const isStored = ({ order, to }: Entry) => order.at > at - STORED_AFTER || to > at;
		return entries.some(isStored) && (this.isSwitched || this.#credit.isShort(at, lamp));
	}

	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		if (suffix.startsWith("settings/reported/")) this.#onSettings(at, lamp, suffix, payload);
		if (suffix !== "reply") return;
		const fields = fieldsIn(payload);
		const [id, status] = [text(fields?.id), text(fields?.status)];
		if (id === undefined) return;
		const { entries, acted } = this.#lamps[lamp]!;
		const isOpen = ({ order, isRefused, isRepeat, certainFrom }: Entry) =>
			order.id === id && !isRefused && !isRepeat && certainFrom === Infinity;
		const index = entries.findIndex(isOpen);
		const others = entries.slice(index + 1).filter(isOpen);
		if (index < 0) return;
		if (status === "rejected") entries[index]!.isRefused = true;
		if (status !== "accepted") return;
		acted.add(id);
		for (const entry of entries) if (entry.order.id === id) entry.isRepeat = true;
		// the first one may have been lost on its way: this reply may be to any that was sent later
		const first = entries[index]!;
		const later = others.filter(({ order }) => order.at > first.order.at);
		for (const entry of [first, ...later]) {
			entry.isRepeat = false;
			if (later.length > 0) entry.isDoubtful = true;
		}
		this.#accept(at, entries, index);
	}

	/** A section that differs from the one reported before was stored. */
	#onSettings(at: number, lamp: number, section: string, payload: Uint8Array): void {
		const { sections } = this.#lamps[lamp]!;
		const values = textOf(payload);
		if (sections.has(section) && sections.get(section) !== values)
			this.#credit.spend(at, lamp, "settings");
		sections.set(section, values);
	}

	#accept(at: number, entries: Entry[], index: number): void {
		const entry = entries[index]!;
		entry.certainFrom = at;
		const { until, at: sentAt } = entry.order;
		entry.to = entry.undated = at + until - sentAt + TURN;
		for (const other of entries.slice(0, index)) {
			if (SLOTS[other.order.command] !== SLOTS[entry.order.command]) continue;
			if (other.to <= at && other.undated <= at) continue;
			other.to = Math.min(other.to, at);
			other.undated = Math.min(other.undated, at);
			other.endedBy ??= entry.isClear ? "cleared" : "replaced";
		}
		for (const listener of this.#accepted) listener(at, entry);
	}

	onBoot(at: number, lamp: number, restarted: boolean): void {
		const { entries, lost, boots, endedAt, isWorn } = this.#lamps[lamp]!;
		boots.push(at);
		const since = endedAt - FLOOD_WITHIN;
		const lately = entries.filter(({ order }) => order.at > since).length;
		const isFlood = lately + boots.filter((boot) => boot > since).length >= FLOOD;
		this.#credit.spend(at, lamp, "boot");
		const isLost = ({ order, storedBy }: Entry) =>
			endedAt < this.lateness + (restarted ? order.at + STORED_WITHIN : storedBy);
		/** From the first of those on that waited for credit; an earlier end is stored. */
		const lostFrom =
			entries.find((entry) => isWaiting(entry) && isLost(entry))?.order.at ?? Infinity;
		for (const entry of entries) {
			const { order } = entry;
			if (SLOTS[order.command] === "sequence") {
				entry.to = Math.min(entry.to, at);
				entry.undated = entry.to;
				continue;
			}
			if (isFlood || isWorn || isLost(entry)) {
				entry.isDoubtful = true;
				if (order.id !== undefined) lost.add(order.id);
			}
			if (isFlood || isWorn || entry.to >= lostFrom) this.#revive(at, entry);
			else if (!restarted || order.command === "emergency") this.#stretch(at, entry, endedAt);
		}
	}

	/** It counts its rest anew where it has no date. */
	#stretch(at: number, entry: Entry, endedAt: number): void {
		const began = Math.max(entry.order.at, endedAt);
		const rest = Math.max(entry.to, entry.undated) - began;
		if (rest > 0 && entry.endedBy === undefined) entry.undated = at + rest + STORED_EACH;
	}

	/** A boot may restore it although it was over. */
	#revive(at: number, entry: Entry): void {
		const { order } = entry;
		const span = Math.max(0, order.until - order.at);
		if (order.until > at) entry.to = Math.max(entry.to, order.until + TURN);
		entry.undated = Math.max(entry.undated, at + span + TURN);
		entry.endedBy = undefined;
	}

	onEnd(at: number, lamp: number): void {
		this.#lamps[lamp]!.endedAt = at;
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const { disturbs } = FAULTS[name]!;
		if (disturbs === "store" && on) this.#lamps[lamp]!.isWorn = true;
		if (disturbs === "link") this.#credit.breakLink(at, lamp, on);
	}

	onConnection(at: number, lamp: number, isOpen: boolean): void {
		if (isOpen) this.#credit.spend(at, lamp, "image");
	}
}

/** It may wait for credit. */
function isWaiting({ order, storedBy }: Entry): boolean {
	return storedBy === order.at + STORED_AFTER;
}

function ends({ isClear }: Entry): boolean {
	return isClear;
}
