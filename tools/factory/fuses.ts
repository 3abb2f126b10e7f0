/**
 * Fuses: the eFuses of a lamp of release, per chip, in the order in which they are burnt.
 *
 * ESP-IDF's workflow "Enable Flash Encryption and Secure Boot v2 Externally": flash encryption before
 * secure boot, the key of flash is read-protected before RD_DIS is write-protected, the download mode
 * ends last, because no later eFuse can be burnt then. After them the boot loader burns nothing.
 */

export type Chip = "esp32" | "esp32c3";
/** Keys by name: of flash, and the digests of the boot keys. */
export type KeyName = "flash" | "boot0" | "boot1" | "boot2";

export interface Field {
	/** As espefuse's summary has it, as text. */
	readonly value: string;
	readonly readable: boolean;
	readonly writeable: boolean;
}
/** espefuse's summary, by name. */
export type Summary = Readonly<Record<string, Field>>;

export type Fuse = KeyFuse | ValueFuse | ProtectFuse;
interface KeyFuse {
	readonly kind: "key";
	readonly name: string;
	readonly key: KeyName;
	/** Absent: the ESP32, whose block has one purpose. */
	readonly purpose?: Purpose;
	readonly isSecret: boolean;
}
interface Purpose {
	readonly field: string;
	readonly value: string;
}
interface ValueFuse {
	readonly kind: "value";
	readonly name: string;
	readonly value: number;
	/** In the summary afterwards. */
	readonly shown: string;
}
interface ProtectFuse {
	readonly kind: "protect";
	/** The field whose write protection is burnt; it stands for its group. */
	readonly name: string;
}

const ON = "true";
const value = (name: string, burnt = 1, shown = ON): Fuse => ({
	kind: "value",
	name,
	value: burnt,
	shown,
});
const protect = (name: string): Fuse => ({ kind: "protect", name });

const ESP32: readonly Fuse[] = [
	{ kind: "key", name: "BLOCK1", key: "flash", isSecret: true },
	value("FLASH_CRYPT_CONFIG", 0xf, "15"),
	value("FLASH_CRYPT_CNT", 0x7f, "127"),
	value("DISABLE_DL_ENCRYPT"),
	value("DISABLE_DL_DECRYPT"),
	value("DISABLE_DL_CACHE"),
	value("JTAG_DISABLE"),
	value("CONSOLE_DEBUG_DISABLE"), // the ROM's BASIC
	protect("DIS_CACHE"),
	{ kind: "key", name: "BLOCK2", key: "boot0", isSecret: false },
	value("ABS_DONE_1"), // secure boot 2
	protect("RD_DIS"),
	value("UART_DOWNLOAD_DIS"),
];

const C3_FLASH: readonly Fuse[] = [
	keyOfC3(0, "flash", "XTS_AES_128_KEY", true),
	value("SPI_BOOT_CRYPT_CNT", 7, "Enable"),
	value("DIS_DOWNLOAD_MANUAL_ENCRYPT"),
	value("DIS_DOWNLOAD_ICACHE"),
	value("DIS_PAD_JTAG"),
	value("DIS_USB_JTAG"),
	value("SOFT_DIS_JTAG", 7, "7"),
	value("DIS_DIRECT_BOOT"),
	protect("DIS_ICACHE"),
];
const C3_BOOT_KEYS = 3;

function keyOfC3(block: number, key: KeyName, purpose: string, isSecret: boolean): Fuse {
	const shown = { field: `KEY_PURPOSE_${block}`, value: purpose };
	return { kind: "key", name: `BLOCK_KEY${block}`, key, purpose: shown, isSecret };
}

/** An ESP32 has room for one boot key, a C3 for three; those that are not used are revoked. */
export function fusesOf(chip: Chip, bootKeys: number): readonly Fuse[] {
	if (chip === "esp32") return ESP32;
	const digests = Array.from({ length: C3_BOOT_KEYS }, (_none, index) =>
		index < bootKeys
			? keyOfC3(index + 1, `boot${index}` as KeyName, `SECURE_BOOT_DIGEST${index}`, false)
			: value(`SECURE_BOOT_KEY_REVOKE${index}`),
	);
	const end = [value("SECURE_BOOT_EN"), protect("RD_DIS"), value("DIS_DOWNLOAD_MODE")];
	return [...C3_FLASH, ...digests, ...end];
}

/** Most boot keys of a chip. */
export const bootKeysMost = (chip: Chip): number => (chip === "esp32" ? 1 : C3_BOOT_KEYS);

/** A fuse as a step of a station's record. */
export const stepOf = ({ kind, name }: Fuse): string =>
	kind === "protect" ? `fuse ${name} protected` : `fuse ${name}`;

/** Fields that no fuse of the table sets, and that nobody may have burnt. */
const UNTOUCHED: Readonly<Record<Chip, Readonly<Record<string, string>>>> = {
	esp32: { ABS_DONE_0: "false", DIS_CACHE: "false", DISABLE_APP_CPU: "false", SECURE_VERSION: "0" },
	esp32c3: {
		DIS_ICACHE: "false",
		DIS_FORCE_DOWNLOAD: "false",
		ENABLE_SECURITY_DOWNLOAD: "false",
		SECURE_BOOT_AGGRESSIVE_REVOKE: "false",
		SECURE_VERSION: "0",
		DIS_USB_SERIAL_JTAG_DOWNLOAD_MODE: "false",
	},
};

const ZERO = /^(00 ?)+$/;
const OFF = /^(false|0|Disable|USER)$/;

/** Whether a fuse is burnt as the table has it. `digest`: the bytes of a key that stays readable. */
export function isBurnt(fuse: Fuse, summary: Summary, digest?: Uint8Array): boolean {
	const field = summary[fuse.name];
	if (!field) return false;
	if (fuse.kind === "protect") return !field.writeable;
	if (fuse.kind === "value") return field.value === fuse.shown;
	const { purpose, isSecret } = fuse;
	if (purpose && summary[purpose.field]?.value !== purpose.value) return false;
	if (field.writeable || field.readable === isSecret) return false;
	return isSecret || (digest !== undefined && field.value === wordsOf(digest));
}

/** In the place of a count: not even a part of the first fuse is burnt. */
export const NONE = -1;

/**
 * The first field that is not as it should be with the first `burnt` fuses of the table; undefined: none.
 * The one after them may be burnt in part, by a plug that was pulled.
 */
export function unexpected(
	chip: Chip,
	fuses: readonly Fuse[],
	burnt: number,
	summary: Summary,
	digests: Readonly<Partial<Record<KeyName, Uint8Array>>> = {},
): string | undefined {
	for (const [name, shown] of Object.entries(UNTOUCHED[chip]))
		if (summary[name]?.value !== shown) return name;
	for (const [index, fuse] of fuses.entries()) {
		if (index === burnt) {
			if (!isBegun(fuse, summary, digests)) return fuse.name;
			continue;
		}
		const digest = fuse.kind === "key" ? digests[fuse.key] : undefined;
		const isRight = index < burnt ? isBurnt(fuse, summary, digest) : isVirgin(fuse, summary);
		if (!isRight) return fuse.name;
	}
	return undefined;
}

function isVirgin(fuse: Fuse, summary: Summary): boolean {
	const field = summary[fuse.name];
	if (!field) return false;
	if (fuse.kind === "protect") return field.writeable;
	if (fuse.kind === "value") return OFF.test(field.value);
	const { purpose } = fuse;
	const isOpen = field.readable && field.writeable && ZERO.test(field.value);
	return isOpen && (!purpose || OFF.test(summary[purpose.field]?.value ?? ""));
}

/** Untouched, burnt, or a key that was written and is not protected yet. */
function isBegun(
	fuse: Fuse,
	summary: Summary,
	digests: Readonly<Partial<Record<KeyName, Uint8Array>>>,
): boolean {
	const digest = fuse.kind === "key" ? digests[fuse.key] : undefined;
	if (isVirgin(fuse, summary) || isBurnt(fuse, summary, digest)) return true;
	if (fuse.kind !== "key") return fuse.kind === "value"; // bits of it
	const field = summary[fuse.name]!;
	// the block is written before its purpose and its protection; a key of flash is turned round
	const written = digest && wordsOf(fuse.isSecret ? Uint8Array.from(digest).reverse() : digest);
	return field.readable && field.value === written;
}

/** As espefuse prints a block. */
export const wordsOf = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
