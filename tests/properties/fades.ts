/** Fades: whether the steps of a night's light are as small and as far apart as the eye wants them. */
import { asLived, bootsOf } from "./course.js";
import { FULL_DUTY, FULL_STEP, stepOf } from "./eye.js";
import type { Firmware } from "./lampnight.js";
import { recall } from "./memory.js";
import { END, type Night } from "./night.js";

const SECOND = 1000;
/** As src/lighting/fade.ts promises: 25 steps a second at most, and so many in a fade. */
const LEAST_APART = 40;
const MOST_STEPS = 32;
/** Below 1 % a duty of 12 bits is several steps of the eye. */
const COARSE_DUTY = 41;
const COARSE_STEPS = 4;

export function fades(night: Night, firmware: Firmware): string | undefined {
	const { riseTime, fallTime } = night.light as Record<string, number>;
	const lived = recall(night, firmware);
	const boots = bootsOf(asLived(night, lived)).map(({ from }) => from);
	const heats = night.happenings.flatMap((h) =>
		h.what === "heat" ? [h.at, Math.min(END, h.at + h.length)] : [],
	);
	const ramps = night.happenings.flatMap((h) => {
		if (h.what === "order") return [h.order.ramp ?? 60];
		return h.what === "action" ? [h.fields.command === "identify" ? 0 : 1] : []; // it blinks; its steps
	});
	const quickest = Math.min(...ramps);
	const most = (seconds: number) => {
		const time = Math.min(seconds, quickest) * SECOND;
		const steps = Math.min(MOST_STEPS, Math.floor(time / LEAST_APART));
		// a step of the curve is rounded at both ends
		return steps < 1 ? FULL_STEP : Math.ceil(FULL_STEP / steps) + 2;
	};
	const isPaced = Math.min(riseTime!, quickest) * SECOND >= LEAST_APART;
	const apart = isPaced ? LEAST_APART - 1 : 0; // instants are whole milliseconds
	const { duties } = lived;
	for (let i = 1; i < duties.length; i += 1) {
		const [at, duty] = duties[i]!;
		const [before, from] = duties[i - 1]!;
		// the pin is low at a boot, and one that resumes the dark writes nothing
		if (at === 0 || boots.some((boot) => boot > before && boot <= at) || boots.includes(at))
			continue;
		if (heats.includes(at) || heats.includes(before)) continue; // the hardware wins, at once
		if (at - before < apart && !boots.includes(before)) return `steps at ${before} and ${at}`;
		const by = stepAt(duty) - stepAt(from);
		const coarse = Math.min(duty, from) < COARSE_DUTY ? COARSE_STEPS : 0;
		const limit = (by > 0 ? most(riseTime!) : most(fallTime!)) + coarse;
		const isStep = at > before || by > 0;
		if (!isStep) return `two falls at ${at}`;
		if (Math.abs(by) > limit) return `a step of ${by} at ${at}, at most ${limit}`;
	}
	return undefined;
}

function stepAt(duty: number): number {
	return stepOf((100 * duty) / FULL_DUTY);
}
