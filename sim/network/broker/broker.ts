/**
 * Broker: what the street's network asks of a broker, be it ours or one outside. Types only.
 *
 * Instants are virtual ms. A side answers through `Ways` and never calls back into the street.
 */
import type { LampStream } from "../streams.js";
import type { Target } from "../target.js";

/** A report of a lamp as the broker got it. `payload` is the listener's to keep. */
export type ReportListener = (at: number, topic: string, payload: Uint8Array) => void;

export interface PublishOptions {
	readonly qos?: 0 | 1;
	readonly retain?: boolean;
}

/** What a side tells the network. */
export interface BrokerEars {
	/** A PUBLISH of a lamp reached the broker. */
	onReport: ReportListener;
	/** Anything anybody published on a topic of orders. */
	onOrder: ReportListener;
}

export interface BrokerSide {
	/** Where people reach it, e.g. `mqtt://127.0.0.1:1883`; undefined if nobody can. */
	readonly url: string | undefined;
	/** Answers `streamOpen`, over TLS `streamReached`; or the end. */
	onOpen(way: LampStream, at: number, target: Target): void;
	/** The handshake may begin: answers `streamOpen` or the end. */
	onSecure(way: LampStream, at: number): void;
	onBytes(way: LampStream, at: number, bytes: Uint8Array): void;
	onClose(way: LampStream, at: number): void;
	/** The earliest instant at which the side itself has something to do. */
	nextDue(): number;
	/** Begins all it has to do up to `until`, that instant included. */
	work(until: number): void;
	/** Undefined when all that was begun is done. */
	quiet(): Promise<void> | undefined;
	publish(topic: string, payload: string | Uint8Array, options: PublishOptions): void;
	close(): Promise<void>;
}
