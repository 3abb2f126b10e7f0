/**
 * Field light: illuminance between the lamps through the night, on the grid of EN 13201-3.
 *
 * Sampled each minute of darkness in each field between two lamps, from the driver's input; a lamp
 * beyond the end of the street shines as the last one. A class is reached in a field with its mean
 * and minimum (P) or uniformity (C). M classes, defined by luminance, are not judged: lux alone.
 */

import { type Illuminance, REACH, RoadGrid, reaches } from "../../lib/roadgrid.js";
import { MINUTE } from "../../lib/spans.js";
import type { Zone } from "../../lib/zone.js";
import type { Witness } from "../street/witness.js";
import { Courses } from "../util/courses.js";
import { FieldNight, type FieldSample } from "./fieldnight.js";

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
	/** The classes required at an instant; absent: only the classes above are judged. */
	readonly required?: (utc: number) => RequiredClasses;
	/** From dusk until a class is required: photocells delay, and the sky still gives light, ms. */
	readonly dusk?: number;
}

/** Names of classes, "" if the level reaches none: of a vacant field, and with someone in it. */
interface RequiredClasses {
	readonly vacant: string;
	readonly occupied: string;
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
	/** Likewise the class that was required then: of those minutes in which one was. */
	readonly required: number | null;
}

export interface FieldResult {
	readonly night: FieldFigures;
	readonly hours: readonly (FieldFigures & { readonly clock: number })[];
	/** Fields with one lamp at the full level, and the other and those beyond below it. */
	readonly alone: FieldFigures;
}

/** Calls `see` with the place of each road user, m from the first lamp. */
export type UserVisit = (at: number, see: (x_m: number) => void) => void;

class Sums {
	minutes = 0;
	readonly #sums = [0, 0, 0];
	readonly #reached: [full: number | undefined, floor: number | undefined] = [0, 0];
	readonly #required = { minutes: 0, reached: 0 };

	add(
		values: readonly number[],
		verdicts: readonly (boolean | undefined)[],
		required: boolean | undefined,
	): void {
		this.minutes += 1;
		if (required !== undefined) this.#required.minutes += 1;
		if (required) this.#required.reached += 1;
		values.forEach((value, index) => {
			this.#sums[index]! += value;
		});
		verdicts.forEach((is, index) => {
			const before = this.#reached[index];
			this.#reached[index] =
				is === undefined || before === undefined ? undefined : before + Number(is);
		});
	}

	get figures(): FieldFigures {
		const { minutes } = this;
		const thousandths = (value: number) => Math.round(1000 * value) / 1000;
		const mean = (value: number) => thousandths(value / Math.max(1, minutes));
		const [mean_lx, min_lx, uniformity] = this.#sums.map(mean) as [number, number, number];
		const share = (count: number | undefined) =>
			count === undefined || minutes === 0 ? null : mean(count);
		const [full, floor] = this.#reached;
		const { minutes: judged, reached } = this.#required;
		const required = judged === 0 ? null : thousandths(reached / judged);
		return {
			minutes,
			mean_lx,
			min_lx,
			uniformity,
			full: share(full),
			floor: share(floor),
			required,
		};
	}
}

export class FieldLight implements Witness {
	readonly #duties: Courses;
	readonly #grid: RoadGrid;
	readonly #night = new Sums();
	readonly #alone = new Sums();
	readonly #hours = new Map<number, Sums>();
	readonly #someone: Uint8Array; // by field
	#next = MINUTE;
	/** Since when it is dark, virtual ms; -Infinity: since before the run. */
	#darkFrom = Infinity;
	#isBegun = false;
	/** The minutes of each field, for the page. */
	readonly night: FieldNight | undefined;

	constructor(
		readonly lamps: number,
		private readonly epochUtc: number,
		private readonly zone: Zone,
		readonly design: FieldDesign,
		private readonly visitUsers: UserVisit,
		isKept = false,
	) {
		this.#duties = new Courses(lamps);
		this.#someone = new Uint8Array(Math.max(0, lamps - 1));
		this.#grid = new RoadGrid(design, design.installed_lx);
		this.night = isKept ? new FieldNight(lamps - 1, design.fullClass[0]!) : undefined;
	}

	onDaylight(at: number, lux: number): void {
		const isDark = lux < this.design.onLevel;
		if (isDark !== this.#darkFrom < Infinity)
			this.#darkFrom = !isDark ? Infinity : this.#isBegun ? at : -Infinity;
		this.#isBegun = true;
	}

	onDuty(at: number, lamp: number, duty: number, to: number, until: number): void {
		this.#duties.set(at, lamp, duty, to, until);
	}

	onEnd(at: number, lamp: number): void {
		this.#duties.hold(at, lamp, 0);
	}

	advance(until: number): void {
		for (; this.#next <= until; this.#next += MINUTE) {
			this.night?.begin(this.#next);
			if (this.#darkFrom === Infinity) continue;
			this.#lookForUsers(this.#next);
			const required = this.#requiredAt(this.#next);
			for (let lamp = 0; lamp + 1 < this.lamps; lamp += 1) this.#sample(this.#next, lamp, required);
		}
	}

	/** The field between a lamp (from 0) and the next one, at an instant; undefined by day. */
	at(now: number, lamp: number): FieldSample | undefined {
		if (this.#darkFrom === Infinity) return undefined;
		this.#lookForUsers(now);
		return this.#judged(this.#lightOf(now, lamp), lamp, this.#requiredAt(now));
	}

	#lookForUsers(at: number): void {
		this.#someone.fill(0);
		this.visitUsers(at, (x_m) => {
			const field = Math.floor(x_m / this.design.spacing_m);
			if (field >= 0 && field < this.#someone.length) this.#someone[field] = 1;
		});
	}

	#requiredAt(at: number): RequiredClasses | undefined {
		const { required, dusk = 0 } = this.design;
		return at < this.#darkFrom + dusk ? undefined : required?.(this.epochUtc + at);
	}

	#judged(light: Illuminance, lamp: number, all: RequiredClasses | undefined): FieldSample {
		const someone = this.#someone[lamp] === 1;
		const required = all?.[someone ? "occupied" : "vacant"] || undefined;
		return {
			...light,
			someone,
			required,
			reached: required === undefined ? undefined : reaches(required, light),
		};
	}

	#levelAt(at: number, lamp: number): number {
		const duty = this.#duties.valueAt(at, Math.min(this.lamps - 1, Math.max(0, lamp)));
		const share = duty > 0 ? (duty + 0.5) / FULL_DUTY : 0; // a level is rounded to a step
		return Math.min(100, (100 * 100 * share) / this.design.drive);
	}

	#lightOf(at: number, lamp: number): Illuminance {
		return this.#grid.lightOf((index) => this.#levelAt(at, lamp + index));
	}

	/** The field between a lamp and the next one. */
	#sample(at: number, lamp: number, all: RequiredClasses | undefined): void {
		const { fullClass, floorClass, fullLevel } = this.design;
		const light = this.#lightOf(at, lamp);
		const sample = this.#judged(light, lamp, all);
		this.night?.set(at, lamp, sample);
		const values = [light.mean_lx, light.min_lx, light.uniformity];
		const verdicts = [reaches(fullClass, light), reaches(floorClass, light)];
		const clock = new Date(this.zone.localOf(this.epochUtc + at)).getUTCHours();
		let hour = this.#hours.get(clock);
		if (!hour) this.#hours.set(clock, (hour = new Sums()));
		const isFull = (index: number) => this.#levelAt(at, lamp + index) >= fullLevel - NEARLY;
		const others = Array.from({ length: 2 * REACH + 2 }, (_, index) => index - REACH);
		const isAlone = isFull(0) !== isFull(1) && others.filter(isFull).length === 1;
		for (const sums of [this.#night, hour, ...(isAlone ? [this.#alone] : [])])
			sums.add(values, verdicts, sample.reached);
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
	const row = (head: string, fieldFigures: FieldFigures) =>
		`${head.padStart(6)} ${fieldFigures.mean_lx.toFixed(2).padStart(8)} ${fieldFigures.min_lx.toFixed(2).padStart(7)}` +
		` ${fieldFigures.uniformity.toFixed(2).padStart(5)}${percent(fullClass, fieldFigures.full)}${percent(floorClass, fieldFigures.floor)}${percent("required", fieldFigures.required)}`;
	for (const hour of result.hours) yield row(`${hour.clock}:00`, hour);
	yield row("night", result.night);
	if (result.alone.minutes > 0) {
		yield row("alone", result.alone);
		yield `  alone: one lamp at ${fullClass} among dimmer ones, ${result.alone.minutes} field-minutes`;
	}
	if (result.night.required !== null)
		yield "  required: the program's class, with someone between the poles that of presence";
	if (fullClass.startsWith("M")) yield "  M classes are defined by luminance: not judged";
}
