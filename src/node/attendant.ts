/**
 * Attendant: a room that works after the light, when it is due. Types only.
 *
 * All of them stand behind one boundary (`Node.tick`): what one throws pauses them all, and never
 * reaches the light. To add one: write it, and name it in `Node`'s list.
 */
import type { Settings } from "../settings/table.js";
import type { Millis } from "../units.js";

export interface Attendant {
	/** When it next has something to do; Infinity: nothing. Read after each turn. */
	readonly dueAt: Millis;
	/** Called when `dueAt` has come. */
	tick(now: Millis): void;
	/** Other settings are in force. */
	configure?(settings: Settings, now: Millis): void;
}
