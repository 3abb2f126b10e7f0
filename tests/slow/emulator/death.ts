/**
 * Death: JavaScript hangs in a fall, at a beat, and the light's interrupt is left alone with it.
 *
 * A debugger holds the controller at the first beat and replaces the function's first instruction, in
 * RAM, by a jump to itself. The next boot loads the code anew.
 */
import { readFileSync } from "node:fs";
import { addressesIn, Debugger } from "../../../tools/emulator/debugger.js";
import type { Duty } from "../../../tools/emulator/dutylog.js";
import { MOVEMENT_PIN } from "../../../tools/emulator/image.js";
import { freePort } from "../support/programs.js";
import { SECTIONS, stored } from "./bench.js";
import { claim, onBench, type Step } from "./steps.js";

const BEAT = "luminode_beat";
/** `c.j .` of RISC-V. */
const FOR_EVER = Uint8Array.of(0x01, 0xa0);
/** From the last beat: 1.5 s, a second of rise, and what a busy computer adds. */
const RISEN_ms = 3_000;

export const death: Step = {
	name: "death",
	claim:
		"JavaScript hangs in a fall: the light rises to where it fell from, and the watchdog resets",
	run: (place) =>
		onBench(place, async (bench) => {
			const places = addressesIn(readFileSync(bench.image.program), [BEAT]);
			bench.flashWith(stored(SECTIONS));
			const debuggerPort = await freePort();
			await bench.controller.start({ debuggerPort });
			const held = await Debugger.attach(debuggerPort, places);
			const atBeat = held.first();
			await bench.duty(() => true);
			await bench.controller.level(MOVEMENT_PIN, true);
			await bench.controller.level(MOVEMENT_PIN, false);
			await atBeat;
			await held.clear();
			await held.write(places[0]!, FOR_EVER);
			const before = [...bench.life.duties];
			held.release();
			await bench.until(() => bench.lives === 2 && bench.life.duties.length > 0);
			held.close();
			const all = bench.firstLife.duties;
			const top = begunAt(before);
			const lowest = all
				.slice(before.length)
				.reduce((least, other) => (other.duty < least.duty ? other : least), before.at(-1)!);
			const risen = all.find(({ at, duty }) => at > lowest.at && duty === top.duty);
			claim(risen !== undefined, `the light stays below ${top.duty}, where it fell from`);
			const took = risen.at - top.at;
			claim(took <= RISEN_ms, `the light is back after ${took} ms alone`);
			claim(all.at(-1)!.duty === top.duty, `the light ends with ${all.at(-1)!.duty}`);
			const next = bench.life.duties[0]!;
			claim(next.duty === top.duty, `the next life begins with ${next.duty}`);
			return `from ${lowest.duty} back to ${top.duty}, ${took} ms after the fall's begin; ${bench.life.reset}, lit with ${next.duty}`;
		}),
};

/** The duty from which the light has been falling. */
function begunAt(duties: readonly Duty[]): Duty {
	let index = duties.length - 1;
	while (index > 0 && duties[index - 1]!.duty > duties[index]!.duty) index -= 1;
	return { at: duties[index + 1]?.at ?? duties[index]!.at, duty: duties[index]!.duty };
}
