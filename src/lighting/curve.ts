/**
 * Curve: dimming steps and light output.
 *
 * IEC 62386-102, 9.3: output = 10^((step - 1) / (253 / 3) - 1) percent for steps 1 to 254, from 0.1
 * to 100 %. Each step is 2.8 % brighter than the last and appears equal to the eye. Step 0 is off.
 * A table replaces the formula, so that every engine and C library gives the same trace; a fade
 * needs places between steps. The driver's control input is linear: half the duty is half the light.
 */
import type { Percent, Step } from "../units.js";

/** The step of 100 %. */
export const FULL_STEP = 254;

/** Light output of each step, in millionths of full. In flash an array of bytes takes six slots. */
// biome-ignore format: rows of twelve
const OUTPUT = Uint32Array.of(
	0, 1000, 1028, 1056, 1085, 1115, 1146, 1178, 1211, 1244, 1279, 1314,
	1350, 1388, 1426, 1466, 1506, 1548, 1591, 1635, 1680, 1726, 1774, 1823,
	1874, 1926, 1979, 2034, 2090, 2148, 2207, 2268, 2331, 2396, 2462, 2530,
	2600, 2672, 2746, 2822, 2900, 2981, 3063, 3148, 3235, 3325, 3417, 3511,
	3608, 3708, 3811, 3916, 4025, 4136, 4251, 4368, 4489, 4614, 4741, 4872,
	5007, 5146, 5288, 5435, 5585, 5740, 5899, 6062, 6230, 6402, 6579, 6761,
	6949, 7141, 7339, 7542, 7750, 7965, 8185, 8412, 8645, 8884, 9130, 9383,
	9643, 9909, 10184, 10466, 10755, 11053, 11359, 11673, 11996, 12328, 12670, 13020,
	13381, 13751, 14132, 14523, 14925, 15338, 15763, 16199, 16647, 17108, 17582, 18068,
	18568, 19082, 19611, 20153, 20711, 21284, 21874, 22479, 23101, 23741, 24398, 25073,
	25767, 26480, 27213, 27967, 28741, 29536, 30354, 31194, 32057, 32945, 33857, 34794,
	35757, 36747, 37764, 38809, 39883, 40987, 42122, 43288, 44486, 45717, 46983, 48283,
	49619, 50993, 52404, 53855, 55346, 56878, 58452, 60070, 61732, 63441, 65197, 67002,
	68856, 70762, 72721, 74734, 76803, 78928, 81113, 83358, 85666, 88037, 90474, 92978,
	95551, 98196, 100914, 103708, 106578, 109528, 112560, 115675, 118877, 122168, 125549, 129024,
	132596, 136266, 140038, 143914, 147897, 151991, 156198, 160522, 164965, 169531, 174223, 179046,
	184002, 189095, 194329, 199708, 205236, 210917, 216755, 222754, 228920, 235256, 241768, 248460,
	255338, 262405, 269668, 277133, 284804, 292687, 300788, 309114, 317670, 326463, 335499, 344786,
	354329, 364137, 374216, 384574, 395219, 406159, 417401, 428954, 440828, 453029, 465569, 478456,
	491699, 505309, 519296, 533670, 548442, 563622, 579223, 595256, 611732, 628665, 646066, 663948,
	682326, 701213, 720622, 740568, 761067, 782133, 803782, 826030, 848895, 872392, 896539, 921355,
	946857, 973066, 1000000,
);

/** Millionths of full in one percent. */
const PER_PERCENT = 10_000;
const FULL = 1_000_000;
/** The light output of step 1, per cent. */
export const LEAST_LEVEL = 0.1 as Percent;
/** The last step that has one above it. */
const LAST = FULL_STEP - 1;

/** The step at or below each whole per cent: most levels are whole, and a search is slow. */
const STEP_AT_PERCENT = Uint8Array.from({ length: 101 }, (_, level) =>
	stepBelow(level * PER_PERCENT),
);

/**
 * The place of a light output on the curve, in steps and parts of one: 1 to 254. Between two steps
 * the output is taken as linear, which is 0.01 % of it off at most. Less light than the first step's
 * is there, too.
 */
export function placeOf(level: Percent): number {
	if (level <= LEAST_LEVEL) return 1;
	const output = level * PER_PERCENT;
	// XS makes a name of a broken index, and keeps it: its table of names would be full one night
	const step = level === (level | 0) ? STEP_AT_PERCENT[level]! : stepBelow(output);
	const low = OUTPUT[step]!;
	return step + (output - low) / (OUTPUT[step + 1]! - low);
}

/** The light output of a step, per cent. */
export function levelAtStep(step: Step): Percent {
	return (outputAt(step) / PER_PERCENT) as Percent;
}

/** By how much the light grows over `steps` of the curve, -253 to 253. */
export function ratioOf(steps: number): number {
	return steps > 0 ? FULL / outputAt(FULL_STEP - steps) : outputAt(FULL_STEP + steps) / FULL;
}

function outputAt(place: number): number {
	const step = place < LAST ? place | 0 : LAST;
	const low = OUTPUT[step]!;
	return low + (OUTPUT[step + 1]! - low) * (place - step);
}

/** The step that is not brighter, 0 to 253. */
function stepBelow(output: number): Step {
	let below = 0;
	let above = FULL_STEP;
	while (above - below > 1) {
		const middle = (below + above) >> 1;
		if (OUTPUT[middle]! <= output) below = middle;
		else above = middle;
	}
	return below as Step;
}
