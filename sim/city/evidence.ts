/**
 * Evidence: the figures of a city or of a part of it, as JSON; those of all parts make those of the
 * whole, to the byte (docs/street.md). Nothing in it depends on the machine or on its clock.
 */
import type { Piece } from "../files/outfile.js";
import {
	type CheckResult,
	type Heap,
	largestHeap,
	round,
	type Summary,
	sayCheck,
} from "../results/summary.js";
import type { CityStreet } from "./streets.js";

/** Figures of a street, without those of the wall clock. */
type Figures = Omit<Summary, "wallSeconds" | "lampSecondsPerSecond">;

export interface StreetEvidence extends Figures {
	readonly street: number;
	/** Its piece of the trace, if there is one. */
	readonly trace?: Piece;
}

export interface Evidence {
	/** Digest of simulator and firmware. */
	readonly version: string;
	/** The options that make the city. */
	readonly city: readonly string[];
	/** Of how many streets the city is, and the first and last of this part. */
	readonly part: { readonly streets: number; readonly from: number; readonly to: number };
	readonly totals: Totals;
	readonly streets: readonly StreetEvidence[];
}

/** Sums over the streets; of the heap the largest of any lamp. */
interface Totals {
	readonly lamps: number;
	readonly virtualSeconds: number;
	readonly published: number;
	readonly deaths: number;
	/** Lamps that came online at a broker outside. */
	readonly online?: number;
	readonly energy_kWh: number;
	readonly energyOldLamp_kWh: number;
	readonly sensorChanges: number;
	readonly checks: Readonly<Record<string, CheckResult>>;
	readonly heap: Heap;
}

export function streetEvidence(
	{ number }: CityStreet,
	{ wallSeconds: _wall, lampSecondsPerSecond: _speed, ...figures }: Summary,
	trace: Piece | undefined,
): StreetEvidence {
	return trace ? { street: number, ...figures, trace } : { street: number, ...figures };
}

/** The evidence of a part, from that of its streets in their order. */
export function evidenceOf(
	about: Pick<Evidence, "version" | "city">,
	streets: readonly StreetEvidence[],
	all: number,
): Evidence {
	const { version, city } = about;
	const part = { streets: all, from: streets[0]!.street, to: streets.at(-1)!.street };
	return { version, city, part, totals: totalsOf(streets), streets };
}

export const textOf = (evidence: Evidence): string =>
	`${JSON.stringify(evidence, undefined, "\t")}\n`;

function totalsOf(streets: readonly StreetEvidence[]): Totals {
	const sum = (of: (street: StreetEvidence) => number) =>
		streets.reduce((total, street) => total + of(street), 0);
	const hasOnline = streets.some(({ online }) => online !== undefined);
	return {
		lamps: sum(({ lamps }) => lamps),
		virtualSeconds: Math.max(...streets.map(({ virtualSeconds }) => virtualSeconds)),
		published: sum(({ published }) => published),
		deaths: sum(({ deaths }) => deaths),
		...(hasOnline && { online: sum(({ online = 0 }) => online) }),
		energy_kWh: round(sum(({ energy_kWh }) => energy_kWh)),
		energyOldLamp_kWh: round(sum(({ energyOldLamp_kWh }) => energyOldLamp_kWh)),
		sensorChanges: sum(({ sensorChanges }) => sensorChanges),
		checks: checksOf(streets),
		heap: largestHeap(streets.map(({ heap }) => heap)),
	};
}

function checksOf(streets: readonly StreetEvidence[]): Totals["checks"] {
	const names = new Set(streets.flatMap(({ checks }) => Object.keys(checks)));
	return Object.fromEntries(
		[...names].map((name) => {
			const all = streets.flatMap(({ checks }) => (checks[name] ? [checks[name]] : []));
			return [name, all.reduce(both)];
		}),
	);
}

/** Of two first offences the earlier one, of one instant that of the lower lamp. */
function both(checkResult: CheckResult, other: CheckResult): CheckResult {
	const firsts = [checkResult.first, other.first].flatMap((first) => (first ? [first] : []));
	const [first] = firsts.sort((a, b) =>
		a.instant === b.instant ? a.lamp - b.lamp : a.instant < b.instant ? -1 : 1,
	);
	return {
		ok: checkResult.ok && other.ok,
		judged: checkResult.judged + other.judged,
		left: sums(checkResult.left, other.left),
		count: checkResult.count + other.count,
		...(first && { first }),
	};
}

function sums(counts: CheckResult["left"], other: CheckResult["left"]): CheckResult["left"] {
	const all = { ...counts };
	for (const [why, times] of Object.entries(other)) all[why] = (all[why] ?? 0) + times;
	return all;
}

/** The end of a city, for the person at the terminal. */
export function* sayEvidence({ totals, streets, part }: Evidence): Iterable<string> {
	for (const [name, result] of Object.entries(totals.checks)) {
		const { first } = result;
		const broken = streets.find(({ checks }) => checks[name]?.first?.lamp === first?.lamp);
		const repeat =
			broken && `street ${broken.street}: --seed ${broken.seed} --first ${broken.first}`;
		yield* sayCheck(name, result, repeat ?? "");
	}
	const { lamps, virtualSeconds, published, deaths } = totals;
	yield `${streets.length} of ${part.streets} streets, ${lamps} lamps, ${virtualSeconds} s each`;
	yield `published ${published}, deaths ${deaths}, ${totals.energy_kWh.toFixed(3)} kWh of the`;
	yield `${totals.energyOldLamp_kWh.toFixed(3)} kWh that the old lamps would have used`;
}
