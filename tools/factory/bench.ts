/**
 * Bench: a controller on a cable, as the flash station sees it: its ROM by Espressif's tools
 * (esptool.ts), the running lamp by its console (desk.ts). Tests put a simulated one in its place.
 */
import type { Chip, Fuse, Summary } from "./fuses.js";

export interface ChipFacts {
	/** Undefined: another chip; `name` says which. */
	readonly chip: Chip | undefined;
	readonly name: string;
	/** `v3.0` */
	readonly revision: string;
	readonly mac: string;
	readonly flashBytes: number;
}

/** Bytes for a place of the flash. */
export interface Place {
	readonly name: string;
	readonly offset: number;
	readonly bytes: Uint8Array;
	/** Whether flash encryption covers it. */
	readonly isEncrypted: boolean;
}

export interface Met {
	readonly serial: string;
	/** Starts so far. */
	readonly life: number;
}

/** A promise that rejects with `Trouble` leaves the controller as it is, or as a pulled plug would. */
export interface Bench {
	/** The chip in its download mode; undefined: none answers there. */
	look(): Promise<ChipFacts | undefined>;
	summary(): Promise<Summary>;
	erase(): Promise<void>;
	write(places: readonly Place[]): Promise<void>;
	/** Whether the flash has exactly these bytes. */
	holds(places: readonly Place[]): Promise<boolean>;
	/** The bytes as they stand in flash under the chip's key. */
	encrypted(place: Place, key: Uint8Array): Promise<Place>;
	burn(fuse: Fuse, key?: Uint8Array): Promise<void>;
	/** A reset over the cable: the lamp starts from its flash. */
	start(): Promise<void>;
	/** The lamp at its console, after a login. `secretOf`: by the name that it gives before. */
	meet(secretOf: (serial: string) => string | undefined): Promise<Met>;
	/** Verdicts by test of the lamp's console. */
	test(): Promise<Readonly<Record<string, string>>>;
}
