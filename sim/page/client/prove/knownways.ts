/**
 * Known ways: energy and time below full class of the ways of lighting in `docs/energy.md`
 * (tests/sim/page/knownways.test.ts compares both).
 */
import type { WayName } from "../../messages.js";

interface KnownWay {
	readonly way: WayName;
	/** Per cent of full class all night. */
	readonly energy: number;
	/** Per cent of the time of persons under a lamp. */
	readonly below: number;
	/** Side of the point on which its name has room. */
	readonly side: "right" | "over" | "under" | "left";
}

export const KNOWN_WAYS: readonly KnownWay[] = [
	{ way: "full", energy: 100, below: 0, side: "right" },
	{ way: "profile", energy: 73, below: 14.2, side: "right" },
	{ way: "off", energy: 65.1, below: 4.1, side: "right" },
	{ way: "weeknights", energy: 75.1, below: 2.1, side: "over" },
	{ way: "hourly", energy: 53, below: 43.5, side: "left" },
	{ way: "presence", energy: 54.9, below: 19.2, side: "under" },
	{ way: "neighbours", energy: 58.5, below: 1.3, side: "right" },
];
