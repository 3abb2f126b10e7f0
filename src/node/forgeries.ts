/**
 * Forgeries: datagrams that look like a neighbour's and are sealed without the key: counted, and told
 * as a condition with a begin and an end, so that a flood of them makes two events and not a flood.
 */
import type { Millis } from "../units.js";
import type { Lamp } from "./lamp.js";

/** One may be a frame that the air garbled past its checksum; three within the time below are not. */
export const FORGED_LEAST = 3;
/** It is over when none came for so long, ms: an attempt each hour and more often is one. */
export const FORGED_CALM: Millis = 3_600_000;

export class Forgeries {
	/** Since boot; no more are looked at than Row proves. */
	count = 0;
	/** When it is over, if none comes before; Infinity: nothing is begun. */
	dueAt: Millis = Infinity;
	private readonly lamp: Lamp;
	private before = 0; // those of earlier runs

	constructor(lamp: Lamp) {
		this.lamp = lamp;
	}

	note(now: Millis): void {
		this.count += 1;
		this.dueAt = now + FORGED_CALM;
		if (this.run === FORGED_LEAST) this.tell("start", now);
	}

	/** None came for FORGED_CALM, or nothing is listened to any more. */
	end(now: Millis): void {
		if (this.run >= FORGED_LEAST) this.tell("end", now);
		this.before = this.count;
		this.dueAt = Infinity;
	}

	private get run(): number {
		return this.count - this.before;
	}

	private tell(startEndFlag: "start" | "end", now: Millis): void {
		const attributes = { forged: this.run };
		this.lamp.happened({ type: "datagramsForged", startEndFlag, attributes }, now);
	}
}
