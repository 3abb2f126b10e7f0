/**
 * Lines: the board's report on its UART, one line an event (machine/counts.c, machine/main.c).
 *
 * Instants are virtual milliseconds. A window is the count of instructions since power came, before
 * and after; `cost` leaves out the instructions of the lines themselves.
 */
import type { Statistics } from "../virtual/fleet/fleet.js";
import { statisticsOf } from "../virtual/fleet/records.js";

export interface Window {
	readonly from: number;
	readonly to: number;
}
interface Boot extends Window {
	readonly cost: number;
	/** From the begin to the first duty or fade; 0: none. */
	readonly light: number;
}
export interface Turn {
	readonly at: number;
	/** Position in INPUT. */
	readonly kind: number;
	readonly cost: number;
	readonly light: number;
}
export interface FlashWork extends Window {
	readonly sector: number;
	/** Absent: an erase. */
	readonly program?: { readonly offset: number; readonly bytes: Buffer };
}
export interface StoreWork extends Window {
	readonly key: string;
	/** Absent: an erasure. */
	readonly value?: string;
	/** 0: stored. */
	readonly result: number;
}

export interface Life {
	/** `AT DUTY`; a fade: `AT +MS:DUTY ...`, or `AT stop`. */
	readonly duties: string[];
	readonly boots: Boot[];
	readonly turns: Turn[];
	readonly flashWork: FlashWork[];
	readonly storeWork: StoreWork[];
	/** Instants, and the instructions when everything of the instant was done. */
	readonly steps: { readonly at: number; readonly to: number }[];
	/** `death AT TEXT`, `restart AT TEXT`. */
	readonly ends: string[];
	/** Bytes that the lamp wrote to its serial line. */
	serial: string;
	collection: number;
	statistics: Statistics | undefined;
	stackPeak_bytes: number;
	stack_bytes: number;
	heapPeak_bytes: number;
	static_bytes: number;
	instructions: number;
}

const bytesOf = (hex = "") => Buffer.from(hex, "hex");

type Reader = (life: Life, args: readonly string[], numbers: readonly number[]) => void;

const READERS: Readonly<Record<string, Reader>> = {
	duty: ({ duties }, args) => duties.push(args.join(" ")),
	fade: ({ duties }, args) => duties.push(args.join(" ")),
	boot: ({ boots }, _, [from = 0, to = 0, cost = 0, light = 0]) =>
		boots.push({ from, to, cost, light }),
	turn: ({ turns }, _, [at = 0, kind = 0, cost = 0, light = 0]) =>
		turns.push({ at, kind, cost, light }),
	program: ({ flashWork }, args, [from = 0, to = 0, sector = 0, offset = 0]) =>
		flashWork.push({ from, to, sector, program: { offset, bytes: bytesOf(args[4]) } }),
	erase: ({ flashWork }, _, [from = 0, to = 0, sector = 0]) => flashWork.push({ from, to, sector }),
	write: ({ storeWork }, args, [from = 0, to = 0, result = 0]) =>
		storeWork.push({ from, to, result, key: args[3]!, value: bytesOf(args[4]).toString() }),
	remove: ({ storeWork }, args, [from = 0, to = 0, result = 0]) =>
		storeWork.push({ from, to, result, key: args[3]! }),
	at: ({ steps }, _, [at = 0, to = 0]) => steps.push({ at, to }),
	death: ({ ends }, [at, text]) => ends.push(`death ${at} ${bytesOf(text)}`),
	restart: ({ ends }, [at, text]) => ends.push(`restart ${at} ${bytesOf(text)}`),
	serial: (life, args) => {
		life.serial += bytesOf(args[1]).toString();
	},
	collection: (life, _, [cost = 0]) => {
		life.collection = cost;
	},
	statistics: (life, _, numbers) => {
		life.statistics = statisticsOf((i) => numbers[i]!);
	},
	stack: (life, _, [peak = 0, size = 0]) => {
		life.stackPeak_bytes = peak;
		life.stack_bytes = size;
	},
	heap: (life, _, [peak = 0, fixed = 0]) => {
		life.heapPeak_bytes = peak;
		life.static_bytes = fixed;
	},
	end: (life, _, [count = 0]) => {
		life.instructions = count;
	},
};

/** Reads the whole lines; one that a power cut left in part is ignored. Throws at any other. */
export function lifeOf(text: string): Life {
	const life: Life = {
		duties: [],
		boots: [],
		turns: [],
		flashWork: [],
		storeWork: [],
		steps: [],
		ends: [],
		serial: "",
		collection: 0,
		statistics: undefined,
		instructions: 0,
		stackPeak_bytes: 0,
		stack_bytes: 0,
		heapPeak_bytes: 0,
		static_bytes: 0,
	};
	const lines = text.split("\n");
	lines.pop();
	for (const line of lines) {
		const [name = "", ...args] = line.split(" ");
		const read = READERS[name];
		if (!read) throw new Error(`the board reports: ${line}`);
		read(life, args, args.map(Number));
	}
	return life;
}
