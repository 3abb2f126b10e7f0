/**
 * Contract: topics and payloads of docs/broker.md, as the city's programs read and write them.
 *
 * Nothing here is taken from the firmware: a field that the contract does not promise is optional.
 */

/** One topic below the root. `node` is a serial number under the site `unassigned`. */
export interface Place {
	readonly site: string;
	readonly node: string;
	/** `status`, `birth`, `reply`, `settings/reported/light` ... */
	readonly kind: string;
}

export const UNASSIGNED = "unassigned";
/**
 * Sections of the settings. A lamp subscribes to these topics exactly, so it receives no section of
 * another name, and only the sender can find the error.
 */
export const SECTIONS: readonly string[] = Object.freeze([
	"identity",
	"light",
	"calendar",
	"sensing",
	"power",
	"link",
	"console",
]);
/** Kinds of the messages by which a lamp gets authenticated time, both at QoS 0 and never retained. */
export const CLOCK = Object.freeze({ question: "clock/question", answer: "clock/answer" });
/** Kinds of message that a lamp publishes, with their retain flag. */
export const REPORTS: readonly (readonly [kind: string, isRetained: boolean])[] = [
	["status", true],
	["birth", true],
	["state", true],
	["telemetry", false],
	["traffic", false],
	["event", false],
	["reply", false],
	["settings/reported/+", true],
	[CLOCK.question, false],
];
/** Topics that a lamp subscribes to under its own name. */
export const OWN_ORDERS: readonly string[] = ["command", "emergency", "update", CLOCK.answer];

/** Since version 1.1 of the contract each report names its lamp. */
interface Named {
	readonly serial?: string;
}

export interface Status extends Named {
	readonly online: boolean;
	readonly life?: number;
	readonly connection?: number;
}

export interface Chained {
	readonly by: string;
	readonly level: number;
	readonly source?: string;
}

export interface State extends Named {
	readonly targetLightCommand?: number;
	readonly feedbackLightCommand?: number;
	readonly actualLightState?: number;
	/** Until the end of a fade; absent: none is under way. */
	readonly fadeRemaining_s?: number;
	readonly reason?: string;
	readonly dark?: boolean;
	readonly faults?: readonly string[];
	readonly maintenanceMode?: boolean;
}

/** Intervals of a lamp on a metered link. */
interface Reporting {
	readonly profile?: string;
	readonly keepAlive_s?: number;
}

export interface Birth extends Named {
	readonly group?: string;
	readonly hardware?: string;
	readonly swVersion?: string;
	readonly settingsRevision?: number;
	/** Of a lamp with rare reports alone. */
	readonly reporting?: Reporting;
	readonly state?: State;
}

export interface Telemetry extends Named {
	readonly activeEnergy_kWh?: number;
	readonly energySaved_kWh?: number;
	/** Modelled. */
	readonly activePower_W?: number;
	/** What the lamp's driver measures. */
	readonly driver?: { readonly activePower_W?: number };
	readonly temperature_C?: number;
}

export interface Traffic extends Named {
	readonly life?: number;
	readonly interval_s?: number;
	readonly roadUserNumber?: number;
	readonly time?: string;
	readonly uptime_ms?: number;
}

export interface Happening extends Named {
	readonly type?: string;
	readonly severity?: string;
	readonly startEndFlag?: "start" | "end";
	readonly attributes?: Readonly<Record<string, unknown>>;
	readonly time?: string;
}

export interface Reply extends Named {
	readonly id?: string;
	readonly status?: string;
	readonly reason?: string;
	readonly field?: string;
}

export interface Reported extends Named {
	readonly revision?: number;
	readonly status?: string;
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly rejected?: { readonly revision?: number; readonly why?: string };
}

/**
 * Whether a message shows that its lamp is online, although no status came: a broker may give no
 * retained messages to wildcard filters. A retained one may be older than the lamp's session.
 */
export function showsOnline(kind: string, isRetained: boolean): boolean {
	return kind !== "status" && !isRetained;
}

/** Whether the lamp reports rarely: its power and counts of an hour are not those of the moment. */
export function isNarrow({ reporting }: Birth): boolean {
	return Object(reporting).profile === "narrow";
}

/** A lamp asks for the time; the nonce is new in each question. */
export interface ClockQuestion extends Named {
	/** 32 hexadecimal digits in lower case. */
	readonly nonce?: string;
}

/** The answer to a lamp's question for the time. */
export interface ClockAnswer {
	/** That of the question. */
	readonly nonce: string;
	/** UTC when the answer was made, whole ms since 1970. */
	readonly utc_ms: number;
}

/** The place of a topic; undefined: it is not one of a lamp. `group` and `all` are no nodes. */
export function placeOf(root: string, topic: string): Place | undefined {
	if (!topic.startsWith(`${root}/`)) return undefined;
	const [site, node, ...kind] = topic.slice(root.length + 1).split("/");
	if (!site || !node || kind.length === 0) return undefined;
	return { site, node, kind: kind.join("/") };
}

/** Bytes of a payload at most: a longer one is none of a lamp, and could nest deeper than JSON is written. */
export const PAYLOAD_MAX = 2_048;

/**
 * The object in a payload, or in the text of a file; undefined: there is none. Fields are as the sender
 * wrote them.
 */
export function objectOf<T extends object>(payload: Uint8Array | string): T | undefined {
	if (typeof payload !== "string" && payload.length > PAYLOAD_MAX) return undefined;
	try {
		const value: unknown = JSON.parse(String(payload));
		return typeof value === "object" && value !== null && !Array.isArray(value)
			? (value as T)
			: undefined;
	} catch {
		return undefined;
	}
}

/** The number in a field of a message from outside; undefined: it is none. */
export function numberOf(value: unknown): number | undefined {
	return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** An instant of RFC 3339 as ms; undefined: it is none. */
export function instantOf(value: unknown): number | undefined {
	return typeof value === "string" ? numberOf(Date.parse(value)) : undefined;
}

/** Whether it is a whole number from 0 on, as lives, numbers of events and uptimes are. */
export function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && (value as number) >= 0;
}
