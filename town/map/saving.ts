/**
 * Saving: the light of each course of a night as hours at full, from which the energy of a light
 * with one option against another, and the light of the whole town over the night.
 */
import { FULL, levelOf, type Night, type Town } from "./decoded.js";

const HOUR_S = 3600;

/** By course: hours at full that give the same energy, if power follows the level. */
export function fullHours(night: Night): Float64Array {
	const hours = new Float64Array(night.first.length - 1);
	for (let course = 0; course < hours.length; course++) hours[course] = hoursOf(night, course);
	return hours;
}

function hoursOf(night: Night, course: number): number {
	const { first, t, level, from, fade, length_s } = night;
	const last = first[course + 1]!;
	let sum = 0;
	for (let change = first[course]!; change < last; change++) {
		const span = (change + 1 < last ? t[change + 1]! : length_s) - t[change]!;
		const rise = Math.min(span, fade[change]! / 10);
		const end = levelOf(night, change, t[change]! + rise);
		sum += ((from[change]! + end) / 2) * rise + level[change]! * (span - rise);
	}
	return sum / FULL / HOUR_S;
}

/** By light: share of the energy in `from` that `to` does not use; 0 where `from` uses none. */
export function savings(from: Night, to: Night, town: Town): Float32Array {
	const [before, after] = [fullHours(from), fullHours(to)];
	const shares = new Float32Array(town.count);
	for (let light = 0; light < town.count; light++) {
		const used = before[from.course[light]!] ?? 0;
		if (used > 0) shares[light] = 1 - (after[to.course[light]!] ?? 0) / used;
	}
	return shares;
}

/** Energy of this night in kWh: of the lights' watts, or of `watts` each. */
export function nightEnergy(night: Night, town: Town, watts?: number): number {
	const hours = fullHours(night);
	let sum = 0;
	for (let light = 0; light < town.count; light++)
		sum += (hours[night.course[light]!] ?? 0) * (watts ?? town.watts[light]!);
	return sum / 1000;
}

/** Mean level of all lights, 0 to 1, at `columns` instants between two of the night. */
export function curveOf(
	night: Night,
	town: Town,
	[begin, end]: readonly [number, number],
	columns: number,
): Float32Array {
	const weights = new Float64Array(night.first.length - 1);
	for (let light = 0; light < town.count; light++) weights[night.course[light]!]! += 1;
	const curve = new Float32Array(columns);
	for (let course = 0; course < weights.length; course++) {
		let change = night.first[course]! - 1;
		for (let column = 0; column < columns; column++) {
			const at = begin + ((end - begin) * column) / (columns - 1);
			while (change + 1 < night.first[course + 1]! && night.t[change + 1]! <= at) change++;
			if (change >= night.first[course]!)
				curve[column]! += (levelOf(night, change, at) / FULL) * weights[course]!;
		}
	}
	return curve.map((sum) => sum / Math.max(1, town.count));
}

/** From the first light of a night to its last change, with a margin, seconds. */
export function litSpan(nights: readonly Night[]): readonly [begin: number, end: number] {
	const margin = 900;
	let [begin, end] = [Infinity, 0];
	for (const { first, t, level, length_s } of nights) {
		for (let course = 0; course + 1 < first.length; course++) {
			for (let at = first[course]!; at < first[course + 1]!; at++) {
				if (level[at]! > 0) begin = Math.min(begin, t[at]!);
				const isLast = at + 1 === first[course + 1]!;
				if (isLast) end = Math.max(end, level[at]! > 0 ? length_s : t[at]!);
			}
		}
		end = Math.min(end, length_s);
	}
	if (begin >= end) return [0, nights[0]?.length_s ?? 1];
	return [Math.max(0, begin - margin), Math.min(end + margin, nights[0]!.length_s)];
}
