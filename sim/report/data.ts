/**
 * Data: the figures of a report, from one run. Figures of the summary are taken from it.
 */

import { HOUR, MINUTE } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import type { Finding } from "../results/findings.js";
import { METER_VALUES, mainsPower } from "../results/meter.js";
import { CAUSES, type Slice } from "../results/ring.js";
import type { Summary } from "../results/summary.js";
import type { Observation } from "../run/observation.js";
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
	/** The LED at full while it is dark, and with the lights out from 0:00 to 5:00. */
	readonly full_kWh: number;
	readonly halfNight_kWh: number;
	readonly dark_h: number;
	readonly person_s: number;
	readonly below_s: number;
	readonly missing_s: number;
	readonly causes: readonly CauseShare[];
	readonly hours: readonly HourCount[];
	readonly findings: readonly Finding[];
	readonly night: Slice;
	/** Not the end of a planned run. */
	readonly isRunning: boolean;
	/** Of a kWh, €, as a person gave it; undefined: no money is stated. */
	readonly price?: number | undefined;
}

export interface DataParts {
	readonly run: Run;
	readonly observation: Observation;
	readonly summary: Summary;
	readonly epochUtc: number;
	readonly zone: Zone;
	readonly command: string;
	readonly title: ReportData["title"];
	readonly isRunning: boolean;
	readonly price?: number | undefined;
}

/** Half-night switching, as communes have it: off between these hours of the wall clock. */
const OUT_UNTIL = 5;

export function dataOf(parts: DataParts): ReportData {
	const { run, observation, summary, epochUtc, zone, command, title, isRunning, price } = parts;
	const night = observation.history.slice(0, Infinity, MINUTE);
	const { debt, findings } = observation;
	return {
		summary,
		epochUtc,
		zone,
		command,
		title,
		isRunning,
		price,
		night,
		...switched(night, summary.lamps, epochUtc, zone),
		person_s: debt.personMs / 1000,
		below_s: debt.owedMs / 1000,
		missing_s: debt.missingMs / 1000,
		causes: causesOf(night),
		hours: [...run.world.passed].map(([utc, counts]) => ({ utc, counts })),
		findings: findings.all,
	};
}

/** Energy of the LED without presence and programs, while the old lamps would burn. */
function switched(
	{ oldPower, step, count, from }: Slice,
	lamps: number,
	epochUtc: number,
	zone: Zone,
) {
	const { standbyPower_W, oldLampPower_W } = METER_VALUES;
	const fullPower_W = mainsPower(1, METER_VALUES);
	let [full, half, dark] = [0, 0, 0];
	for (let n = 0; n < count; n++) {
		const share = oldPower[n]! / (lamps * oldLampPower_W);
		const hour = new Date(zone.localOf(epochUtc + from + n * step)).getUTCHours();
		const lit = share * fullPower_W + (1 - share) * standbyPower_W;
		full += lit;
		half += hour < OUT_UNTIL ? standbyPower_W : lit;
		dark += share;
	}
	const hours = step / HOUR;
	return {
		full_kWh: (full * lamps * hours) / 1000,
		halfNight_kWh: (half * lamps * hours) / 1000,
		dark_h: dark * hours,
	};
}

function causesOf({ power, causes, levels, step, count, rows, lampsPerRow }: Slice): CauseShare[] {
	const hours = step / HOUR;
	return CAUSES.map((cause, nth) => {
		let [watts, lit] = [0, 0];
		for (let n = 0; n < count; n++) {
			watts += power[n * CAUSES.length + nth]!;
			for (let row = n * rows; row < (n + 1) * rows; row++) {
				const level = levels[row]!;
				if (causes[row] === nth && level > 0 && level <= 100) lit += lampsPerRow;
			}
		}
		return { cause, energy_kWh: (watts * hours) / 1000, lampHours: lit * hours };
	}).filter(({ energy_kWh, lampHours }) => energy_kWh > 0.0005 || lampHours > 0);
}

/** All kinds of an hour together. */
export function sumOf(counts: Readonly<Record<UserKind, number>>): number {
	return USER_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}
