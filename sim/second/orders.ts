/**
 * Orders: which are accepted and what is replied, standing orders and their ends, sequences, and what of
 * them survives which restart.
 *
 * Follows docs/light.md, Orders: From arrival to reply, The rate, Repeats, Standing orders, Identify and
 * self-test, Orders that act once; Boot and restart: Standing orders over a restart.
 */
import {
	type Door,
	judge,
	type Order,
	type OrderDates,
	QUERIES,
	type Read,
	type Refusal,
} from "./orderjson.js";

export interface Standing {
	readonly id: string;
	readonly level: number;
	/** ms; undefined: the lamp's own times. */
	readonly ramp: number | undefined;
	readonly inhibitSensors: boolean;
	readonly belowFloor: boolean;
	/** Of an emergency: 100 per cent, not the full level. */
	readonly isMaximum: boolean;
	/** On the monotonic clock. */
	readonly endsAt: number;
	/** Undefined: no date of its end is known. */
	readonly endUtc: number | undefined;
	/** It stood before this life. */
	readonly isRestored: boolean;
}

export const KINDS = ["override", "emergency", "maintenance"] as const;
export type StandingKind = (typeof KINDS)[number];

/** What flash has of an order: the time that was left in place of an instant. */
export interface StoredOrder {
	readonly order: Standing;
	readonly left: number;
}

export interface Sequence {
	readonly id: string;
	readonly kind: "identify" | "selfTest";
	readonly endsAt: number;
	/** Of the step that runs; a step that came late lasts as long as the others. */
	index: number;
	nextAt: number;
	/** Counts the sequences of this life. */
	readonly number: number;
}

export interface OrdersState {
	standing: Partial<Record<StandingKind, Standing>>;
	/** Of orders that acted, the oldest first; at most 32. */
	ids: string[];
	sequence: Sequence | undefined;
	sequences: number;
	volume: { readonly volume: number; readonly endsAt: number } | undefined;
	/** Arrivals that count, of a minute, by the three counts. */
	arrivals: { orders: number[]; emergency: number[]; console: number[] };
	/** An order that acts once and waits for its reply to arrive. */
	waiting: { readonly order: Order; readonly actsAt: number } | undefined;
	/** Level of the last decision without a sequence. */
	heldLevel: number;
	/** What there was to store in this turn, after each order that changed it. */
	moments: Moment[];
}

/** The orders as they are to be stored; urgent ones do not wait for credit. */
interface Moment extends StoredOrders {
	/** Messages of QoS 1 that were read before it in this connection. */
	readonly after: number;
	readonly isUrgent: boolean;
}

/** By which dates orders end: one that is certainly past, and the clock's, if it has one. */
export interface EndDates {
	readonly past: number;
	readonly clock: number | undefined;
}

/** What flash has of orders. */
export interface StoredOrders {
	standing: Partial<Record<StandingKind, StoredOrder>>;
	ids: string[];
}

export function freshOrders(): OrdersState {
	return {
		standing: {},
		ids: [],
		sequence: undefined,
		sequences: 0,
		volume: undefined,
		arrivals: { orders: [], emergency: [], console: [] },
		waiting: undefined,
		heldLevel: 0,
		moments: [],
	};
}

export function freshStoredOrders(): StoredOrders {
	return { standing: {}, ids: [] };
}

const MINUTE = 60_000;
const PER_MINUTE = 30;
const QUERIES_PER_MINUTE = 20;
const IDS = 32;

export interface Answer {
	readonly id: string | undefined;
	readonly status: "accepted" | "rejected" | "done";
	readonly reason: string | undefined;
	readonly field: string | undefined;
	/** The order that was done or accepted, unless it is a repeat. */
	readonly order: Order | undefined;
	/** It acts once, and has yet to be judged by Orders that act once. */
	readonly isOnce: boolean;
}

export const ONCE: readonly string[] = [
	"assign",
	"restart",
	"nodeReplaced",
	"luminaireReplaced",
	"factoryReset",
];

/**
 * What an order that arrived is answered (From arrival to reply, 3 to 8). An order that acts once is not
 * judged here to the end; the caller does that and remembers its id.
 */
export function answer(
	state: OrdersState,
	stored: StoredOrders,
	read: Read,
	door: Door,
	isRoomFull: boolean,
	now: number,
): Answer {
	const order = "order" in read ? read.order : undefined;
	const refusal = "refusal" in read ? read.refusal : undefined;
	const id = order?.id ?? refusal?.id;
	const isQuery = order !== undefined && QUERIES.includes(order.command);
	if (isQuery && isRoomFull) return rejected({ id, reason: "rateExceeded", field: undefined });
	if (isRateExceeded(state, door, isQuery, now)) {
		return rejected({ id, reason: "rateExceeded", field: undefined });
	}
	if (refusal !== undefined) {
		const isOld = ["stale", "expired", "noClock"].includes(refusal.reason);
		if (isOld && id !== undefined && isKnown(state, stored, id)) return accepted(id, undefined);
		return rejected(refusal);
	}
	if (isQuery) {
		return { id, status: "done", reason: undefined, field: undefined, order, isOnce: false };
	}
	if (isKnown(state, stored, order!.id)) return accepted(order!.id, undefined);
	return accepted(order!.id, order);
}

function accepted(id: string, order: Order | undefined): Answer {
	const isOnce = order !== undefined && ONCE.includes(order.command);
	return { id, status: "accepted", reason: undefined, field: undefined, order, isOnce };
}

export function rejected(refusal: Refusal): Answer {
	const { id, reason, field } = refusal;
	return { id, status: "rejected", reason, field, order: undefined, isOnce: false };
}

/** Counts the arrival unless it is refused. */
function isRateExceeded(state: OrdersState, door: Door, isQuery: boolean, now: number): boolean {
	const count = door === "emergency" ? "emergency" : door === "console" ? "console" : "orders";
	const recent = state.arrivals[count].filter((at) => at > now - MINUTE);
	state.arrivals[count] = recent;
	if (recent.length >= (isQuery ? QUERIES_PER_MINUTE : PER_MINUTE)) return true;
	recent.push(now);
	return false;
}

export function isKnown(state: OrdersState, stored: StoredOrders, id: string): boolean {
	if (state.ids.includes(id)) return true;
	return KINDS.some((kind) => stored.standing[kind]?.order.id === id);
}

export function remember(state: OrdersState, id: string): void {
	state.ids.push(id);
	if (state.ids.length > IDS) state.ids.shift();
}

/** An order that acts, and not once, begins to count. `fullLevel`: of the settings in force. */
export function obey(state: OrdersState, order: Order, fullLevel: number, now: number): void {
	const { fields } = order;
	switch (order.command) {
		case "override":
			state.standing.override = standing(order, fields.level as number, now);
			break;
		case "clearOverride":
			delete state.standing.override;
			break;
		case "emergency": {
			const level = fields.extent === "maximum" ? 100 : fullLevel;
			state.standing.emergency = standing(order, level, now);
			break;
		}
		case "maintenanceMode":
			if (fields.enabled === false) delete state.standing.maintenance;
			else state.standing.maintenance = standing(order, state.heldLevel, now);
			break;
		case "trafficVolume":
			state.volume = { volume: fields.volume as number, endsAt: now + order.span! };
			break;
		case "identify":
			beginSequence(state, order.id, "identify", order.span!, now);
			break;
		case "selfTest":
			beginSequence(state, order.id, "selfTest", SELF_TEST_STEP * SELF_TEST.length, now);
			break;
	}
}

function standing(order: Order, level: number, now: number): Standing {
	const ramp = order.fields.rampToLevelTime as number | undefined;
	return {
		id: order.id,
		level,
		ramp: ramp === undefined ? undefined : ramp * 1000,
		inhibitSensors: order.fields.inhibitSensors === true,
		belowFloor: order.fields.belowFloor === true,
		isMaximum: order.fields.extent === "maximum",
		endsAt: now + order.span!,
		endUtc: order.endUtc,
		isRestored: false,
	};
}

const SELF_TEST: readonly number[] = [1, 0.7, 0.35, 0, 1];
const SELF_TEST_STEP = 8000;
const IDENTIFY_STEP = 2000;

function beginSequence(
	state: OrdersState,
	id: string,
	kind: Sequence["kind"],
	span: number,
	now: number,
): void {
	state.sequences++;
	const endsAt = now + span;
	const nextAt = Math.min(now + lengthOf(kind), endsAt);
	state.sequence = { id, kind, endsAt, index: 0, nextAt, number: state.sequences };
}

function lengthOf(kind: Sequence["kind"]): number {
	return kind === "identify" ? IDENTIFY_STEP : SELF_TEST_STEP;
}

/** A step whose time has come begins. */
function advance(sequence: Sequence, now: number): void {
	if (now < sequence.nextAt) return;
	sequence.index++;
	sequence.nextAt = Math.min(now + lengthOf(sequence.kind), sequence.endsAt);
}

/** The step that runs; its number counts from 0. */
export function stepOf({ kind, index }: Sequence): { share: number; index: number } {
	if (kind === "identify") return { share: index % 2 === 0 ? 1 : 0, index };
	return { share: SELF_TEST[index] ?? 1, index };
}

/** Removes what has ended. `past`: the date that is certainly past; `clockUtc`: of the lamp's clock. */
export function endOrders(state: OrdersState, now: number, dates: EndDates): void {
	for (const kind of KINDS) {
		const order = state.standing[kind];
		if (order !== undefined && leftOf(kind, order, now, dates) <= 0) delete state.standing[kind];
	}
	if (state.sequence !== undefined && now >= state.sequence.endsAt) state.sequence = undefined;
	if (state.sequence !== undefined) advance(state.sequence, now);
	if (state.volume !== undefined && now >= state.volume.endsAt) state.volume = undefined;
}

/** The time that is left of an order, by the clock that ends it first. */
function leftOf(kind: StandingKind, order: Standing, now: number, dates: EndDates): number {
	const { endUtc } = order;
	let left = order.endsAt - now;
	if (endUtc === undefined) return left;
	left = Math.min(left, endUtc - dates.past);
	if (kind === "emergency" || !order.isRestored || dates.clock === undefined) return left;
	return Math.min(left, endUtc - dates.clock);
}

/** The orders as flash has them if they are written now. */
export function toStore(state: OrdersState, now: number, dates: EndDates): StoredOrders {
	const standing: StoredOrders["standing"] = {};
	for (const kind of KINDS) {
		const order = state.standing[kind];
		if (order !== undefined) standing[kind] = { order, left: leftOf(kind, order, now, dates) };
	}
	return { standing, ids: [...state.ids] };
}

/** The orders have changed, so they are to be stored; `stored`: what flash has. */
export function noteMoment(
	state: OrdersState,
	stored: StoredOrders,
	after: number,
	now: number,
	dates: EndDates,
): void {
	const before = state.moments.at(-1) ?? stored;
	const next = toStore(state, now, dates);
	const isOver = (kind: StandingKind) => before.standing[kind] && !next.standing[kind];
	const emergencyOf = ({ standing }: StoredOrders) => standing.emergency?.order.id;
	const isUrgent =
		Boolean(isOver("override") || isOver("maintenance")) ||
		emergencyOf(before) !== emergencyOf(next);
	state.moments.push({ ...next, after, isUrgent });
}

/**
 * What a turn stored that wrote `writes` times. Fewer writes than changes: others waited for credit, which
 * an urgent one does not (docs/wear.md).
 */
export function storedOf(
	state: OrdersState,
	writes: number,
	now: number,
	dates: EndDates,
): StoredOrders {
	const { moments } = state;
	if (writes >= moments.length) return toStore(state, now, dates);
	const urgent = moments.map(({ isUrgent }) => isUrgent).lastIndexOf(true);
	return moments[Math.max(urgent, writes - 1)]!;
}

/** The machine ended in a turn: its last write to flash had the orders after this many messages and the next one. */
export function endAfter(state: OrdersState, messages: number): void {
	const last = state.moments.filter(({ after }) => after <= messages).at(-1);
	if (last === undefined) return;
	state.moments = [last];
	state.ids = [...last.ids];
	state.standing = {};
	for (const kind of KINDS) {
		const order = last.standing[kind]?.order;
		if (order !== undefined) state.standing[kind] = order;
	}
}

/** The orders of a life that begins at `now`. */
export function restore(
	stored: StoredOrders,
	now: number,
	past: number,
	clockUtc: number | undefined,
	fullLevel: number,
): OrdersState {
	const state = freshOrders();
	state.ids = [...stored.ids];
	for (const kind of KINDS) {
		const kept = stored.standing[kind];
		if (kept === undefined || kept.left > longestSpan(kind, kept.order)) continue;
		const { endUtc } = kept.order;
		const date = kind === "emergency" ? past : clockUtc;
		const byDate =
			endUtc === undefined || date === undefined ? Number.POSITIVE_INFINITY : endUtc - date;
		const left = Math.min(kept.left, byDate);
		if (left <= 0) continue;
		const level = kind === "emergency" && !kept.order.isMaximum ? fullLevel : kept.order.level;
		state.standing[kind] = { ...kept.order, level, endsAt: now + left, isRestored: true };
	}
	return state;
}

function longestSpan(kind: StandingKind, order: Standing): number {
	if (kind !== "override") return 86_400_000;
	return order.belowFloor ? 43_200_000 : 604_800_000;
}

/** An order typed at the pole, through the checks that follow the fields. */
export function typedOrder(
	id: string,
	command: string,
	fields: Order["fields"],
	dates: OrderDates,
): Read {
	return judge(id, command, fields, "console", dates);
}
