/**
 * Output: from the level that was decided to what the driver gives, in a fixed order.
 *
 * Levels, in settings and reports, are of the maintained light of the design. What the driver gives
 * for them changes over the years: virtual light output (a luminaire stronger than the street needs),
 * cleaning factor, constant light output; then the thermal cap, which bounds what the hardware may
 * bear and so wins over the floor. None of the first three can ask for more than the driver has.
 */
import type { Percent } from "../units.js";
import { cleaningShare, cloShare, isFault, parseDepreciation } from "./clo.js";

export interface OutputOptions {
	/** What 100 % of the settings is, per cent of the driver's output. */
	readonly virtualLightOutput: Percent;
	/** What a luminaire needs just after cleaning, per cent of what it needs when it is due again. */
	readonly cleaningFactor: Percent;
	/** Operating hours from one cleaning to the next. */
	readonly cleaningPeriod: number;
	/** What the counter of operating hours said at the last cleaning. */
	readonly cleanedAt: number;
	/** Curve of the LEDs (clo.ts); empty: no constant light output. */
	readonly depreciation: string;
	/** Hours the LEDs had burnt before this controller counted. */
	readonly hoursBefore: number;
}

export type OutputStep = "virtualLightOutput" | "cleaningFactor" | "clo" | "thermal";

/** Told of each step that changed the level, which is of the driver's output from then on. */
export type OutputVisitor = (by: OutputStep, level: Percent) => void;

/** The driver's share for a level of 1, after `hours` of operation; 0 to 1. */
export function shareAt(options: OutputOptions, hours: number): number {
	return virtualShare(options) * cleaned(options, hours) * aged(options, hours);
}

/** The same steps, told one by one, and the cap after them. */
export function visitOutput(
	level: Percent,
	options: OutputOptions,
	hours: number,
	cap: Percent,
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
	if (output > cap) visit("thermal", cap);
}

function virtualShare({ virtualLightOutput }: OutputOptions): number {
	return virtualLightOutput / 100;
}

function cleaned({ cleaningFactor, cleaningPeriod, cleanedAt }: OutputOptions, hours: number) {
	return cleaningFactor < 100
		? cleaningShare(cleaningFactor, cleaningPeriod, hours - cleanedAt)
		: 1;
}

/** A curve that does not parse is none: full light. */
function aged({ depreciation, hoursBefore }: OutputOptions, hours: number): number {
	const points = parseDepreciation(depreciation);
	return isFault(points) ? 1 : cloShare(points, hours + hoursBefore);
}
