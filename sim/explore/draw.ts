/**
 * Draw: a random street as options of the simulator, from a seed.
 *
 * The words are the whole of it, so that a street can be shrunk and run again without its seed:
 * place, season, traffic, settings, faults with their times, orders, messages and typing.
 */

import { type Random, random } from "../../lib/random.js";
import { DAY, HOUR, MINUTE } from "../../lib/spans.js";
import { FAULTS } from "../faults/faults.js";
import { slotsOfLamp } from "../files/firmware.js";
import { integer, pick } from "./chance.js";
import { drillOf } from "./drills.js";
import { drawInputs } from "./inputs.js";
import { drawKinds, kindsOf } from "./kinds.js";
import { drawSettings } from "./settings.js";
import type { StreetKind } from "./streetkind.js";
import { placeWord, whereOf } from "./where.js";

/** Each fault ends so long before the end of a street that must have recovered, ms. */
const RECOVERY = 2 * HOUR;
const YEAR = Date.UTC(2026, 0, 1);
/** Zones of the places, by longitude east; their rules differ, and one changes nothing. */
const ZONES = [
	[-30, "Europe/Lisbon"],
	[0, "Europe/London"],
	[12, "Europe/Brussels"],
	[25, "Europe/Athens"],
	[180, "Europe/Istanbul"],
] as const;
/** Nights about which the clocks of Europe change. */
const CHANGES = [Date.UTC(2026, 2, 28), Date.UTC(2026, 9, 24)];
/** Faults of the world; doors that fail by chance, drivers on buses and forged time are drawn by themselves. */
export const NAMES = Object.keys(FAULTS).filter(
	(name) => FAULTS[name]!.door === undefined && !FAULTS[name]!.bus && name !== "timeForged",
);
const DOORS = Object.keys(FAULTS).filter((name) => FAULTS[name]!.door !== undefined);
/** Share of the streets in which doors fail, and the shares of their calls that do, per cent. */
const UNLUCKY = 0.25;
const SHARES = ["1", "2", "5", "10", "30"];
/** Each so-manieth street has no fault. */
const WITHOUT = 20;
/** All unordered pairs of faults; one with itself is that fault alone. */
export const PAIRS: readonly (readonly [string, string])[] = NAMES.flatMap((fault, n) =>
	NAMES.slice(n).map((other) => [fault, other] as const),
);
/** Pairs come by turns with this step, prime to their number, so that any few streets differ. */
export const PAIR_STEP = 389;
/** These cost the most to run, or rule the whole street: shorter, and at one lamp. */
const DEAR = ["datagramForged", "datagramReplayed"];
const DEAREST = 5 * MINUTE;
/** Of a street that must recover: in every other one a PIR is stuck, and is trusted again. */
const NO_DRILL = { settings: [], faults: [], inputs: [] };
const STUCK = { ...NO_DRILL, faults: ["pirStuckOn@3h+7200s"] };

export interface Drawn {
	readonly seed: number;
	/** Options of the simulator, each with its value behind it. */
	readonly args: readonly string[];
	readonly faults: readonly string[];
	/** Names of its kinds (kinds.ts). */
	readonly kinds: readonly string[];
}

/** A recorded sky: its file, and where and when it was recorded. */
export interface Recorded {
	readonly file: string;
	readonly zone: string;
	readonly place: readonly [north: number, east: number];
	/** UTC ms. */
	readonly from: number;
	readonly to: number;
}

/** `sky`: the sky of every street; absent: made from the seed. `sure`: a kind of every street. */
export function draw(seed: number, sky?: Recorded, sure?: StreetKind): Drawn {
	const chance = random(seed, "explore");
	const isRow = chance.next() < 0.25;
	const usual = isRow ? 4 : 1 + integer(chance, 0, 2);
	const evening = isRow ? integer(chance, 5, 8) : integer(chance, 7, 15);
	const size = sky ? undefined : sizeOf(seed);
	const inSize = random(seed, "size"); // in a stream of its own
	const lamps = size ? integer(inSize, ...size.lamps) : usual;
	const hours = size ? integer(inSize, ...size.hours) : evening;
	const day = pick(chance, [...CHANGES, ...Array.from({ length: 12 }, () => dayOf(chance))]);
	const start = day + integer(chance, 12, 20) * HOUR + integer(chance, 0, 59) * MINUTE;
	const [north, east] = sky?.place ?? placeOf(chance);
	const zone = sky?.zone ?? ZONES.find(([most]) => east < most)![1];
	const where = sky ? undefined : whereOf(seed);
	const begin = sky ? within(sky, start, hours * HOUR) : (where?.start ?? start);
	const args = [
		"--lamps",
		`${lamps}`,
		"--seed",
		`${seed}`,
		"--duration",
		`${hours}h`,
		"--start",
		new Date(begin).toISOString(),
		"--zone",
		where?.zone ?? zone,
	];
	if (where) args.push(placeWord(where.place));
	else args.push("--place", `${north},${east}`);
	if (sky) args.push("--lux", sky.file);
	if (isRow)
		args.push("--neighbours", "--datagram-loss", pick(chance, ["0", "0", "10", "20", "50"]));
	if (chance.next() < 0.25) args.push("--procession", processionOf(chance));
	const recovery = seed % 2 === 0 ? STUCK : NO_DRILL;
	const drill = size?.faultsUntil === undefined ? drillOf(seed, isRow, hours * HOUR) : recovery;
	const span = (size?.faultsUntil ?? hours) * HOUR;
	const plan = { lamps, isRow, length: span };
	const kinds = drawKinds(seed, plan, sure);
	args.push(
		...heapOf(
			seed,
			kinds.some(([, text]) => text === "zhaga"),
		),
	);
	const settings = [...drawSettings(seed), ...drill.settings];
	for (const setting of settings) if (!isReplaced(setting, kinds)) args.push("--set", setting);
	const isQuiet = size?.faultsUntil !== undefined; // and afterwards nothing
	const faults = [...faultsOf(seed, chance, lamps, span, isQuiet), ...drill.faults];
	const doors = doorsOf(seed, lamps, span);
	if (doors.length > 0) args.push("--chance", pick(random(seed, "shares"), SHARES));
	faults.push(...doors);
	if (size?.faults !== undefined) {
		const few = faults.filter((fault) => !DEAR.some((name) => fault.startsWith(name)));
		faults.splice(0, faults.length, ...few.slice(0, size.faults));
	}
	for (const fault of faults) args.push("--fault", fault);
	const inputs = [...drawInputs(seed, lamps, span), ...drill.inputs];
	for (const input of inputs) args.push("--input", input);
	args.push(...kinds.flat());
	const more = kinds.flatMap(([option, text]) => (option === "--fault" ? [text] : []));
	const names = [...faults, ...more].map((fault) => /^\w+/.exec(fault)![0]);
	return { seed, args, faults: names, kinds: kindsOf(seed, plan, sure) };
}

/** A kind has set the same, or the section as a whole hangs together with what it sets. */
function isReplaced(setting: string, kinds: ReturnType<typeof drawKinds>): boolean {
	const nameOf = (text: string) => text.split("=", 1)[0]!;
	return kinds.some(([option, text]) => {
		if (option === "--group") return nameOf(setting) === "identity.group";
		if (option !== "--set") return false;
		if (nameOf(text) === "light.fullClass") return setting.startsWith("light.");
		return nameOf(text) === nameOf(setting);
	});
}

/** Each so-manieth street is short of memory: its machines end now and then. */
const TIGHT = 16;
const TIGHT_SLOTS = [1180, 1380] as const;

/** Sizes of streets, a row each: one of so many, whose seed leaves that rest; no seed leaves two. */
interface Size {
	readonly of: number;
	readonly rest: number;
	readonly lamps: readonly [least: number, most: number];
	readonly hours: readonly [least: number, most: number];
	/** No more than so many faults, doors included, and none that floods. */
	readonly faults?: number;
	/** All faults end by then, hours. */
	readonly faultsUntil?: number;
}

export const SIZES: readonly Size[] = [
	{ of: 50, rest: 33, lamps: [200, 200], hours: [3, 4], faults: 1 }, // a whole district
	{ of: 25, rest: 2, lamps: [1, 2], hours: [44, 60], faultsUntil: 12 }, // faults, then none
	{ of: 20, rest: 18, lamps: [1, 1], hours: [60, 110] }, // nights
	{ of: 10, rest: 4, lamps: [5, 12], hours: [5, 8] }, // a long row of poles
];

/** The row of a street; undefined: the usual size. */
export function sizeOf(seed: number): Size | undefined {
	return SIZES.find(({ of, rest }) => seed % of === rest);
}

/** A stream of its own, so that the streets stay what they were. */
function heapOf(seed: number, hasBus: boolean): string[] {
	if (seed % TIGHT !== 0) return [];
	const ofBus = hasBus ? slotsOfLamp("zhaga") - slotsOfLamp() : 0;
	return ["--slots", `${integer(random(seed, "heap"), ...TIGHT_SLOTS) + ofBus}`];
}

/** An instant of the recording that leaves room for the street, by the time of day of `start`. */
function within({ from, to }: Recorded, start: number, length: number): number {
	const room = Math.max(0, to - from - length);
	return from + (room === 0 ? 0 : (start - from) % room);
}

function dayOf(chance: Random): number {
	return YEAR + integer(chance, 0, 364) * DAY;
}

/** Liege, or anywhere between Sicily and the Shetlands. */
function placeOf(chance: Random): readonly [north: number, east: number] {
	if (chance.next() < 0.4) return [50.645, 5.573];
	return [integer(chance, 360, 600) / 10, integer(chance, -90, 280) / 10];
}

function processionOf(chance: Random): string {
	const kind = pick(chance, ["pedestrian@5", "bicycle@16", "car@50"]);
	return `${kind}/${pick(chance, ["90", "240", "900", "3600"])}s`;
}

/** None, one alone, a pair or a heap; the pairs come by turns, so that each comes in time. */
function faultsOf(
	seed: number,
	chance: Random,
	lamps: number,
	length: number,
	mustEnd: boolean,
): string[] {
	const isHeap = chance.next() < 0.3;
	const isEnding = chance.next() < 0.7 || mustEnd;
	if (seed % WITHOUT === 0) return [];
	const index = (seed - Math.ceil(seed / WITHOUT)) * PAIR_STEP;
	const names = [...new Set(PAIRS[index % PAIRS.length]!)];
	if (isHeap) for (let n = integer(chance, 1, 5); n > 0; n--) names.push(pick(chance, NAMES));
	return names.map((name) => faultOf(name, chance, lamps, length, isEnding));
}

/** Doors that fail by chance, in a stream of their own; they end before the street does. */
function doorsOf(seed: number, lamps: number, length: number): string[] {
	const chance = random(seed, "doors");
	if (seed % WITHOUT === 0 || chance.next() >= UNLUCKY) return [];
	const names = DOORS.filter(() => chance.next() < 0.4);
	return names.map((name) => faultOf(name, chance, lamps, length, true));
}

function faultOf(
	name: string,
	chance: Random,
	lamps: number,
	length: number,
	isEnding: boolean,
): string {
	const last = length - RECOVERY;
	const at = integer(chance, 2, Math.floor((last - MINUTE) / MINUTE) - 1);
	const most = DEAR.includes(name) ? DEAREST : last - at * MINUTE;
	const isLong = chance.next() < 0.5;
	const span = isLong ? most : Math.min(most, chance.between(20_000, 90 * MINUTE));
	const seconds = Math.max(1, Math.floor(span / 1000));
	const place = lamps > 1 && chance.next() < 0.7 ? `/${integer(chance, 1, lamps)}` : "";
	const ends = isEnding || DEAR.includes(name) || chance.next() < 0.6;
	return `${name}@${at}m${ends ? `+${seconds}s` : `+${Math.floor(length / 1000)}s`}${place}`;
}
