/**
 * Machine: one instance of the compiled engine, with the lamps of one fleet.
 *
 * Everything crosses in bulk: inputs are staged in the engine's memory, effects are read from it.
 */
import { BRANCHES } from "../protocol.js";
import { Flashed } from "./flashed.js";
import type { FleetOptions, RootFigures, Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import { Base, type Kept } from "./kept.js";
import { verify } from "./p256.js";
import { Effects, RECORD_BYTES, STAGED_RECORDS, Stage, statisticsOf, Views } from "./records.js";

interface Exports {
	readonly memory: WebAssembly.Memory;
	readonly __stack_pointer: WebAssembly.Global;
	_initialize(): void;
	allocate(count: number): number;
	release(address: number): void;
	stagedAt(): number;
	reportAt(): number;
	errorAt(): number;
	fleetOpen(
		first: number,
		count: number,
		seed: number,
		epoch: number,
		budget: number,
		prefix: number,
		hardware: number,
		profile: number,
	): number;
	imageModule(specifier: number, source: number): void;
	imageVersion(version: number): void;
	imageBuild(main: number, chunk: number, slots: number, stack: number, keys: number): number;
	fleetPost(count: number): void;
	fleetStart(count: number): void;
	fleetRun(until: number): void;
	fleetSettle(): void;
	lampCollapse(): void;
	fleetStatistics(lamp: number): number;
	fleetArm(lamp: number, bytes: number): void;
	fleetWorn(lamp: number, isWorn: number): void;
	fleetScrawl(lamp: number): void;
	fleetBranchesTaken(): number;
	fleetLuck(lamp: number, door: number, share: number): void;
	fleetObserve(lamp: number): void;
	fleetStoreRead(lamp: number, key: number): number;
	fleetStoreWrite(lamp: number, key: number, length: number): number;
	fleetWear(lamp: number, sector: number): number;
	fleetSlotAt(lamp: number, slot: number): number;
	fleetSlotBytes(lamp: number, slot: number): number;
	rootFigure(which: number): number;
}

/** A lamp that is of no board. */
const HARDWARE = "virtual/1";
const SLOT_BYTES = 16;
/** Tables, stack of jumps and bookkeeping of a machine beside its slots and chunks. */
const OVERHEAD_BYTES = 4608;
/** Of a memory that is kept, for all that follows. */
const ROOM_BYTES = 1_048_576;
const STORE_FULL = 1;
const text = new TextDecoder();

/** The few WASI calls that the C library is linked with; nothing is ever printed. */
const WASI = { fd_write: () => 0, fd_close: () => 0, fd_seek: () => 0 };

export class Machine {
	readonly stage: Stage;
	private readonly effects = new Effects();
	private readonly exports: Exports;
	private readonly reportAt: number;
	private readonly keyAt: number;
	private readonly stackTop: number;
	private views: Views;
	private base: Base | undefined; // since the first `keep`

	/** Throws MachineError `imageBroken` or `outOfMemory`. */
	constructor(engine: WebAssembly.Module, options: FleetOptions) {
		const host = {
			ecdsaVerify: (key: number, digest: number, signature: number, length: number): number => {
				const bytes = new Uint8Array(this.exports.memory.buffer);
				const at = (from: number, count: number) => bytes.subarray(from, from + count);
				return verify(at(key, 64), at(digest, 32), at(signature, length)) ? 1 : 0;
			},
		};
		const instance = new WebAssembly.Instance(engine, {
			wasi_snapshot_preview1: { ...WASI },
			host,
		});
		const exports = instance.exports as unknown as Exports;
		this.exports = exports;
		const flashed = Flashed.find(engine, options.image);
		if (flashed) flashed.restore(exports.memory);
		else this.load(options);
		this.stackTop = exports.__stack_pointer.value;
		if (!flashed) Flashed.keep(engine, options.image, exports.memory);
		this.views = new Views(exports.memory.buffer);
		this.keyAt = exports.allocate(16);
		this.open(options);
		this.reportAt = exports.reportAt();
		this.stage = new Stage(this.fresh(), exports.stagedAt());
	}

	private open(options: FleetOptions): void {
		const { first, count, seed, epochUtc, image } = options;
		const names = [
			options.serialPrefix ?? "L",
			options.hardware ?? HARDWARE,
			options.profile ?? "development",
		] as const;
		const [prefix, hardware, profile] = names.map((name) => this.string(name));
		const { exports } = this;
		const budget = image.computronBudget;
		if (!exports.fleetOpen(first, count, seed, epochUtc, budget, prefix!, hardware!, profile!))
			throw new MachineError("outOfMemory", `no memory for ${count} lamps`);
		const { chunkBytes, slots } = image.creation;
		const each = chunkBytes + slots * SLOT_BYTES + OVERHEAD_BYTES;
		const all = exports.allocate(count * each); // one growth instead of hundreds
		if (!all) throw new MachineError("outOfMemory", `no memory for ${count} machines`);
		exports.release(all);
	}

	private load({ image }: FleetOptions): void {
		const { exports } = this;
		const { chunkBytes, slots, stackSlots, keys } = image.creation;
		exports._initialize();
		for (const { specifier, source } of image.modules)
			exports.imageModule(this.string(specifier), this.string(source));
		if (image.version !== undefined) exports.imageVersion(this.string(image.version));
		const built = exports.imageBuild(this.string(image.main), chunkBytes, slots, stackSlots, keys);
		if (!built) throw new MachineError("imageBroken", this.textAt(exports.errorAt()));
	}

	/** A zero-terminated copy that the machine keeps. */
	private string(value: string): number {
		const bytes = new TextEncoder().encode(value);
		const at = this.exports.allocate(bytes.length + 1);
		if (!at) throw new MachineError("outOfMemory", "no memory for the image");
		const memory = new Uint8Array(this.exports.memory.buffer);
		memory.set(bytes, at);
		memory[at + bytes.length] = 0;
		return at;
	}

	private textAt(at: number): string {
		const memory = new Uint8Array(this.exports.memory.buffer);
		return text.decode(memory.subarray(at, memory.indexOf(0, at)));
	}

	/** The views, created anew after the memory has grown. */
	private fresh(): Views {
		if (this.views.uint8.buffer !== this.exports.memory.buffer)
			this.views = new Views(this.exports.memory.buffer);
		return this.views;
	}

	/** Takes the staged inputs; effects of the last run stay. */
	takeStaged(): void {
		if (this.stage.count) this.exports.fleetPost(this.stage.count);
		this.stage.clear();
		this.stage.views = this.fresh();
	}

	/** The memory at this instant; inputs that were posted are in it. The first one is the base. */
	keep(): Kept {
		this.takeStaged();
		if (!this.base) {
			this.exports.release(this.exports.allocate(ROOM_BYTES)); // it does not grow after that
			this.base = new Base(this.exports.memory);
		}
		return this.base.keep();
	}

	/** Returns to that instant. */
	restore(kept: Kept): void {
		this.base?.restore(kept);
		this.stage.clear();
	}

	/** Drops the last effects, takes the staged inputs and lets all lamps run to `until`. */
	run(until: number): void {
		const { exports, stage } = this;
		exports.fleetStart(stage.count);
		stage.clear();
		for (;;) {
			try {
				exports.fleetRun(until);
				break;
			} catch (error) {
				if (!(error instanceof Error)) throw error;
				this.collapse(error);
			}
		}
		stage.views = this.fresh();
	}

	/** The last run's effects, from the first one. */
	viewEffects(): Effects {
		const { views, records, bytes, count } = this.effectsAt();
		this.effects.reset(views, records, bytes, count);
		return this.effects;
	}

	/** Node's own stack overflowed under a lamp: that lamp is dead, the others continue. */
	private collapse(error: Error): void {
		if (error.name !== "RangeError" && error.name !== "RuntimeError") throw error;
		this.exports.__stack_pointer.value = this.stackTop;
		this.exports.lampCollapse();
		this.exports.fleetSettle();
	}

	/** Place of the effects in memory, for a copy: records at, bytes at, count, length. */
	effectsAt(): { views: Views; records: number; bytes: number; count: number; length: number } {
		const views = this.fresh();
		const at = this.reportAt >> 2;
		const word = (i: number) => views.uint32[at + i]!;
		return { views, count: word(2), records: word(3), bytes: word(4), length: word(5) };
	}

	nextDue(): number {
		return Math.min(this.fresh().float64[this.reportAt >> 3]!, this.stage.earliest);
	}

	statistics(lamp: number): Statistics | undefined {
		if (!this.exports.fleetStatistics(lamp)) return undefined;
		const at = (this.reportAt >> 3) + 3;
		const figure = (i: number) => this.fresh().float64[at + i]!;
		return statisticsOf(figure);
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.exports.fleetArm(lamp, bytes);
	}

	setWorn(lamp: number, isWorn: boolean): void {
		this.exports.fleetWorn(lamp, isWorn ? 1 : 0);
	}

	/** A byte a branch: 1 where any machine was. */
	branchesTaken(): Uint8Array {
		const at = this.exports.fleetBranchesTaken();
		return this.fresh().uint8.slice(at, at + BRANCHES);
	}

	scrawl(lamp: number): void {
		this.exports.fleetScrawl(lamp);
	}

	observe(lamp: number): void {
		this.exports.fleetObserve(lamp);
	}

	/** `door`: position in DOOR. */
	setLuck(lamp: number, door: number, share: number): void {
		this.exports.fleetLuck(lamp, door, share);
	}

	private key(key: string): number {
		const memory = this.fresh().uint8;
		memory.set(new TextEncoder().encode(key), this.keyAt);
		memory[this.keyAt + key.length] = 0;
		return this.keyAt;
	}

	storeRead(lamp: number, key: string): string | undefined {
		this.takeStaged();
		const length = this.exports.fleetStoreRead(lamp, this.key(key));
		if (length < 0) return undefined;
		return text.decode(this.storedBytes(length));
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.takeStaged();
		const bytes = new TextEncoder().encode(value);
		this.storedBytes(bytes.length).set(bytes);
		const result = this.exports.fleetStoreWrite(lamp, this.key(key), bytes.length);
		if (result === STORE_FULL) throw new MachineError("badArgument", "the store is full");
		if (result) throw new MachineError("badArgument", "the store failed");
		this.fresh();
	}

	private storedBytes(length: number): Uint8Array {
		const at = this.stage.at + STAGED_RECORDS * RECORD_BYTES;
		return this.fresh().uint8.subarray(at, at + length);
	}

	wear(lamp: number, sector: number): number {
		return this.exports.fleetWear(lamp, sector);
	}

	slot(lamp: number, slot: number): Uint8Array {
		const at = this.exports.fleetSlotAt(lamp, slot);
		const count = this.exports.fleetSlotBytes(lamp, slot);
		return this.fresh().uint8.slice(at, at + count);
	}

	root(): RootFigures {
		const [slots, chunkBytes, codeBytes] = [0, 1, 2].map((which) => this.exports.rootFigure(which));
		return { slots: slots!, chunkBytes: chunkBytes!, codeBytes: codeBytes! };
	}

	memoryBytes(): number {
		return this.exports.memory.buffer.byteLength;
	}
}
