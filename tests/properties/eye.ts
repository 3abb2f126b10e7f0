/**
 * Eye: what a duty of the PWM is as light, and as steps that the eye takes for equal.
 *
 * From the standard's words, apart from the firmware: IEC 62386-102, 9.3, gives step n of 1 to 254 an
 * output of 10^((n - 1) / (253 / 3) - 1) per cent. The driver's input is linear.
 */

export const FULL_DUTY = 4095;
export const FULL_STEP = 254;
const STEPS_A_DECADE = 253 / 3;

function outputOf(step: number): number {
	return 10 ** ((step - 1) / STEPS_A_DECADE - 1);
}

/** The step nearest to a light output, per cent; 0 only for none. */
export function stepOf(level: number): number {
	if (level <= 0) return 0;
	const below = Math.floor(1 + STEPS_A_DECADE * (Math.log10(level) + 1));
	if (below < 1) return 1;
	if (below >= FULL_STEP) return FULL_STEP;
	return level - outputOf(below) <= outputOf(below + 1) - level ? below : below + 1;
}

/** The duty of 12 bits that is nearest to a light output, per cent; 0 only for none. */
export function dutyOf(level: number): number {
	if (level <= 0) return 0;
	return Math.min(FULL_DUTY, Math.max(1, Math.round((level * FULL_DUTY) / 100)));
}
