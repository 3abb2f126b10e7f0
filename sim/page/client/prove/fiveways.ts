/**
 * Five ways: energy and time below full class of the ways of lighting in `docs/energy.md`
 * (tests/sim/page/fiveways.test.ts compares both).
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

export const FIVE_WAYS: readonly KnownWay[] = [
	{ way: "full", energy: 100, below: 0, side: "right" },
	{ way: "profile", energy: 73.5, below: 14.2, side: "right" },
	{ way: "hourly", energy: 52, below: 43.5, side: "left" },
	{ way: "presence", energy: 53.8, below: 19.2, side: "under" },
	{ way: "neighbours", energy: 57.4, below: 1.3, side: "over" },
];
