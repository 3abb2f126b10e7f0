/**
 * One thread: lamps in one instance of the engine, on the caller's own thread.
 */
import type { InputKind } from "../protocol.js";
import { POWER_CAUSE, STAGED_BYTES } from "../protocol.js";
import type { EffectVisitor, Fleet, FleetOptions, Statistics } from "./fleet.js";
import { MachineError } from "./fleet.js";
import { Machine } from "./machine.js";

/** The longest value the store takes (STORE_VALUE_BYTES of machine/machine.h). */
const VALUE_BYTES = 3900;

/** Inputs of the mains (`INPUT_boot`, `INPUT_cut` of machine/protocol.h). */
export const BOOT = 100;
export const CUT = 101;

/** Checks of every fleet before a machine is called. */
export class Gate {
	until = 0;

	constructor(private readonly options: FleetOptions) {}

	lamp(lamp: number): void {
		const { first, count } = this.options;
		if (!Number.isInteger(lamp) || lamp < first || lamp >= first + count)
			throw new MachineError("noSuchLamp", `lamp ${lamp}: ${first} to ${first + count - 1}`);
	}

	instant(at: number): void {
		if (Number.isNaN(at)) throw new MachineError("badArgument", "an instant is a number");
		if (at < this.until)
			throw new MachineError("pastInstant", `instant ${at} lies before ${this.until}`);
	}

	bytes(bytes: Uint8Array | undefined): void {
		if (bytes !== undefined && bytes.length > STAGED_BYTES)
			throw new MachineError("badArgument", `an input carries at most ${STAGED_BYTES} bytes`);
	}

	stored(key: string, value: string): void {
		if (!/^[\x20-\x7e]{1,15}$/.test(key))
			throw new MachineError("badArgument", `store key "${key}": 1-15 characters of ASCII`);
		if (Buffer.byteLength(value) > VALUE_BYTES)
			throw new MachineError("badArgument", `store value: at most ${VALUE_BYTES} bytes`);
	}

	armed(bytes: number): void {
		if (!Number.isInteger(bytes) || bytes < 0)
			throw new MachineError("badArgument", `bytes before the cut: ${bytes}`);
	}
}

/** Refuses options from which no machine can be created, with the reason. */
export function checkOptions({ image, first, count }: FleetOptions): void {
	const whole = (value: number, least: number) => Number.isInteger(value) && value >= least;
	if (!whole(first, 0) || !whole(count, 1))
		throw new MachineError("badArgument", `lamps ${first} + ${count}`);
	const { chunkBytes, slots, stackSlots, keys } = image.creation;
	if (!whole(chunkBytes, 256) || !whole(slots, 16) || !whole(stackSlots, 64) || !whole(keys, 0))
		throw new MachineError("badArgument", `creation ${JSON.stringify(image.creation)}`);
	if (!(image.computronBudget >= 1 && image.computronBudget < 2 ** 32))
		throw new MachineError("badArgument", `computron budget ${image.computronBudget}`);
	if (!image.modules.some(({ specifier }) => specifier === image.main))
		throw new MachineError("imageBroken", `no module "${image.main}"`);
}

class LocalFleet implements WornFleet {
	readonly first: number;
	readonly count: number;
	private readonly machine: Machine;
	private readonly gate: Gate;

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

	armPowerCut(lamp: number, bytes: number): void {
		this.gate.lamp(lamp);
		this.gate.armed(bytes);
		this.machine.armPowerCut(lamp, bytes);
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

	start(until: number): void {
		this.gate.instant(until);
		this.gate.until = until;
		this.machine.run(until);
	}

	finish(): void {}

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

	memoryBytes(): number {
		return this.machine.memoryBytes();
	}

	dispose(): void {}
}

/** A fleet in this thread, whose flash can be inspected sector by sector. */
export interface WornFleet extends Fleet {
	/** Erases of one sector since the lamp was created: 0-5 the store's, 6-21 the log's. */
	wear(lamp: number, sector: number): number;
}

/**
 * Throws MachineError: `imageBroken` with module, line and reason; `outOfMemory`; `badArgument`.
 */
export function createFleet(options: FleetOptions, engine: WebAssembly.Module): WornFleet {
	return new LocalFleet(options, engine);
}
