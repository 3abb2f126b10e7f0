/**
 * Layout: the contents of chips and RAM, as the host places them. machine/board.h, flashed.h, build.c and
 * main.c have the same numbers.
 */
import type { Image } from "../virtual/fleet/fleet.js";
import { RECORD_BYTES } from "../virtual/fleet/records.js";
import type { InputKind } from "../virtual/protocol.js";

/** Of each of the two flashes. */
export const CHIP_BYTES = 32 * 1024 * 1024;
/** In the first one, after the program. */
export const ROOT_OFFSET = 0x400000;
export const SCRIPT_OFFSET = 0x1c00000;
/** In the second one: sectors of the store, then those of the log. */
export const SECTOR_BYTES = 4096;
export const STORE_SECTORS = 6;
export const DATA_BYTES = (STORE_SECTORS + 16) * SECTOR_BYTES;

export const RAM_BYTES = 320 * 1024;
const SETTINGS_OFFSET = RAM_BYTES - 64;
/** Of a build: the root's memory begins here. */
export const BUILD_RAM_BYTES = 24 * 1024 * 1024;
const BUILD_ROOT_OFFSET = 0x400000;

const MAGIC = { root: "ROOT", script: "SCRP", modules: "MODS" } as const;
const STORE = 200;
const BOOT = 100;

/** One input of the lamp, or a value of its store before the first boot. */
export interface ScriptLine {
	readonly at: number;
	readonly kind: InputKind | "boot" | "store";
	readonly value?: number;
	readonly bytes?: Uint8Array;
}

export interface Script {
	/** In order of `at`. */
	readonly lines: readonly ScriptLine[];
	readonly seed: number;
	/** UTC of instant 0. */
	readonly epochUtc: number;
	readonly end: number;
}

const zeroTerminated = (text: string) => Buffer.from(`${text}\0`);

/** A value for the store, written before the first boot. */
export const stored = (key: string, text: string): ScriptLine => ({
	at: 0,
	kind: "store" as const,
	bytes: Buffer.concat([zeroTerminated(key), Buffer.from(text)]),
});

/** Power comes. `cause`: position in POWER_CAUSE. */
export const booted = (at: number, cause = 0): ScriptLine => ({ at, kind: "boot", value: cause });

/** The modules of an image, for a build. */
export function modulesBytes(image: Image): Buffer {
	const { chunkBytes, slots, stackSlots, keys } = image.creation;
	const head = Buffer.alloc(32);
	head.write(MAGIC.modules);
	head.writeUInt32LE(image.modules.length, 4);
	for (const [index, size] of [chunkBytes, slots, stackSlots, keys].entries())
		head.writeInt32LE(size, 8 + 4 * index);
	head.writeDoubleLE(image.computronBudget, 24);
	const texts = image.modules.flatMap(({ specifier, source }) => [specifier, source]);
	return Buffer.concat([head, ...[image.main, ...texts].map(zeroTerminated)]);
}

const KINDS = { store: STORE, boot: BOOT } as const;

/** A script; records are those of ../virtual/fleet/records.ts. */
export function scriptBytes({ lines, seed, epochUtc, end }: Script): Buffer {
	const head = Buffer.alloc(32);
	head.write(MAGIC.script);
	head.writeUInt32LE(lines.length, 4);
	for (const [index, number] of [seed, epochUtc, end].entries())
		head.writeDoubleLE(number, 8 + 8 * index);
	const records: Buffer[] = [];
	const texts: Uint8Array[] = [];
	let at = head.length + lines.length * RECORD_BYTES;
	for (const line of lines) {
		const { kind, value = 0, bytes = Buffer.alloc(0) } = line;
		const record = Buffer.alloc(RECORD_BYTES);
		record.writeDoubleLE(line.at, 0);
		record.writeDoubleLE(value, 8);
		record.writeUInt16LE(typeof kind === "string" ? KINDS[kind] : kind, 20);
		record.writeUInt32LE(bytes.length, 24);
		record.writeUInt32LE(at, 28);
		records.push(record);
		texts.push(bytes);
		at += bytes.length;
	}
	return Buffer.concat([head, ...records, ...texts]);
}

/** Of one run of a lamp. */
export interface RunSettings {
	/** Instructions after which the power fails; absent: it does not. */
	readonly cutAt?: number;
	/** Fills RAM, and selects the bits that an interrupted write leaves. */
	readonly noise: number;
	/** An address that is written before the lamp boots; absent: none. */
	readonly poke?: number;
}

/** The RAM when power comes: noise, and the settings of the run. */
export function ramBytes({ cutAt = 0, noise, poke = 0 }: RunSettings): Buffer {
	const ram = Buffer.alloc(RAM_BYTES);
	let word = noise >>> 0;
	for (let at = 0; at < RAM_BYTES; at += 4) {
		word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
		ram.writeUInt32LE(word, at);
	}
	ram.writeBigUInt64LE(BigInt(cutAt), SETTINGS_OFFSET);
	ram.writeUInt32LE(noise >>> 0, SETTINGS_OFFSET + 8);
	ram.writeUInt32LE(poke, SETTINGS_OFFSET + 12);
	return ram;
}

/** The root out of the RAM of a build. Throws if there is none. */
export function rootOf(ram: Buffer): Buffer {
	const root = ram.subarray(BUILD_ROOT_OFFSET);
	if (root.toString("latin1", 0, 4) !== MAGIC.root) throw new Error("the build left no root");
	return Buffer.from(root.subarray(0, root.readUInt32LE(4)));
}
