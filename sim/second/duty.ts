/**
 * Duty: the share of the driver's output, its limits, and the path of duties that the pin follows.
 *
 * Follows docs/light.md, "The duty" ("From level to output", "The duty at rest", "The path of a fade").
 */
import { type Fade, shining } from "./fade.js";
import type { Link, Settings } from "./parts.js";
import type { Fault } from "./zone.js";

/** A point of the curve of depreciation: hours and per cent. */
export type Aged = readonly [number, number];

export function parseDepreciation(text: string): readonly Aged[] | Fault {
	if (text.trim() === "") return [];
	const parts = text.split(";");
	const points: Aged[] = [];
	for (const [i, part] of parts.entries()) {
		const at = i + 1;
		if (at > 6) return { at, word: "more than 6 points" };
		const found = /^ *([0-9]{1,6}) ([0-9]{1,6}) *$/.exec(part);
		if (found === null) return { at, word: "must be hours and per cent, e.g. 50000 90" };
		const hours = Number(found[1]);
		const percent = Number(found[2]);
		const before = points[points.length - 1];
		if (hours > 500_000) return { at, word: "more than 500000 hours" };
		if (percent < 40 || percent > 100) return { at, word: "must leave 40 to 100 %" };
		if (before === undefined && hours !== 0) return { at, word: "must begin at 0 hours" };
		if (before !== undefined && hours <= before[0]) return { at, word: "hours must rise" };
		if (before !== undefined && percent > before[1])
			return { at, word: "light must not come back" };
		points.push([hours, percent]);
	}
	return points;
}

/** What the settings say of the driver. */
export interface Driver {
	readonly virtualLightOutput: number;
	readonly cleaningFactor: number;
	readonly cleaningPeriod: number;
	readonly cleanedAt: number;
	readonly depreciation: readonly Aged[];
	readonly hoursBefore: number;
	readonly minimumDuty: number;
}

export function driverOf(settings: Settings): Driver {
	const power = settings.power ?? {};
	const number = (name: string): number => Number(power[name]);
	const curve = parseDepreciation(String(power.depreciation ?? ""));
	return {
		virtualLightOutput: number("virtualLightOutput"),
		cleaningFactor: number("cleaningFactor"),
		cleaningPeriod: number("cleaningPeriod"),
		cleanedAt: number("cleanedAt"),
		depreciation: "word" in curve ? [] : curve,
		hoursBefore: number("hoursBefore"),
		minimumDuty: number("minimumDuty"),
	};
}

/** The share of the output that gives a level, and the factors that it consists of. */
export interface Share {
	readonly virtual: number;
	readonly cleaning: number;
	readonly clo: number;
	readonly share: number;
}

export function shareOf(driver: Driver, hours: number): Share {
	const virtual = driver.virtualLightOutput / 100;
	const cleaning = cleaningFactor(driver, hours);
	const clo = constantLight(driver, hours);
	return { virtual, cleaning, clo, share: virtual * cleaning * clo };
}

function cleaningFactor(driver: Driver, hours: number): number {
	if (driver.cleaningFactor === 100) return 1;
	const h = hours - driver.cleanedAt;
	if (h < 0 || h >= driver.cleaningPeriod) return 1;
	return (
		(driver.cleaningFactor + (100 - driver.cleaningFactor) * (h / driver.cleaningPeriod)) / 100
	);
}

function constantLight(driver: Driver, hours: number): number {
	const curve = driver.depreciation;
	const last = curve[curve.length - 1];
	const h = hours + driver.hoursBefore;
	if (last === undefined || h >= last[0]) return 1;
	for (let i = 1; i < curve.length; i++) {
		const from = curve[i - 1] as Aged;
		const to = curve[i] as Aged;
		if (h < to[0]) {
			const here = from[1] + ((to[1] - from[1]) * (h - from[0])) / (to[0] - from[0]);
			return last[1] / here;
		}
	}
	return 1;
}

/** What stands between a level and a duty. */
export interface Output {
	/** D: the largest duty. */
	readonly largest: number;
	readonly share: Share;
	/** Thermal cap, per cent. */
	readonly cap: number;
	/** The setting `minimumDuty` or the driver's own minimum, the greater one, per cent. */
	readonly minimum: number;
}

interface Bounds {
	/** Duty of a level of 1 %. */
	readonly s: number;
	readonly m: number;
	readonly c: number;
}

function boundsOf(output: Output): Bounds {
	const p = output.largest / 100;
	const minimum = Math.max(output.minimum, 100 / output.largest);
	return { s: output.share.share * p, m: minimum * p, c: output.cap * p };
}

function bounded(x: number, bounds: Bounds): number {
	return Math.max(bounds.m, Math.min(x, bounds.c));
}

/** The duty at rest. */
export function dutyOf(level: number, output: Output): number {
	if (level <= 0) return 0;
	const bounds = boundsOf(output);
	return Math.floor(bounded(level * bounds.s, bounds) + 0.5);
}

/** The links of the chain behind a level above 0: each step of the output that changes it. */
export function outputLinks(level: number, output: Output, chain: Link[]): void {
	if (level === 0) return;
	const { virtual, cleaning, clo } = output.share;
	let value = level;
	const step = (by: string, factor: number): void => {
		if (factor === 1) return;
		value *= factor;
		chain.push({ by, level: value });
	};
	step("virtualLightOutput", virtual);
	step("cleaningFactor", cleaning);
	step("clo", clo);
	if (value > output.cap) {
		value = output.cap;
		chain.push({ by: "thermal", level: value });
	}
	if (value < output.minimum) chain.push({ by: "minimumDuty", level: output.minimum });
}

/** The pin of the PWM. */
export interface Pin {
	/** Instant at which the path was laid, or the duty written. */
	at: number;
	/** The duty that it had then. */
	from: number;
	/** Pairs of ms from `at` and duty; empty: the duty rests. */
	path: readonly number[];
}

/** The duty of the pin at an instant; on a bus not rounded between two points. */
export function pinAt(pin: Pin, now: number): number {
	let time = 0;
	let duty = pin.from;
	const elapsed = now - pin.at;
	for (let i = 0; i < pin.path.length; i += 2) {
		const nextTime = pin.path[i] as number;
		const nextDuty = pin.path[i + 1] as number;
		if (nextTime > elapsed) {
			const here = duty + ((nextDuty - duty) * (elapsed - time)) / (nextTime - time);
			return Math.floor(here + 0.5);
		}
		time = nextTime;
		duty = nextDuty;
	}
	return duty;
}

/** A jump. */
export function pinRests(pin: Pin, now: number, duty: number): void {
	pin.at = now;
	pin.from = duty;
	pin.path = [];
}

/** Lays the path of a fade that begins now, or anew the rest of one (`isRest`). */
export function layPath(pin: Pin, now: number, fade: Fade, output: Output, isRest: boolean): void {
	const held = pinAt(pin, now);
	const bounds = boundsOf(output);
	const most = Math.max(fade.startLevel, fade.target) * bounds.s;
	const least = Math.min(fade.startLevel, fade.target) * bounds.s;
	const isPlain =
		!isRest && held !== 0 && most <= bounds.c && least >= bounds.m && fade.target >= 0.1;
	const path = isPlain
		? plainPath(fade, bounds)
		: bentPath(fade, output, bounds, now, isRest || held === 0);
	pin.path = path;
	pin.from = held;
	pin.at = now;
}

function plainPath(fade: Fade, bounds: Bounds): number[] {
	const path: number[] = [];
	let time = 0.5;
	let duty = fade.startLevel * bounds.s;
	for (let k = 1; k < fade.n; k++) {
		time += fade.ramp / fade.n;
		duty *= fade.r;
		path.push(Math.floor(time), Math.floor(duty + 0.5));
	}
	path.push(fade.ramp, Math.floor(fade.target * bounds.s + 0.5));
	return path;
}

function bentPath(
	fade: Fade,
	output: Output,
	bounds: Bounds,
	now: number,
	beginsWithPoint: boolean,
): number[] {
	const path: number[] = [];
	const point = (time: number, duty: number): void => {
		path.push(Math.max(0, Math.floor(time + 0.5)), Math.floor(duty + 0.5));
	};
	const timeOf = (k: number): number =>
		fade.begin + Math.floor((k * fade.ramp) / fade.n + 0.5) - now;
	const wanted = (k: number): number => (fade.corners[k] ?? 0) * bounds.s;
	if (beginsWithPoint) point(0, dutyOf(shining(fade, now), output));
	for (let k = 1; k <= fade.n; k++) {
		const time = timeOf(k);
		if (time <= 0) continue;
		const lastTime = timeOf(k - 1);
		const from = wanted(k - 1);
		const to = wanted(k);
		const order = from < to ? [bounds.m, bounds.c] : [bounds.c, bounds.m];
		for (const bound of order) {
			if ((from < bound && bound < to) || (to < bound && bound < from)) {
				const crossing = lastTime + ((time - lastTime) * (bound - from)) / (to - from);
				if (crossing >= 0) point(crossing, bound);
			}
		}
		point(time, bounded(to, bounds));
	}
	if (fade.target < 0.1) point(timeOf(fade.n), dutyOf(fade.target, output));
	return path;
}
