/**
 * Obligations: what a night's light owes to whoever is under it, from the world and the orders alone.
 *
 * Each is a span of time with the least level that must shine, and a sentence. Spans end where
 * something starts that makes them void (an order that silences the sensors), and begin REACTION
 * after it is over. Where the firmware may rightly believe either, nothing is demanded.
 */
import { END, type Lived } from "./lampnight.js";
import type { Happening, Night } from "./night.js";
import { elevation } from "./sky.js";

/** Light stands this soon after the edge: a rise of 1 s, and its first step at once. */
export const REACTION = 1200;
const MINUTE = 60_000;
/** What is left of an order is stored this often: a boot without a clock may count so much twice. */
const KEPT_EACH = 60 * MINUTE;
/** A PIR that is active for so long is stuck, and its lamp at full class. */
const STUCK_AFTER = 60 * MINUTE;
/** The setting offDelay. */
export const OFF_DELAY = 120_000;
/** Above it no sky is dark to the photocell (35 lx), below it none is bright (with delays). */
const PLAINLY_DARK = -6;
/** Where the clock says it: the setting darkElevation, with a margin for the minute's grid. */
const DARK_BY_SUN = -2.3;

export interface Span {
	readonly from: number;
	readonly to: number;
}

export interface Obligation extends Span {
	readonly least: number;
	readonly why: string;
}

export function obligations(night: Night, lived: Lived): Obligation[] {
	const { floorLevel, fullLevel, presenceLevel, lightProtected } = night.light as Record<
		string,
		number
	>;
	const known = knownClock(night);
	const dark = darkSpans(night, known);
	const found: Obligation[] = [];
	const owe = (spans: readonly Span[], least: number, why: string) => {
		for (const { from, to } of spans)
			if (from + REACTION < to) found.push({ from: from + REACTION, to, least, why });
	};
	const orders = ordersOf(night, lived);
	const out = outSpans(night, known);
	const below = orders.filter(({ order }) => order.belowFloor);
	const silent = orders.filter(({ order }) => order.inhibitSensors);
	const settled = without(without(dark, restartsOf(night)), dazzledOf(night));

	owe(without(without(settled, below), out), floorLevel!, "never below the floor while dark");
	if (lightProtected) owe(settled, fullLevel!, "a protected lamp keeps its class");
	const heard = night.ignorePresence ? without(settled, out) : settled;
	owe(
		without(meet(heard, staysOf(night)), silent),
		presenceLevel!,
		"occupied and dark means sensor level",
	);
	owe(
		without(meet(heard, stuckOf(night)), silent),
		Math.max(presenceLevel!, fullLevel!),
		"a PIR that is stuck and dark means full class",
	);
	owe(without(emergenciesOf(night, lived), restartsOf(night)), fullLevel!, "an emergency is lit");
	if (!night.photocell && known.length === 1 && known[0]!.offset === undefined)
		owe(
			without(without(settled, orders), deedsOf(night)),
			fullLevel!,
			"doubtful and dark means full class",
		);
	return found;
}

/** What breaks an obligation first, or undefined. `dutyAt` gives the least duty of a level. */
export function broken(
	{ duties }: Lived,
	owed: readonly Obligation[],
	dutyOf: (level: number) => number,
): string | undefined {
	for (const { from, to, least, why } of owed) {
		const need = dutyOf(least);
		let index = duties.filter(([at]) => at <= from).length - 1;
		for (; index < duties.length; index += 1) {
			const [at, duty] = duties[index] ?? [0, 0];
			if (at >= to) break;
			if (duty < need)
				return `${why}: ${least} % owed from ${from} to ${to}, duty ${duty} < ${need} at ${Math.max(at, from)}`;
		}
	}
	return undefined;
}

/** What the clock says from when: its error, or undefined while nothing was ever told. */
interface Known {
	readonly from: number;
	readonly offset: number | undefined;
}

function knownClock(night: Night): Known[] {
	const steps: Known[] = [{ from: 0, offset: undefined }];
	const told = night.happenings
		.filter((h) => h.what === "time" || h.what === "restart")
		.sort((a, b) => a.at - b.at);
	for (const h of told) {
		const last = steps.at(-1)!.offset;
		if (h.what === "time") steps.push({ from: h.at, offset: h.error });
		else if (h.what === "restart" && h.cause === "powerOn")
			steps.push({ from: h.at, offset: undefined });
		else steps.push({ from: h.at, offset: last });
	}
	return steps;
}

/** When the lamp must know that it is dark: by its photocell, else by its clock, else always. */
function darkSpans(night: Night, known: readonly Known[]): Span[] {
	if (night.photocell) return spansWhere((at) => elevation(night.start + at) < PLAINLY_DARK);
	const jumps = known.filter(({ offset }) => offset !== undefined && offset !== 0);
	/** All that the clock says within the minute from `at`. */
	const saidFrom = (at: number) =>
		known.filter(({ from }, i) => from < at + MINUTE && (known[i + 1]?.from ?? Infinity) > at);
	return spansWhere((at) => {
		if (jumps.length > 0) return false; // which of two dates it believes is the clock's own test
		return saidFrom(at).every(
			({ offset }) => offset === undefined || elevation(night.start + at + offset) < DARK_BY_SUN,
		);
	});
}

/** Lights that follow one another for offDelay are a day to a photocell, and what follows is a dusk. */
function dazzledOf({ happenings }: Night): Span[] {
	const lights = happenings
		.filter((h): h is Happening & { what: "flash" } => h.what === "flash")
		.map(({ at, length }) => ({ from: at, to: at + length }));
	return merged(lights)
		.filter(({ from, to }) => to - from >= OFF_DELAY)
		.map(({ from, to }) => ({ from, to: to + MINUTE }));
}

/** A boot lights at powerOnLevel and decides in the same turn; what was owed begins anew. */
function restartsOf(night: Night): Span[] {
	return night.happenings
		.filter((h) => h.what === "restart")
		.map(({ at }) => ({ from: at, to: at + 1 }));
}

export function staysOf(night: Night): Span[] {
	const stays = night.happenings
		.filter((h): h is Happening & { what: "stay" } => h.what === "stay")
		.map(({ at, length }) => ({ from: at, to: Math.min(END, at + length) }));
	return merged(stays);
}

function merged(spans: readonly Span[]): Span[] {
	const whole: { from: number; to: number }[] = [];
	for (const span of [...spans].sort((a, b) => a.from - b.from)) {
		const last = whole.at(-1);
		if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
		else whole.push({ ...span });
	}
	return whole;
}

/** When the PIR has been active for too long, since it was or since a boot saw it so. */
function stuckOf({ happenings }: Night): Span[] {
	return happenings
		.filter((h): h is Happening & { what: "stay" } => h.what === "stay")
		.map(({ at, length }) => {
			const to = Math.min(END, at + length);
			const boots = happenings.filter((h) => h.what === "restart" && h.at >= at && h.at < to);
			return { from: Math.max(at, ...boots.map((boot) => boot.at)) + STUCK_AFTER, to };
		})
		.filter(({ from, to }) => from < to);
}

/** Emergencies last longer than the night; one that the flash did not take is lost with a boot. */
function emergenciesOf({ happenings }: Night, { taken }: Lived): Span[] {
	const isKept = !happenings.some(({ what }) => what === "storeFails");
	return happenings
		.filter((h) => h.what === "emergency" && taken.has(h))
		.map(({ at }) => {
			const boots = happenings.filter((h) => h.what === "restart" && h.at >= at);
			return { from: at, to: isKept ? END : Math.min(END, ...boots.map((boot) => boot.at)) };
		});
}

/** When an order stands: until its end, the next order, or its recall; and while its fade runs out. */
function ordersOf(
	night: Night,
	{ taken }: Lived,
): (Span & { order: { belowFloor: boolean; inhibitSensors: boolean } })[] {
	const all = night.happenings
		.filter((h) => (h.what === "order" || h.what === "clear") && taken.has(h))
		.sort((a, b) => a.at - b.at);
	return all.flatMap((h, index) => {
		if (h.what !== "order") return [];
		const next = all[index + 1]?.at ?? Infinity;
		const to = endOf(night, h.at, h.order.duration);
		const isForgotten = night.happenings.some(({ what }) => what === "storeFails"); // that it was over
		return [{ from: h.at, to: (isForgotten ? to : Math.min(to, next)) + 1, order: h.order }];
	});
}

/** While a lamp shows or tests itself, or is worked on, it has a level of its own; its fall may follow. */
function deedsOf(night: Night): Span[] {
	return night.happenings
		.filter((h): h is Happening & { what: "deed" } => h.what === "deed")
		.map(({ at, length }) => ({ from: at, to: endOf(night, at, length) + 1 }));
}

/** Where the program may have the lights out, by whatever the lamp's clock says: widely. */
function outSpans(night: Night, known: readonly Known[]): Span[] {
	if (!night.points.some(([, level]) => level < 0)) return [];
	const isPlain = known.every(({ offset }) => offset === undefined || offset === 0);
	if (!isPlain) return [{ from: 0, to: END }];
	const spans: Span[] = [];
	night.points.forEach(([minutes, level], index) => {
		if (level >= 0) return;
		const next = night.points[index + 1]?.[0];
		const from = instantOf(night, minutes);
		const to = next === undefined ? END : instantOf(night, next);
		spans.push({ from: from - MINUTE, to: to + 2 * MINUTE });
	});
	return spans;
}

/**
 * When what began at `from` for `length` has ended at the latest. A boot without a clock may count an
 * hour twice; one that finds what the flash could not take back begins anew.
 */
export function endOf({ happenings }: Night, from: number, length: number): number {
	const boots = happenings.filter(({ what, at }) => what === "restart" && at >= from);
	const fails = happenings.some(({ what }) => what === "storeFails");
	const again = fails ? Math.max(from, ...boots.map(({ at }) => at)) : from;
	return Math.max(from + boots.length * KEPT_EACH, again) + length;
}

/** Local minutes after 18:00 of the evening, as an instant of the night. */
export function instantOf(night: Night, minutes: number): number {
	const wanted = (18 * 60 + minutes) % 1440;
	const dayStart = night.start - 15 * 60 * MINUTE;
	const local = dayStart + (18 * 60 + minutes < 1440 ? 0 : 1440 * MINUTE) + wanted * MINUTE;
	const candidates = [night.start, night.start + END].map(
		(utc) => local - minutesOfZone(utc) * MINUTE,
	);
	const [first, second] = candidates as [number, number];
	const isLater = minutesOfZone(first) * MINUTE !== local - first;
	const isThere = minutesOfZone(second) * MINUTE === local - second;
	return (isLater && isThere ? second : first) - night.start; // an hour left out: by the old rule
}

const BRUSSELS = new Intl.DateTimeFormat("en-GB", {
	timeZone: "Europe/Brussels",
	hour: "2-digit",
	hourCycle: "h23",
});

function minutesOfZone(utc: number): number {
	const local = Number(BRUSSELS.format(new Date(utc)));
	return (((local - new Date(utc).getUTCHours() + 24) % 24) + 0) * 60;
}

function spansWhere(holds: (at: number) => boolean): Span[] {
	const spans: Span[] = [];
	let from: number | undefined;
	for (let at = 0; at <= END; at += MINUTE) {
		const is = at < END && holds(at);
		if (is) from ??= at;
		else if (from !== undefined) {
			spans.push({ from, to: at - MINUTE });
			from = undefined;
		}
	}
	return spans;
}

function meet(a: readonly Span[], b: readonly Span[]): Span[] {
	return a.flatMap((x) =>
		b
			.map((y) => ({ from: Math.max(x.from, y.from), to: Math.min(x.to, y.to) }))
			.filter(({ from, to }) => from < to),
	);
}

function without(a: readonly Span[], holes: readonly Span[]): Span[] {
	let left = [...a];
	for (const hole of holes)
		left = left.flatMap(({ from, to }) => {
			if (hole.to <= from || hole.from >= to) return [{ from, to }];
			const pieces: Span[] = [];
			if (hole.from > from) pieces.push({ from, to: hole.from });
			if (hole.to < to) pieces.push({ from: hole.to, to });
			return pieces;
		});
	return left;
}
