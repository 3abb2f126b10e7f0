/** Turns of Node's event loop: its immediates. */
import type { Turns } from "../util/turns.js";

/** All immediates count that hold the process open, and so all of the broker library's. */
export const TURNS: Turns = {
	soon: (act) => void setImmediate(act),
	areWaiting: () => process.getActiveResourcesInfo().includes("Immediate"),
};
