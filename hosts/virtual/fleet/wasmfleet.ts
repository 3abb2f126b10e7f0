/**
 * Wasm fleet: lamps in one instance of the engine, on the caller's own thread.
 */
import { DOOR, type Door, type InputKind, POWER_CAUSE } from "../protocol.js";
import type { EffectVisitor, Fleet, FleetOptions, RootFigures, Statistics } from "./fleet.js";
import { checkOptions, Gate } from "./gate.js";
import type { Kept } from "./kept.js";
import { Machine } from "./machine.js";

/** Inputs of the mains (`INPUT_boot`, `INPUT_cut` of machine/protocol.h). */
const BOOT = 100;
const CUT = 101;

class WasmFleet implements WornFleet {
	readonly first: number;
	readonly count: number;
	private readonly gate: Gate;
	private readonly machine: Machine;

	constructor(options: FleetOptions, engine: WebAssembly.Module) {
		checkOptions(options);
		this.first = options.first;
		this.count = options.count;
		this.gate = new Gate(options);
		this.machine = new Machine(engine, options);
	}

	boot(lamp: number, at: number, cause: (typeof POWER_CAUSE)[number]): void {
		this.put(lamp, at, BOOT, POWER_CAUSE.indexOf(cause), 0, undefined);
	}

	cut(lamp: number, at: number): void {
		this.put(lamp, at, CUT, 0, 0, undefined);
	}

	post(
		lamp: number,
		at: number,
		kind: InputKind,
		value = 0,
		channel = 0,
		bytes?: Uint8Array,
	): void {
		this.put(lamp, at, kind, value, channel, bytes);
	}

	private put(
		lamp: number,
		at: number,
		kind: number,
		value: number,
		channel: number,
		bytes: Uint8Array | undefined,
	): void {
		this.gate.lamp(lamp);
		this.gate.instant(at);
		this.gate.bytes(bytes);
		const { machine } = this;
		if (!machine.stage.hasRoom(bytes === undefined ? 0 : bytes.length)) machine.takeStaged();
		machine.stage.put(lamp, at, kind, value, channel, bytes);
	}

	armPowerCut(lamp: number, bytes: number): void {
		this.gate.lamp(lamp);
		this.gate.armed(bytes);
		this.machine.armPowerCut(lamp, bytes);
	}

	setWorn(lamp: number, isWorn: boolean): void {
		this.gate.lamp(lamp);
		this.machine.setWorn(lamp, isWorn);
	}

	branchesTaken(): Uint8Array {
		return this.machine.branchesTaken();
	}

	scrawl(lamp: number): void {
		this.gate.lamp(lamp);
		this.machine.scrawl(lamp);
	}

	setLuck(lamp: number, door: Door, share: number): void {
		this.gate.lamp(lamp);
		this.machine.setLuck(lamp, DOOR.indexOf(door), share);
	}

	observe(lamp: number): void {
		this.gate.lamp(lamp);
		this.machine.observe(lamp);
	}

	run(until: number): void {
		this.gate.instant(until);
		this.gate.until = until;
		this.machine.run(until);
	}

	effects(visit: EffectVisitor): void {
		const effects = this.machine.viewEffects();
		while (effects.left) effects.take(visit);
	}

	nextDue(): number {
		return this.machine.nextDue();
	}

	statistics(lamp: number): Statistics | undefined {
		this.gate.lamp(lamp);
		this.machine.takeStaged();
		return this.machine.statistics(lamp);
	}

	storeRead(lamp: number, key: string): string | undefined {
		this.gate.lamp(lamp);
		this.gate.stored(key, "");
		return this.machine.storeRead(lamp, key);
	}

	storeWrite(lamp: number, key: string, value: string): void {
		this.gate.lamp(lamp);
		this.gate.stored(key, value);
		this.machine.storeWrite(lamp, key, value);
	}

	keep(): KeptFleet {
		return { memory: this.machine.keep(), until: this.gate.until };
	}

	restore({ memory, until }: KeptFleet): void {
		this.machine.restore(memory);
		this.gate.until = until;
	}

	wear(lamp: number, sector: number): number {
		this.gate.lamp(lamp);
		return this.machine.wear(lamp, sector);
	}

	slot(lamp: number, slot: 0 | 1): Uint8Array {
		this.gate.lamp(lamp);
		return this.machine.slot(lamp, slot);
	}

	root(): RootFigures {
		return this.machine.root();
	}

	memoryBytes(): number {
		return this.machine.memoryBytes();
	}

	dispose(): void {}
}

/** All lamps of a fleet at an instant. */
export interface KeptFleet {
	readonly memory: Kept;
	readonly until: number;
}

/** A fleet whose flash can be inspected, and that can return to an instant. */
export interface WornFleet extends Fleet {
	/** All lamps as they are now; the memory must not grow any more. */
	keep(): KeptFleet;
	/** Returns to that instant, any number of times. */
	restore(kept: KeptFleet): void;
	/** Sizes of the frozen root, which takes the place of the image in flash. */
	root(): RootFigures;
	/** Erases of one sector since the lamp was created: 0-5 the store's, 6-21 the log's. */
	wear(lamp: number, sector: number): number;
	/** A copy of the bytes that an update wrote into a slot; none: the image is the factory's. */
	slot(lamp: number, slot: 0 | 1): Uint8Array;
}

/**
 * Throws MachineError: `imageBroken` with module, line and reason; `outOfMemory`; `badArgument`.
 */
export function createFleet(options: FleetOptions, engine: WebAssembly.Module): WornFleet {
	return new WasmFleet(options, engine);
}
