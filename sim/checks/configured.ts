/**
 * Configured: the settings of the street's lamps, and the levels that follow from them at an
 * instant.
 *
 * The checks compare with these, so sim/run/install.ts writes every value here into the lamps'
 * stores. Programs are parsed and sun times computed apart from the firmware's own code.
 */
import { DAY, HOUR } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import { crossing, HORIZON } from "../world/sun.js";
import { levelOfWord, type StreetDesign } from "./classes.js";
import { type Nights, programOfNight } from "./nights.js";

/** Milliseconds, per cent, lux. */
export interface Configured {
	readonly zone: Zone;
	readonly latitude: number;
	readonly longitude: number;
	readonly program: string;
	/** Other programs and their nights; absent: the same program every night. */
	readonly nights?: Nights;
	readonly floorLevel: number;
	readonly maxLevel: number;
	readonly presenceLevel: number;
	readonly lingerLevel: number;
	readonly hold: number;
	readonly linger: number;
	readonly settleTime: number;
	readonly riseTime: number;
	readonly fallTime: number;
	readonly onLevel: number;
	readonly offLevel: number;
	readonly onDelay: number;
	readonly offDelay: number;
	/** The lamp's feed; absent: always. */
	readonly supply?: "always" | "switched";
	/**
	 * Lamplight at full on the lamp's own sensor, lux, as commissioning measured it; absent: not
	 * measured.
	 */
	readonly lampResponse?: number;
	/** Lamplight at full on the lamp's own sensor where it was not measured, lux; absent: OWN_LIGHT. */
	readonly ownLight?: number;
	/** Metres of each lamp along the street; absent: even. */
	readonly places?: readonly number[];
	/** From boot until the lamp has the time and a settled PIR. */
	readonly startTime: number;
	/** Drivers on buses, whose levels are whole and whose fades take 100 ms a level; absent: a PWM. */
	readonly hasBus?: boolean;
	/** A sensor in the lower socket is beside the lamp's own, or in place of them. */
	readonly hasLowerSensor?: boolean;
	/** The PIR is a sensor in the lower socket, which is asked for movement: so late, ms; absent: 0. */
	readonly sensedWithin?: number;
	/** Whether lamps report movement to each other. */
	readonly neighbours: boolean;
	/** Share of their datagrams that each path loses; absent: none. */
	readonly datagramLoss?: number;
	/** The link to the broker is slow and loses segments. */
	readonly linkLoses?: boolean;
	/** Longest light that one movement at a neighbour causes. */
	readonly autoClear: number;
	/** Of the row; absent: the firmware's defaults. */
	readonly neighbourBubble?: number;
	readonly neighbourLevel?: number;
	readonly neighbourMode?: "ahead" | "row";
	/** Settings that few streets change; absent: the firmware's default. */
	readonly photocell?: boolean;
	readonly pirFitted?: boolean;
	readonly pirSilentAfter?: number;
	readonly clearToBusy?: number;
	readonly darkElevation?: number;
	readonly fullLevel?: number;
	readonly lightProtected?: boolean;
	readonly sensorEffect?: "max" | "none";
	readonly presenceDuringLightsOut?: "light" | "ignore";
	/** The classes of the street; absent: its levels are in per cent. */
	readonly design?: StreetDesign;
	/** Drive of the LED at level 100, and the least share of it that a corrected output leaves. */
	readonly virtualLightOutput?: number;
	readonly leastDrive?: number;
	/** Ageing of the LEDs, and the hours that they had burnt. */
	readonly depreciation?: string;
	readonly hoursBefore?: number;
	readonly minimumDuty?: number;
	/** Watts; and whether the power at other levels is known, too. */
	readonly ledPower_W?: number;
	readonly standbyPower_W?: number;
	readonly controllerPower_W?: number;
	readonly hasPowerPoints?: boolean;
	readonly trafficDeadTime?: number;
	/** Limit of the driver's output in a hot housing, per cent, and degrees at which it begins. */
	readonly deratingLevel?: number;
	readonly deratingStart?: number;
	/** ms */
	readonly stateMinInterval?: number;
	readonly telemetryInterval?: number;
	/** Reports are rare and batched. */
	readonly isNarrow?: boolean;
	/** Messages and orders may come so much later than on a fast link, ms; absent: 0. */
	readonly lateness?: number;
}

/** Telemetry of the profile `narrow` comes no more often, ms (docs/broker.md). */
export const NARROW_TELEMETRY = 8 * HOUR;

/**
 * Values of a residential street; the firmware's defaults except for the program. Presence gives
 * full light here at any hour, so the program only sets the level of a vacant place: it may be low
 * from dusk on, and in the small hours asks for less than the floor, so that both are tried.
 */
export const STREET_VALUES = {
	program: "sunset 60; 22:00 40; 00:00 30; 02:00 10; 05:30 60; sunrise 0",
	floorLevel: 20,
	maxLevel: 100,
	presenceLevel: 100,
	lingerLevel: 60,
	hold: 30_000,
	linger: 30_000,
	settleTime: 30_000,
	riseTime: 800,
	fallTime: 10_000,
	onLevel: 35,
	offLevel: 70,
	onDelay: 30_000,
	offDelay: 120_000,
	startTime: 45_000,
	neighbours: false,
	autoClear: 45_000,
} as const;

/** The longest hold of any period, ms: a program may set `hold 120` behind a level. */
export function longestHold({
	hold,
	program,
	nights,
}: Pick<Configured, "hold" | "program" | "nights">): number {
	const holds = `${program};${nights?.program2 ?? ""}`.matchAll(/hold (\d+)/g);
	return Math.max(hold, ...[...holds].map(([, seconds]) => Number(seconds) * 1000));
}

/** Tolerance, ms, between two ways of computing a sunset, and the lamp's reaction to it. */
const SLACK = 120_000;
const NOON = 12 * 3600_000;

interface Point {
	readonly at: number; // UTC ms
	readonly level: number;
	/** Likewise, while traffic raises it. */
	readonly most: number;
	/** Lights out: the floor does not apply. */
	readonly out: boolean;
	/** The level of presence until the next point; and where the lights are not out. */
	readonly presence: number;
	readonly unlessOut: number;
}

/**
 * Least and greatest level of a vacant place at night, the program's within its limits; and the
 * level of presence.
 */
export interface Range {
	least: number;
	most: number;
	presenceLeast: number;
	presenceMost: number;
}

/**
 * Lights out below the floor by what a lamp's date is worth: they must be, may be, may be within the
 * given error of their time, or never are.
 */
export type Out = "must" | "may" | "near" | "never";

/** The program's levels, night by night (noon to noon of the wall clock). */
export class ProgramOracle {
	#night = NaN;
	#points: readonly Point[] = [];
	#out: Out = "must";
	readonly #range: Range = {
		least: 0,
		most: 0,
		presenceLeast: 0,
		presenceMost: 0,
	};

	constructor(private readonly configured: Configured) {}

	/**
	 * The same object each time. Around a change of level both levels are right; `more`: further
	 * tolerance for an error of the lamp's clock, ms. Infinity: the lamp may be at any point of its
	 * programs, or have none, which lights it at full class. `near`: of Out, ms.
	 */
	rangeAt(utc: number, more = 0, out: Out = "must", near = 0): Range {
		const isNear = out === "near" && this.#isOutNear(utc, near);
		this.#out = out === "near" ? (isNear ? "may" : "never") : out;
		if (more === Infinity) return this.#anyTime();
		const range = this.#range;
		const slack = SLACK + more;
		const before = this.#pointAt(utc - slack);
		range.least = range.presenceLeast = Infinity;
		range.most = range.presenceMost = 0;
		this.#widen(before);
		for (const point of this.#points)
			if (point.at >= utc - slack && point.at <= utc + slack) this.#widen(point);
		return range;
	}

	/** The latest range, or the light outside the program's periods. */
	orOutside(utc: number): Range {
		this.#widen(this.#outside(utc));
		return this.#range;
	}

	/** Outside its periods the program asks for 0. */
	#outside(at: number): Point {
		const presence = this.#presenceOf([], false);
		return { at, level: 0, most: 0, out: false, presence, unlessOut: presence };
	}

	#widen(point: Point): void {
		const range = this.#range;
		const { level, most, out, presence, unlessOut } = point;
		const kept = this.#out === "must" ? out : false; // at its greatest it keeps the floor
		range.least = Math.min(
			range.least,
			this.#bounded({ level, out: out && this.#out !== "never" }),
		);
		range.most = Math.max(range.most, this.#bounded({ level: most, out: kept }));
		const leastSeen = this.#out === "never" ? unlessOut : presence;
		const mostSeen = this.#out === "must" ? presence : unlessOut;
		range.presenceLeast = Math.min(range.presenceLeast, leastSeen);
		range.presenceMost = Math.max(range.presenceMost, mostSeen);
	}

	/** Whether the lights may be out in any of its programs, in this night, by a clock of that error. */
	#isOutNear(utc: number, error: number): boolean {
		const slack = SLACK + error;
		const before = this.#pointAt(utc - slack);
		const isOut = ({ out }: Point) => out;
		const isIn = ({ at }: Point) => at >= utc - slack && at <= utc + slack;
		return before.out || this.#points.filter(isIn).some(isOut);
	}

	/** The least level at night, unless lights are out. */
	get floor(): number {
		return this.#bounded({ level: 0, out: false });
	}

	#anyTime(): Range {
		const { program, nights, maxLevel, presenceLevel } = this.configured;
		const texts = [program, nights?.program2.replace(/^[^:]*:/, "") ?? ""].join(";").split(";");
		const points = texts.map((text) => text.trim().split(" ")).filter(([at]) => at !== "");
		const isOut = (level: string | undefined) => level === "out" && this.#out !== "never";
		const levels = points.map(([, level]) =>
			this.#bounded({ level: this.#levelOf(level!), out: isOut(level) }),
		);
		const range = this.#range;
		range.least = Math.min(this.#bounded({ level: 0, out: false }), ...levels);
		range.most = maxLevel;
		const presences = points.map(([, level, ...rule]) => this.#presenceOf(rule, isOut(level)));
		range.presenceLeast = Math.min(presenceLevel, ...presences);
		range.presenceMost = maxLevel;
		return range;
	}

	#pointAt(utc: number): Point {
		const { zone } = this.configured;
		const night = Math.floor((zone.localOf(utc) - NOON) / DAY);
		if (night !== this.#night) {
			this.#night = night;
			this.#points = this.#plan(night * DAY + NOON);
		}
		let last = this.#outside(utc); // before its first point
		for (const point of this.#points) if (point.at <= utc) last = point;
		return last;
	}

	#bounded({ level, out }: Pick<Point, "level" | "out">): number {
		const { floorLevel, maxLevel, lightProtected, fullLevel = 100 } = this.configured;
		const least = lightProtected ? fullLevel : out ? 0 : floorLevel;
		return Math.min(maxLevel, Math.max(least, level));
	}

	#levelOf(word: string): number {
		const { design, fullLevel = 100 } = this.configured;
		return word === "out" ? 0 : levelOfWord(word, design, fullLevel);
	}

	/** Level due to presence, the floor at least; 0 where presence has no effect. */
	#presenceOf(rule: readonly string[], isOut: boolean): number {
		const { sensorEffect, presenceDuringLightsOut } = this.configured;
		if (sensorEffect === "none" || (isOut && presenceDuringLightsOut === "ignore")) return 0;
		return this.#bounded({ level: this.#askedOf(rule), out: false });
	}

	/** `set 60`, `min 60` or `max 60`, or none; a `hold` behind does not affect the level. */
	#askedOf([effect, asked]: readonly string[]): number {
		const { presenceLevel } = this.configured;
		const level = effect === "hold" || asked === undefined ? 0 : this.#levelOf(asked);
		if (effect === "set") return level;
		if (effect === "min") return Math.min(presenceLevel, level);
		return effect === "max" ? Math.max(presenceLevel, level) : presenceLevel;
	}

	/** `noon`: the wall clock's noon at which the night begins. */
	#plan(noon: number): Point[] {
		const { zone, nights, latitude, longitude } = this.configured;
		const program = programOfNight(this.configured.program, nights, noon);
		const from = zone.utcOf(noon);
		const midnight = zone.utcOf(noon + NOON);
		const to = zone.utcOf(noon + DAY);
		const sunset = crossing(from, midnight, HORIZON, latitude, longitude) ?? from;
		const sunrise = crossing(midnight, to, HORIZON, latitude, longitude) ?? to;
		const texts = program.split(";").map((text) => text.trim());
		const bySun = (text: string) => {
			const sun = /^(sunset|sunrise)([+-]\d+)?\b/.exec(text);
			return sun && (sun[1] === "sunset" ? sunset : sunrise) + Number(sun[2] ?? 0) * 60_000;
		};
		const suns = (from: number, to: number) =>
			texts.slice(from, to).flatMap((text) => bySun(text) ?? []);
		/** A clock point stays between the points by the sun that are written around it. */
		const between = (at: number, index: number) =>
			Math.min(Math.max(at, ...suns(0, index)), ...suns(index + 1, texts.length));
		const points = texts.map((text, index) => {
			const [when, level, ...rule] = text.split(" ") as [string, string, ...string[]];
			const [hours, minutes] = when.split(":").map(Number) as [number, number];
			const clock = (hours * 60 + minutes) * 60_000;
			const at =
				bySun(text) ?? between(zone.utcOf(noon - NOON + clock + (clock < NOON ? DAY : 0)), index);
			const presence = this.#presenceOf(rule, level === "out");
			const unlessOut = this.#presenceOf(rule, false);
			const out = level === "out";
			const asked = this.#levelOf(level);
			const isAdaptive = !out && rule.at(-2) === "traffic";
			const most = isAdaptive ? Math.max(asked, this.configured.fullLevel ?? 100) : asked;
			return { at, level: asked, most, out, presence, unlessOut };
		});
		const inOrder: Point[] = [];
		for (const point of points) {
			while (inOrder.length > 0 && inOrder.at(-1)!.at >= point.at) inOrder.pop(); // replaced
			inOrder.push(point);
		}
		return worthIt(inOrder, sunrise, (nights?.minimumLightsOn ?? 0) * 60_000);
	}
}

/**
 * Without the relights after `out` that would burn for less than `least` until they end, or
 * sunrise.
 */
function worthIt(points: readonly Point[], sunrise: number, least: number): Point[] {
	const kept: Point[] = [];
	for (const [index, point] of points.entries()) {
		const next = points.slice(index).find(({ level }) => level === 0)?.at ?? Infinity;
		const isRelight = point.level > 0 && kept.at(-1)?.out === true;
		if (!isRelight || Math.min(next, sunrise) - point.at >= least) kept.push(point);
	}
	return kept;
}
