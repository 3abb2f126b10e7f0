/**
 * Threads: the same fleet over several threads, each with a machine and a range of lamps.
 *
 * The street's own thread is one of them: while the others run a window it handles the broker's
 * messages and runs its lamps, and does not wait.
 *
 * A lamp's life depends only on its number, its inputs and the seed, and effects are merged in the
 * order of (instant, lamp, occurrence); so every number of threads gives the same street.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { bundle } from "../../../lib/bundle.mjs";
import { DOOR, type Door } from "../protocol.js";
import type { ThreadData } from "./channel.js";
import { Channel } from "./channel.js";
import type { EffectVisitor, Fleet, FleetOptions, Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import { checkOptions, Queue } from "./gate.js";
import { Machine } from "./machine.js";
import { OwnPart, type Part, ThreadPart } from "./parts.js";
import type { Effects, Stage } from "./records.js";

interface ThreadedOptions extends FleetOptions {
	/**
	 * 1: all lamps on one thread beside the street's own. More: on so many threads, of which the
	 * street's own is one. At most one for each lamp is used.
	 */
	readonly threads: number;
}

/** Share of the street's own thread, which also has world, broker and checks, in that of another. */
const OWN_SHARE = 0.55;
/**
 * Polls before a side sleeps, where each thread has a core: some 50 us. A window's work takes as
 * long, and to wake a sleeping thread takes longer.
 */
const SPINS = 7_000;

/** Deeply nested native calls need a larger stack than Node gives its workers. */
const STACK_MB = 16;

type Code = MachineError["code"];

class ThreadedFleet extends Queue implements Fleet {
	/** `parts`: by their lamps; `firsts`: the first lamp of each. */
	constructor(
		options: ThreadedOptions,
		private readonly parts: readonly Part[],
		private readonly firsts: readonly number[],
	) {
		super(options);
	}

	private of(lamp: number): Part {
		let part = this.firsts.length - 1;
		while (this.firsts[part]! > lamp) part--;
		return this.parts[part]!;
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.gate.lamp(lamp);
		this.gate.armed(bytes);
		this.of(lamp).armPowerCut(lamp, bytes);
	}

	setWorn(lamp: number, isWorn: boolean): void {
		this.gate.lamp(lamp);
		this.of(lamp).setWorn(lamp, isWorn);
	}

	setLuck(lamp: number, door: Door, share: number): void {
		this.gate.lamp(lamp);
		this.of(lamp).setLuck(lamp, DOOR.indexOf(door), share);
	}

	protected stageFor(lamp: number, bytes: number): Stage {
		return this.of(lamp).stageFor(bytes);
	}

	start(until: number): void {
		this.gate.instant(until);
		this.gate.until = until;
		for (const part of this.parts) part.start(until);
	}

	finish(): void {
		const own = this.parts.at(-1)!; // with several threads it runs its lamps now
		own.finish();
		for (const part of this.parts) if (part !== own) part.finish();
	}

	effects(visit: EffectVisitor): void {
		for (const { effects } of this.parts) effects.rewind();
		for (;;) {
			let first: Effects | undefined;
			for (const { effects } of this.parts)
				if (effects.left && (!first || effects.at < first.at)) first = effects;
			if (!first) return; // of equal instants the lower range came first
			first.take(visit);
		}
	}

	nextDue(): number {
		let due = Infinity;
		for (const part of this.parts) due = Math.min(due, part.due);
		return due;
	}

	statistics(lamp: number): Statistics | undefined {
		this.gate.lamp(lamp);
		return this.of(lamp).statistics(lamp);
	}

	storeRead(lamp: number, key: string): string | undefined {
		this.gate.lamp(lamp);
		this.gate.stored(key, "");
		return this.of(lamp).storeRead(lamp, key);
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.gate.lamp(lamp);
		this.gate.stored(key, value);
		this.of(lamp).storeWrite(lamp, key, value);
	}

	memoryBytes(): number {
		return this.parts.reduce((bytes, part) => bytes + part.memoryBytes(), 0);
	}

	dispose(): void {
		for (const part of this.parts) part.end();
	}
}

function startThread(program: string, data: ThreadData): Promise<Worker> {
	const worker = new Worker(program, {
		workerData: data,
		resourceLimits: { stackSizeMb: STACK_MB },
	});
	return new Promise((resolve, reject) => {
		worker.once("error", reject);
		worker.once("message", (message: { ready?: true; code: Code; message: string }) => {
			worker.unref(); // an unfinished street does not keep the process alive
			if (message.ready) resolve(worker);
			else reject(new MachineError(message.code, message.message));
		});
	});
}

/** Rejects with the errors of `createFleet`. */
export async function createThreadedFleet(
	options: ThreadedOptions,
	engine: WebAssembly.Module,
): Promise<Fleet> {
	checkOptions(options);
	const { threads, ...common } = options;
	if (!Number.isInteger(threads) || threads < 1)
		throw new MachineError("badArgument", `threads ${threads}`);
	const program = await bundle("hosts/virtual/fleet/worker.ts");
	const shares = sharesOf(options.count, threads);
	const firsts: number[] = [];
	const others: Promise<Part>[] = [];
	let own: FleetOptions | undefined;
	let first = options.first;
	for (const [nth, count] of shares.entries()) {
		const range = { ...common, first, count };
		firsts.push(first);
		first += count;
		if (threads > 1 && nth === shares.length - 1) own = range;
		else others.push(partOf(program, engine, range, threads));
	}
	const parts = await Promise.all(others);
	if (own) parts.push(new OwnPart(new Machine(engine, own)));
	return new ThreadedFleet(options, parts, firsts);
}

function partOf(
	program: string,
	engine: WebAssembly.Module,
	options: FleetOptions,
	threads: number,
): Promise<Part> {
	const hasCore = threads <= availableParallelism();
	const channel = new Channel(hasCore ? SPINS : 0);
	const data: ThreadData = { engine, options, buffer: channel.buffer, spins: channel.spins };
	return startThread(program, data).then((worker) => new ThreadPart(channel, worker));
}

/** Numbers of lamps, by thread; the last one of several is the street's own thread. */
function sharesOf(lamps: number, threads: number): number[] {
	const weights = Array.from({ length: threads }, (_, i) =>
		threads > 1 && i === threads - 1 ? OWN_SHARE : 1,
	);
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	const ends = weights.map((_, i) =>
		Math.round((lamps * weights.slice(0, i + 1).reduce((a, b) => a + b, 0)) / all),
	);
	return ends.map((end, i) => end - (ends[i - 1] ?? 0)).filter((count) => count > 0);
}
