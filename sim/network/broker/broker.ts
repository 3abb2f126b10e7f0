/**
 * Broker: the interface of the street's network to a broker, embedded or external. Types only.
 *
 * Instants are virtual ms. A broker answers through the lamp's stream and never calls back into the
 * street.
 */
import type { Admission, BrokerMood } from "../../street/network.js";
import type { LampStream } from "../streams.js";
import type { Target } from "../target.js";

/** A report of a lamp as the broker received it. The listener may keep `payload`. */
export type ReportListener = (at: number, topic: string, payload: Uint8Array) => void;

export interface PublishOptions {
	readonly qos?: 0 | 1;
	readonly retain?: boolean;
}

/** Callbacks of a broker into the network. */
export interface BrokerListener {
	/** A PUBLISH of a lamp reached the broker. */
	onReport: ReportListener;
	/** The broker publishes the will of a lamp that it lost. */
	onWill?: ReportListener;
	/** Any message published on a topic of orders. */
	onOrder: ReportListener;
}

export interface BrokerSide {
	/**
	 * The broker's URL for people, e.g. `mqtt://127.0.0.1:1883`; undefined if it is not reachable.
	 */
	readonly url: string | undefined;
	/** Answers with `streamOpen`, over TLS `streamReached`; or with the end. */
	onOpen(way: LampStream, at: number, target: Target): void;
	/** The handshake may begin: answers with `streamOpen` or the end. */
	onSecure(way: LampStream, at: number): void;
	onBytes(way: LampStream, at: number, bytes: Uint8Array): void;
	onClose(way: LampStream, at: number): void;
	/** The earliest instant at which the broker itself is due. */
	nextDue(): number;
	/** Begins all work due up to `until`, that instant included. */
	work(until: number): void;
	/** Undefined when all work that was begun is done. */
	quiet(): Promise<void> | undefined;
	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void;
	/** Of a broker that can be stopped from here: it stops, or restarts with its retained messages. */
	setReachable?(reachable: boolean): void;
	/** Likewise: it behaves so from now on, or no longer. */
	setMood?(mood: BrokerMood, on: boolean): void;
	/** Of a broker outside: which of `lamps` lamps from `first` on came online. */
	admissionOf?(first: number, lamps: number): Admission;
	close(): Promise<void>;
}
