/**
 * Many: ten thousand lamps of the whole firmware in one fleet: how soon they shine, what they hold.
 */
import type { Fleet, Image } from "../hosts/virtual/face.js";
import { createFleet } from "../hosts/virtual/fleet.js";
import { EFFECT } from "../hosts/virtual/protocol.js";
import type { Print } from "./lamp.js";
import {
	bareImage,
	cpuMs,
	DUSK_UTC,
	EMPTY_HANDLER,
	firmware,
	run,
	setUp,
	theEngine,
	whole,
} from "./lamp.js";

const LAMPS = 10_000;
const AIM_CREATED_S = 1;
const AIM_LIGHT_S = 3;
const AIM_KB = 48;

interface Boot {
	readonly seconds: number;
	readonly lit: number;
	readonly fleet: Fleet;
	readonly resident: number; // bytes
}

/** Power comes to all in one instant. `isSetUp`: their stores hold the street's settings. */
async function boot(image: Image, isSetUp: boolean): Promise<Boot> {
	const engine = await theEngine();
	const before = process.memoryUsage().rss;
	const options = { image, first: 1, count: LAMPS, seed: 1, epochUtc: DUSK_UTC };
	const fleet = createFleet(options, engine);
	if (isSetUp) setUp(fleet, DUSK_UTC, true);
	const cpu = cpuMs();
	for (let lamp = 1; lamp <= LAMPS; lamp++) fleet.boot(lamp, 0, "powerOn");
	run(fleet, 0);
	const seconds = (cpuMs() - cpu) / 1000;
	const shining = new Set<number>();
	fleet.effects((kind, _at, lamp, value) => {
		if (kind === EFFECT.duty && value > 0) shining.add(lamp);
	});
	const resident = process.memoryUsage().rss - before;
	return { seconds, lit: shining.size, fleet, resident };
}

export async function benchMany(print: Print): Promise<void> {
	print(
		`${whole(LAMPS)} lamps in one fleet, power for all in one instant, nothing connects; CPU time`,
	);
	const { chunkBytes, slots, stackSlots } = firmware().creation;
	print(`  each ${chunkBytes} bytes of chunks, ${slots} slots, ${stackSlots} slots of stack`);
	const kb = (bytes: number) => `${(bytes / LAMPS / 1024).toFixed(1)} KB`;
	const line = (what: string, { seconds, lit, fleet }: Boot, aim: string) => {
		print(`  ${what.padEnd(42)} ${seconds.toFixed(2)} s, ${whole(lit)} lit${aim}`);
		fleet.dispose();
	};
	const first = await boot(firmware(), false); // what is resident is told before others were here
	line("firmware booted and lit, as from factory", first, `; aim ${AIM_LIGHT_S} s`);
	const held = kb(first.fleet.memoryBytes());
	print(`    memory a lamp: ${held} held, ${kb(first.resident)} more resident; aim ${AIM_KB} KB`);
	line("firmware booted and lit, settings stored", await boot(firmware(), true), "");
	const noNode = firmware({ "host/main": withoutNode });
	line(
		"machines cloned, firmware not started",
		await boot(noNode, false),
		`; aim ${AIM_CREATED_S} s`,
	);
	line("baseline: a bare program, started", await boot(bareImage(EMPTY_HANDLER), false), "");
}

/** The whole image is there; a lamp's boot ends before its node is made. */
function withoutNode(source: string): string {
	const begin = "const node: Inputs = new Node(host);";
	if (!source.includes(begin)) throw new Error("bench: host/main begins otherwise");
	return source.replace(begin, `if (native.serial) return () => {};\n\t${begin}`);
}
