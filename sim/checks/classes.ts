/**
 * Classes: the mean of each lighting class and its level, apart from the firmware's own table.
 *
 * EN 13201-2: lx for P and C classes, cd/m2 for M.
 */

const MEANS: Readonly<Record<string, number>> = {
	C0: 50,
	C1: 30,
	C2: 20,
	C3: 15,
	C4: 10,
	C5: 7.5,
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
};

/** The street's full class and its mean at 100 %. */
export interface StreetDesign {
	readonly fullClass: string;
	/** Absent: the floor is in per cent. */
	readonly floorClass?: string;
	readonly installedMean: number;
}

export const isClass = (word: string): boolean => Object.hasOwn(MEANS, word);

const reachesMean = (level: number, name: string, installedMean: number): boolean =>
	installedMean * level >= MEANS[name]! * 100 - 1e-9;

/** The least whole per cent that reaches the class, 100 at most. */
export function levelOfClass(name: string, installedMean: number): number {
	for (let level = 0; level < 100; level += 1)
		if (reachesMean(level, name, installedMean)) return level;
	return 100;
}

/** The highest class of the design's family that a level reaches; "" if none. */
export function classOfLevel(level: number, { fullClass, installedMean }: StreetDesign): string {
	const family = Object.keys(MEANS).filter((name) => name[0] === fullClass[0]);
	return family.find((name) => reachesMean(level, name, installedMean)) ?? "";
}

/** The level that a word of a program names; `full`: of a class that the design does not have. */
export function levelOfWord(word: string, design: StreetDesign | undefined, full: number): number {
	if (!isClass(word)) return Number(word);
	if (!design || design.fullClass[0] !== word[0]) return full;
	return levelOfClass(word, design.installedMean);
}
