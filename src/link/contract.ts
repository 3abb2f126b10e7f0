/**
 * Contract: the interface between the link and its owner. Types only.
 *
 * The link transports messages; no decision about light is made here. The node passes the host's
 * inputs on in the turn in which they arrive, then `tick` sends all that is due. No function here
 * throws.
 */
import type { OrderSource, OrderVia } from "../command/orders.js";
import type { Language } from "../explain/chaintext.js";
import type { Crypto, NetworkDoor, StreamEnd, Streams, Utf8 } from "../host.js";
import type { EventQueue } from "../journal/keptjournal.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";

/** The parts of the host that the link uses. */
export interface LinkDoors {
	readonly network: NetworkDoor;
	readonly streams: Streams;
	readonly utf8: Utf8;
	readonly crypto: Pick<Crypto, "random">;
}

/** Options from the settings; all durations in ms. */
export interface LinkOptions {
	/** First levels of every topic, at most ROOT_CHARACTERS of ASCII; default `luminode/1`. */
	readonly root: string;
	/** 1-32 of `A-Z a-z 0-9 _ -`; empty: no site yet; topics are under `unassigned`. */
	readonly site: string;
	readonly node: string;
	/** Empty or absent: the node is in no group. */
	readonly group?: string;
	/** Replaces the name while the node has no site; always the MQTT client identifier. */
	readonly serial: string;
	/** Wi-Fi to join, if the host has Wi-Fi; empty or absent: none. */
	readonly wifiName?: string;
	/** Its password; empty or absent: none. */
	readonly wifiPassword?: string;
	/** Names or addresses, comma-separated, tried in turn. Empty: no broker; the link is off. */
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	/** Name required in the broker's certificate; empty: the address that is tried. */
	readonly serverName: string;
	/** Grows whenever other certificates are in use. */
	readonly certificates?: number;
	readonly user?: string;
	readonly password?: string;
	/** 0: none; else the longest interval between two packets to the broker. At most 65,535 s. */
	readonly keepAlive: Millis;
	/** Whether the broker discards subscriptions and queued orders when the connection ends. */
	readonly cleanSession: boolean;
	readonly reconnectSpread: Millis;
	/** `narrow`: rare, batched reports, and patience with answers. */
	readonly reporting: "normal" | "narrow";
	readonly stateMinInterval: Millis;
	readonly stateMaxInterval: Millis;
	/** Least interval between two states whose change is by presence alone. */
	readonly statePresenceInterval: Millis;
	readonly telemetryInterval: Millis;
	/** Whether presence may be reported: at 3 a.m. it would show a resident's way home. */
	readonly presenceReporting: boolean;
	/** Replies to orders for many lamps are spread over this time. */
	readonly replySpread: Millis;
	/** If an interval has fewer road users than this, they are reported with the next interval. */
	readonly trafficK: number;
	/** Reported in the birth: a node whose supply is switched off at dawn raises no alarm. */
	readonly supply: "always" | "switched";
	/** The lamp's feeder, reported with each event to show its failure as one; empty: none. */
	readonly feeder?: string;
	/** Reported in the birth. */
	readonly settingsRevision: number;
	/** Sections of the settings that the CMS can request. */
	readonly sections: readonly string[];
	/** Language of explanations. */
	readonly language: Language;
	readonly capabilities: Capabilities;
}

/** Equipment and functions of this node, reported in the birth. */
interface Capabilities {
	readonly pir: boolean;
	readonly photocell: boolean;
	readonly minLevel: Percent; // floor while dark
	readonly maxLevel: Percent;
	/** Bits of the PWM output. */
	readonly resolution: number;
	/** Detection of lamp failures: by the response of the lamp's light sensor, or none. */
	readonly lampMonitor: "inference" | "notSupported";
}

/** Topics through which an order arrives from the broker. */
export type BrokerVia = Exclude<OrderVia, "console">;

/** Why an order's payload has no text. */
export type PayloadFault = "tooLong" | "notUtf8";

export interface ReceivedOrder extends OrderSource {
	/** The payload, 1-2,048 bytes of UTF-8, not parsed; absent: see `fault`. */
	readonly text?: string;
	readonly fault?: PayloadFault;
	/** The addressee; `emergency` has its own topics so that an ACL can separate them. */
	readonly via: BrokerVia;
	/** A reply would displace an earlier one. */
	readonly isReplyRoomFull: boolean;
}

/** Why a connection ended or could not be made. */
export type LinkEnd =
	| StreamEnd
	| "notAvailable" // the host has no free stream
	| "connectTimeout"
	| "pingTimeout"
	| "acknowledgeTimeout"
	| "refusedVersion"
	| "refusedIdentifier"
	| "refusedUnavailable"
	| "refusedCredentials"
	| "refusedAuthorization"
	| "protocolError"
	| "closed"; // by this node

/** An event of the link that the node may record in the journal. */
export type LinkEvent =
	| { readonly kind: "online" }
	| { readonly kind: "lost"; readonly end: LinkEnd; readonly detail: string | undefined }
	| { readonly kind: "failed"; readonly end: LinkEnd; readonly detail: string | undefined }
	/** The node's own topics are subscribed: name, password and broker are correct. */
	| { readonly kind: "subscribed" }
	/** The first state of this session was acknowledged; of a node without a site its status. */
	| { readonly kind: "reported" }
	/** A network is up, and no broker is configured. */
	| { readonly kind: "joined" }
	| { readonly kind: "subscriptionRefused"; readonly topic: string };

/** A section of the settings in force, as reported to the CMS. */
export interface SettingsReport {
	readonly section: string;
	readonly revision: number;
	readonly status: "active" | "probation" | "reverted" | "drift";
	/** The values as JSON, without secrets. */
	readonly settings: string;
	/** The last revision that was rejected for this section. */
	readonly rejected: { readonly revision: number; readonly why: string } | undefined;
}

/** Receives settings desired by the CMS, and supplies sections to report. */
export interface SettingsFace {
	/** A desired section; `text` is absent if it is not valid. Called like `onOrder`. */
	onDesired(section: string, text: string | undefined, now: Millis): void;
	readonly isWaiting: boolean;
	/**
	 * The next section, with present values; only while `isWaiting`. `again`: that section anew.
	 */
	next(again?: string): SettingsReport;
	/** The report was acknowledged. */
	reported(): void;
	/** Reports all sections again. */
	reportAll(): void;
}

/** Keeps the refusals in a row over a restart; not every host has such memory. */
export interface RefusalMemory {
	/** Those of the life before. */
	resumeRefusals(): number;
	retainRefusals(count: number): void;
}

/** The node as seen from the link. */
export interface LinkOwner {
	readonly view: View;
	readonly memory: RefusalMemory;
	readonly revisions: SettingsFace;
	/** Certificates on trial that the broker's stream uses (TlsTarget). */
	readonly triedCertificates?: string;
	/** Events to report. */
	readonly journal: EventQueue;
	/** Called in `onStreamReadable` or `tick`; takes effect in the next tick. Returns the reply. */
	onOrder(order: ReceivedOrder, now: Millis): Reply;
	/** Called likewise: an image is offered, or no longer; `text` is absent if it is not valid. */
	onOffer(text: string | undefined, now: Millis): void;
	/** Whether no witness vouches for the lamp's date: then the time is asked sooner. */
	readonly isClockDoubted: boolean;
	/** Called likewise: the city's side has given the date over TLS. `error`: its greatest error, ms. */
	onAuthenticatedTime(utc: UtcMillis, error: Millis, now: Millis): void;
	/** Called likewise: a message came, or one of this lamp has arrived that a task may wait for. */
	onNews(): void;
	/** Called likewise: may store or journal the event, but must not call the link. */
	onLinkEvent(linkEvent: LinkEvent, now: Millis): void;
	/** Marks begin or end of a blocking operation. Returns the time for the light to rise. */
	setBlocking(isBlocking: boolean): Millis;
}

type ReplyStatus = "accepted" | "rejected" | "done";

export interface Reply {
	/** The order's id; absent if none could be read. */
	readonly id?: string | undefined;
	readonly status: ReplyStatus;
	readonly reason?: string | undefined;
	/** The order's field that `reason` refers to. */
	readonly field?: string | undefined;
	/** Reply to `explain`: the chain and its sentences are added when the reply is sent. */
	readonly explain?: boolean | undefined;
	/** Reply to `explain` of a past instant; `presence`: whether movements may be reported. */
	readonly past?: { readonly at: UtcMillis; readonly presence: boolean } | undefined;
	/** Reply to `preview`: the forecast of that night is added when the reply is sent. */
	readonly preview?: { readonly day: number; readonly page: number } | undefined;
	/** Reply to `log`: that page of events, as it is when the reply is sent. */
	readonly log?: { readonly page: number } | undefined;
	/** The reply is sent in the node's own part of the spread, because many lamps reply. */
	readonly toMany?: boolean | undefined;
	/** That spread; absent: `replySpread`. */
	readonly spread?: Millis | undefined;
}

/** Inputs of one stream; `onReadable` and `onWritable` may come at any time while it is open. */
export interface StreamListener {
	onReached(now: Millis): void;
	onOpen(now: Millis): void;
	onReadable(now: Millis): void;
	onWritable(now: Millis): void;
	onClosed(now: Millis, end: StreamEnd): void;
}
