/**
 * Classes: the lighting classes in which an engineer configures a street, and their levels.
 *
 * Maintained mean values of EN 13201-2:2015, as secondary sources give them: P and C classes by
 * horizontal illuminance (lx), M classes by road surface luminance (cd/m2). Only the mean is used
 * here; uniformity and glare depend on luminaire and design, so a level that reaches the mean of a
 * class is no claim of conformity.
 */
import type { Percent } from "../units.js";
import type { StreetClasses } from "../view.js";

/** Brightest first within each kind. */
export const MEANS = Object.freeze({
	P1: 15,
	P2: 10,
	P3: 7.5,
	P4: 5,
	P5: 3,
	P6: 2,
	M1: 2,
	M2: 1.5,
	M3: 1,
	M4: 0.75,
	M5: 0.5,
	M6: 0.3,
	C0: 50,
	C1: 30,
	C2: 20,
	C3: 15,
	C4: 10,
	C5: 7.5,
});

type LightingClass = keyof typeof MEANS;
/** A class, or a plain level in per cent. */
type ClassChoice = LightingClass | "percent";

const NAMES = Object.freeze(Object.keys(MEANS) as LightingClass[]);
export const CLASS_CHOICES: readonly ClassChoice[] = Object.freeze(["percent", ...NAMES] as const);

/** The settings that define the street's classes and levels. */
export interface ClassSettings {
	readonly fullClass: ClassChoice;
	readonly floorClass: ClassChoice;
	/** Maintained mean at 100 %: lx for P and C classes, cd/m2 for M; 0: unknown. */
	readonly installedMean: number;
	readonly fullLevel: Percent;
	readonly floorLevel: Percent;
	readonly presenceLevel: Percent;
	readonly lingerLevel: Percent;
}

/** Tolerance of quotients that are whole per cents only nearly, in binary: 0.3 of 0.75 is 40 %. */
const NEARLY = 1e-9;

/** The level for the street's full class, percent; above 100 if the luminaires cannot reach it. */
export function fullLevelOf(settings: ClassSettings): Percent {
	return levelOf(settings.fullClass, settings.fullLevel, settings.installedMean);
}

/** The floor while it is dark, percent. */
export function floorLevelOf(settings: ClassSettings): Percent {
	return levelOf(settings.floorClass, settings.floorLevel, settings.installedMean);
}

/** The level while occupied: the full class unless presenceLevel is set. */
export function presenceLevelOf(settings: ClassSettings): Percent {
	return settings.presenceLevel > 0 ? settings.presenceLevel : fullLevelOf(settings);
}

/** The kind of the street's classes, `P`, `M` or `C`; undefined: configured in per cent. */
export function kindOf({ fullClass, floorClass }: ClassSettings): string | undefined {
	const named = fullClass === "percent" ? floorClass : fullClass;
	return named === "percent" ? undefined : named[0];
}

/** The brightest class of the street's kind whose mean a level reaches. */
export function classAt(settings: ClassSettings, level: number): LightingClass | undefined {
	const kind = kindOf(settings);
	if (kind === undefined) return undefined;
	const mean = (settings.installedMean * level) / 100 + NEARLY;
	for (let index = 0; index < NAMES.length; index += 1) {
		const name = NAMES[index]!;
		if (name[0] === kind && MEANS[name] <= mean) return name;
	}
	return undefined;
}

/** The classes of the street's design; undefined: configured in per cent. */
export function classesOf(settings: ClassSettings): StreetClasses | undefined {
	const kind = kindOf(settings);
	if (kind === undefined) return undefined;
	const { fullClass, floorClass, installedMean } = settings;
	return {
		fullClass: fullClass === "percent" ? undefined : fullClass,
		fullLevel: fullLevelOf(settings),
		floorClass: floorClass === "percent" ? undefined : floorClass,
		floorLevel: floorLevelOf(settings),
		installedMean,
		unit: kind === "M" ? "cd_m2" : "lx",
	};
}

/**
 * The level of a class that a program names, or of `percent`, 100 % at most; the full level where it cannot be
 * derived: no installed mean, or a class of another kind.
 */
export function levelOfClass(settings: ClassSettings, name: string): Percent {
	const kind = kindOf(settings);
	if (settings.installedMean === 0 || (kind !== undefined && kind !== name[0]))
		return fullLevelOf(settings);
	return Math.min(
		100,
		levelOf(name as ClassChoice, settings.fullLevel, settings.installedMean),
	) as Percent;
}

/** The class so many below the full one, of its kind; `percent` where the full class has no name. */
export function classBelow({ fullClass }: ClassSettings, down: number): ClassChoice {
	let index = CLASS_CHOICES.indexOf(fullClass);
	const most = index + down;
	while (index < most && CLASS_CHOICES[index + 1]?.[0] === fullClass[0]) index += 1;
	return CLASS_CHOICES[index]!;
}

/** Rounded up to a whole per cent, so that the mean is reached. */
function levelOf(choice: ClassChoice, plain: Percent, installedMean: number): Percent {
	if (choice === "percent") return plain;
	return Math.ceil((100 * MEANS[choice]) / installedMean - NEARLY) as Percent;
}
