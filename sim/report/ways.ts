/**
 * Ways: ways of lighting a street that a comparison may choose, each as settings of the same
 * firmware (docs/energy.md).
 */
import { type Configured, STREET_VALUES } from "../checks/configured.js";

export const WAYS = ["street", "full", "profile", "presence", "neighbours"] as const;
export type Way = (typeof WAYS)[number];

/** P6 of P3, per cent: the floor of all of them. */
const FLOOR = 27;
const PROGRAMS: Readonly<Record<Exclude<Way, "street">, string>> = {
	full: "12:00 100",
	profile: "sunset 100; 22:00 67; 00:00 40; 05:00 67; 06:00 100",
	presence: "12:00 0",
	neighbours: "12:00 0",
};

/** The settings of that way, in the place of `own`. Presence only raises: at the floor it does nothing. */
export function configuredAs(way: Way, own: Configured): Configured {
	if (way === "street") return own;
	const isByPresence = way === "presence" || way === "neighbours";
	const { zone, latitude, longitude } = own;
	return {
		...STREET_VALUES,
		zone,
		latitude,
		longitude,
		program: PROGRAMS[way],
		floorLevel: FLOOR,
		presenceLevel: isByPresence ? 100 : FLOOR,
		lingerLevel: isByPresence ? STREET_VALUES.lingerLevel : FLOOR,
		neighbours: way === "neighbours",
	};
}
