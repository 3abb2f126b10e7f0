/**
 * Data: the figures of a report, from one run. Figures of the summary are taken from it.
 */

import type { Ends } from "../../lib/lightingoptions/money.js";
import type { Today } from "../../lib/lightingoptions/options.js";
import type { Traffic } from "../../lib/lightingoptions/traffic.js";
import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import type { Options } from "../options/options.js";
import type { Finding } from "../results/findings.js";
import { CAUSES, type Slice } from "../results/ring.js";
import type { Summary } from "../results/summary.js";
import type { Observation } from "../run/observation.js";
import type { NightFigures } from "../run/playedoptions.js";
import type { Run } from "../run/run.js";
import type { UserKind } from "../world/timetable.js";
import { USER_KINDS } from "../world/timetable.js";

interface CauseShare {
	readonly cause: string;
	readonly energy_kWh: number;
	/** Lamp-hours with light by that cause. */
	readonly lampHours: number;
}

export interface HourCount {
	/** UTC, ms. */
	readonly utc: number;
	readonly counts: Readonly<Record<UserKind, number>>;
}

export interface ReportData {
	readonly summary: Summary;
	readonly epochUtc: number;
	readonly zone: Zone;
	/** Words that repeat the run. */
	readonly command: string;
	readonly title: { readonly en: string; readonly fr: string } | undefined;
	readonly missing_s: number;
	/** These lamps, and today's options in the same nights. */
	readonly lampFigures: NightFigures;
	readonly today: Readonly<Record<Today, NightFigures>>;
	readonly causes: readonly CauseShare[];
	readonly hours: readonly HourCount[];
	readonly findings: readonly Finding[];
	readonly night: Slice;
	/** Of the street, by hour of the wall clock. */
	readonly traffic: Traffic;
	/** Not the end of a planned run. */
	readonly isRunning: boolean;
	/** Of a kWh, €, as a person gave it; undefined: no money is stated. */
	readonly price?: Ends | undefined;
}

export interface DataParts {
	readonly run: Run;
	readonly observation: Observation;
	readonly summary: Summary;
	readonly epochUtc: number;
	readonly zone: Zone;
	readonly command: string;
	readonly title: ReportData["title"];
	readonly traffic: Traffic;
	readonly isRunning: boolean;
	readonly price?: Ends | undefined;
}

/** Of the report of a run: that of its scenario, or the name of its street. */
export function titleOf({ named, name }: Pick<Options, "named" | "name">): ReportData["title"] {
	return named?.title ?? (name === undefined ? undefined : { en: name, fr: name });
}

export function dataOf(parts: DataParts): ReportData {
	const { run, observation, summary, epochUtc, zone, command, title } = parts;
	const { isRunning, price, traffic } = parts;
	const night = observation.history.slice(0, Infinity, MINUTE);
	const { debt, findings } = observation;
	const at = summary.virtualSeconds * 1000;
	return {
		summary,
		epochUtc,
		zone,
		command,
		title,
		isRunning,
		price,
		traffic,
		night,
		lampFigures: observation.figuresAt(at, summary.energy_kWh),
		today: observation.played.figuresAt(at),
		missing_s: debt.missingMs / 1000,
		causes: causesOf(night),
		hours: [...run.world.passed].map(([utc, counts]) => ({ utc, counts })),
		findings: findings.all,
	};
}

function causesOf({ power, causes, levels, step, count, rows, lampsPerRow }: Slice): CauseShare[] {
	const hours = step / HOUR;
	return CAUSES.map((cause, index) => {
		let [watts, lit] = [0, 0];
		for (let n = 0; n < count; n++) {
			watts += power[n * CAUSES.length + index]!;
			for (let row = n * rows; row < (n + 1) * rows; row++) {
				const level = levels[row]!;
				if (causes[row] === index && level > 0 && level <= 100) lit += lampsPerRow;
			}
		}
		return { cause, energy_kWh: (watts * hours) / 1000, lampHours: lit * hours };
	}).filter(({ energy_kWh, lampHours }) => energy_kWh > 0.0005 || lampHours > 0);
}

/** All kinds of an hour together. */
export function sumOf(counts: Readonly<Record<UserKind, number>>): number {
	return USER_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}
