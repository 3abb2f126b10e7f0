/**
 * Oracle: a lamp's year by plain integration, a minute at a time: recorded sun, listed holidays, a
 * table of powers. No code of the project.
 */
import { readFileSync } from "node:fs";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const HOLIDAYS = `2026-01-01 2026-04-06 2026-05-01 2026-05-14 2026-05-25 2026-07-21 2026-08-15
	2026-11-01 2026-11-11 2026-12-25 2027-01-01`.split(/\s+/);
/** The last Sundays of March and October, 01:00 UTC. */
const SUMMER = [Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)] as const;

const FULL_W = 37;
/** Share of the light, share of the power: docs/energy.md. */
const POWER = [
	[27, 0.06 + (0.27 / 0.5) * 0.45],
	[40, 0.06 + (0.4 / 0.5) * 0.45],
	[60, 0.51 + 0.2 * 0.49],
	[67, 0.51 + (0.17 / 0.5) * 0.49],
	[100, 1],
] as const;
const wattsOf = (level: number) =>
	level === 0 ? 0 : FULL_W * POWER.find(([rowLevel]) => rowLevel === level)![1];

interface Minute {
	/** Hour of the wall clock, with its fraction. */
	readonly hour: number;
	/** Date of the evening, and of the morning after it, `2026-12-24`. */
	readonly evening: string;
	readonly morning: string;
	/** 0: Sunday. */
	readonly weekday: number;
}

/** Each minute of darkness of the year's nights. */
export function* darkMinutes(): Iterable<Minute> {
	const text = readFileSync("tests/lib/lightingoptions/sun2026.json", "utf8");
	const { nights } = JSON.parse(text) as { nights: string };
	for (const [index, span] of nights.split(" ").entries()) {
		const [from, until] = span.split("-").map(Number) as [number, number];
		const day = Date.UTC(2026, 0, 1) + index * DAY;
		const [evening, morning] = [day, day + DAY].map((at) =>
			new Date(at).toISOString().slice(0, 10),
		);
		const weekday = new Date(day).getUTCDay();
		for (let minute = from; minute < until; minute++) {
			const utc = day + DAY / 2 + minute * MINUTE;
			const summer = utc >= SUMMER[0] && utc < SUMMER[1];
			const hour = (((utc / MINUTE / 60 + (summer ? 2 : 1)) % 24) + 24) % 24;
			yield { hour, evening: evening!, morning: morning!, weekday };
		}
	}
}

const isOutAtFive = ({ hour, morning }: Minute) =>
	hour < 5 || (hour < 12 && morning >= "2026-05-01" && morning <= "2026-07-31");
const isFree = ({ weekday, morning }: Minute) =>
	weekday === 5 || weekday === 6 || HOLIDAYS.includes(morning);

/** Levels of today's options. */
export const LEVELS: Readonly<Record<string, (minute: Minute) => number>> = {
	full: () => 100,
	profile: ({ hour }) =>
		hour >= 12 ? (hour >= 22 ? 67 : 100) : hour < 5 ? 40 : hour < 6 ? 67 : 100,
	off: (minute) => (isOutAtFive(minute) ? 0 : 100),
	weeknights: (minute) => (!isFree(minute) && isOutAtFive(minute) ? 0 : 100),
};

export interface Sum {
	readonly kWh: number;
	readonly dark_h: number;
	readonly unlit_h: number;
	readonly unlit: number;
}

/** A year of an option of today; `traffic`: road users by hour of the clock. */
export function today(name: string, traffic: readonly number[]): Sum {
	let [watts, dark, unlit, passages] = [0, 0, 0, 0];
	for (const minute of darkMinutes()) {
		const level = LEVELS[name]!(minute);
		watts += wattsOf(level);
		dark++;
		if (level > 0) continue;
		unlit++;
		passages += traffic[Math.floor(minute.hour)]! / 60;
	}
	const hours = { dark_h: dark / 60, unlit_h: unlit / 60 };
	return { kWh: watts / 60 / 1000, ...hours, unlit: passages };
}

/** Controller and standby, watts, and the floor of presence, per cent. */
const NODE_W = 0.5;
const FLOOR = 40;

/** Levels of the hour's class: by halves of the busiest hour. */
function classLevel(count: number, most: number): number {
	if (count >= most / 2) return 100;
	if (count >= most / 4) return 67;
	return FLOOR;
}

/** A year of an option of ours; `lights_s`: how long a road user holds the full level, then 30 s at 60 %. */
export function ours(
	name: "presence" | "neighbours" | "hourly",
	traffic: readonly number[],
	lights_s = name === "neighbours" ? 48 : 36,
): number {
	const most = Math.max(...traffic);
	let [watts, dark] = [0, 0];
	for (const { hour } of darkMinutes()) {
		const count = traffic[Math.floor(hour)]!;
		dark++;
		if (name === "hourly") {
			watts += wattsOf(classLevel(count, most)) + NODE_W;
			continue;
		}
		// the last road user came within the time, with Poisson's arrivals
		const within = (seconds: number) => 1 - Math.exp((-count * seconds) / 3600);
		const full = within(lights_s);
		const half = within(lights_s + 30) - full;
		watts += full * FULL_W + half * wattsOf(60) + (1 - full - half) * wattsOf(FLOOR) + NODE_W;
	}
	return (watts + NODE_W * (365 * 24 * 60 - dark)) / 60 / 1000;
}
