/**
 * Sample: hourly counts of a residential street, made up, for a bench without a recording.
 *
 * A profile of the day, quieter at the weekend; the counts of an hour differ by up to a quarter, from a
 * seed. The real table of docs/energy.md needs real counts.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { random } from "../../lib/random.js";
import { DAY, HOUR } from "../../lib/spans.js";

/** Motor vehicles by hour of a working day, from midnight. */
const PROFILE: readonly number[] = [
	4, 2, 2, 2, 3, 9, 30, 85, 120, 80, 65, 70, 75, 72, 80, 105, 140, 155, 110, 75, 50, 32, 18, 9,
];
const WEEKEND = 0.7;
const CYCLISTS = 0.12; // for each motor vehicle
const SPREAD = 0.25;

/** Rows of `hour_start_local,cyclists,motor_vehicles` for `days` days from the date `first`. */
export function sampleRows(first: string, days: number, seed: number): string {
	const chance = random(seed, "counts");
	const rows = ["hour_start_local,cyclists,motor_vehicles"];
	const from = Date.parse(first);
	for (let at = from; at < from + days * DAY; at += HOUR) {
		const date = new Date(at);
		const isWeekend = date.getUTCDay() % 6 === 0;
		const mean = PROFILE[date.getUTCHours()]! * (isWeekend ? WEEKEND : 1);
		const vehicles = Math.round(mean * chance.between(1 - SPREAD, 1 + SPREAD));
		const hour = date.toISOString().slice(0, 16).replace("T", " ");
		rows.push(`${hour},${Math.round(vehicles * CYCLISTS)},${vehicles}`);
	}
	return `${rows.join("\n")}\n`;
}

/** Writes the sample below `folder`; returns its path. */
export function writeSample(folder: string, first: string, days: number, seed: number): string {
	const file = join(folder, "sample-traffic.csv");
	writeFileSync(file, sampleRows(first, days, seed));
	return file;
}
