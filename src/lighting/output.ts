/**
 * Output: turns a decided level into the driver's output, in a fixed order.
 *
 * Levels in settings and reports are relative to the maintained light of the design. The driver's
 * output for a level changes over the years: virtual light output (a luminaire stronger than the
 * street needs), cleaning factor, constant light output. Then follows the thermal cap, which
 * protects the hardware and therefore overrides the floor. None of the first three exceeds the
 * driver's full output. Last, a lit driver gives at least its minimum.
 */
import type { Percent } from "../units.js";
import { cleaningShare, cloShare, isFault, parseDepreciation } from "./clo.js";

export interface OutputOptions {
	/** Driver output at a level of 100 %, per cent of the driver's full output. */
	readonly virtualLightOutput: Percent;
	/** Output needed just after cleaning, per cent of that needed when cleaning is due again. */
	readonly cleaningFactor: Percent;
	/** Operating hours from one cleaning to the next. */
	readonly cleaningPeriod: number;
	/** Value of the counter of operating hours at the last cleaning. */
	readonly cleanedAt: number;
	/** Depreciation curve of the LEDs (clo.ts); empty: no constant light output. */
	readonly depreciation: string;
	/** Hours that the LEDs had burnt before this controller counted. */
	readonly hoursBefore: number;
	/** Per cent of its input, below which the driver goes out or flickers; by calibration. */
	readonly minimumDuty: number;
}

type OutputStep = "virtualLightOutput" | "cleaningFactor" | "clo" | "thermal" | "minimumDuty";

/** Receives each step that changed the level, as the driver's output from then on. */
export type OutputVisitor = (by: OutputStep, level: Percent) => void;

/** The driver's share for a level of 1, after `hours` of operation; 0 to 1. */
export function shareAt(options: OutputOptions, hours: number): number {
	return virtualShare(options) * cleaned(options, hours) * aged(options, hours);
}

/** The driver's output for a level, per cent, without the thermal cap. */
export function driverOutput(
	level: Percent,
	share: number,
	{ minimumDuty }: OutputOptions,
): Percent {
	return level > 0 ? (Math.max(level * share, minimumDuty) as Percent) : level;
}

/** Visits the same steps one by one, then the cap and the minimum, `least`. */
export function visitOutput(
	level: Percent,
	options: OutputOptions,
	hours: number,
	cap: Percent,
	least: Percent,
	visit: OutputVisitor,
): void {
	let output: number = level;
	const step = (by: OutputStep, share: number): void => {
		if (share === 1 || output === 0) return;
		output *= share;
		visit(by, output as Percent);
	};
	step("virtualLightOutput", virtualShare(options));
	step("cleaningFactor", cleaned(options, hours));
	step("clo", aged(options, hours));
	if (output > cap) visit("thermal", (output = cap) as Percent);
	if (output > 0 && output < least) visit("minimumDuty", least);
}

function virtualShare({ virtualLightOutput }: OutputOptions): number {
	return virtualLightOutput / 100;
}

function cleaned({ cleaningFactor, cleaningPeriod, cleanedAt }: OutputOptions, hours: number) {
	return cleaningFactor < 100
		? cleaningShare(cleaningFactor, cleaningPeriod, hours - cleanedAt)
		: 1;
}

/** A curve that does not parse counts as no curve: full light. */
function aged({ depreciation, hoursBefore }: OutputOptions, hours: number): number {
	if (depreciation === "") return 1; // the usual case, at each boot
	const points = parseDepreciation(depreciation);
	return isFault(points) ? 1 : cloShare(points, hours + hoursBefore);
}
