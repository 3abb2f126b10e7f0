/**
 * Orders: requests from outside that the lamp accepts or rejects, in their internal form.
 *
 * An internal order is complete and checked: milliseconds, per cent, an end on both clocks. Names
 * on the wire are those of the broker contract.
 */
import type { Millis, Percent, UtcMillis } from "../units.js";

/** The way by which an order arrived; `emergency` is the topic with that suffix. */
export type OrderVia = "node" | "group" | "all" | "emergency" | "console";

/** The way and conditions of an order's arrival. */
export interface OrderSource {
	readonly via: OrderVia;
	/** Delivered with RETAIN set: an old order, to be rejected. */
	readonly retained: boolean;
	/** Addressed to a group or to all: its reply is spread. */
	readonly toMany: boolean;
}

/** Of an order, or of its rejection. */
export interface Spread {
	/** The time over which the lamps of a group or a site reply; absent: that of the settings. */
	readonly spread?: Millis | undefined;
}

/** The facts that decide whether an order is fresh and permitted. */
export interface OrderContext extends Pick<OrderSource, "via" | "retained"> {
	/** Absent without a dated clock. */
	readonly utc: UtcMillis | undefined;
	/** How wrong that date may be, ms; Infinity: no witness vouches for it. Absent: 0. */
	readonly error?: Millis | undefined;
	/** A date that is certainly past; absent: none is known. */
	readonly past?: UtcMillis | undefined;
	/** The witness vouches for the time of day alone, and the day may be another one. */
	readonly isDayOpen?: boolean | undefined;
}

/** An end on both clocks; the earlier one applies. */
export interface OrderEnd {
	/** Absent if neither clock nor date was available when the order arrived (console only). */
	readonly until: UtcMillis | undefined;
	/** From the acceptance of the order, on the monotonic clock. */
	readonly duration: Millis;
}

/** A level set by the operator or at the pole. */
export interface OverrideOrder extends OrderEnd {
	readonly kind: "override";
	readonly id: string;
	readonly level: Percent;
	/** Absent: the ramp of the settings. */
	readonly rampToLevelTime: Millis | undefined;
	readonly inhibitSensors: boolean;
	readonly belowFloor: boolean;
}

/** The full class or the maximum, with precedence over all other requests. */
export interface EmergencyOrder extends OrderEnd {
	readonly kind: "emergency";
	readonly id: string;
	/** Absent: the full class. */
	readonly extent?: "maximum" | undefined;
}

/** Ends an override; an emergency continues. */
interface ClearOverrideOrder {
	readonly kind: "clearOverride";
	readonly id: string;
}

/** Identify or self-test: a minute at most, and never below the floor. */
export type SequenceOrder =
	| { readonly kind: "identify"; readonly id: string; readonly duration: Millis }
	| { readonly kind: "selfTest"; readonly id: string };

/** Maintenance: the level is held, no fault is reported, no update begins. */
interface MaintenanceOrder extends OrderEnd {
	readonly kind: "maintenanceMode";
	readonly id: string;
}

/** Ends maintenance before its time. */
interface EndMaintenanceOrder {
	readonly kind: "endMaintenance";
	readonly id: string;
}

/** The volume of traffic that others measured, for programs that name one (lighting/adaptive.ts). */
interface TrafficOrder extends OrderEnd {
	readonly kind: "trafficVolume";
	readonly id: string;
	/** Road users an hour. */
	readonly volume: number;
}

/** Restarts the lamp; confirmed, as are all of these except `assign`. */
interface RestartOrder {
	readonly kind: "restart";
	readonly id: string;
}

/** Assigns new names; each is valid for the setting of that name. */
export interface AssignOrder {
	readonly kind: "assign";
	readonly id: string;
	readonly site: string;
	readonly node: string;
	/** Empty: in no group. */
	readonly group: string;
}

/** This node replaces another one and continues its lives and counters. */
interface NodeReplacedOrder {
	readonly kind: "nodeReplaced";
	readonly id: string;
	readonly counters: InheritedCounters;
}

/** As last reported to the CMS; absent counters are unknown. */
export interface InheritedCounters {
	readonly life: number;
	readonly activeEnergy_kWh: number | undefined;
	readonly energySaved_kWh: number | undefined;
	readonly operatingHours: number | undefined;
	readonly switchOnCounter: number | undefined;
	readonly roadUsers: number | undefined;
	readonly roadUsersSince: UtcMillis | undefined;
}

/** The lamp has a new light source, at zero hours; `ledPower_W`: power at full level, if given. */
interface LuminaireReplacedOrder {
	readonly kind: "luminaireReplaced";
	readonly id: string;
	readonly ledPower_W: number | undefined;
}

/** Erases everything and restarts; confirmed. At the pole only. */
interface FactoryResetOrder {
	readonly kind: "factoryReset";
	readonly id: string;
}

/** Sends state and telemetry now, or the reasons for the level. Changes nothing. */
interface InquiryOrder {
	readonly kind: "report" | "explain";
	readonly id: string;
	/** For `explain`: the instant in question; absent: now. */
	readonly at?: UtcMillis;
}

/** Requests the forecast of a night. Changes nothing. */
interface PreviewOrder {
	readonly kind: "preview";
	readonly id: string;
	/** Date of the night's evening, days since 1970-01-01; absent: the present or next night. */
	readonly day: number | undefined;
	/** Page of the pieces, from 1. */
	readonly page: number;
}

/** Requests the events, newest first. Changes nothing. */
interface LogOrder {
	readonly kind: "log";
	readonly id: string;
	/** Page of the events, from 1. */
	readonly page: number;
}

/** Orders in force until their end (standingorders.ts). */
export type StandingOrder =
	| OverrideOrder
	| EmergencyOrder
	| ClearOverrideOrder
	| MaintenanceOrder
	| EndMaintenanceOrder;

/** Orders that act once. */
export type ActionOrder =
	| RestartOrder
	| AssignOrder
	| NodeReplacedOrder
	| LuminaireReplacedOrder
	| FactoryResetOrder;

/** Orders that change something; a repeat of one must not act again. */
export type ActingOrder = StandingOrder | SequenceOrder | ActionOrder | TrafficOrder;

/** Orders that change nothing. */
export type QueryOrder = InquiryOrder | PreviewOrder | LogOrder;

export type Order = (ActingOrder | QueryOrder) & Spread;

/** Why an order is rejected; the text of `reason` in the reply. */
export type RejectionReason =
	| "malformed" // not JSON of this contract; `field` names the place if it is known
	| "tooLong" // over 2,048 bytes
	| "missing" // a required field
	| "unknownCommand"
	| "outOfRange" // a value beyond its limits
	| "stale" // issued + validFor is past
	| "notYet" // issued in the future
	| "expired" // its own end is past
	| "retained" // delivered with RETAIN set: its age is unknown
	| "notAllowed" // not permitted by this way, or in this combination
	| "unconfirmed" // needs commandConfirmation: true
	| "noClock" // it could darken, and without a clock its age is unknown
	| "rateExceeded"
	| "storeFailure" // the flash write failed, or exceeded the budget
	| "notAvailable"; // no record of the instant in question

/** A rejected order. A value, never an exception. */
export interface OrderRejection extends Spread {
	readonly reason: RejectionReason;
	/** The id for the reply, if one could be read. */
	readonly id: string | undefined;
	/** The field at fault, by its name on the wire, if there is one. */
	readonly field: string | undefined;
}

/** Whether decode rejected the order. */
export function isRejection(result: Order | OrderRejection): result is OrderRejection {
	return "reason" in result;
}

/** Whether the order changes something. */
export function acts(order: Order): order is ActingOrder & Spread {
	const { kind } = order;
	return kind !== "report" && kind !== "explain" && kind !== "preview" && kind !== "log";
}
