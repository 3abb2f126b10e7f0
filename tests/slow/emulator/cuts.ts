/**
 * Cuts: power goes in each of twenty writes of flash, held by a debugger at that write's beginning.
 *
 * The story is a change of two settings at the console, confirmed; its writes are of the store and
 * of the journal. Every second cut is at the beginning of its write, the others come while it runs or
 * just after, as the host's scheduler has it. QEMU's flash tears no page (npm run host -- bare cuts within one).
 */
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addressesIn, Debugger } from "../../../tools/emulator/debugger.js";
import { pause } from "../../support/until.js";
import { freePort } from "../support/programs.js";
import { type Bench, SECRET, SECTIONS, stored } from "./bench.js";
import { claim, onBench, type Step } from "./steps.js";

const CUTS = 20;
/** ESP-IDF's functions that every write and erase passes. */
const WRITES = ["esp_flash_write", "esp_flash_erase_region"];
/** The story ends when no write has come for so long. */
const QUIET_ms = 3_000;
/** Settings of two sections: as they were, and after each of two confirmed changes. */
const STATES = [
	{ floorLevel: 20, hold: 5, telemetryInterval: 900, onLevel: 35 },
	{ floorLevel: 33, hold: 44, telemetryInterval: 300, onLevel: 35 },
	{ floorLevel: 33, hold: 44, telemetryInterval: 600, onLevel: 40 },
] as const;
type Values = (typeof STATES)[number];
const NAMES = Object.keys(STATES[0]) as (keyof Values)[];

export const cuts: Step = {
	name: "cuts",
	claim: `a power cut before each of ${CUTS} writes: lit, the old settings or the new ones, all readable`,
	run: (place) =>
		onBench(place, async (bench) => {
			const base = join(bench.folder, "base.bin");
			await commissioned(bench, base);
			const places = addressesIn(readFileSync(bench.image.program), WRITES);
			const uncut = await story(bench, base, places, Infinity);
			claim(uncut.writes >= CUTS, `the story has ${uncut.writes} writes alone`);
			claim((await judged(bench)) === 2, "without a cut the last change is not stored");
			const results = STATES.map(() => 0);
			for (let index = 0; index < CUTS; index += 1) {
				const at = Math.floor((index * (uncut.writes - 1)) / (CUTS - 1));
				await story(bench, base, places, at);
				const result = await judged(bench).catch((error: Error) => {
					throw new Error(`cut before write ${at + 1} of ${uncut.writes}: ${error.message}`);
				});
				results[result]! += 1;
			}
			return `${CUTS} of ${uncut.writes} writes: settings before ${results[0]}, after the first change ${results[1]}, after the second ${results[2]} times`;
		}),
};

/** A flash after the first life of a lamp. */
async function commissioned(bench: Bench, base: string): Promise<void> {
	bench.flashWith(stored(SECTIONS));
	await bench.controller.start();
	await bench.duty(() => true);
	await (await bench.openConsole()).close();
	await pause(QUIET_ms);
	await bench.controller.cut();
	copyFileSync(bench.flash, base);
}

/** Lives the story from `base` until the write after `most` others begins, or to its end; counts writes. */
async function story(
	bench: Bench,
	base: string,
	places: readonly number[],
	most: number,
): Promise<{ writes: number }> {
	copyFileSync(base, bench.flash);
	const debuggerPort = await freePort();
	await bench.controller.start({ debuggerPort });
	const held = await Debugger.attach(debuggerPort, places);
	let writes = 0;
	let lastAt = performance.now();
	const watching = (async () => {
		for (await held.first(); writes < most; await held.next()) {
			writes += 1;
			lastAt = performance.now();
		}
	})();
	let isOver = false;
	const ended = watching.finally(() => {
		isOver = true;
	});
	ended.catch(() => {}); // the connection ends with the power
	const typed = typeStory(bench).catch(() => {}); // the lamp may lose its power on the way
	while (!isOver && performance.now() - lastAt < QUIET_ms) await pause(20);
	if (isOver && most % 2 === 1) held.release();
	await bench.controller.cut();
	held.close();
	await typed;
	return { writes };
}

async function typeStory(bench: Bench): Promise<void> {
	const line = await bench.console();
	try {
		await line.do(`login ${SECRET}`, "login");
		for (const [index, state] of STATES.entries()) {
			if (index === 0) continue;
			for (const name of NAMES) await line.do(`set ${name} ${state[name]}`);
			await line.do("apply");
			await line.do("confirm");
		}
	} finally {
		await line.close();
	}
}

/** The life after a cut: lit, whole, and with the settings of one state, whose place it returns. */
async function judged(bench: Bench): Promise<number> {
	const livesBefore = bench.lives;
	await bench.controller.start();
	await bench.until(() => bench.lives === livesBefore + 1 && bench.life.duties.length > 1);
	const isLit = bench.life.duties.every(({ duty }) => duty > 0);
	claim(isLit, "the lamp was dark");
	const line = await bench.openConsole();
	const found: number[] = [];
	for (const name of NAMES) {
		const { body } = await line.do(`show ${name}`);
		found.push(JSON.parse(body[0]!).value);
	}
	const { body } = await line.do("status");
	await line.do("events 20");
	await line.close();
	const machine = JSON.parse(body.find((part) => part.includes('"machine"'))!);
	claim(machine.faults === 0, `${machine.faults} internal errors`);
	claim(bench.lives === livesBefore + 1, `the lamp restarted: ${bench.life.reset}`);
	await bench.controller.cut();
	const state = STATES.findIndex((each) =>
		NAMES.every((name, index) => each[name] === found[index]),
	);
	claim(state >= 0, `settings of no state: ${NAMES.join()} ${found.join()}`);
	return state;
}
