/**
 * Light: the first duty of a life, and a passage compared with the simulator's.
 */
import { LAMP, MOVEMENT_PIN } from "../../../tools/emulator/image.js";
import { staircaseOf } from "../../../tools/emulator/staircase.js";
import { disagreement, type Tolerance } from "../../../tools/emulator/tolerance.js";
import type { Line } from "../../../tools/night/script.js";
import { virtualTrace } from "../../../tools/night/virtual.js";
import { pause } from "../../support/until.js";
import { type Bench, SECTIONS, stored } from "./bench.js";
import { claim, NotShown, onBench, type Place, type Step } from "./steps.js";

const FIRST_LIGHT_ms = 300;
const QUIET_ms = 7_000;
/** The light's interrupt, in a fade. */
const STAIR_ms = 5;
const FULL = (1 << LAMP.resolution) - 1;
/** This computer and the emulator share their cores with other programs. */
const TOLERANCE: Tolerance = { within_ms: 80, duty: 12 };

/** Light within 0.3 s of reset, by the emulator's count of instructions (8 ns each). */
export const firstLight: Step = {
	name: "light",
	claim: `full light within ${FIRST_LIGHT_ms} ms of reset`,
	run: (place) =>
		onBench(place, async (bench) => {
			bench.flashWith({});
			await bench.controller.start({ fast: true });
			const { at, duty } = await bench.duty(() => true);
			claim(duty === FULL, `the first duty is ${duty}, not ${FULL}`);
			claim(at <= FIRST_LIGHT_ms, `the first duty comes after ${at} ms`);
			return `duty ${duty} after ${at} ms`;
		}),
};

/** A passage, with the same inputs in the simulator. */
export const sameLight: Step = {
	name: "duties",
	claim: `duties of a night's passages as in the simulator, within ${TOLERANCE.within_ms} ms and ${TOLERANCE.duty} steps of ${FULL + 1}`,
	run: (place) => onBench(place, (bench) => passages(place, bench)),
};

async function passages(place: Place, bench: Bench): Promise<string> {
	if (place.noTime !== undefined) throw new NotShown(`no time server: ${place.noTime}`);
	place.ahead = untilNight(Date.now());
	place.answers.length = 0;
	const keys = stored(SECTIONS);
	bench.flashWith(keys);
	await bench.controller.start();
	await bench.until(() => place.answers[0]);
	await settled(bench);
	const lines: Line[] = [];
	for (const walk_ms of [2_000, 7_000]) {
		const from = await bench.controller.edge(MOVEMENT_PIN, true);
		await pause(walk_ms);
		const to = await bench.controller.edge(MOVEMENT_PIN, false);
		lines.push({ at: from, input: "movement", value: 0 }, { at: to, input: "stillness", value: 0 });
		await settled(bench);
	}
	const seen = bench.life.duties;
	const [, first, fall] = seen; // the lamp's clock begins between the host's first duty and its own
	claim(first !== undefined && fall !== undefined, "the lamp decided no second duty");
	lines.unshift({ at: fall.at - STAIR_ms, input: "time", value: place.answers[0]!.utc }); // the fall is of the date
	const script = {
		stored: Object.entries(keys),
		lines: lines.map((line) => ({ ...line, at: Math.round(line.at - first.at) })),
		end: Math.round(seen.at(-1)!.at - first.at) + 1000,
	};
	const expected = staircaseOf(await virtualTrace(script));
	const measured = seen.slice(1).map((each) => ({ ...each, at: each.at - first.at }));
	const trouble = disagreement(measured, expected, TOLERANCE);
	claim(trouble === undefined, trouble ?? "");
	return `${measured.length} duties, ${expected.length} in the simulator`;
}

/** Milliseconds from a date to its next 22:00 UTC. */
function untilNight(now: number): number {
	const day = 86_400_000;
	return (22 * 3_600_000 - (now % day) + day) % day;
}

/** Waits until no duty has come for longer than hold or linger lasts. */
async function settled(bench: Bench): Promise<void> {
	for (let last = -1; bench.life.duties.length !== last; ) {
		last = bench.life.duties.length;
		await pause(QUIET_ms);
	}
}
