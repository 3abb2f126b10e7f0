/** Thirty inputs: what people and faults do to a street in two hours, drawn from a seed, as options of a run. */
import { type Random, random } from "../../../lib/random.js";
import { integer, pick } from "../../../sim/explore/chance.js";
import type { Values } from "../../../sim/options/values.js";

const LAMPS = 12;
/** The inputs come between these instants of the run, s. */
const [FIRST, LAST] = [120, 6_600];
const KINDS = ["pedestrian", "bicycle", "car"] as const;
const FAULTS = "pirDead|pirStuckOn|pirNoisy|luxStuck|datagramLate|powerCut|brokerLost".split("|");
const SETTINGS = [
	["hold", 5, 120],
	["fallTime", 1, 60],
	["floorLevel", 10, 35],
	["linger", 0, 120],
] as const;
/** A lamp has no secret of its own before. */
const SESSION = (line: string) => `secret lantern-of-the-quay-7\r${line}\rapply\rconfirm`;

const instant = (chance: Random) => `@${integer(chance, FIRST * 1000, LAST * 1000) / 1000}s`;

function orderOf(chance: Random): string {
	const expiration = `+${integer(chance, 1, 60)}m`;
	const level = integer(chance, 0, 100);
	const order = pick(chance, [
		{ command: "override", level, expiration },
		{ command: "override", level, expiration, inhibitSensors: true },
		{ command: "override", level, expiration, rampToLevelTime: integer(chance, 0, 60) },
		{ command: "clearOverride" },
		{ command: "identify", duration: integer(chance, 1, 60) },
		{ command: "restart", commandConfirmation: true },
	]);
	return JSON.stringify(order);
}

/** Ten people, six settings typed at the lamps' consoles, seven faults and seven orders. */
export function thirtyInputs(seed: number): Values {
	const chance = random(seed, "thirty");
	const times = <T>(count: number, make: (n: number) => T) =>
		Array.from({ length: count }, (_, n) => make(n));
	const lamp = () => `/${integer(chance, 1, LAMPS)}`;
	const typed = (n: number) => {
		const [name, least, most] = pick(chance, SETTINGS);
		const line = SESSION(`set ${name} ${integer(chance, least, most)}`);
		return `type${instant(chance)}/${2 * n + integer(chance, 1, 2)}:${line}`; // another lamp each
	};
	return {
		...{ seed: `${seed}`, lamps: `${LAMPS}`, duration: "2h", neighbours: true },
		start: `2026-11-24T${integer(chance, 15, 22)}:${integer(chance, 10, 59)}:00+01:00`,
		person: times(
			10,
			() => `${pick(chance, KINDS)}@${integer(chance, FIRST, LAST)}s${pick(chance, ["", "/back"])}`,
		),
		fault: times(
			7,
			() => `${pick(chance, FAULTS)}${instant(chance)}+${integer(chance, 10, 1_800)}s${lamp()}`,
		),
		input: [
			...times(6, typed),
			...times(7, () => `order${instant(chance)}${lamp()}:${orderOf(chance)}`),
		],
	};
}
