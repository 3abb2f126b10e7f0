/**
 * Known ways: energy and time below full class of the ways of lighting in `docs/energy.md`
 * (tests/sim/page/knownways.test.ts compares both).
 */
import { type Range, rangeOf, spreadOf } from "../../../../lib/ways/range.js";
import type { WayName } from "../../../../lib/ways/ways.js";

interface KnownWay {
	readonly way: WayName;
	/** Per cent of full class all night. */
	readonly energy: number;
	/** Per cent of the time of persons under a lamp; with half and twice the traffic. */
	readonly below: number;
	readonly half: number;
	readonly twice: number;
	/** Side of the point on which its name has room. */
	readonly side: "right" | "over" | "under" | "left";
}

export const KNOWN_WAYS: readonly KnownWay[] = [
	{ way: "full", energy: 100, below: 0, half: 0, twice: 0, side: "right" },
	{ way: "profile", energy: 73, below: 14.2, half: 14.2, twice: 14.2, side: "right" },
	{ way: "off", energy: 65.1, below: 4.1, half: 4, twice: 4.1, side: "right" },
	{ way: "weeknights", energy: 75.1, below: 2.1, half: 2.2, twice: 2.1, side: "over" },
	{ way: "hourly", energy: 53, below: 43.5, half: 94.2, twice: 20.5, side: "left" },
	{ way: "presence", energy: 54.9, below: 19.8, half: 28.1, twice: 11.4, side: "under" },
	{ way: "neighbours", energy: 58.5, below: 1.4, half: 2.1, twice: 0.7, side: "right" },
];

/** Road users of the week. */
export const KNOWN_USERS = 3690;

/** Time below full class: half and twice the traffic, and twice the standard error of the users. */
export function belowKnown(name: WayName): Range | undefined {
	const known = KNOWN_WAYS.find(({ way }) => way === name);
	if (!known) return undefined;
	const { below, half, twice } = known;
	const share = below / 100;
	const error = 200 * Math.sqrt((share * (1 - share)) / KNOWN_USERS);
	const [down, up] = spreadOf(below, half, twice);
	return rangeOf(below, { traffic: [Math.hypot(down, error), Math.hypot(up, error)] });
}
