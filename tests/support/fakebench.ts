/**
 * Fake bench: controllers with a flash and eFuses that keep their state, at a flash station whose plug
 * can be pulled at each action: before it, in the middle, or after it and before it is reported.
 *
 * Written from the chips' manuals, not from tools/factory: what is burnt stays burnt, a secure chip
 * starts nothing but what its own key opens and its digest signed, and one that does not start is lost.
 */
import { Trouble } from "../../lib/text/trouble.js";
import type { Bench, ChipFacts, Met, Place } from "../../tools/factory/bench.js";
import type { Chip, Field, Fuse, Summary } from "../../tools/factory/fuses.js";

/** The process is gone: nobody catches it. */
export class Killed extends Error {}

export type Moment = "before" | "half" | "after";
export interface Fault {
	/** The nth action of this bench fails. */
	readonly action: number;
	readonly moment: Moment;
	readonly how: "pulled" | "killed";
}

interface Cell {
	value: string;
	readable: boolean;
	writeable: boolean;
}

const BLANK = Array(32).fill("00").join(" ");
const HIDDEN = Array(32).fill("??").join(" ");
const NAMES: Readonly<Record<Chip, Readonly<Record<string, string>>>> = {
	esp32: {
		BLOCK1: BLANK,
		BLOCK2: BLANK,
		FLASH_CRYPT_CONFIG: "0",
		FLASH_CRYPT_CNT: "0",
		DISABLE_DL_ENCRYPT: "false",
		DISABLE_DL_DECRYPT: "false",
		DISABLE_DL_CACHE: "false",
		JTAG_DISABLE: "false",
		CONSOLE_DEBUG_DISABLE: "false",
		DIS_CACHE: "false",
		ABS_DONE_0: "false",
		ABS_DONE_1: "false",
		RD_DIS: "0",
		UART_DOWNLOAD_DIS: "false",
		DISABLE_APP_CPU: "false",
		SECURE_VERSION: "0",
	},
	esp32c3: {
		BLOCK_KEY0: BLANK,
		BLOCK_KEY1: BLANK,
		BLOCK_KEY2: BLANK,
		BLOCK_KEY3: BLANK,
		KEY_PURPOSE_0: "USER",
		KEY_PURPOSE_1: "USER",
		KEY_PURPOSE_2: "USER",
		KEY_PURPOSE_3: "USER",
		SPI_BOOT_CRYPT_CNT: "Disable",
		DIS_DOWNLOAD_ICACHE: "false",
		DIS_DOWNLOAD_MANUAL_ENCRYPT: "false",
		DIS_PAD_JTAG: "false",
		DIS_USB_JTAG: "false",
		SOFT_DIS_JTAG: "0",
		DIS_DIRECT_BOOT: "false",
		DIS_ICACHE: "false",
		RD_DIS: "0",
		SECURE_BOOT_KEY_REVOKE0: "false",
		SECURE_BOOT_KEY_REVOKE1: "false",
		SECURE_BOOT_KEY_REVOKE2: "false",
		SECURE_BOOT_EN: "false",
		DIS_DOWNLOAD_MODE: "false",
		DIS_FORCE_DOWNLOAD: "false",
		ENABLE_SECURITY_DOWNLOAD: "false",
		SECURE_VERSION: "0",
		SECURE_BOOT_AGGRESSIVE_REVOKE: "false",
		DIS_USB_SERIAL_JTAG_DOWNLOAD_MODE: "false",
	},
};
const CRYPT = { esp32: "FLASH_CRYPT_CNT", esp32c3: "SPI_BOOT_CRYPT_CNT" } as const;
const SECURE = { esp32: "ABS_DONE_1", esp32c3: "SECURE_BOOT_EN" } as const;
const CLOSED = { esp32: "UART_DOWNLOAD_DIS", esp32c3: "DIS_DOWNLOAD_MODE" } as const;

export const spacedHex = (bytes: Uint8Array): string =>
	Buffer.from(bytes)
		.toString("hex")
		.replace(/..(?!$)/g, "$& ");

export class FakeChip {
	readonly facts: ChipFacts;
	readonly flash = new Map<number, Buffer>();
	readonly cells = new Map<string, Cell>();
	/** Written to its key block. */
	flashKey: Uint8Array | undefined;
	life = 0;
	isLost = false;
	/** The digest of the key that signed a boot loader, as espefuse prints it. */
	signerOf = (loader: Buffer): string | undefined =>
		/^loader signed by ([0-9a-f ]+)\.$/.exec(loader.toString("latin1"))?.[1];

	constructor(
		readonly chip: Chip,
		index: number,
		more: Partial<ChipFacts> = {},
	) {
		const mac = `24:0a:c4:00:${[index >> 8, index & 255].map((byte) => byte.toString(16).padStart(2, "0")).join(":")}`;
		const revision = chip === "esp32" ? "v3.1" : "v0.4";
		this.facts = { chip, name: chip.toUpperCase(), revision, mac, flashBytes: 1 << 22, ...more };
		for (const [name, value] of Object.entries(NAMES[chip]))
			this.cells.set(name, { value, readable: true, writeable: true });
	}

	value(name: string): string {
		return this.cells.get(name)!.value;
	}
	get isEncrypting(): boolean {
		return !["0", "Disable"].includes(this.value(CRYPT[this.chip]));
	}
	get isSecure(): boolean {
		return this.value(SECURE[this.chip]) === "true";
	}
	get isClosed(): boolean {
		return this.value(CLOSED[this.chip]) === "true";
	}

	/** Digests that start a signed image. */
	get digests(): string[] {
		if (this.chip === "esp32") return [this.value("BLOCK2")];
		return [0, 1, 2]
			.filter((index) => this.value(`KEY_PURPOSE_${index + 1}`) === `SECURE_BOOT_DIGEST${index}`)
			.filter((index) => this.value(`SECURE_BOOT_KEY_REVOKE${index}`) === "false")
			.map((index) => this.value(`BLOCK_KEY${index + 1}`));
	}

	/** Whether it runs; one that is sealed and does not is lost for ever. */
	start(): Identity | undefined {
		const plain = [...this.flash].map(([offset, bytes]): [number, Buffer] => [
			offset,
			this.isEncrypting && this.flashKey ? turned(bytes, this.flashKey, offset) : bytes,
		]);
		const blobs = plain.map(([, bytes]) => bytes);
		const loader = blobs.find((bytes) => bytes.includes("loader "));
		const signer = loader && this.signerOf(loader);
		const isStarted = loader && (!this.isSecure || this.digests.includes(signer ?? ""));
		const hasFirmware = blobs.some(
			(bytes) => bytes.includes("firmware ") || bytes.includes("LUMIMG1"),
		);
		const identityBlob = [...this.flash.values()].find((bytes) =>
			bytes.toString().startsWith("nvs "),
		);
		if (!isStarted || !hasFirmware || !identityBlob) {
			if (this.isClosed || this.isSecure) this.isLost = true;
			return undefined;
		}
		this.life += 1;
		return JSON.parse(identityBlob.toString().slice(4)) as Identity;
	}
}

export interface Identity {
	readonly serial: string;
	readonly secret: string;
}

/** In the place of the chip's cipher: its own inverse, another one at each place. */
function turned(bytes: Uint8Array, key: Uint8Array, offset: number): Buffer {
	return Buffer.from(bytes.map((byte, at) => byte ^ key[(at + offset) % key.length]!));
}

export class FakeBench implements Bench {
	chip: FakeChip | undefined;
	actions = 0;
	fault: Fault | undefined;
	running: Identity | undefined;
	verdicts: Record<string, string> = { lamp: "pass", pir: "pass" };
	readonly done: string[] = [];
	/** Called before bits are burnt. */
	onBurn: (fuse: Fuse, chip: FakeChip, key: Uint8Array | undefined) => void = () => {};
	/** Lets others go on. */
	breathe: () => Promise<void> = async () => {};

	async look(): Promise<ChipFacts | undefined> {
		return this.act(
			"look",
			() => {},
			() => {
				const { chip } = this;
				return chip && !chip.isClosed ? chip.facts : undefined;
			},
		);
	}

	async summary(): Promise<Summary> {
		return this.act(
			"summary",
			() => {},
			() => {
				const rows = [...this.open().cells].map(([name, cell]): [string, Field] => {
					const value = cell.readable ? cell.value : HIDDEN;
					return [name, { ...cell, value }];
				});
				return Object.fromEntries(rows);
			},
		);
	}

	async erase(): Promise<void> {
		const half = () => this.open().flash.delete([...this.open().flash.keys()][0] ?? 0);
		await this.act("erase", half, () => this.open().flash.clear());
	}

	async write(places: readonly Place[]): Promise<void> {
		const put = (some: readonly Place[]) => {
			for (const { offset, bytes } of some) this.open().flash.set(offset, Buffer.from(bytes));
		};
		await this.act(
			"write",
			() => put(places.slice(0, 2)),
			() => put(places),
		);
	}

	async holds(places: readonly Place[]): Promise<boolean> {
		return this.act(
			"holds",
			() => {},
			() =>
				places.every(({ offset, bytes }) => this.open().flash.get(offset)?.equals(bytes) === true),
		);
	}

	async encrypted(place: Place, key: Uint8Array): Promise<Place> {
		return { ...place, bytes: turned(place.bytes, key, place.offset) };
	}

	async burn(fuse: Fuse, key?: Uint8Array): Promise<void> {
		const begin = () => this.onBurn(fuse, this.open(), key);
		await this.act(
			`burn ${fuse.kind} ${fuse.name}`,
			() => {
				begin();
				this.burnPart(fuse, key);
			},
			() => {
				begin();
				this.burnWhole(fuse, key);
			},
		);
	}

	async start(): Promise<void> {
		await this.act(
			"start",
			() => {},
			() => {
				this.running = this.chip?.start();
			},
		);
	}

	async meet(secretOf: (serial: string) => string | undefined): Promise<Met> {
		return this.act(
			"meet",
			() => {},
			() => {
				const { running, chip } = this;
				if (!running || !chip) throw new Trouble("silent");
				if (secretOf(running.serial) !== running.secret) throw new Trouble("closed");
				return { serial: running.serial, life: chip.life };
			},
		);
	}

	async test(): Promise<Readonly<Record<string, string>>> {
		return this.act(
			"test",
			() => {},
			() => ({ ...this.verdicts }),
		);
	}

	private async act<T>(name: string, half: () => void, complete: () => T): Promise<T> {
		await this.breathe();
		const { fault } = this;
		const fails = fault?.action === this.actions;
		this.actions += 1;
		this.done.push(name);
		if (fails && fault?.moment === "before") this.fail(fault);
		if (fails && fault?.moment === "half") {
			half();
			this.fail(fault);
		}
		const result = complete();
		if (fails && fault) this.fail(fault);
		return result;
	}

	private fail({ how }: Fault): never {
		if (how === "killed") throw new Killed("killed");
		throw new Trouble("unplugged");
	}

	private open(): FakeChip {
		if (!this.chip || this.chip.isClosed) throw new Trouble("no chip");
		return this.chip;
	}

	private cell(name: string): Cell {
		const cell = this.open().cells.get(name);
		if (!cell) throw new Error(`no eFuse ${name}`);
		return cell;
	}

	private set(name: string, value: string): void {
		const cell = this.cell(name);
		if (!cell.writeable && cell.value !== value) throw new Trouble(`${name} is write-protected`);
		cell.value = value;
	}

	/** The block of a key, or some bits of a number. */
	private burnPart(fuse: Fuse, key: Uint8Array | undefined): void {
		if (fuse.kind === "key") this.writeKey(fuse.name, fuse.key === "flash", key!);
		else if (fuse.kind === "value" && /^\d+$/.test(fuse.shown)) this.set(fuse.name, "1");
	}

	private writeKey(name: string, isFlash: boolean, key: Uint8Array): void {
		const cell = this.cell(name);
		const bytes = isFlash ? Uint8Array.from(key).reverse() : key;
		if (!cell.readable) throw new Trouble(`${name} is read-protected`);
		if (cell.value !== BLANK && cell.value !== spacedHex(bytes))
			throw new Trouble(`${name} is written`);
		this.set(name, spacedHex(bytes));
		if (isFlash) this.open().flashKey = key;
	}

	private burnWhole(fuse: Fuse, key: Uint8Array | undefined): void {
		if (fuse.kind === "protect") {
			this.cell(fuse.name).writeable = false;
			return;
		}
		if (fuse.kind === "value") {
			this.set(fuse.name, fuse.shown);
			return;
		}
		this.writeKey(fuse.name, fuse.key === "flash", key!);
		const cell = this.cell(fuse.name);
		cell.writeable = false;
		if (fuse.isSecret) {
			if (!this.cell("RD_DIS").writeable) throw new Trouble("RD_DIS is write-protected");
			cell.readable = false;
		}
		if (fuse.purpose) this.set(fuse.purpose.field, fuse.purpose.value);
	}
}
