/**
 * Tables of the contract's tests: every value of the firmware's closed lists, checked by the
 * compiler to be all of them, and every variant of an event.
 */
import type { RejectionReason } from "../../src/command/orders.js";
import type { LampEvent } from "../../src/journal/events.js";
import type { LinkEnd } from "../../src/link/contract.js";
import type { RejectionReason as SettingsReason } from "../../src/settings/validate.js";
import type { RevertReason } from "../../src/update/probation.js";
import type { RolloutFault } from "../../src/update/rollout.js";

/** The compiler refuses a list that lacks a member or has one too many. */
const all = <T extends string>(members: Readonly<Record<T, true>>) => Object.keys(members) as T[];

/** Ends of a stream, which both the link and an image's download report. */
const STREAM_ENDS = {
	closedByPeer: true,
	unreachable: true,
	nameUnknown: true,
	timedOut: true,
	tlsRefused: true,
	noNetwork: true,
	notAvailable: true,
} as const;

export const LINK_ENDS = all<LinkEnd>({
	...STREAM_ENDS,
	connectTimeout: true,
	pingTimeout: true,
	acknowledgeTimeout: true,
	refusedVersion: true,
	refusedIdentifier: true,
	refusedUnavailable: true,
	refusedCredentials: true,
	refusedAuthorization: true,
	protocolError: true,
	closed: true,
});

export const UPDATE_FAULTS = all<RolloutFault>({
	malformed: true,
	wrongProduct: true,
	wrongHardware: true,
	wrongProfile: true,
	olderCounter: true,
	unknownKey: true,
	retiredKey: true,
	wrongSignature: true,
	failedBefore: true,
	laterKeyMissing: true,
	badResponse: true,
	headTooLong: true,
	chunked: true,
	encoded: true,
	redirected: true,
	status: true,
	wrongLength: true,
	...STREAM_ENDS,
	slotFailed: true,
	wrongHash: true,
	stopped: true,
	notActivated: true,
});

export const REVERT_REASONS = all<RevertReason>({
	crashed: true,
	fault: true,
	noBroker: true,
	powerLost: true,
	notKept: true,
	reflashed: true,
});

export const REASONS = all<RejectionReason>({
	malformed: true,
	tooLong: true,
	missing: true,
	unknownCommand: true,
	outOfRange: true,
	stale: true,
	notYet: true,
	expired: true,
	retained: true,
	notAllowed: true,
	unconfirmed: true,
	noClock: true,
	rateExceeded: true,
	storeFailure: true,
	notAvailable: true,
});

const SETTINGS_REASONS = all<SettingsReason>({
	unknownSetting: true,
	wrongType: true,
	outOfRange: true,
	notAStep: true,
	wrongLength: true,
	badCharacter: true,
	reservedName: true,
	notAChoice: true,
	invalidProgram: true,
	invalidCalendar: true,
	invalidZone: true,
	invalidDepreciation: true,
	conflict: true,
	malformed: true,
	storeFailure: true,
});

/** Every type and variant that the journal can hold. */
export const EVENTS: readonly LampEvent[] = [
	{ type: "driverReset", attributes: { settings: 5 } },
	{
		type: "driverReplaced",
		attributes: {
			driver: "010203040506.0000000000001235",
			before: "010203040506.0000000000001234",
		},
	},
	{ type: "started", attributes: { cause: "powerOn", swVersion: "0.1.0" } },
	...(["restart", "watchdog", "crash", "brownout", "update"] as const).map(
		(cause): LampEvent => ({ type: "restarted", attributes: { cause } }),
	),
	{ type: "restarted", attributes: { cause: "restart", reason: "tooManyFaults" } },
	{ type: "restarted", attributes: { cause: "crash", shortLives: 8640 } },
	{ type: "started", attributes: { cause: "powerOn", swVersion: "0.1.0", shortLives: 3 } },
	{ type: "fault", attributes: { where: "tick", message: "x".repeat(500) } },
	...REASONS.map(
		(reason): LampEvent => ({ type: "orderRejected", attributes: { reason, via: "all" } }),
	),
	...["node", "group", "emergency", "console"].map(
		(via): LampEvent => ({ type: "orderRejected", attributes: { reason: "stale", via } }),
	),
	{ type: "override", startEndFlag: "start", attributes: { id: "a:1.b-c_d", level: 0 } },
	{ type: "belowFloor", startEndFlag: "start", attributes: { id: "a", level: 12.5 } },
	{ type: "emergency", startEndFlag: "start", attributes: { id: "x".repeat(36) } },
	...(["expired", "cleared", "replaced"] as const).flatMap((why) =>
		(["override", "belowFloor", "emergency", "maintenanceMode"] as const).map(
			(type): LampEvent => ({ type, startEndFlag: "end", attributes: { id: "a", why } }),
		),
	),
	{ type: "maintenanceMode", startEndFlag: "start", attributes: { id: "a", level: 40 } },
	{ type: "selfTest", startEndFlag: "start", attributes: { id: "x".repeat(36) } },
	{ type: "selfTest", startEndFlag: "end", attributes: { id: "a" } },
	{
		type: "selfTest",
		startEndFlag: "end",
		attributes: { id: "x".repeat(36), failed: "store heap clock link", notJudged: "lamp pir" },
	},
	{ type: "luminaireReplaced", attributes: { id: "a", operatingHours: 41_234 } },
	{ type: "settingsChanged", attributes: { section: "link", by: "console" } },
	...SETTINGS_REASONS.map(
		(reason): LampEvent => ({ type: "settingsRejected", attributes: { section: "link", reason } }),
	),
	{
		type: "settingsRejected",
		attributes: { section: "light", setting: "hold", reason: "outOfRange" },
	},
	...(["login", "loginFailed", "secretChanged"] as const).map(
		(type): LampEvent => ({ type, attributes: { via: "console" } }),
	),
	...(["ca", "cert", "key"] as const).map(
		(which): LampEvent => ({ type: "certificateChanged", attributes: { which, via: "console" } }),
	),
	{
		type: "certificateChanged",
		attributes: { which: "cert", via: "console", sha256: "0123456789abcdef".repeat(4) },
	},
	{ type: "settingsReverted", attributes: { why: "noBroker" } },
	{ type: "settingsReverted", attributes: { why: "noBroker", detail: "refusedAuthorization" } },
	{ type: "settingsReverted", attributes: { why: "noNetwork" } },
	{ type: "settingsReverted", attributes: { why: "notConfirmed" } },
	{ type: "settingsInvalid", attributes: { section: "light", why: "hold outOfRange" } },
	{ type: "invalidProgram", attributes: { where: "P1", why: "no end" } },
	{ type: "invalidCalendar", attributes: { where: "rule 1", why: "unknownProgram" } },
	{ type: "clockConflict", startEndFlag: "start", attributes: { with: "midnight", by_min: -45 } },
	{ type: "clockConflict", startEndFlag: "end", attributes: { with: "photocell" } },
	{ type: "clockSet", attributes: { source: "network" } },
	{ type: "clockSet", attributes: { source: "kept", by_ms: -12.5 } },
	{ type: "clockJump", attributes: { by_ms: -86_400_000, taken: false } },
	{ type: "clockJump", attributes: { by_ms: 43_200_000, taken: true, corroborated: false } },
	{ type: "presenceSensorFailure", startEndFlag: "start", attributes: { why: "radio" } },
	{ type: "presenceSensorFailure", startEndFlag: "end", attributes: {} },
	{ type: "lightSensorFailure", startEndFlag: "start", attributes: { why: "contradicted" } },
	{ type: "lightSensorFailure", startEndFlag: "end", attributes: {} },
	{ type: "datagramsForged", startEndFlag: "start", attributes: { forged: 3 } },
	{ type: "datagramsForged", startEndFlag: "end", attributes: { forged: 40_000 } },
	{ type: "thermalDerating", startEndFlag: "start", attributes: { temperature_C: 76.5 } },
	{ type: "thermalDerating", startEndFlag: "end", attributes: { temperature_C: 69 } },
	...LINK_ENDS.map((why): LampEvent => ({ type: "linkLost", attributes: { why } })),
	{ type: "communicationFailure", startEndFlag: "start", attributes: { why: "unreachable" } },
	{
		type: "communicationFailure",
		startEndFlag: "start",
		attributes: { why: "subscriptionRefused" },
	},
	{ type: "communicationFailure", startEndFlag: "end", attributes: {} },
	{ type: "supplyLoss", attributes: {} },
	{ type: "supplyLoss", attributes: { supplyLossCount: 3 } },
	...(["start", "end"] as const).flatMap((startEndFlag): LampEvent[] => [
		{ type: "cyclingFailure", startEndFlag, attributes: { what: "lamp" } },
		{ type: "cyclingFailure", startEndFlag, attributes: { what: "supply" } },
		{ type: "lampFailure", startEndFlag, attributes: { inference: true } },
		{ type: "lampFailure", startEndFlag, attributes: { inference: false } },
		{ type: "driverFailure", startEndFlag, attributes: { why: "silent" } },
		{ type: "dimmingFailure", startEndFlag, attributes: { inference: true } },
		{ type: "lampUnexpectedOn", startEndFlag, attributes: { inference: true } },
		{ type: "clockFailure", startEndFlag, attributes: { source: "holdover" } },
		{ type: "clockFailure", startEndFlag, attributes: { source: "none" } },
		{ type: "heapLow", startEndFlag, attributes: { why: "leak", free_bytes: 4096 } },
		{ type: "heapLow", startEndFlag, attributes: { why: "low", free_bytes: 0 } },
	]),
	{ type: "updateOffered", attributes: { version: "1.2.0", counter: 7 } },
	{ type: "updateStarted", attributes: { version: "1.2.0", bytes: 1_400_000 } },
	...UPDATE_FAULTS.map(
		(reason): LampEvent => ({ type: "updateFailed", attributes: { reason, final: true } }),
	),
	{
		type: "updateFailed",
		attributes: { reason: "timedOut", version: "1.2.0", received_bytes: 4096, final: false },
	},
	{ type: "updateActivated", attributes: { version: "1.2.0" } },
	{ type: "updateKept", attributes: { version: "1.2.0" } },
	{
		type: "updateKeys",
		attributes: { state: "tried", counter: 4_294_967_295, keys: "0a1b2c3d 1a1b2c3d 2a1b2c3d" },
	},
	...REVERT_REASONS.map(
		(reason): LampEvent => ({ type: "updateReverted", attributes: { version: "1.2.0", reason } }),
	),
	{ type: "storeFailure", attributes: { key: "set.identity", result: "full" } },
	{ type: "storeFailure", attributes: { key: "twin", result: "failed" } },
	{ type: "eventsLost", attributes: { from: 1, to: 10 } },
	{ type: "eventsCapped", startEndFlag: "start", attributes: { of: "fault" } },
	{ type: "eventsCapped", startEndFlag: "end", attributes: { of: "fault", dropped: 30 } },
	{
		type: "eventsCapped",
		startEndFlag: "end",
		attributes: { of: "presenceSensorFailure", dropped: 1, last: "start" },
	},
];
