/**
 * Fleet: drives lamps that run in XS machines.
 *
 * A fleet is a set of lamps with the numbers first..first+count-1. The street posts inputs, lets
 * the fleet run to an instant, and reads the effects. Nothing outside is called per lamp.
 */
import type { Profile } from "../../../src/host.js";
import type { Door, EffectKind, InputKind, POWER_CAUSE } from "../protocol.js";

/** One module as the machine loads it: JavaScript, compiled file by file. */
export interface ImageModule {
	/** e.g. `luminode/lighting/arbiter`, `host/main`, `suncalc`. */
	readonly specifier: string;
	readonly source: string;
}

/** Sizes of a machine, from `creation` in manifest.json; memory does not grow beyond them. */
export interface Creation {
	readonly chunkBytes: number;
	readonly slots: number;
	readonly stackSlots: number;
	readonly keys: number;
}

/** The modules to be flashed, in preload order, and the one to start. */
export interface Image {
	readonly modules: readonly ImageModule[];
	/** Default export: `() => (kind, now, value, channel, more) => void`, called at each boot. */
	readonly main: string;
	readonly creation: Creation;
	/**
	 * Computrons one turn may take before the watchdog resets (5 s of the ESP32's task watchdog).
	 */
	readonly computronBudget: number;
	/** Its text in the modules, in whose place a lamp has that of the image in its slot. */
	readonly version?: string;
}

export interface FleetOptions {
	readonly image: Image;
	readonly first: number;
	readonly count: number;
	/** Random streams depend on (seed, lamp number) only, not on order. */
	readonly seed: number;
	/** UTC of virtual instant 0; a lamp's `Date.now()` is this plus its clock's offset. */
	readonly epochUtc: number;
	/** Printed name of lamp n (`native.serial`): prefix + number padded to 5 digits. */
	readonly serialPrefix?: string;
	/** Absent: `virtual/1`. */
	readonly hardware?: string;
	/** Absent: `development`. */
	readonly profile?: Profile;
}

export interface Statistics {
	readonly computrons: number;
	readonly turns: number;
	readonly slotsLive: number;
	readonly slotsPeak: number;
	readonly chunksLive_bytes: number;
	readonly chunksPeak_bytes: number;
	readonly stackPeak_slots: number;
	readonly collections: number;
	readonly flashErases: number;
	readonly flashBytesWritten: number;
	readonly storeWrites: number;
}

/** Sizes of the frozen root: preloaded modules, with the engine's own objects. */
export interface RootFigures {
	readonly slots: number;
	readonly chunkBytes: number;
	/** Byte code alone, without strings and names. */
	readonly codeBytes: number;
}

/** One effect of a lamp. `bytes` is a view that lives until the next `run`. */
export type Effect = readonly [
	kind: EffectKind,
	at: number,
	lamp: number,
	value: number,
	channel: number,
	bytes: Uint8Array,
];
export type EffectVisitor = (...effect: Effect) => void;

export interface Fleet {
	readonly first: number;
	readonly count: number;
	/** Power on: a machine is cloned and started at `at`. The flash is unchanged. */
	boot(lamp: number, at: number, cause: (typeof POWER_CAUSE)[number]): void;
	/** Power off at `at`: the machine ends; the flash stays. */
	cut(lamp: number, at: number): void;
	/** Power fails in the middle of a flash operation: after so many more bytes programmed. */
	armPowerCut(lamp: number, bytes: number): void;
	/** Its flash takes nothing from now on, or takes everything again. */
	setWorn(lamp: number, isWorn: boolean): void;
	/** Branches of an instrumented image that any lamp reached: a byte each. */
	branchesTaken(): Uint8Array;
	/** Its flash log gets another's bytes; call it while the lamp has no power. */
	scrawl(lamp: number): void;
	/** A door of it fails by chance in this share of its calls from now on; 0: never. */
	setLuck(lamp: number, door: Door, share: number): void;
	/** From its next boot on, what it hears and judges is an effect, too (`EFFECT.booted` and behind). */
	observe(lamp: number): void;
	/** Instants must not lie before the end of the last run. Dead and unpowered lamps ignore it. */
	post(
		lamp: number,
		at: number,
		kind: InputKind,
		value?: number,
		channel?: number,
		bytes?: Uint8Array,
	): void;
	/**
	 * Lets all lamps run to `until`, that instant included; effects of the last run are dropped.
	 */
	run(until: number): void;
	/** In order of instant, then lamp, then occurrence. */
	effects(visit: EffectVisitor): void;
	/** The earliest alarm or posted input; Infinity if none. */
	nextDue(): number;
	/** After a full collection of that machine; `undefined` without power. */
	statistics(lamp: number): Statistics | undefined;
	/** Access of the technician before the first boot: a value of the key-value store. */
	storeRead(lamp: number, key: string): string | undefined;
	storeWrite(lamp: number, key: string, value: string): void;
	/** Bytes of memory held by the fleet, frozen root included. */
	memoryBytes(): number;
	dispose(): void;
}

/** An image that does not compile or load, or an impossible option of a machine. */
export class MachineError extends Error {
	override readonly name = "MachineError";
	constructor(
		readonly code:
			| "engineNotBuilt"
			| "imageBroken"
			| "outOfMemory"
			| "noSuchLamp"
			| "pastInstant"
			| "badArgument",
		message: string,
	) {
		super(message);
	}
}
