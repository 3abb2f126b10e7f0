/**
 * Facts state: what the second lamp remembers of all that it heard, and what of it stands in flash.
 */
import type { PowerCause } from "../../src/host.js";
import { type ConsoleState, freshConsole } from "./console.js";
import { type DatesState, freshDates } from "./dates.js";
import type { MqttState } from "./mqtt.js";
import { freshRow, type RowState } from "./neighbours.js";
import type { Door, Order } from "./orderjson.js";
import { freshOrders, freshStoredOrders, type OrdersState, type StoredOrders } from "./orders.js";
import { bootSettings, freshStored, type SettingsState, type StoredSettings } from "./probation.js";

/** What stands in flash, as far as the lamp said that it is committed. */
export interface FlashState {
	settings: StoredSettings;
	orders: StoredOrders;
	certain: number | undefined;
	secret: string;
	/** The wait that the next life begins with, ms. */
	guessed: number;
}

/** A stream that the lamp opened. */
export interface StreamState {
	readonly openedAt: number;
	mqtt: MqttState;
	/** Undefined: nothing came yet. */
	isBroker: boolean | undefined;
	hasTopics: boolean;
	/** The packet of the first state (without a site: status), and when it was acknowledged. */
	firstState: number | undefined;
	ackedAt: number | undefined;
}

export interface Verdicts {
	hasCredit: boolean;
	/** As the turn before ended. */
	hadCredit: boolean;
	isReplyRoomFull: boolean;
	isConflict: boolean;
	midnight: number | undefined;
	usualNight: number | undefined;
	photocellOutput: "unknown" | "day" | "night";
	lightDoubt: string | undefined;
	presenceDoubt: string | undefined;
}

export interface FactsState {
	flash: FlashState;
	/** What a torn write would have committed. */
	torn: FlashState | undefined;
	serial: string;
	life: number;
	cause: PowerCause;
	bootAt: number;
	isAlive: boolean;
	/** Turns of this life. */
	turns: number;
	now: number;
	verdicts: Verdicts;
	dates: DatesState;
	settings: SettingsState;
	orders: OrdersState;
	row: RowState;
	console: ConsoleState;
	streams: Record<string, StreamState>;
	/** Writes that were told in this turn. */
	written: Written[];
	/** Sections of settings that came in this turn. */
	sections: Section[];
	/** Orders that act once, read in this turn. */
	once: Once[];
	/** PUBLISHes of replies that wait for their acknowledgement, and how many were sent in this life. */
	inFlight: number[];
	/** Messages of QoS 1 that this connection brought before the one at hand, and those acknowledged. */
	taken: number;
	acked: number;
	repliesSent: number;
	/** `repliesSent` after the last turn, and before that in which the waiting order was accepted. */
	sentTold: number;
	sentBefore: number;
	/** The settings of this count are known to all rooms. */
	configured: number;
	place: string;
	/** By what the program went at the last decision. */
	basis: string;
	/** What the latest reports of all sections tell. */
	said: string;
}

/** A write to flash in this turn; `acked`: messages of QoS 1 that were acknowledged before it. */
export interface Written {
	readonly key: string;
	readonly isErased: boolean;
	readonly isOk: boolean;
	readonly acked: number;
}

/** An order that acts once; `after`: messages of QoS 1 that were read before it in this connection. */
export interface Once {
	readonly order: Order;
	readonly door: Door;
	readonly after: number;
	readonly at: number;
}

/** A section of settings that came; `after`: messages of QoS 1 that were read before it in this connection. */
export interface Section {
	readonly name: string;
	readonly payload: Uint8Array;
	readonly after: number;
	readonly at: number;
}

export function freshFacts(): FactsState {
	const settings = freshStored();
	return {
		flash: {
			settings,
			orders: freshStoredOrders(),
			certain: undefined,
			secret: "",
			guessed: 0,
		},
		torn: undefined,
		serial: "",
		life: 0,
		cause: "powerOn",
		bootAt: 0,
		isAlive: false,
		turns: 0,
		now: 0,
		verdicts: freshVerdicts(),
		dates: freshDates(),
		settings: bootSettings(settings, 0, 0),
		orders: freshOrders(),
		row: freshRow(0),
		console: freshConsole("", 0, 0),
		streams: {},
		written: [],
		sections: [],
		once: [],
		inFlight: [],
		taken: 0,
		acked: 0,
		repliesSent: 0,
		sentTold: 0,
		sentBefore: 0,
		configured: 0,
		place: "",
		basis: "",
		said: "",
	};
}

export function freshVerdicts(): Verdicts {
	return {
		hasCredit: true,
		hadCredit: true,
		isReplyRoomFull: false,
		isConflict: false,
		midnight: undefined,
		usualNight: undefined,
		photocellOutput: "unknown",
		lightDoubt: undefined,
		presenceDoubt: undefined,
	};
}
