/**
 * Network: what lies between a lamp's streams and the outside, seen from the street. Types only.
 *
 * The street is a conservative parallel simulation: it lets all lamps run for LOOKAHEAD at a time,
 * which is sound because nothing a lamp does comes back to it (or reaches another) any sooner.
 */
import type { EffectKind, InputKind } from "../../hosts/virtual/protocol.js";

/** Smallest latency of any answer to a lamp: one way through the network takes this, ms. */
export const LOOKAHEAD = 20;

/** Hands an input to a lamp (by the number it has in its fleet); `at` in virtual ms. `bytes` are copied before it returns. */
export type Post = (
	lamp: number,
	at: number,
	kind: InputKind,
	value?: number,
	channel?: number,
	bytes?: Uint8Array,
) => void;

export interface Network {
	/**
	 * One thing a lamp did, in order of instant, then lamp. `bytes` lives until this returns. All
	 * effects come by here, `restart` and `death` too: they end the lamp's streams.
	 */
	onEffect(
		kind: EffectKind,
		at: number,
		lamp: number,
		value: number,
		channel: number,
		bytes: Uint8Array,
	): void;
	/** The earliest delivery to a lamp; Infinity if none is under way. */
	nextDue(): number;
	/**
	 * Posts what is due up to `until`, that instant included, in order of instant, then lamp.
	 * Nothing is due sooner than LOOKAHEAD after the effect that caused it.
	 */
	deliver(until: number, post: Post): void;
	/** Undefined when nothing is in flight; else resolves when broker and streams are quiet. */
	quiet(): Promise<void> | undefined;
	/** PUBLISH packets of lamps that reached the broker so far. */
	readonly published: number;
	/** Gives an order as the operator does, at the virtual instant of now. */
	publish?(topic: string, payload: string): void;
	close(): Promise<void> | void;
}

/** An order that was sent to a lamp, as the checks need to know it. Instants in virtual ms. */
export interface OrderSent {
	readonly lamp: number;
	readonly command:
		| "override"
		| "clearOverride"
		| "emergency"
		| "identify"
		| "selfTest"
		| "maintenanceMode";
	/** When it reaches the lamp at the earliest. */
	readonly at: number;
	/** When it ends by itself; for what ends another the same as `at`. */
	readonly until: number;
	/** Light asked for, percent; 100 for `emergency`; 0 where the lamp chooses. */
	readonly level: number;
	readonly inhibitSensors: boolean;
	readonly belowFloor: boolean;
}

export interface NetworkOptions {
	readonly lamps: number;
	readonly seed: number;
	/** UTC of virtual instant 0. */
	readonly epochUtc: number;
	/** `embedded`, or the URL of a broker outside. */
	readonly broker: string;
	/** Where an embedded broker listens on 127.0.0.1 for people; a busy one gives the next free. */
	readonly port: number;
	/** Lamps whose serial line has a port of its own. */
	readonly serial?: readonly number[];
	/** Root and site of the topics, and the node's name of lamp n. */
	readonly root: string;
	readonly site: string;
	nodeOf(lamp: number): string;
	/** Virtual ms now, between two windows too; nothing may be delivered before it. */
	now(): number;
	/** Hands each order to the checks. */
	tellOrder(order: OrderSent): void;
	/** One line for the person at the terminal. */
	print(line: string): void;
}
