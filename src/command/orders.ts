/**
 * Orders: what others may ask of the lamp, as the rest of the firmware sees it.
 *
 * Inside, an order is complete and checked: milliseconds, per cent, an end on both clocks. The
 * names on the wire are those of the broker contract.
 */
import type { Millis, Percent, UtcMillis } from "../units.js";

/** The door an order came through; `emergency` is the topic with that suffix. */
export type OrderVia = "node" | "group" | "all" | "emergency" | "console";

/** How an order came. */
export interface OrderSource {
	readonly via: OrderVia;
	/** Delivered with RETAIN set: an old order, not to be obeyed. */
	readonly retained: boolean;
	/** It went to a group or to all: its answer is spread. */
	readonly toMany: boolean;
}

/** What decides whether an order is fresh and allowed. */
export interface OrderContext extends Pick<OrderSource, "via" | "retained"> {
	/** Absent without a trusted clock. */
	readonly utc: UtcMillis | undefined;
}

/** An end that every clock can tell: whichever of the two comes first. */
export interface OrderEnd {
	/** Absent if no clock and no date was there when the order came (console only). */
	readonly until: UtcMillis | undefined;
	/** From the moment the order is taken, on the monotonic clock. */
	readonly duration: Millis;
}

/** A level set by the operator or at the pole. */
export interface OverrideOrder extends OrderEnd {
	readonly kind: "override";
	readonly id: string;
	readonly level: Percent;
	/** Absent: as the lamp is set. */
	readonly rampToLevelTime: Millis | undefined;
	readonly inhibitSensors: boolean;
	readonly belowFloor: boolean;
}

/** The full class, whatever else is asked for. */
export interface EmergencyOrder extends OrderEnd {
	readonly kind: "emergency";
	readonly id: string;
}

/** Ends an override; an emergency stands. */
export interface ClearOverrideOrder {
	readonly kind: "clearOverride";
	readonly id: string;
}

/** Show which lamp it is, or try what can be tried; a minute at most, and never below the floor. */
export type SequenceOrder =
	| { readonly kind: "identify"; readonly id: string; readonly duration: Millis }
	| { readonly kind: "selfTest"; readonly id: string };

/** Someone works on the lamp: the level is held, nothing is told as a fault, nothing is updated. */
export interface MaintenanceOrder extends OrderEnd {
	readonly kind: "maintenanceMode";
	readonly id: string;
}

/** The work is done before its end. */
export interface EndMaintenanceOrder {
	readonly kind: "endMaintenance";
	readonly id: string;
}

/** Start over; it was confirmed, as all of these but `assign` are. */
export interface RestartOrder {
	readonly kind: "restart";
	readonly id: string;
}

/** Go by these names from now on; each is one that a setting takes. */
export interface AssignOrder {
	readonly kind: "assign";
	readonly id: string;
	readonly site: string;
	readonly node: string;
	/** Empty: in no group. */
	readonly group: string;
}

/** This node stands where another one died: its lives and its counters go on here. */
export interface NodeReplacedOrder {
	readonly kind: "nodeReplaced";
	readonly id: string;
	readonly counters: InheritedCounters;
}

/** As the CMS last heard them; what is absent is not known. */
export interface InheritedCounters {
	readonly life: number;
	readonly activeEnergy_kWh: number | undefined;
	readonly energySaved_kWh: number | undefined;
	readonly operatingHours: number | undefined;
	readonly switchOnCounter: number | undefined;
	readonly roadUsers: number | undefined;
	readonly roadUsersSince: UtcMillis | undefined;
}

/** The lamp has a new light source, at nought hours; it draws so much at full, if that is said. */
export interface LuminaireReplacedOrder {
	readonly kind: "luminaireReplaced";
	readonly id: string;
	readonly ledPower_W: number | undefined;
}

/** Forget everything and start over; it was confirmed. At the pole only. */
export interface FactoryResetOrder {
	readonly kind: "factoryReset";
	readonly id: string;
}

/** Send state and telemetry now, or say why the level is what it is. They change nothing. */
export interface InquiryOrder {
	readonly kind: "report" | "explain";
	readonly id: string;
	/** Of `explain`: the instant that is asked about; absent: now. */
	readonly at?: UtcMillis;
}

/** Say what a night will be. It changes nothing. */
export interface PreviewOrder {
	readonly kind: "preview";
	readonly id: string;
	/** The date of its evening, in days since 1970-01-01; absent: the night that is or comes next. */
	readonly day: number | undefined;
	/** Which page of its pieces, from 1. */
	readonly page: number;
}

/** Say what happened, newest first. It changes nothing. */
export interface LogOrder {
	readonly kind: "log";
	readonly id: string;
	/** Which page of the events, from 1. */
	readonly page: number;
}

/** What is asked of the lamp until it ends (standingorders.ts). */
export type StandingOrder =
	| OverrideOrder
	| EmergencyOrder
	| ClearOverrideOrder
	| MaintenanceOrder
	| EndMaintenanceOrder;

/** What is done once. */
export type ActionOrder =
	| RestartOrder
	| AssignOrder
	| NodeReplacedOrder
	| LuminaireReplacedOrder
	| FactoryResetOrder;

/** Orders that change something; a repeat of one must not act again. */
export type ActingOrder = StandingOrder | SequenceOrder | ActionOrder;

/** Orders that change nothing. */
export type QueryOrder = InquiryOrder | PreviewOrder | LogOrder;

export type Order = ActingOrder | QueryOrder;

/** Why an order is not obeyed; the text of `reason` in the reply. */
export type RejectionReason =
	| "malformed" // not JSON of this contract; `field` says where if it is known
	| "tooLong" // over 2,048 bytes
	| "missing" // a field that this order must have
	| "unknownCommand"
	| "outOfRange" // a value beyond its limits
	| "stale" // issued + validFor is over
	| "notYet" // issued in the future
	| "expired" // its own end is over
	| "retained" // delivered with RETAIN set: nobody knows from when
	| "notAllowed" // not through this door, or not in this combination
	| "unconfirmed" // needs commandConfirmation: true
	| "noClock" // it could darken, and without a clock nobody knows whether it is fresh
	| "rateExceeded"
	| "storeFailure" // flash took nothing, or was written too often
	| "notAvailable"; // what is asked about was not kept

/** An order that is not obeyed. A value, never an exception. */
export interface OrderRejection {
	readonly reason: RejectionReason;
	/** Whom to answer to, if an id could be read. */
	readonly id: string | undefined;
	/** The field at fault, by its name on the wire, if it is one. */
	readonly field: string | undefined;
}

/** Whether decode refused. */
export function isRejection(result: Order | OrderRejection): result is OrderRejection {
	return "reason" in result;
}

/** Whether the order changes what is asked of the lamp. */
export function acts(order: Order): order is ActingOrder {
	const { kind } = order;
	return kind !== "report" && kind !== "explain" && kind !== "preview" && kind !== "log";
}
