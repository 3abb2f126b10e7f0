/**
 * Engine bench: the cost of a virtual lamp, apart from the firmware.
 */
import { cpus } from "node:os";
import { buildEngine } from "../hosts/virtual/engine/engine.js";
import type { Fleet, Image } from "../hosts/virtual/fleet/fleet.js";
import { createFleet } from "../hosts/virtual/fleet/wasmfleet.js";
import { INPUT } from "../hosts/virtual/protocol.js";

/** Writes the PWM on each call; an illuminance input sets the interval of its alarms, ms. */
const PROGRAM = `
	export default function () {
		let beat = 0, duty = 0;
		return (kind, now, value) => {
			if (kind === ${INPUT.illuminance}) beat = value;
			native.duty(duty = (duty + 1) & 4095);
			if (beat) native.alarm(now + beat);
		};
	}`;

const IMAGE: Image = {
	modules: [{ specifier: "bench/main", source: PROGRAM }],
	main: "bench/main",
	creation: { chunkBytes: 16384, slots: 768, stackSlots: 512, keys: 64 },
	computronBudget: 1_000_000,
};
const LAMPS = 10_000;
const WAKES = 1_000_000;
const WINDOWS = 100_000;

const cpuMs = (): number => {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
};

/** Windows with one input for one lamp and one effect in return. */
function windows(fleet: Fleet, count: number, from: number): number {
	let seen = 0;
	const started = performance.now();
	for (let i = 1; i <= count; i++) {
		fleet.post(i % fleet.count, from + i, INPUT.movement);
		fleet.run(from + i);
		fleet.effects(() => seen++);
	}
	if (seen !== count) throw new Error(`${seen} effects of ${count}`);
	return ((performance.now() - started) * 1000) / count;
}

/** Prints each figure with its conditions. */
export async function bench(print: (line: string) => void): Promise<void> {
	const engine = await buildEngine(print);
	const options = { image: IMAGE, first: 0, count: LAMPS, seed: 1, epochUtc: 0 };
	print(`engine: Node ${process.version}, ${cpus()[0]?.model}, bare program, 16 KB + 768 slots`);
	const empty = process.memoryUsage().rss;
	const fleet = createFleet(options, engine);
	let cpu = cpuMs();
	for (let lamp = 0; lamp < LAMPS; lamp++) fleet.boot(lamp, 0, "powerOn");
	fleet.run(0);
	print(
		`  boot of a lamp: ${(((cpuMs() - cpu) * 1000) / LAMPS).toFixed(1)} us CPU (${LAMPS} lamps)`,
	);
	const resident = (process.memoryUsage().rss - empty) / LAMPS / 1024;
	const held = fleet.memoryBytes() / LAMPS / 1024;
	print(`  memory of a lamp: ${held.toFixed(1)} KB held, ${resident.toFixed(1)} KB resident`);
	fleet.post(0, 1, INPUT.illuminance, 1);
	fleet.run(1);
	cpu = cpuMs();
	fleet.run(WAKES);
	print(
		`  wake with alarm and PWM: ${(((cpuMs() - cpu) * 1000) / WAKES).toFixed(2)} us CPU, ${LAMPS - 1} lamps idle beside it`,
	);
	fleet.post(0, WAKES, INPUT.illuminance, 0); // stops the alarms
	fleet.run(2 * WAKES);
	print(`  window of one input, one effect: ${windows(fleet, WINDOWS, 2 * WAKES).toFixed(2)} us`);
}
