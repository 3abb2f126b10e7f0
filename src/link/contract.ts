/**
 * Contract: what the link needs from its owner, and what it hands over. Types only.
 *
 * The link carries; it decides nothing about light. Inputs of the host are handed on by the node in
 * the turn in which they come, then `tick` sends all that is due. Nothing here throws.
 */
import type { OrderSource, OrderVia } from "../command/orders.js";
import type { Language } from "../explain/explain.js";
import type { NetworkDoor, StreamEnd, Streams, Utf8 } from "../host.js";
import type { EventQueue } from "../journal/keptjournal.js";
import type { Millis, Percent, UtcMillis } from "../units.js";
import type { View } from "../view.js";

/** The doors of the host that the link is given. */
export interface LinkDoors {
	readonly network: NetworkDoor;
	readonly streams: Streams;
	readonly utf8: Utf8;
}

/** Out of the settings; all spans in ms. */
export interface LinkOptions {
	/** First levels of every topic, at most ROOT_CHARACTERS of ASCII; default `luminode/1`. */
	readonly root: string;
	/** 1-32 of `A-Z a-z 0-9 _ -`; empty: the node has no site yet and waits under `unassigned`. */
	readonly site: string;
	readonly node: string;
	/** Empty or absent: in no group. */
	readonly group?: string;
	/** Names the node while it has no site, and is its MQTT client identifier then. */
	readonly serial: string;
	/** Wi-Fi to join, where the host has one; empty or absent: none. */
	readonly wifiName?: string;
	readonly wifiPassword?: string;
	/** Names or addresses, commas between them, tried in turn. Empty: no broker; the link is off. */
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
	/** Whom the broker's certificate must name; empty: the address that is tried. */
	readonly serverName: string;
	readonly user?: string;
	readonly password?: string;
	/** 0: none; else the broker hears from the node at least this often. At most 65,535 s. */
	readonly keepAlive: Millis;
	/** Whether the broker is to forget subscriptions and waiting orders when we are gone. */
	readonly cleanSession: boolean;
	readonly reconnectSpread: Millis;
	readonly stateMinInterval: Millis;
	readonly stateMaxInterval: Millis;
	/** Between two states whose change is by presence alone. */
	readonly statePresenceInterval: Millis;
	readonly telemetryInterval: Millis;
	/** Whether presence may be told: at 3 a.m. it would follow a resident home. */
	readonly presenceReporting: boolean;
	/** Answers to orders given to many are spread over this. */
	readonly replySpread: Millis;
	/** Fewer road users than this in an interval are told with the next one. */
	readonly trafficK: number;
	/** Told in the birth: a node that is cut every dawn is no alarm. */
	readonly supply: "always" | "switched";
	/** Of the lamp's supply, told with each event so that a failed feeder is seen as one; empty: none. */
	readonly feeder?: string;
	/** Told in the birth. */
	readonly settingsRevision: number;
	/** Of explanations. */
	readonly language: Language;
	readonly capabilities: Capabilities;
}

/** What this node has and can do, told in the birth. */
export interface Capabilities {
	readonly pir: boolean;
	readonly photocell: boolean;
	readonly minLevel: Percent; // floor while dark
	readonly maxLevel: Percent;
	/** Bits of the PWM output. */
	readonly resolution: number;
	/** How failures of the light are found: by its sensor's answer, or not at all. */
	readonly lampMonitor: "inference" | "notSupported";
}

/** What the broker can bring. */
export type BrokerVia = Exclude<OrderVia, "console">;

/** Why an order's payload has no text. */
export type PayloadFault = "tooLong" | "notUtf8";

export interface ReceivedOrder extends OrderSource {
	/** The payload, 1-2,048 bytes of UTF-8, not looked at any further; absent: see `fault`. */
	readonly text?: string;
	readonly fault?: PayloadFault;
	/** Whom it was meant for; `emergency` has its own topics so that an ACL can part them. */
	readonly via: BrokerVia;
}

/** Why a connection ended or was not had. */
export type LinkEnd =
	| StreamEnd
	| "notAvailable" // the host has no stream for us
	| "connectTimeout"
	| "pingTimeout"
	| "acknowledgeTimeout"
	| "refusedVersion"
	| "refusedIdentifier"
	| "refusedUnavailable"
	| "refusedCredentials"
	| "refusedAuthorization"
	| "protocolError"
	| "closed"; // by ourselves

/** What the node may want to write into the journal. */
export type LinkEvent =
	| { readonly kind: "online" }
	| { readonly kind: "lost"; readonly end: LinkEnd; readonly detail: string | undefined }
	| { readonly kind: "failed"; readonly end: LinkEnd; readonly detail: string | undefined }
	/** The node's own topics are subscribed to: name, password and broker are the right ones. */
	| { readonly kind: "heard" }
	/** There is a network, and no broker that could hear. */
	| { readonly kind: "joined" }
	| { readonly kind: "subscriptionRefused"; readonly topic: string };

/** A section of the settings in force, as the CMS is told of it. */
export interface SettingsReport {
	readonly section: string;
	readonly revision: number;
	readonly status: "active" | "probation" | "reverted" | "drift";
	/** The values as JSON, without secrets. */
	readonly settings: string;
	/** The last revision that was refused for this section. */
	readonly rejected: { readonly revision: number; readonly why: string } | undefined;
}

/** Settings wanted by the CMS, and sections that wait to be told to it. */
export interface SettingsFace {
	/** A section that is wanted; `text` is absent where the payload has none. As onOrder. */
	onDesired(section: string, text: string | undefined, now: Millis): void;
	readonly isWaiting: boolean;
	/** The next, as it stands now; only to be asked while one waits. `again`: that section once more. */
	next(again?: string): SettingsReport;
	/** It was acknowledged. */
	reported(): void;
}

/** What stands behind the link. */
export interface LinkOwner {
	readonly view: View;
	readonly settingsManager: SettingsFace;
	/** What happened and must be told. */
	readonly journal: EventQueue;
	/** Called within `onStreamReadable` or `tick`: acts in the tick that follows. Returns what is replied. */
	onOrder(order: ReceivedOrder, now: Millis): Reply;
	/** Likewise: an image is offered, or no longer; `text` is absent where the payload has none. */
	onOffer(text: string | undefined, now: Millis): void;
	/** Likewise: note it or append it to the journal, call nothing of the link. */
	onLinkEvent(linkEvent: LinkEvent, now: Millis): void;
	/** Marks a blocking operation, or its end. Returns how long the light needs to rise. */
	setBlocking(isBlocking: boolean): Millis;
}

export type ReplyStatus = "accepted" | "rejected" | "done";

export interface Reply {
	/** The order's id; absent when none could be read. */
	readonly id?: string | undefined;
	readonly status: ReplyStatus;
	readonly reason?: string | undefined;
	/** The order's field that the reason is about. */
	readonly field?: string | undefined;
	/** Answers `explain`: the chain and its sentences are added when it is sent. */
	readonly explain?: boolean | undefined;
	/** Answers `explain` of an instant past; `presence`: whether it may be told when someone passed. */
	readonly past?: { readonly at: UtcMillis; readonly presence: boolean } | undefined;
	/** Answers `preview`: what that night will be is added when it is sent. */
	readonly preview?: { readonly day: number; readonly page: number } | undefined;
	/** Answers `log`: the events of that page, as they stand when it is sent. */
	readonly log?: { readonly page: number } | undefined;
	/** Spread over `replySpread`, because many answer. */
	readonly toMany?: boolean | undefined;
}

/** The inputs of one stream; `onReadable` and `onWritable` may come at any time while it is open. */
export interface StreamListener {
	onReached(now: Millis): void;
	onOpen(now: Millis): void;
	onReadable(now: Millis): void;
	onWritable(now: Millis): void;
	onClosed(now: Millis, end: StreamEnd): void;
}
