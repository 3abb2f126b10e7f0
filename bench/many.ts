/**
 * Many: ten thousand lamps of the whole firmware in one fleet: time until they are lit, and memory.
 */
import { createHash } from "node:crypto";
import type { Fleet, Image } from "../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../hosts/virtual/fleet/wasmfleet.js";
import { EFFECT } from "../hosts/virtual/protocol.js";
import { keyOf } from "../src/settings/bank.js";
import { seal } from "../src/settings/seal.js";
import { SECTIONS } from "../src/settings/table.js";
import { SW_VERSION } from "../src/version.js";
import type { Print } from "./lamp.js";
import {
	bareImage,
	cpuMs,
	DUSK_UTC,
	EMPTY_HANDLER,
	edit,
	firmware,
	grouped,
	run,
	setUp,
	theEngine,
} from "./lamp.js";
import { notStarted } from "./notstarted.js";

const LAMPS = 10_000;
const AIM_CREATED_S = 1;
const AIM_LIGHT_S = 3;
const AIM_KB = 48;

interface Boot {
	readonly seconds: number;
	/** Of one lamp, with its first turn, which decides the light. */
	readonly computrons: number;
	readonly lit: number;
	readonly fleet: Fleet;
	readonly resident: number; // bytes
}

/** Settings in a lamp's store: none, the depot's text, or the lamp's own. */
type Stored = "nothing" | "depot" | "own";

/** The image without the second turn of a life, which follows at the same instant. */
const lightAlone = edit("this.backgroundAt = now;\n", "this.backgroundAt = Infinity;\n");

/** Computrons of one lamp's boot and first turn, counted by the engine. */
export const bootCosts = (stored: Stored) =>
	costs(firmware({ "luminode/node": lightAlone }), stored);

/** Computrons of the second turn of a life: its first background. */
export async function secondTurnCost(): Promise<number> {
	return (await costs(firmware(), "own")) - (await bootCosts("own"));
}

async function costs(image: Image, stored: Stored): Promise<number> {
	const { computrons, fleet } = await boot(image, stored, 1);
	fleet.dispose();
	return computrons;
}

/** All lamps get power at one instant. */
async function boot(image: Image, stored: Stored, lamps = LAMPS): Promise<Boot> {
	const engine = await theEngine();
	const before = process.memoryUsage().rss;
	const options = { image, first: 1, count: lamps, seed: 1, epochUtc: DUSK_UTC };
	const fleet = createFleet(options, engine);
	if (stored !== "nothing") setUp(fleet, DUSK_UTC, true);
	if (stored === "own") sealAll(fleet, lamps);
	const cpu = cpuMs();
	for (let lamp = 1; lamp <= lamps; lamp++) fleet.boot(lamp, 0, "powerOn");
	run(fleet, 0);
	const seconds = (cpuMs() - cpu) / 1000;
	const shining = new Set<number>();
	fleet.effects((kind, _at, lamp, value) => {
		if (kind === EFFECT.duty && value > 0) shining.add(lamp);
	});
	const resident = process.memoryUsage().rss - before;
	const { computrons } = fleet.statistics(1)!;
	return { seconds, computrons, lit: shining.size, fleet, resident };
}

export async function benchMany(print: Print): Promise<void> {
	print(
		`${grouped(LAMPS)} lamps in one fleet, power for all in one instant, nothing connects; CPU time`,
	);
	const { chunkBytes, slots, stackSlots } = firmware().creation;
	print(`  each ${chunkBytes} bytes of chunks, ${slots} slots, ${stackSlots} slots of stack`);
	const kb = (bytes: number) => `${(bytes / LAMPS / 1024).toFixed(1)} KB`;
	const line = (what: string, { seconds, computrons, lit, fleet }: Boot, aim: string) => {
		const each = `${grouped(computrons)} computrons each`;
		print(`  ${what.padEnd(42)} ${seconds.toFixed(2)} s, ${each}, ${grouped(lit)} lit${aim}`);
		fleet.dispose();
	};
	const first = await boot(firmware(), "nothing"); // before other fleets take memory
	line("firmware booted and lit, as from factory", first, `; aim ${AIM_LIGHT_S} s`);
	const held = kb(first.fleet.memoryBytes());
	print(`    memory a lamp: ${held} held, ${kb(first.resident)} more resident; aim ${AIM_KB} KB`);
	const configured = await boot(firmware(), "own");
	line("firmware booted and lit, settings its own", configured, `; aim ${AIM_LIGHT_S} s`);
	line("firmware booted and lit, by the depot", await boot(firmware(), "depot"), "");
	const noNode = firmware({ "host/main": notStarted });
	line(
		"machines cloned, firmware not started",
		await boot(noNode, "nothing"),
		`; aim ${AIM_CREATED_S} s`,
	);
	line("baseline: a bare program, started", await boot(bareImage(EMPTY_HANDLER), "nothing"), "");
}

/** As after a change that the lamps stored themselves: each section has the lamp's own seal. */
function sealAll(fleet: Fleet, lamps: number): void {
	const doors = {
		version: SW_VERSION,
		crypto: { sha256: (bytes: Uint8Array) => createHash("sha256").update(bytes).digest() },
		utf8: { encode: (text: string, into: Uint8Array) => Buffer.from(into.buffer).write(text) },
	};
	const sealed = new Map<string, string>(); // most lamps have the same sections
	for (let lamp = 1; lamp <= lamps; lamp++)
		for (const section of SECTIONS) {
			const key = keyOf(section);
			const text = fleet.storeRead(lamp, key);
			if (text === undefined) continue;
			const sealedText = sealed.get(text) ?? seal(key, text, doors);
			sealed.set(text, sealedText);
			fleet.storeWrite(lamp, key, sealedText);
		}
}
