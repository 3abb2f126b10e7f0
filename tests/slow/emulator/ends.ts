/**
 * Ends: a fault is planted at a beat of the light, and the life that follows says which it was.
 *
 * A debugger holds the controller at the beat of a fall, a callback of XS's timers, and has it do there
 * what a defect would. The console's `status` names the end, and the light's first duty is early.
 */
import { readFileSync } from "node:fs";
import { addressesIn, Debugger } from "../../../tools/emulator/debugger.js";
import { LAMP, MOVEMENT_PIN } from "../../../tools/emulator/image.js";
import { freePort } from "../support/programs.js";
import { type Bench, SECTIONS, stored } from "./bench.js";
import { claim, onBench, type Step } from "./steps.js";

const [RA, SP, A0, A1, A2, A3, A4, PC] = [1, 2, 10, 11, 12, 13, 14, 32];
const BEAT = "luminode_beat";
const PRESENT = Math.floor((SECTIONS.light.presenceLevel / 100) * ((1 << LAMP.resolution) - 1));
/** From the application's entry. */
const FIRST_DUTY_ms = 150;
/** Below the stack pointer, where no call of the beat comes. */
const SCRATCH = 1024;

const bytes = (...values: number[]) => Uint8Array.from(values);
/** `c.j .` */
const FOR_EVER = bytes(0x01, 0xa0);

interface Held {
	readonly debug: Debugger;
	/** Address of a function. */
	at(name: string): number;
	/** Puts a text into the stack's free part. */
	text(words: string): Promise<number>;
	/** Goes on in a function with these arguments, called from where the controller is held. */
	call(name: string, ...given: number[]): Promise<void>;
}

interface Fault {
	readonly what: string;
	plant(held: Held): Promise<void>;
	/** The console's word, and what it adds. */
	readonly end: RegExp;
}

const FAULTS: readonly Fault[] = [
	{
		what: "a store to address 0",
		plant: ({ debug, at }) => debug.write(at(BEAT), bytes(0x23, 0x20, 0x00, 0x00)), // sw zero, 0(zero)
		end: /^badAccess Store .*; \w+ \w+; 0x[\da-f]+ 0x[\da-f]+$/,
	},
	{
		what: "an instruction that is none",
		plant: ({ debug, at }) => debug.write(at(BEAT), bytes(0, 0)),
		end: /^badAccess Illegal instruction; \w+ \w+; 0x[\da-f]+ 0x[\da-f]+$/,
	},
	{
		what: "an endless loop in C",
		plant: ({ debug, at }) => debug.write(at(BEAT), FOR_EVER),
		end: /^hung main; \w+ \w+; 0x/,
	},
	{
		what: "an abort",
		plant: (held) => held.call("__wrap_abort"),
		end: /^abort; \w+ \w+; 0x[\da-f]+$/,
	},
	{
		what: "an assertion",
		plant: (held) => held.call("__wrap___assert_func", 0, 0, 0, 0),
		end: /^assertFailed; \w+ \w+; 0x[\da-f]+$/,
	},
	{
		what: "a canary that was overwritten",
		plant: (held) => held.call("__wrap___stack_chk_fail"),
		end: /^stackSmashed; \w+ \w+; 0x[\da-f]+$/,
	},
	{
		what: "a stack that is full",
		plant: async (held) =>
			held.call("__wrap_vApplicationStackOverflowHook", 0, await held.text("main")),
		end: /^stackOverflow main; \w+ \w+; $/,
	},
];

export const ends: Step = {
	name: "ends",
	claim: `${FAULTS.length} planted faults: the console names each, and the light is there ${FIRST_DUTY_ms} ms after the application's entry`,
	run: (place) =>
		onBench(place, async (bench) => {
			bench.flashWith(stored(SECTIONS));
			const duties: number[] = [];
			const causes = new Set<string>();
			for (const fault of FAULTS) {
				const { at, reset } = await ended(bench, fault).catch((error: Error) => {
					throw new Error(`${fault.what}: ${error.message}`);
				});
				duties.push(at);
				causes.add(reset);
			}
			return `the first duty after ${Math.min(...duties)} to ${Math.max(...duties)} ms; ${[...causes].join(", ")}`;
		}),
};

async function ended(bench: Bench, { plant, end }: Fault): Promise<{ at: number; reset: string }> {
	const program = readFileSync(bench.image.program);
	const at = (name: string) => addressesIn(program, [name])[0]!;
	const debuggerPort = await freePort();
	const before = bench.lives;
	await bench.controller.start({ debuggerPort });
	const debug = await Debugger.attach(debuggerPort, [at(BEAT)]);
	const atBeat = debug.first();
	await bench.until(() => bench.lives === before + 1 && bench.life.duties.length > 1);
	await bench.controller.level(MOVEMENT_PIN, true);
	await bench.duty(({ duty }) => duty >= PRESENT); // a pulse that is shorter than a turn is none
	await bench.controller.level(MOVEMENT_PIN, false);
	await atBeat;
	await debug.clear();
	const held: Held = {
		debug,
		at,
		async text(words) {
			const place = (await debug.register(SP)) - SCRATCH;
			await debug.write(place, Buffer.from(`${words}\0`));
			return place;
		},
		async call(name, ...given) {
			for (const [index, value] of given.entries())
				await debug.setRegister([A0, A1, A2, A3, A4][index]!, value);
			if (name.startsWith("__wrap_")) await debug.setRegister(RA, at(BEAT) + 4);
			await debug.setRegister(PC, at(name));
		},
	};
	await plant(held);
	await debug.clear();
	debug.release();
	await bench.until(() => bench.lives === before + 2 && bench.life.duties.length > 1);
	debug.close();
	const line = await bench.openConsole();
	const { body } = await line.do("status");
	await line.close();
	const { endBefore } = JSON.parse(body.find((part) => part.includes('"identity"'))!);
	claim(end.test(endBefore ?? ""), `the console says ${endBefore}`);
	const { reset, entry, duties } = bench.life;
	const [first] = duties;
	const at_ms = first!.at - (entry ?? Number.NaN);
	claim(first!.duty > 0, "the light is dark");
	claim(at_ms <= FIRST_DUTY_ms, `the first duty comes ${at_ms} ms after the application's entry`);
	await bench.controller.cut();
	return { at: at_ms, reset };
}
