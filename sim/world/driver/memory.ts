/**
 * Memory: the memory banks of one driver, byte by byte (docs/dali.md).
 *
 * Bytes of live values that are not latched belong to the instant of their own reading, so a counter
 * may change between two of them, as in the cheapest driver that the sources permit.
 */
import {
	type BankTable,
	CELSIUS_OFFSET,
	type Field,
	LARGEST_POWER,
	LATCHED,
	LOCK_AT,
	UNLOCKED,
} from "../../../lib/dali/banks.js";
import type { Random } from "../../../lib/random.js";

const LOCKED = 0xff;
/** No bank has a byte at address 255. */
const LAST_ADDRESS = 0xfe;
const LAST_BANK_AT = 2; // in bank 0
const NOT_IMPLEMENTED_AT = 1;

/** Bytes of a value that never changes, or that somebody has written: by `BANK.NAME`. */
export type Contents = Readonly<Record<string, readonly number[]>>;

export interface Counters {
	/** Live values by `BANK.NAME`, in their units; one that is missing is MASK. */
	readings(now: number): ReadonlyMap<string, number>;
	/** A master has written a counter. */
	set(name: string, value: number): void;
}

export class Memory {
	readonly #tables: ReadonlyMap<number, BankTable>;
	readonly #images = new Map<number, Uint8Array>();
	readonly #locks = new Map<number, number>();
	readonly #latched = new Map<number, Uint8Array>();
	#foreign: Random | undefined;

	/** `tables`: the banks that this driver has. */
	constructor(
		tables: readonly BankTable[],
		contents: Contents,
		private readonly counters: Counters,
	) {
		this.#tables = new Map(tables.map((table) => [table.bank, table]));
		const lastBank = Math.max(...this.#tables.keys());
		for (const { bank, last, fields } of tables) {
			const image = new Uint8Array(last + 1).fill(0xff);
			image[0] = last;
			if (bank === 0) image[LAST_BANK_AT] = lastBank;
			for (const { name, at } of fields) image.set(contents[`${bank}.${name}`] ?? [], at);
			this.#images.set(bank, image);
		}
	}

	/** From now on each byte of every bank but the first is any, as of a maker with banks of its own. */
	fill(random: Random | undefined): void {
		this.#foreign = random;
	}

	/** Whether the driver has the bank. */
	has(bank: number): boolean {
		return this.#tables.has(bank) || (bank > 0 && this.#foreign !== undefined);
	}

	/** The byte; undefined: it is not implemented. */
	read(bank: number, at: number, now: number): number | undefined {
		if (bank > 0 && this.#foreign && at <= LAST_ADDRESS)
			return Math.floor(this.#foreign.between(0, 256));
		const table = this.#tables.get(bank);
		if (!table || at > table.last || at === NOT_IMPLEMENTED_AT) return undefined;
		if (at === LOCK_AT && table.lockByte !== "none") return this.#locks.get(bank) ?? LOCKED;
		return (this.#latched.get(bank) ?? this.#image(table, now))[at];
	}

	/** Whether the byte was written. */
	write(bank: number, at: number, byte: number, now: number): boolean {
		const table = this.#tables.get(bank);
		if (!table || this.#foreign || table.lockByte === "none") return false;
		if (at === LOCK_AT) return this.#setLock(table, byte, now);
		const field = fieldAt(table, at);
		if (field?.kind === "locked" && this.#locks.get(bank) === UNLOCKED) {
			this.#images.get(bank)![at] = byte;
			return true;
		}
		if (field?.kind !== "resettable") return false;
		const image = this.#image(table, now);
		image[at] = byte;
		const bytes = image.subarray(field.at, field.at + field.bytes);
		const raw = bytes.reduce((sum, each) => sum * 256 + each, 0);
		this.counters.set(`${bank}.${field.name}`, raw / field.perUnit);
		return true;
	}

	#setLock(table: BankTable, byte: number, now: number): boolean {
		const { bank, lockByte } = table;
		this.#locks.set(bank, byte);
		const isLatch = byte === LATCHED && lockByte !== "lock";
		if (isLatch) this.#latched.set(bank, this.#image(table, now));
		else this.#latched.delete(bank);
		return true;
	}

	/** All bytes of a bank at one instant. */
	#image({ bank, fields }: BankTable, now: number): Uint8Array {
		const image = this.#images.get(bank)!.slice();
		const readings = this.counters.readings(now);
		for (const field of fields) {
			if (field.kind !== "live" && field.kind !== "resettable") continue;
			const before = image[field.at - 1]!;
			const isScaled = fields.some(({ name }) => name === `${field.name}Scale`);
			const scale = isScaled ? powerOf(before) : 0;
			image.set(encoded(field, readings.get(`${bank}.${field.name}`), scale), field.at);
		}
		return image;
	}
}

function fieldAt({ fields }: BankTable, address: number): Field | undefined {
	return fields.find(({ at, bytes }) => address >= at && address < at + bytes);
}

function powerOf(byte: number): number {
	const power = byte > 0x7f ? byte - 0x100 : byte;
	if (Math.abs(power) > LARGEST_POWER) throw new Error(`a scale of 10 ^ ${power}`);
	return power;
}

/** A value as bytes; it stops at the largest one that is neither MASK nor TMASK. */
function encoded(
	{ bytes, unit, perUnit }: Field,
	value: number | undefined,
	scale: number,
): number[] {
	const mask = 256 ** bytes - 1;
	const offset = unit === "C" ? CELSIUS_OFFSET : 0;
	const counted = value === undefined ? mask : Math.floor((value * perUnit) / 10 ** scale + 1e-9);
	const raw = value === undefined ? mask : Math.min(Math.max(counted + offset, 0), mask - 2);
	return Array.from(
		{ length: bytes },
		(_, index) => Math.floor(raw / 256 ** (bytes - 1 - index)) % 256,
	);
}
