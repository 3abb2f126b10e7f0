/**
 * One thread: lamps in one instance of the engine, on the caller's own thread.
 */
import { DOOR, type Door } from "../protocol.js";
import type { EffectVisitor, Fleet, FleetOptions, RootFigures, Statistics } from "./fleet.js";
import { checkOptions, Queue } from "./gate.js";
import { Machine } from "./machine.js";
import type { Stage } from "./records.js";

class LocalFleet extends Queue implements WornFleet {
	private readonly machine: Machine;

	constructor(options: FleetOptions, engine: WebAssembly.Module) {
		checkOptions(options);
		super(options);
		this.machine = new Machine(engine, options);
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

	setLuck(lamp: number, door: Door, share: number): void {
		this.gate.lamp(lamp);
		this.machine.setLuck(lamp, DOOR.indexOf(door), share);
	}

	protected stageFor(_lamp: number, bytes: number): Stage {
		const { machine } = this;
		if (!machine.stage.hasRoom(bytes)) machine.takeStaged();
		return machine.stage;
	}

	start(until: number): void {
		this.gate.instant(until);
		this.gate.until = until;
	}

	finish(): void {
		this.machine.run(this.gate.until);
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

/** A fleet in this thread, whose flash can be inspected. */
export interface WornFleet extends Fleet {
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
	return new LocalFleet(options, engine);
}
