/**
 * Fades: whether the light of a night moves as the eye wants it: along the curve, in its time, and
 * with a jump only where one is meant.
 */
import { FULL_DUTY, FULL_STEP, stepOf } from "./eye.js";
import type { Firmware } from "./lampnight.js";
import { recall } from "./memory.js";
import type { Night } from "./night.js";

const SECOND = 1000;
/** As src/lighting/fade.ts promises: so many steps of the curve between two corners. */
const SEGMENT = 10;
/** A shorter time is a jump. */
const SHORTEST = 20;
/** Below 1 % a duty of 12 bits is several steps of the eye. */
const COARSE_DUTY = 41;
const COARSE_STEPS = 9;

export function fades(night: Night, firmware: Firmware): string | undefined {
	const { riseTime, fallTime } = night.light as Record<string, number>;
	const ramps = night.happenings.flatMap((h) => {
		if (h.what === "order") return [h.order.ramp ?? 60];
		return h.what === "action" ? [h.fields.command === "identify" ? 0 : 1] : []; // it blinks; its steps
	});
	const quickest = Math.min(...ramps);
	for (const [at, path, from] of recall(night, firmware).fades) {
		let [before, low] = [0, from as number];
		for (let index = 0; index < path.length; index += 2) {
			const [until, duty] = [path[index]!, path[index + 1]!];
			if (until < before) return `a fade at ${at} goes back in time, to ${until}`;
			const by = stepAt(duty) - stepAt(low);
			const coarse = Math.min(duty, low) < COARSE_DUTY ? COARSE_STEPS : 0;
			const span = until - before;
			// a jump: the first light, the last, and what the heat takes
			if (span > 0 && Math.abs(by) > SEGMENT + 1 + coarse)
				return `steps in a segment: ${by} at ${at}`;
			const time = Math.min(by > 0 ? riseTime! : fallTime!, quickest) * SECOND;
			const most = (FULL_STEP * (span + 1)) / Math.max(time, SHORTEST) + 2 + coarse;
			if (span > 0 && Math.abs(by) > most) return `steps within ${span} ms: ${by} at ${at}`;
			[before, low] = [until, duty];
		}
	}
	return undefined;
}

function stepAt(duty: number): number {
	return stepOf((100 * duty) / FULL_DUTY);
}
