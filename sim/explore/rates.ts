/**
 * Rates: the share of the streets that have each kind, in one table, and how a drawn street shows it.
 * tests/sim/explore/kinds.street.test.ts draws some thousand streets and counts.
 */
import { type Drawn, NAMES, PAIRS, SIZES, sizeOf } from "./draw.js";
import { BUS_FAULTS, ON_BUSES, shareOfBusFault } from "./drivers.js";
import { STREET_KINDS } from "./kinds.js";
import { optionsOf } from "./shrink.js";
import { TWIN_EVERY } from "./twin.js";
import { whereOf } from "./where.js";

interface Rate {
	readonly name: string;
	/** Of all streets. */
	readonly share: number;
	readonly has: (street: Drawn) => boolean;
}

const ROWS = 1 / 4;
const FAULTY = 19 / 20;
/** Of the streets with faults those with a heap, and how many of it are drawn beside the pair. */
const HEAPS = 0.3;
const MORE = [1, 2, 3, 4, 5];

/** Each fault is in as many pairs as there are faults, itself included; the rest comes in heaps. */
function shareOfFault(): number {
	const ofPairs = NAMES.length / PAIRS.length;
	const without = MORE.map((more) => (1 - 1 / NAMES.length) ** more);
	const inHeap = 1 - without.reduce((sum, probability) => sum + probability) / MORE.length;
	return FAULTY * (1 - (1 - ofPairs) * (1 - HEAPS * inHeap));
}

const has = (name: string) => (street: Drawn) =>
	optionsOf(street.args).some(([option]) => option === name);
const names = (street: Drawn) => new Set(street.faults);

/** Faults that a drill adds to some streets: more often than by chance. */
export const MORE_OFTEN = [
	"clockWrong",
	"datagramReplayed",
	"powerCut",
	"hot",
	"pirStuckOn",
	"lampDead",
];

export const RATES: readonly Rate[] = [
	{ name: "anywhere", share: 1 / 3, has: ({ seed }) => whereOf(seed) !== undefined },
	...SIZES.map((size) => ({
		name: `${size.lamps.join("-")} lamps for ${size.hours.join("-")} h`,
		share: 1 / size.of,
		has: ({ seed }: Drawn) => sizeOf(seed) === size,
	})),
	{ name: "a row of neighbours", share: ROWS, has: has("--neighbours") },
	{ name: "a procession", share: 1 / 4, has: has("--procession") },
	{ name: "short of memory", share: 1 / 16, has: has("--slots") },
	{ name: "run twice", share: 1 / TWIN_EVERY, has: ({ seed }) => seed % TWIN_EVERY === 0 },
	{ name: "doors that fail", share: 0.246 * FAULTY, has: has("--chance") },
	...NAMES.filter((name) => !MORE_OFTEN.includes(name)).map((name) => ({
		name: `fault ${name}`,
		share: shareOfFault(),
		has: (street: Drawn) => names(street).has(name),
	})),
	...BUS_FAULTS.map((name) => ({
		name: `of a bus: ${name}`,
		share: ON_BUSES.share * shareOfBusFault(name),
		has: (street: Drawn) => names(street).has(name),
	})),
	...STREET_KINDS.map((kind) => ({
		name: kind.name,
		share: kind.share * (kind.ofRows ? ROWS : kind.ofSingles ? 1 - ROWS : 1),
		has: ({ kinds }: Drawn) => kinds.includes(kind.name),
	})),
];
