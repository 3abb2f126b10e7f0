/**
 * Deaf broker: a broker to which nothing of a lamp comes through, as behind a path that fails in
 * one direction (sim/faults).
 */
import { INPUT } from "../../hosts/virtual/protocol.js";
import type { LampStream, LampStreams } from "./streams.js";

export class DeafBroker {
	readonly #lamps = new Set<number>();
	/** Streams that were opened to it meanwhile: the broker has no record of them. */
	readonly #lost = new Set<LampStream>();

	constructor(private readonly ways: LampStreams) {}

	set(at: number, lamp: number, isDeaf: boolean): void {
		if (isDeaf) this.#lamps.add(lamp);
		else this.#lamps.delete(lamp);
		if (isDeaf) return;
		for (const way of this.ways.of(lamp))
			if (this.#lost.delete(way)) this.ways.sendEnd(way, at, "closedByPeer");
	}

	/** Whether a stream opens in its place. */
	opens(way: LampStream, at: number): boolean {
		if (!this.#lamps.has(way.lamp)) return false;
		this.#lost.add(way);
		this.ways.send(way, this.ways.arrival(way, at), INPUT.streamOpen, 0);
		return true;
	}

	/** Whether bytes of the lamp are lost on the way; they leave its send window. */
	swallows(way: LampStream, at: number, bytes: Uint8Array): boolean {
		if (!this.#lamps.has(way.lamp) && !this.#lost.has(way)) return false;
		this.ways.reached(way, this.ways.arrival(way, at), bytes.length);
		return true;
	}
}
