/**
 * Bare night: a script on the bare 32-bit machine, and the figures of that night as rows.
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Outcome, runBoard, workFolder } from "../../hosts/bare/emulator.js";
import { chipOf, type Flashed, flash } from "../../hosts/bare/flashed.js";
import {
	booted,
	DATA_BYTES,
	type RunSettings,
	ramBytes,
	type Script,
	stored,
} from "../../hosts/bare/layout.js";
import { type Life, lifeOf, type Turn } from "../../hosts/bare/lines.js";
import { buildProgram } from "../../hosts/bare/program.js";
import { readImage } from "../../hosts/virtual/engine/image.js";
import { INPUT } from "../../hosts/virtual/protocol.js";
import { projectRoot } from "../../lib/root.mjs";
import type { NightScript } from "./script.js";

/** The firmware on the board's first chip, from the cache or built. */
export async function flashedFirmware(say: (line: string) => void): Promise<Flashed> {
	return flash(await buildProgram(say), readImage(projectRoot()));
}

/** A night script as the board's: values of the store, power, then the inputs. */
export function boardScript(night: NightScript): Script {
	const lines = [
		...night.stored.map(([key, text]) => stored(key, text)),
		booted(0),
		...night.lines.map(({ at, input, value }) => ({ at, kind: INPUT[input], value })),
	];
	return { lines, seed: 1, epochUtc: 0, end: night.end };
}

/** One run from factory flash. */
export async function runFromFactory(
	flashed: Flashed,
	script: Script,
	settings: RunSettings,
): Promise<Outcome> {
	const folder = workFolder();
	const chip = join(folder, "chip");
	try {
		chipOf(flashed, script, chip);
		return await runBoard({ chip, data: Buffer.alloc(DATA_BYTES, 0xff), ram: ramBytes(settings) });
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** One night. Throws if the lamp does not reach its end. */
export async function bareNight(flashed: Flashed, night: NightScript): Promise<Life> {
	const { end, text } = await runFromFactory(flashed, boardScript(night), { noise: 1 });
	if (end !== "done") throw new Error(`the board ended by ${end}: ${text.slice(-300)}`);
	return lifeOf(text);
}

export interface Row {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
}

const largest = (turns: readonly Turn[], of: (turn: Turn) => number) =>
	turns.reduce((most, turn) => Math.max(most, of(turn)), 0);
const mean = (turns: readonly Turn[], of: (turn: Turn) => number) =>
	Math.round(turns.reduce((sum, turn) => sum + of(turn), 0) / turns.length);
const cost = (turn: Turn) => turn.cost;
const light = (turn: Turn) => turn.light;

/** The table of docs/measured.md. */
export function rowsOfNight(life: Life, { figures }: Flashed): readonly Row[] {
	const { turns, boots, statistics } = life;
	const [boot] = boots;
	if (!boot || !statistics) throw new Error("the night has no boot or no end");
	const edges = turns.filter(({ kind }) => kind === INPUT.movement);
	const lit = edges.filter(({ light }) => light > 0);
	const alarms = turns.filter(({ kind, light }) => kind === INPUT.tick && light > 0);
	const dated = turns.find(({ kind }) => kind === INPUT.time);
	if (!dated) throw new Error("no time server answered in the night");
	const rest = turns.filter((turn) => turn !== dated);
	const counted = (name: string, value: number): Row => ({ name, value, unit: "instructions" });
	const sized = (name: string, value: number): Row => ({ name, value, unit: "bytes" });
	return [
		counted("boot to first light", boot.light),
		counted("boot, settings to be validated", boot.cost),
		counted("edge to duty, mean", mean(lit, light)),
		counted("edge to duty, largest", largest(lit, light)),
		counted("turn of an edge, mean", mean(edges, cost)),
		counted("turn of an edge, largest", largest(edges, cost)),
		counted("fade that an alarm begins, mean", mean(alarms, cost)),
		counted("fade that an alarm begins, largest", largest(alarms, cost)),
		counted("turn of the first date", dated.cost),
		counted("longest turn, the first date apart", largest(rest, cost)),
		counted("collection", life.collection),
		counted("night, with the lines of its report", life.instructions),
		sized("native stack, peak", life.stackPeak_bytes),
		sized("RAM in all, peak", life.static_bytes + life.heapPeak_bytes + life.stackPeak_bytes),
		{ name: "engine's stack, peak", value: statistics.stackPeak_slots, unit: "slots" },
		sized("frozen root in flash", figures.flashBytes),
		counted("build of the root", figures.instructions),
		sized("parser of that build, peak", figures.parserBytes),
	];
}
