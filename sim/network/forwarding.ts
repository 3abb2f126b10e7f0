/**
 * Forwarding network: hands everything on to the network behind it. A network that changes one part
 * of a street extends it and overrides that part alone, so it cannot forget the others.
 */
import type { Effect } from "../../hosts/virtual/fleet/fleet.js";
import {
	type BrokerMood,
	type ConnectionListener,
	LOOKAHEAD,
	type Network,
	type OrderListener,
	type Post,
} from "../street/network.js";
import type { ReportListener } from "./broker/broker.js";

/** `Required`: a member that a network may lack is forwarded too, or this does not compile. */
export class ForwardingNetwork implements Required<Network> {
	protected readonly inner: Network;

	constructor(inner: Network) {
		this.inner = inner;
	}

	get lookahead(): number {
		return this.inner.lookahead ?? LOOKAHEAD;
	}

	get published(): number {
		return this.inner.published;
	}

	onEffect(...effect: Effect): void {
		this.inner.onEffect(...effect);
	}

	nextDue(): number {
		return this.inner.nextDue();
	}

	deliver(until: number, post: Post): void {
		this.inner.deliver(until, post);
	}

	quiet(): Promise<void> | undefined {
		return this.inner.quiet();
	}

	publish(topic: string, payload: string, options?: { readonly retain?: boolean }): void {
		this.inner.publish?.(topic, payload, options);
	}

	type(lamp: number, bytes: Uint8Array): void {
		this.inner.type?.(lamp, bytes);
	}

	setBrokerReachable(reachable: boolean): void {
		this.inner.setBrokerReachable?.(reachable);
	}

	setBrokerMood(mood: BrokerMood, on: boolean): void {
		this.inner.setBrokerMood?.(mood, on);
	}

	setImagesBroken(isBroken: boolean): void {
		this.inner.setImagesBroken?.(isBroken);
	}

	setDeaf(at: number, lamp: number, isDeaf: boolean): void {
		this.inner.setDeaf?.(at, lamp, isDeaf);
	}

	onOrder(listener: OrderListener): void {
		this.inner.onOrder?.(listener);
	}

	onReport(listener: ReportListener): void {
		this.inner.onReport?.(listener);
	}

	lampOf(topic: string): number | undefined {
		return this.inner.lampOf?.(topic);
	}

	onConnection(listener: ConnectionListener): void {
		this.inner.onConnection?.(listener);
	}

	close(): Promise<void> | void {
		return this.inner.close();
	}
}
