/**
 * Road grid: illuminance between two poles by a built-in road optic (EN 13201-3, calculation field).
 *
 * The field lies between two lamps of a row: N points along the road, ten up to 30 m and 3 m apart
 * at most beyond, and n across, three at least and 1.5 m apart at most, each in the middle of its
 * cell. The optic shapes the light alone: the mean of a field whose lamps are all at 100 % is the
 * installed mean of the design. It is a model of a luminaire for streets, no photometry of one.
 */

export interface Field {
	readonly spacing_m: number;
	readonly width_m: number;
	readonly height_m: number;
}

/** Light at a point below one lamp, relative: `along` and `across` the road from its foot, m. */
type Optic = (along: number, across: number, height_m: number) => number;

export interface Illuminance {
	readonly mean_lx: number;
	readonly min_lx: number;
	/** Minimum over mean, U0 of EN 13201-2; 0 without light. */
	readonly uniformity: number;
}

/** Lamps of the row to either side whose light counts. */
export const REACH = 4;
/** The lamp stands above the road, this far from its edge, m. */
const OVERHANG = 0.5;
const DEGREE = Math.PI / 180;
/** The optic's beam rises to this angle from straight down, as even light requires ... */
const PEAK = 62 * DEGREE;
/** ... and ends here, against glare. */
const END = 78 * DEGREE;
/** Intensity across the road, relative to that along it. */
const ACROSS = 0.45;

/** Even light along the road, up to PEAK: I = 1 / cos3; less across it. */
export const ROAD_OPTIC: Optic = (along, across, height_m) => {
	const distance = Math.hypot(along, across);
	const angle = Math.atan2(distance, height_m);
	const rise = 1 / Math.cos(Math.min(angle, PEAK)) ** 3;
	const cut = angle <= PEAK ? 1 : Math.max(0, (END - angle) / (END - PEAK));
	const turn = distance === 0 ? 1 : (along / distance) ** 2;
	return ((ACROSS + (1 - ACROSS) * turn) * rise * cut * Math.cos(angle) ** 3) / height_m ** 2;
};

/** Points of the field: m along the road from its first lamp, and across it from the edge. */
export function pointsOf({ spacing_m, width_m }: Field): readonly (readonly [number, number])[] {
	const along = spacing_m <= 30 ? 10 : Math.ceil(spacing_m / 3);
	const across = Math.max(3, Math.ceil(width_m / 1.5));
	return Array.from({ length: along * across }, (_, index) => [
		(((index % along) + 0.5) * spacing_m) / along,
		((Math.floor(index / along) + 0.5) * width_m) / across,
	]);
}

/**
 * The field between the lamps 0 and 1 of a long row. `levelAt`: per cent of each lamp;
 * `installed_lx`: mean of the field with all of them at 100 %.
 */
export function illuminanceOf(
	field: Field,
	installed_lx: number,
	levelAt: (lamp: number) => number,
	optic = ROAD_OPTIC,
): Illuminance {
	return new RoadGrid(field, installed_lx, optic).lightOf(levelAt);
}

/** The light of each lamp on each point, for many levels of the same row. */
export class RoadGrid {
	/** By point, of the lamps -REACH to REACH + 1 at 100 %, lux. */
	readonly #light: readonly (readonly number[])[];

	constructor(field: Field, installed_lx: number, optic = ROAD_OPTIC) {
		const { spacing_m, height_m } = field;
		const lamps = Array.from({ length: 2 * REACH + 2 }, (_, index) => index - REACH);
		const light = pointsOf(field).map(([x, y]) =>
			lamps.map((lamp) => optic(x - lamp * spacing_m, y - OVERHANG, height_m)),
		);
		const sumOf = (point: readonly number[]) => point.reduce((sum, value) => sum + value, 0);
		const scale = installed_lx / meanOf(light.map(sumOf));
		this.#light = light.map((point) => point.map((lux) => lux * scale));
	}

	/** Between the lamps 0 and 1; `levelAt`: per cent. */
	lightOf(levelAt: (lamp: number) => number): Illuminance {
		const levels = Array.from(
			{ length: 2 * REACH + 2 },
			(_, index) => levelAt(index - REACH) / 100,
		);
		const light = this.#light.map((point) =>
			point.reduce((sum, lux, index) => sum + lux * levels[index]!, 0),
		);
		const mean_lx = meanOf(light);
		const min_lx = Math.min(...light);
		return { mean_lx, min_lx, uniformity: mean_lx > 0 ? min_lx / mean_lx : 0 };
	}
}

function meanOf(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Least mean and minimum of P classes, lx; of C classes the mean, lx, and the uniformity 0.4. */
const P_CLASSES: Readonly<Record<string, readonly [mean: number, min: number]>> = {
	P1: [15, 3],
	P2: [10, 2],
	P3: [7.5, 1.5],
	P4: [5, 1],
	P5: [3, 0.6],
	P6: [2, 0.4],
};
const C_CLASSES: Readonly<Record<string, number>> = {
	C0: 50,
	C1: 30,
	C2: 20,
	C3: 15,
	C4: 10,
	C5: 7.5,
};
const C_UNIFORMITY = 0.4;
const NEARLY = 1e-9;

/** Least values of a P or C class; undefined: it is not judged on the grid. */
export function limitsOf(name: string): Partial<Illuminance> | undefined {
	const p = P_CLASSES[name];
	if (p) return { mean_lx: p[0], min_lx: p[1] };
	const c = C_CLASSES[name];
	return c === undefined ? undefined : { mean_lx: c, uniformity: C_UNIFORMITY };
}

/** Whether the field has mean and minimum, or uniformity, of a class; undefined: it is not judged. */
export function reaches(name: string, light: Illuminance): boolean | undefined {
	const limits = limitsOf(name);
	if (!limits) return undefined;
	const { mean_lx = 0, min_lx = 0, uniformity = 0 } = limits;
	const hasLight = light.mean_lx >= mean_lx - NEARLY && light.min_lx >= min_lx - NEARLY;
	return hasLight && light.uniformity >= uniformity;
}
