/**
 * Field light: illuminance between the lamps through the night, on the grid of EN 13201-3.
 *
 * Sampled each minute of darkness in each field between two lamps, from the driver's input; a lamp
 * beyond the end of the street shines as the last one. A class is reached in a field with its mean
 * and minimum (P) or uniformity (C). M classes, defined by luminance, are not judged: lux alone.
 */

import type { Witness } from "../street/witness.js";
import { REACH, RoadGrid, reaches } from "../util/roadgrid.js";
import { MINUTE } from "../util/spans.js";
import type { Zone } from "../util/zone.js";

const FULL_DUTY = 4095;
/** Around a level, per cent: steps of the dimmer. */
const NEARLY = 0.5;

export interface FieldDesign {
	readonly spacing_m: number;
	readonly width_m: number;
	readonly height_m: number;
	/** Mean of the field with all lamps at level 100 %. */
	readonly installed_lx: number;
	readonly fullClass: string;
	readonly fullLevel: number;
	readonly floorClass: string;
	/** The driver's input for level 100 %, per cent. */
	readonly drive: number;
	/** It is dark below this daylight, lux. */
	readonly onLevel: number;
}

/** Means over the fields and minutes of an hour of the clock, or of the night. */
export interface FieldFigures {
	readonly minutes: number;
	readonly mean_lx: number;
	readonly min_lx: number;
	readonly uniformity: number;
	/** Share of the field-minutes that reach the class, 0 to 1; null: not judged. */
	readonly full: number | null;
	readonly floor: number | null;
}

export interface FieldResult {
	readonly night: FieldFigures;
	readonly hours: readonly (FieldFigures & { readonly clock: number })[];
	/** Fields with one lamp at the full level, and the other and those beyond below it. */
	readonly alone: FieldFigures;
}

class Sums {
	minutes = 0;
	readonly #sums = [0, 0, 0];
	readonly #reached: [full: number | undefined, floor: number | undefined] = [0, 0];

	add(values: readonly number[], verdicts: readonly (boolean | undefined)[]): void {
		this.minutes += 1;
		values.forEach((value, nth) => {
			this.#sums[nth]! += value;
		});
		verdicts.forEach((is, nth) => {
			const before = this.#reached[nth];
			this.#reached[nth] =
				is === undefined || before === undefined ? undefined : before + Number(is);
		});
	}

	get figures(): FieldFigures {
		const { minutes } = this;
		const mean = (value: number) => Math.round((1000 * value) / Math.max(1, minutes)) / 1000;
		const [mean_lx, min_lx, uniformity] = this.#sums.map(mean) as [number, number, number];
		const share = (count: number | undefined) =>
			count === undefined || minutes === 0 ? null : mean(count);
		const [full, floor] = this.#reached;
		return { minutes, mean_lx, min_lx, uniformity, full: share(full), floor: share(floor) };
	}
}

export class FieldLight implements Witness {
	readonly #levels: Float64Array;
	readonly #grid: RoadGrid;
	readonly #night = new Sums();
	readonly #alone = new Sums();
	readonly #hours = new Map<number, Sums>();
	#next = MINUTE;
	#isDark = false;

	constructor(
		private readonly lamps: number,
		private readonly epochUtc: number,
		private readonly zone: Zone,
		private readonly design: FieldDesign,
	) {
		this.#levels = new Float64Array(lamps);
		this.#grid = new RoadGrid(design, design.installed_lx);
	}

	onDaylight(_at: number, lux: number): void {
		this.#isDark = lux < this.design.onLevel;
	}

	onDuty(_at: number, lamp: number, duty: number): void {
		const share = duty > 0 ? (duty + 0.5) / FULL_DUTY : 0; // a level is rounded to a step
		this.#levels[lamp] = Math.min(100, (100 * 100 * share) / this.design.drive);
	}

	onEnd(_at: number, lamp: number): void {
		this.#levels[lamp] = 0;
	}

	advance(until: number): void {
		for (; this.#next <= until; this.#next += MINUTE)
			if (this.#isDark)
				for (let lamp = 0; lamp + 1 < this.lamps; lamp += 1) this.#sample(this.#next, lamp);
	}

	/** The field between a lamp and the next one. */
	#sample(at: number, lamp: number): void {
		const { fullClass, floorClass, fullLevel } = this.design;
		const levelAt = (nth: number) =>
			this.#levels[Math.min(this.lamps - 1, Math.max(0, lamp + nth))]!;
		const light = this.#grid.lightOf(levelAt);
		const values = [light.mean_lx, light.min_lx, light.uniformity];
		const verdicts = [reaches(fullClass, light), reaches(floorClass, light)];
		const clock = new Date(this.zone.localOf(this.epochUtc + at)).getUTCHours();
		let hour = this.#hours.get(clock);
		if (!hour) this.#hours.set(clock, (hour = new Sums()));
		const isFull = (nth: number) => levelAt(nth) >= fullLevel - NEARLY;
		const others = Array.from({ length: 2 * REACH + 2 }, (_, nth) => nth - REACH);
		const isAlone = isFull(0) !== isFull(1) && others.filter(isFull).length === 1;
		for (const sums of [this.#night, hour, ...(isAlone ? [this.#alone] : [])])
			sums.add(values, verdicts);
	}

	/** The result for the terminal. */
	lines(): Iterable<string> {
		return fieldLines(this.result, this.design);
	}

	get result(): FieldResult {
		const hours = [...this.#hours].map(([clock, sums]) => ({ clock, ...sums.figures }));
		return { night: this.#night.figures, hours, alone: this.#alone.figures };
	}
}

function* fieldLines(result: FieldResult, design: FieldDesign): Iterable<string> {
	const { spacing_m, width_m, height_m, fullClass, floorClass } = design;
	yield `light between poles, ${spacing_m} m by ${width_m} m, lamps at ${height_m} m, built-in optic:`;
	yield "  hour  mean lx  min lx    U0  reached";
	const percent = (name: string, share: number | null) =>
		share === null ? "" : `  ${name} ${(100 * share).toFixed(0)} %`;
	const row = (head: string, one: FieldFigures) =>
		`${head.padStart(6)} ${one.mean_lx.toFixed(2).padStart(8)} ${one.min_lx.toFixed(2).padStart(7)}` +
		` ${one.uniformity.toFixed(2).padStart(5)}${percent(fullClass, one.full)}${percent(floorClass, one.floor)}`;
	for (const hour of result.hours) yield row(`${hour.clock}:00`, hour);
	yield row("night", result.night);
	if (result.alone.minutes > 0) {
		yield row("alone", result.alone);
		yield `  alone: one lamp at ${fullClass} among dimmer ones, ${result.alone.minutes} field-minutes`;
	}
	if (fullClass.startsWith("M")) yield "  M classes are defined by luminance: not judged";
}
