/**
 * Events: every event of the journal, with its attributes and severity.
 *
 * Names follow TALQ where it has one (supplyLoss, communicationFailure, invalidProgram). Attributes
 * contain no text that a stranger can choose freely; otherwise each forged order would be an entry
 * of its own instead of a repeat that is counted.
 */
import type { PowerCause, StoreResult, StreamEnd } from "../host.js";
import type { LightDoubt } from "../sensing/lighthealth.js";
import type { PirDoubt } from "../sensing/pirhealth.js";
import type { RevertReason } from "../update/probation.js";
import type { RolloutFault } from "../update/rollout.js";

/** `safety`: dark while it should be lit. `repair`: needs a technician. `info`: everything else. */
export type Severity = "safety" | "repair" | "info";

/** Begin or end of a condition (TALQ startEndFlag); a single event has none. */
export type StartEndFlag = "start" | "end";

/** The attributes of each event. Texts are cut to ATTRIBUTES_MAX_CHARACTERS in all. */
interface EventAttributes {
	/** The node started after a loss of power. */
	readonly started: {
		readonly cause: PowerCause;
		readonly swVersion: string;
		readonly shortLives?: number;
	};
	/**
	 * The node started for another cause; `reason` if the life before could store one, or how a
	 * crash ended it (docs/boards.md).
	 * `shortLives`: lives in a row just before that ended within ten minutes; most of them could
	 * report nothing. `withoutNetwork`: so many seconds of safe mode (node/boot.ts).
	 */
	readonly restarted: {
		readonly cause: PowerCause;
		readonly reason?: string;
		readonly shortLives?: number;
		readonly withoutNetwork?: number;
	};
	/** An internal exception was caught; the lamp went on. */
	readonly fault: { readonly where: string; readonly message: string };
	readonly orderRejected: { readonly reason: string; readonly via: string };
	/** A login at the pole. */
	readonly login: { readonly via: "console" };
	/** A wrong secret, or a login too soon after one. */
	readonly loginFailed: { readonly via: "console" };
	/**
	 * The CA certificate, the lamp's certificate or its key was replaced at the pole. `sha256`: the
	 * fingerprint of a certificate, in hexadecimal digits.
	 */
	readonly certificateChanged: {
		readonly which: "ca" | "cert" | "key";
		readonly via: "console";
		readonly sha256?: string;
	};
	/** The secret of the console was changed, or set for the first time. */
	readonly secretChanged: { readonly via: "console" };
	readonly override: { readonly id: string; readonly level?: number; readonly why?: EndReason };
	readonly emergency: { readonly id: string; readonly why?: EndReason };
	/** An override that may light below the floor. */
	readonly belowFloor: { readonly id: string; readonly level?: number; readonly why?: EndReason };
	/** Work on the lamp: the level is held, alarms and updates wait. */
	readonly maintenanceMode: {
		readonly id: string;
		readonly level?: number;
		readonly why?: EndReason;
	};
	/** Results of the order `selfTest`: parts that failed, parts that could not be assessed. */
	readonly selfTest: { readonly id: string; readonly failed?: string; readonly notJudged?: string };
	/** The light source is new; `operatingHours` of the old one. */
	readonly luminaireReplaced: { readonly id: string; readonly operatingHours: number };
	readonly settingsChanged: { readonly section: string; readonly by: "broker" | "console" };
	/** A revision was refused as a whole; `setting` names the invalid one, if one is. */
	readonly settingsRejected: {
		readonly section: string;
		readonly setting?: string;
		readonly reason: string;
	};
	/**
	 * Settings, and certificates tried with them, were reverted: the broker was not reached, or they
	 * were not confirmed at the pole in time. `detail`: how the last attempt to reach the broker ended.
	 */
	readonly settingsReverted: {
		readonly why: "noBroker" | "noNetwork" | "notConfirmed";
		readonly detail?: string;
	};
	readonly settingsInvalid: { readonly section: string; readonly why: string };
	/** A program was refused or could not be parsed; `where` is its setting (TALQ). */
	readonly invalidProgram: { readonly where: string; readonly why: string };
	/** A calendar was refused or could not be parsed; `where` is its setting. */
	readonly invalidCalendar: { readonly where: string; readonly why: string };
	/** The clock became trusted; `by_ms`: how far it was moved, absent the first time. */
	readonly clockSet: { readonly source: string; readonly by_ms?: number };
	/**
	 * A time server's answer was implausible, or far from the clock. `corroborated`: false if the clock
	 * follows it and no witness vouches for the date then (time/corroboration.ts).
	 */
	readonly clockJump: {
		readonly by_ms: number;
		readonly taken: boolean;
		readonly corroborated?: false;
	};
	/**
	 * The clock contradicts the sun: its midnight is `by_min` later than the middle of the measured
	 * nights, or the photocell contradicts it at its noon or midnight. The program runs without
	 * this clock meanwhile.
	 */
	readonly clockConflict: { readonly with: "midnight" | "photocell"; readonly by_min?: number };
	/** The PIR is unreliable: the place counts as occupied meanwhile (sensing/pirhealth.ts). */
	readonly presenceSensorFailure: { readonly why?: PirDoubt };
	/** The light sensor is unreliable: the sun decides, or it is dark (sensing/lighthealth.ts). */
	readonly lightSensorFailure: { readonly why?: LightDoubt };
	/** Datagrams were sealed without the site's key; `forged`: number of those checked. */
	readonly datagramsForged: { readonly forged: number };
	/** The housing is hot: the output is capped, even below the floor (lighting/thermal.ts). */
	readonly thermalDerating: { readonly temperature_C: number };
	readonly linkLost: { readonly why: StreamEnd | string; readonly detail?: string };
	/** No broker for longer than a reconnection should take (TALQ). */
	readonly communicationFailure: { readonly why?: string; readonly detail?: string };
	/** The supply failed in the life before (TALQ). */
	readonly supplyLoss: { readonly supplyLossCount?: number };
	/** The lamp, or its supply, goes on and off again and again (TALQ). */
	readonly cyclingFailure: { readonly what: "lamp" | "supply" };
	/**
	 * No light, by the response of the sensor to the lamp's steps, or without `inference` as the driver
	 * reports it (TALQ, as the next two).
	 */
	readonly lampFailure: { readonly inference: boolean };
	/** The light does not follow the lamp's steps. */
	readonly dimmingFailure: Inferred;
	/** The lamp shines without a request: a day burner. */
	readonly lampUnexpectedOn: Inferred;
	/**
	 * The driver on the bus does not answer, several answer, the bus is shorted or without power, or a
	 * setting is not accepted. The light stays what the driver makes of it: full, if it lost the bus.
	 */
	readonly driverFailure: { readonly why: "silent" | "several" | "bus" | "settings" };
	/** The driver had lost so many of its settings, and has them again. */
	readonly driverReset: { readonly settings: number };
	/** Another driver is on the bus: type and serial number of both, in hexadecimal digits. */
	readonly driverReplaced: { readonly driver: string; readonly before: string };
	/** Another sensor is in the lower socket. */
	readonly sensorReplaced: { readonly sensor: string; readonly before: string };
	/** No answer of a time server for longer than an outage; `source`: the remaining one. */
	readonly clockFailure: { readonly source: "holdover" | "none" };
	/** Little memory is free at the best moment of a day, or less from week to week. */
	readonly heapLow: { readonly why: "leak" | "low"; readonly free_bytes: number };
	/** A write to the store failed, so a value may not survive a restart. */
	readonly storeFailure: { readonly key: string; readonly result: StoreResult };
	/** A genuine list of update keys is on trial, or is kept; `keys`: their ids, in order. */
	readonly updateKeys: {
		readonly state: "tried" | "kept";
		readonly counter: number;
		readonly keys: string;
	};
	/** A genuine image for this lamp was offered. */
	readonly updateOffered: { readonly version: string; readonly counter: number };
	/** The turn of this lamp has come, and the download begins. */
	readonly updateStarted: { readonly version: string; readonly bytes: number };
	/** The attempt failed, or with `final` the offer; `version` only if the signature is valid. */
	readonly updateFailed: {
		readonly reason: RolloutFault;
		readonly version?: string;
		readonly received_bytes?: number;
		readonly final: boolean;
	};
	/** The image was downloaded, checked and made the next to boot; the lamp restarts. */
	readonly updateActivated: { readonly version: string };
	/** The probation of the image ended: it is kept. */
	readonly updateKept: { readonly version: string };
	/** The lamp returns, or returned, to the image before, or received another one by cable. */
	readonly updateReverted: { readonly version: string; readonly reason: RevertReason };
	/** Entries `from` to `to` were displaced by newer ones before they were delivered. */
	readonly eventsLost: { readonly from: number; readonly to: number };
	/**
	 * More events of the type `of` than an hour may have (noise.ts). At the end: how many were not
	 * recorded, and whether the last of them was the begin or the end of a condition.
	 */
	readonly eventsCapped: {
		readonly of: string;
		readonly dropped?: number;
		readonly last?: StartEndFlag;
	};
}

/** The event is inferred, not measured: there is no meter on the mains. */
interface Inferred {
	readonly inference: true;
}

export type EventType = keyof EventAttributes;

/** Why the effect of an order ended. */
export type EndReason = "expired" | "cleared" | "replaced";

/** One event, before it has a number and a time. */
export type LampEvent = {
	readonly [T in EventType]: {
		readonly type: T;
		readonly startEndFlag?: StartEndFlag;
		readonly attributes: EventAttributes[T];
	};
}[EventType];

/** The severity of each event. */
export const SEVERITY: { readonly [T in EventType]: Severity } = Object.freeze({
	started: "info",
	restarted: "repair",
	fault: "repair",
	orderRejected: "info",
	login: "info",
	loginFailed: "info",
	certificateChanged: "info",
	secretChanged: "info",
	override: "info",
	emergency: "info",
	belowFloor: "safety",
	maintenanceMode: "info",
	selfTest: "info",
	luminaireReplaced: "info",
	settingsChanged: "info",
	settingsRejected: "repair",
	settingsReverted: "repair",
	settingsInvalid: "repair",
	invalidProgram: "repair",
	invalidCalendar: "repair",
	clockSet: "info",
	clockJump: "info",
	clockConflict: "repair",
	presenceSensorFailure: "repair",
	lightSensorFailure: "repair",
	datagramsForged: "repair",
	thermalDerating: "repair",
	linkLost: "info",
	communicationFailure: "repair",
	supplyLoss: "repair",
	cyclingFailure: "repair",
	lampFailure: "safety",
	dimmingFailure: "repair",
	lampUnexpectedOn: "repair",
	driverFailure: "repair",
	driverReset: "repair",
	driverReplaced: "info",
	sensorReplaced: "info",
	clockFailure: "repair",
	heapLow: "repair",
	storeFailure: "repair",
	updateOffered: "info",
	updateStarted: "info",
	updateFailed: "repair",
	updateActivated: "info",
	updateKept: "info",
	updateReverted: "repair",
	updateKeys: "info",
	eventsLost: "repair",
	eventsCapped: "repair",
});

/** The types by number; their order has no meaning outside one life. */
export const EVENT_TYPES: readonly EventType[] = Object.freeze(
	Object.keys(SEVERITY) as EventType[],
);
