/**
 * punctual: a state within two minutes of an order, events of the end of an order and of a
 * self-test within five, telemetry at its interval.
 *
 * A chance is an order that began where none was in force and stood until its state was due; an
 * accepted order that is over; an accepted self-test; a reading of telemetry after another of its
 * life. Those by a link, a store or a life that was in trouble are left (docs/broker.md).
 */
import { HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { fieldsIn, number, text } from "../util/fields.js";
import { Tally } from "./check.js";
import { BACK_ONLINE, ORDERS_AN_HOUR } from "./excuses.js";
import type { Lamps } from "./lamps.js";
import type { Entry } from "./orderbook.js";
import { Overlaps } from "./overlaps.js";

/** Beside `stateMinInterval`; and for an event, which waits for nothing. */
const WITHIN = 2 * MINUTE;
/** A self-test lasts 40 s, and waits for a response in the light. */
const TESTED_WITHIN = 5 * MINUTE;
const STATE_INTERVAL = 10_000;
const TELEMETRY_INTERVAL = 15 * MINUTE;
/** A revision may set this interval, which begins anew with it. */
const SET_INTERVAL = 5 * MINUTE;
const EACH = MINUTE;

interface Seen {
	bootAt: number;
	/** Since then its link, its store and its power are in order. */
	quietFrom: number;
	isWorn: boolean;
	updatedAt: number;
	/** Orders whose state is due then. */
	states: { readonly entry: Entry; readonly by: number }[];
	/** The latest state with an order in force. */
	targetAt: number;
	/** Accepted orders whose end is still to be reported, and self-tests. */
	open: Entry[];
	readonly acceptedAt: number[];
	/** Ends of events, by type and id. */
	readonly ended: Set<string>;
	/** Of the last reading of telemetry, in this life. */
	readAt: number;
}

export class Punctual extends Tally {
	readonly name = "punctual";
	readonly #seen: Seen[];
	readonly #troubles: Overlaps;
	readonly #stateInterval: number;
	readonly #within: number;
	readonly #endedWithin: number;
	readonly #telemetryInterval: number;
	#next = EACH;

	constructor(private readonly lamps: Lamps) {
		super();
		const { stateMinInterval = STATE_INTERVAL, telemetryInterval = TELEMETRY_INTERVAL } =
			lamps.configured;
		const { isNarrow = false, lateness = 0 } = lamps.configured;
		this.#within = WITHIN + lateness;
		this.#endedWithin = this.#within + (isNarrow ? telemetryInterval : 0); // in a batch
		this.#stateInterval = stateMinInterval;
		this.#telemetryInterval = Math.max(telemetryInterval, SET_INTERVAL);
		this.#troubles = new Overlaps(lamps.count);
		this.#seen = Array.from({ length: lamps.count }, () => ({
			bootAt: Infinity,
			quietFrom: 0,
			isWorn: false,
			updatedAt: -Infinity,
			states: [],
			targetAt: -Infinity,
			open: [],
			acceptedAt: [],
			ended: new Set(),
			readAt: NaN,
		}));
		lamps.orders.onAccepted((at, entry) => this.#accepted(at, entry));
	}

	#accepted(at: number, entry: Entry): void {
		const { command, lamp, id } = entry.order;
		const seen = this.#seen[lamp]!;
		if (id === undefined || entry.isClear || command === "identify") return;
		seen.acceptedAt.push(at);
		seen.open.push(entry);
		const isFirst = (["override", "emergency"] as const).every((slot) =>
			this.lamps.orders
				.possible(at, lamp, slot, this.#within)
				.every((candidate) => candidate === entry),
		);
		const isLight = command === "override" || command === "emergency";
		if (!isLight || !isFirst) return;
		if (seen.targetAt >= entry.order.at)
			this.judge(); // its state comes before its reply
		else seen.states.push({ entry, by: at + this.#stateInterval + this.#within });
	}

	onBoot(at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		seen.bootAt = at;
		seen.quietFrom = Math.max(seen.quietFrom, at + (at < BACK_ONLINE ? 0 : BACK_ONLINE));
		seen.readAt = NaN;
	}

	onEnd(_at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		seen.bootAt = Infinity;
		for (const _one of seen.open) this.leave("a life that was short, or offline");
		seen.open = [];
		seen.states = [];
	}

	onFault(at: number, lamp: number, name: string, on: boolean): void {
		const seen = this.#seen[lamp]!;
		const { disturbs, forgets } = FAULTS[name]!;
		if (disturbs === "store" || forgets) seen.isWorn = true;
		if (disturbs === undefined || disturbs === "air") return;
		this.#troubles.turn(at, lamp, on);
		seen.quietFrom = Math.max(seen.quietFrom, at + BACK_ONLINE);
	}

	/** To the image server. */
	onConnection(at: number, lamp: number): void {
		this.#seen[lamp]!.updatedAt = at;
	}

	#isHindered(at: number, lamp: number): boolean {
		const { isWorn, updatedAt, quietFrom, bootAt } = this.#seen[lamp]!;
		if (isWorn || at < quietFrom || bootAt > at) return true;
		return at < updatedAt + HOUR || this.#troubles.isOn(at, lamp, BACK_ONLINE);
	}

	onReport(at: number, lamp: number, suffix: string, payload: Uint8Array): void {
		const seen = this.#seen[lamp]!;
		const fields = fieldsIn(payload);
		if (!fields) return;
		if (suffix === "state" && number(fields.targetLightCommand) !== undefined) {
			seen.targetAt = at;
			for (const _one of seen.states) this.judge();
			seen.states = [];
		}
		if (suffix === "telemetry") this.#telemetry(at, lamp, number(fields.uptime_ms));
		if (suffix !== "event" || fields.startEndFlag !== "end") return;
		const id = text((Object(fields.attributes) as { id?: unknown }).id);
		if (id !== undefined) seen.ended.add(`${text(fields.type)} ${id}`);
	}

	#telemetry(arrived: number, lamp: number, uptime: number | undefined): void {
		const seen = this.#seen[lamp]!;
		const at = seen.bootAt + (uptime ?? NaN);
		if (!(at <= arrived)) return; // of a life before
		const gap = at - seen.readAt;
		seen.readAt = Math.max(at, Number.isNaN(seen.readAt) ? at : seen.readAt);
		if (!(gap > 0)) return;
		if (this.#isHindered(at, lamp) || this.#isHindered(at - gap, lamp)) {
			this.leave("a link or a store in trouble");
			return;
		}
		this.judge();
		if (gap > this.#telemetryInterval + SET_INTERVAL + this.#within)
			this.offend(arrived, lamp, `${Math.round(gap / 1000)} s between two readings`);
	}

	advance(at: number): void {
		for (; this.#next <= at; this.#next += EACH)
			for (let lamp = 0; lamp < this.lamps.count; lamp++) {
				this.#lookForStates(this.#next, lamp);
				this.#lookForEnds(this.#next, lamp);
			}
	}

	#lookForStates(at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		if (seen.states.every(({ by }) => by > at)) return;
		const due = seen.states.filter(({ by }) => by <= at);
		seen.states = seen.states.filter(({ by }) => by > at);
		for (const { entry, by } of due) {
			if (Math.min(entry.to, entry.sureUntil) < by) continue; // it did not stand so long
			if (this.#isHindered(at, lamp)) this.leave("a link or a store in trouble");
			else {
				this.judge();
				this.offend(at, lamp, `no state after ${entry.order.command} ${entry.order.id}`);
			}
		}
	}

	#lookForEnds(at: number, lamp: number): void {
		const seen = this.#seen[lamp]!;
		if (seen.open.length === 0) return;
		seen.open = seen.open.filter((entry) => !this.#hasEnded(at, lamp, entry));
	}

	/** Whether the end of an order was due, and is judged. */
	#hasEnded(at: number, lamp: number, entry: Entry): boolean {
		const seen = this.#seen[lamp]!;
		const { command, id } = entry.order;
		const isTest = command === "selfTest";
		const due = isTest
			? entry.certainFrom + TESTED_WITHIN + this.#within - WITHIN
			: endOf(entry) + this.#endedWithin;
		if (at < due) return false;
		if (isTest && entry.endedBy !== undefined) return true; // another sequence took its place
		const isFlood =
			seen.acceptedAt.filter(
				(acceptedTime) => acceptedTime > endOf(entry) - HOUR && acceptedTime <= at,
			).length > ORDERS_AN_HOUR;
		if (isFlood) this.leave("more events than an hour may have");
		else if (this.#isHindered(at, lamp)) this.leave("a link or a store in trouble");
		else if (entry.isDoubtful) this.leave("an order that a boot may have lost");
		else {
			this.judge();
			if (!seen.ended.has(`${command} ${id}`))
				this.offend(at, lamp, `no event of the end of ${command} ${id}`);
		}
		return true;
	}
}

/** Its latest end, with the right date or without. */
function endOf({ to, undated }: Entry): number {
	return Math.max(to, undated);
}
