/**
 * Events: everything the journal can hold, by name, with what belongs to it and how much it matters.
 *
 * Names follow TALQ where it has one (supplyLoss, communicationFailure, invalidProgram). Attributes
 * hold nothing that a stranger chose freely: else each forged order would be an entry of its own
 * instead of one that is counted.
 */
import type { PowerCause, StoreResult, StreamEnd } from "../host.js";
import type { LightDoubt } from "../sensing/lighthealth.js";
import type { PirDoubt } from "../sensing/pirhealth.js";
import type { RevertReason } from "../update/probation.js";
import type { RolloutFault } from "../update/rollout.js";

/** `safety`: dark when it should be lit. `repair`: someone should come. `info`: the rest. */
export type Severity = "safety" | "repair" | "info";

/** Begin or end of a condition (TALQ startEndFlag); what happens in an instant has none. */
export type StartEndFlag = "start" | "end";

/** What each event says beside its name. Texts are cut to ATTRIBUTES_MAX_CHARACTERS in all. */
export interface EventAttributes {
	/** The node came up after a loss of power. */
	readonly started: {
		readonly cause: PowerCause;
		readonly swVersion: string;
		readonly shortLives?: number;
	};
	/**
	 * The node came up for another cause; `reason` if the life before could store one. `shortLives`: so
	 * many lives in a row just before ended within ten minutes; most of them could tell nothing.
	 */
	readonly restarted: {
		readonly cause: PowerCause;
		readonly reason?: string;
		readonly shortLives?: number;
	};
	/** An exception of ours was caught; the lamp went on. */
	readonly fault: { readonly where: string; readonly message: string };
	readonly orderRejected: { readonly reason: string; readonly via: string };
	/** Someone at the pole told the lamp's secret; or another one, or too soon after another one. */
	readonly login: { readonly via: "console" };
	readonly loginFailed: { readonly via: "console" };
	/** The city's CA, the lamp's certificate or its key was put in at the pole. */
	readonly certificateChanged: { readonly which: "ca" | "cert" | "key"; readonly via: "console" };
	/** The secret of the console is another one, or the first. */
	readonly secretChanged: { readonly via: "console" };
	readonly override: { readonly id: string; readonly level?: number; readonly why?: EndReason };
	readonly emergency: { readonly id: string; readonly why?: EndReason };
	/** An override that may light below the floor. */
	readonly belowFloor: { readonly id: string; readonly level?: number; readonly why?: EndReason };
	/** Someone works on the lamp: no alarms, no updates, the level is held. */
	readonly maintenanceMode: {
		readonly id: string;
		readonly level?: number;
		readonly why?: EndReason;
	};
	/** What the order `selfTest` found: parts that failed, parts that could not be judged. */
	readonly selfTest: { readonly id: string; readonly failed?: string; readonly notJudged?: string };
	/** The light source is new; `operatingHours` of the old one. */
	readonly luminaireReplaced: { readonly id: string; readonly operatingHours: number };
	readonly settingsChanged: { readonly section: string; readonly by: "broker" | "console" };
	/** A revision was refused as a whole; `setting` is at fault if one is. */
	readonly settingsRejected: {
		readonly section: string;
		readonly setting?: string;
		readonly reason: string;
	};
	/** What was tried is taken back: the broker was not seen, or nobody confirmed it at the pole. */
	readonly settingsReverted: { readonly why: "noBroker" | "noNetwork" | "notConfirmed" };
	readonly settingsInvalid: { readonly section: string; readonly why: string };
	/** A program that was refused or could not be read; `where` is its setting (TALQ). */
	readonly invalidProgram: { readonly where: string; readonly why: string };
	readonly invalidCalendar: { readonly where: string; readonly why: string };
	/** The clock became trusted; `by_ms` is how far it was moved, absent the first time. */
	readonly clockSet: { readonly source: string; readonly by_ms?: number };
	/** A time server's answer was implausible, or far from what we had. */
	readonly clockJump: { readonly by_ms: number; readonly taken: boolean };
	/**
	 * The clock contradicts the sun: its midnight is `by_min` later than the middle of the nights seen,
	 * or the photocell saw the contrary at its noon or midnight. The program does without it meanwhile.
	 */
	readonly clockAtOdds: { readonly with: "midnight" | "photocell"; readonly by_min?: number };
	/** The PIR cannot be believed: it counts as occupied meanwhile (sensing/pirhealth.ts). */
	readonly presenceSensorFailure: { readonly why?: PirDoubt };
	/** The light sensor cannot be believed: the sun decides, or it is dark (sensing/lighthealth.ts). */
	readonly lightSensorFailure: { readonly why?: LightDoubt };
	/** Datagrams in a neighbour's name came without the site's key; `forged`: so many were looked at. */
	readonly datagramsForged: { readonly forged: number };
	/** The housing is hot, and the output is held back; the floor, too (lighting/thermal.ts). */
	readonly thermalDerating: { readonly temperature_C: number };
	readonly linkLost: { readonly why: StreamEnd | string; readonly detail?: string };
	/** No broker for longer than a reconnection should take (TALQ). */
	readonly communicationFailure: { readonly why?: string; readonly detail?: string };
	/** The supply failed in the life before (TALQ). */
	readonly supplyLoss: { readonly supplyLossCount?: number };
	/** The lamp, or its supply, goes on and off again and again (TALQ). */
	readonly cyclingFailure: { readonly what: "lamp" | "supply" };
	/** It gives no light; by its sensor's answer to its own steps (TALQ, as the two that follow). */
	readonly lampFailure: Inferred;
	/** Its light does not follow its steps. */
	readonly dimmingFailure: Inferred;
	/** It shines though nobody asked for it: a day burner. */
	readonly lampUnexpectedOn: Inferred;
	/** No answer of a time server for longer than an outage; `source`: what is left. */
	readonly clockFailure: { readonly source: "holdover" | "none" };
	/** Little memory is free at the best moment of a day, or less from day to day. */
	readonly heapLow: { readonly why: "leak" | "low"; readonly free_bytes: number };
	/** The store did not take what should survive a restart. */
	readonly storeFailure: { readonly key: string; readonly result: StoreResult };
	/** An image was offered that is genuine and for this lamp. */
	readonly updateOffered: { readonly version: string; readonly counter: number };
	/** Its turn has come: it is fetched. */
	readonly updateStarted: { readonly version: string; readonly bytes: number };
	/** The attempt, or with `final` the offer, is over. Without a signature no `version` is told. */
	readonly updateFailed: {
		readonly reason: RolloutFault;
		readonly version?: string;
		readonly received_bytes?: number;
		readonly final: boolean;
	};
	/** Fetched, checked and made the next to boot; the lamp restarts. */
	readonly updateActivated: { readonly version: string };
	/** Its probation is over: it stays. */
	readonly updateKept: { readonly version: string };
	/** The lamp goes, or went, back to the image before, or was given one by cable. */
	readonly updateReverted: { readonly version: string; readonly reason: RevertReason };
	/** Entries `from` to `to` gave way to newer ones before they were delivered. */
	readonly eventsLost: { readonly from: number; readonly to: number };
	/**
	 * There were more of the type `of` than an hour may have (noise.ts). At the end: how many were not
	 * written down, and whether the last of them began or ended something.
	 */
	readonly eventsCapped: {
		readonly of: string;
		readonly dropped?: number;
		readonly last?: StartEndFlag;
	};
}

/** There is no meter on the mains: it is concluded, not measured. */
export interface Inferred {
	readonly inference: true;
}

export type EventType = keyof EventAttributes;

/** Why what an order had begun is over. */
export type EndReason = "expired" | "cleared" | "replaced";

/** One thing that happened, before it has a number and a time. */
export type LampEvent = {
	readonly [T in EventType]: {
		readonly type: T;
		readonly startEndFlag?: StartEndFlag;
		readonly attributes: EventAttributes[T];
	};
}[EventType];

/** How much each event matters. */
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
	clockAtOdds: "repair",
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
	clockFailure: "repair",
	heapLow: "repair",
	storeFailure: "repair",
	updateOffered: "info",
	updateStarted: "info",
	updateFailed: "repair",
	updateActivated: "info",
	updateKept: "info",
	updateReverted: "repair",
	eventsLost: "repair",
	eventsCapped: "repair",
});

/** The types by number; the order has no meaning outside one life. */
export const EVENT_TYPES: readonly EventType[] = Object.freeze(
	Object.keys(SEVERITY) as EventType[],
);
