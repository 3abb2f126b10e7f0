/**
 * Datagrams: one UDP port, to and from all lamps of the segment.
 *
 * The SDK refuses a socket before an interface exists: the port is opened when the network comes
 * up.
 */

import type { Note, Turn } from "host/turn";
import type { Datagrams } from "luminode/host";
import { closeUdp, openUdp, type Socket } from "./udp";

const EVERYBODY = "255.255.255.255"; // RFC 919: of this segment, never routed
/**
 * The lamp reads at its own pace; unread packets stay in ESP-IDF's heap, which a flood would fill.
 * A row of lamps that all send during a handshake stays below this.
 */
const MOST_WAITING = 32;
const datagram: Note = (lamp, now) => lamp.onDatagram(now);

export class LocalDatagrams implements Datagrams {
	private readonly turn: Turn;
	private udp: Socket | undefined;
	private port: number | undefined;

	constructor(turn: Turn) {
		this.turn = turn;
	}

	bind(port: number): true | "notAvailable" {
		if (this.port !== undefined) return "notAvailable";
		this.port = port;
		this.join();
		return true;
	}

	/** The network is up: opens the requested port. */
	join(): void {
		if (this.udp || this.port === undefined) return;
		try {
			this.udp = openUdp(this.turn, this.port, (count) => this.receive(count));
		} catch {
			this.udp = undefined; // no interface yet
		}
	}

	/** Drops packets beyond the limit, the oldest first. */
	private receive(count: number): void {
		for (let index = MOST_WAITING; index < count; index += 1) this.udp?.read();
		this.turn.post("datagram", datagram); // once: the lamp reads until none is left
	}

	send(bytes: Uint8Array, count: number): boolean {
		if (!this.udp || this.port === undefined) return false;
		try {
			this.udp.write(bytes.subarray(0, count), EVERYBODY, this.port);
			return true;
		} catch {
			return false;
		}
	}

	/** A datagram that does not fit is cut, as the contract of datagrams requires. */
	read(into: Uint8Array): number {
		try {
			const packet = this.udp?.read();
			if (!packet) return 0;
			const bytes = new Uint8Array(packet).subarray(0, into.length);
			into.set(bytes);
			return bytes.length;
		} catch {
			return 0;
		}
	}

	close(): void {
		closeUdp(this.udp);
		this.udp = undefined;
		this.port = undefined;
	}
}
