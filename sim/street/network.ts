/**
 * Network: connection between a lamp's streams and the outside, seen from the street. Types only.
 *
 * The street is a conservative parallel simulation: it lets all lamps run for a window at a time,
 * which is sound because no effect of a lamp returns to it (or reaches another) any sooner.
 */
import type { Effect, Fleet } from "../../hosts/virtual/fleet/fleet.js";
import type { SlowLink } from "../network/slowlink.js";

/**
 * The longest window, ms: one way to the broker takes longer (sim/network/streams.ts), and nothing
 * else answers a lamp sooner.
 */
export const LOOKAHEAD = 49;
/** Likewise between neighbours, whose radios reach each other, and on a serial line in use, ms. */
export const SHORT_LOOKAHEAD = 20;

/**
 * Delivers an input to a lamp (by its number in the fleet); `at` in virtual ms. `bytes` are copied
 * before it returns.
 */
export type Post = Fleet["post"];

/**
 * A broker that is slow to send; that gives each message of the operator twice; or out of their order;
 * or that acknowledges messages of lamps and keeps none.
 */
export type BrokerMood = "slow" | "twice" | "late" | "forgetful";

export interface Network {
	/**
	 * One effect of a lamp, in order of instant, then lamp. `bytes` lives until this returns. All
	 * effects pass here, `restart` and `death` too: they end the lamp's streams.
	 */
	onEffect(...effect: Effect): void;
	/** The longest window that its parts allow now, ms; absent: LOOKAHEAD. */
	readonly lookahead?: number;
	/** The earliest delivery to a lamp; Infinity if none is under way. */
	nextDue(): number;
	/**
	 * Posts inputs due up to `until`, that instant included, in order of instant, then lamp, and
	 * begins the broker's work up to it. Nothing is due sooner than a window after the effect that
	 * caused it.
	 */
	deliver(until: number, post: Post): void;
	/** Undefined if nothing is in flight; else resolves when broker and streams are idle. */
	quiet(): Promise<void> | undefined;
	/** PUBLISH packets of lamps that reached the broker so far. */
	readonly published: number;
	/** Gives an order as the operator does, at the current virtual instant. */
	publish?(topic: string, payload: string, options?: { readonly retain?: boolean }): void;
	/** Types at a lamp's serial line, at the current virtual instant. */
	type?(lamp: number, bytes: Uint8Array): void;
	/** The broker stops or restarts; absent: it cannot be stopped from here. */
	setBrokerReachable?(reachable: boolean): void;
	/** The broker behaves so from now on, or no longer; absent: not from here. */
	setBrokerMood?(mood: BrokerMood, on: boolean): void;
	/** The image server answers wrongly; absent: there is none. */
	setImagesBroken?(isBroken: boolean): void;
	/** Nothing that the lamp sends arrives from `at` on, or everything again. */
	setDeaf?(at: number, lamp: number, isDeaf: boolean): void;
	/** Calls back for each order that reached the broker; absent: nobody can give one. */
	onOrder?(listener: OrderListener): void;
	/** Calls back for each PUBLISH of a lamp that reached the broker; absent: none is observed. */
	onReport?(listener: (at: number, topic: string, payload: Uint8Array) => void): void;
	/** The lamp of a topic, as the fleet counts; undefined for any other topic. */
	lampOf?(topic: string): number | undefined;
	/** Calls back as a lamp's connection to the image server opens and ends; absent: there is none. */
	onConnection?(listener: ConnectionListener): void;
	close(): Promise<void> | void;
}

/** Lamps as the fleet counts them. */
export type OrderListener = (order: OrderSent) => void;
export type ConnectionListener = (at: number, lamp: number, isOpen: boolean) => void;

/** An order that was sent to a lamp, in the form of the checks. Instants in virtual ms. */
export interface OrderSent {
	readonly lamp: number;
	readonly command:
		| "override"
		| "clearOverride"
		| "emergency"
		| "identify"
		| "selfTest"
		| "maintenanceMode"
		| "luminaireReplaced"
		| "nodeReplaced";
	/** Its earliest arrival at the lamp. */
	readonly at: number;
	/** Its own end; for an order that ends another, or that acts once, the same as `at`. */
	readonly until: number;
	/** As the reply names it; absent: none that a reply could name. */
	readonly id?: string;
	/** Time that it states for its change of the light, ms. */
	readonly ramp?: number;
	/** Of a new node: lit hours that it counts on from. */
	readonly hours?: number;
	/** Of an emergency: the lamp's greatest level, not full class. */
	readonly isMaximum?: true;
	/** Maintenance ends. */
	readonly isEnd?: true;
	/** Every lamp of the site may have it. */
	readonly toAll?: true;
	/** Light requested, per cent; 100 for `emergency`; 0 if the lamp chooses. */
	readonly level: number;
	readonly inhibitSensors: boolean;
	readonly belowFloor: boolean;
	/** Given at the pole, where a login may refuse it. */
	readonly typed?: true;
	/** Of the topic, of an order to a group. */
	readonly group?: string;
}

/** An account at a broker outside. */
export interface Watcher {
	readonly user?: string;
	readonly password?: string;
	readonly ca?: string;
}

/** Lamps at a broker outside. */
export interface Admission {
	/** Lamps that came online. */
	readonly online: number;
	/** Reasons of the others, by their number of lamps. */
	readonly reasons: ReadonlyMap<string, number>;
}

/** Names and size of a street at its broker. */
export interface StreetNames {
	readonly lamps: number;
	readonly seed: number;
	/** UTC of virtual instant 0. */
	readonly epochUtc: number;
	/** Number of the first lamp (1). */
	readonly first?: number;
	/** Between lamps and broker; absent: a fast one. */
	readonly slowLink?: SlowLink | undefined;
	/** Root and site of the topics, and the node's name of lamp n. */
	readonly root: string;
	readonly site: string;
	nodeOf(lamp: number): string;
	/** Group of lamp n as installed, empty for none; absent: an order to any group may reach it. */
	groupOf?(lamp: number): string;
	/** Virtual ms now, between two windows too; nothing may be delivered before it. */
	now(): number;
}

/** Likewise with its broker and its ports. */
export interface NetworkOptions extends StreetNames {
	/** `embedded`, or the URLs of brokers outside. */
	readonly broker: string;
	/** Names by which the lamps have those brokers; absent: the host of the one URL. */
	readonly hosts?: readonly string[];
	/** A lamp's `tls.ca`, `tls.cert`, `tls.key`, with TLS. */
	credential?(lamp: number, key: string): string | undefined;
	/** Account of the client that observes orders at a broker outside. */
	readonly watcher?: Watcher;
	/** Port of an embedded broker on 127.0.0.1 for people; a busy one gives the next free. */
	readonly port: number;
	/** Lamps whose serial line has a port of its own. */
	readonly serial?: readonly number[];
	/** One line for the person at the terminal. */
	print(line: string): void;
}
