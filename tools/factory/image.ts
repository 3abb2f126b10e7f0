/**
 * Image: a folder of a build as places of the flash, held against chip, board, profile and table of
 * partitions.
 *
 * Of release the files `bootloader.signed` and `xs_esp32.signed` are taken, and the digests of the keys
 * that signed them.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Profile } from "../../lib/profiles.js";
import { Trouble } from "../../lib/text/trouble.js";
import { type EspImage, readEspImage } from "../image/espimage.js";
import { type Partition, partitionOf } from "../toolchain/partitions.js";
import type { Place } from "./bench.js";
import type { Chip } from "./fuses.js";
import { bootKeysOf } from "./secureboot.js";
import { text } from "./texts.js";

/** ESP-IDF, components/bootloader/Kconfig.projbuild. */
export const BOOTLOADER_AT: Readonly<Record<Chip, number>> = { esp32: 0x1000, esp32c3: 0 };
/** CONFIG_PARTITION_TABLE_OFFSET */
export const TABLE_AT = 0x10000;
const TABLE_BYTES = 0x1000;
/** First byte of an image, and the place of its chip's number (esp_app_format.h). */
const IMAGE_MAGIC = 0xe9;
const CHIP_AT = 12; // two bytes
const CHIP_NUMBERS: Readonly<Record<Chip, number>> = { esp32: 0, esp32c3: 5 };

/** The names that an image must have. */
export interface Wanted {
	readonly chip: Chip;
	/** `esp32-c3/1`, as the image names it. */
	readonly hardware: string;
	readonly profile: Profile;
}

export interface FlashImage {
	readonly version: string;
	readonly places: readonly Place[];
	/** Of all bytes and their places: two builds differ. */
	readonly digest: string;
	/** Digests of the boot keys that signed boot loader and firmware; none: not signed. */
	readonly bootKeys: readonly Buffer[];
}

/**
 * The image in a folder; of release the signed one. Throws `Trouble` for one that the chip would not
 * start, and for one that names another board or profile: two boards with one chip differ by pins alone.
 */
export function imageIn(
	folder: string,
	wanted: Wanted,
	partitions: readonly Partition[],
): FlashImage {
	const { chip } = wanted;
	const isSigned = wanted.profile === "release";
	const [bootloaderPath, firmwarePath] = ["bootloader", "xs_esp32"].map((name) =>
		join(folder, `${name}.${isSigned ? "signed" : "bin"}`),
	) as [string, string];
	const bootloader = programIn(bootloaderPath, chip);
	const firmware = programIn(firmwarePath, chip);
	const { version } = namedIn(firmwarePath, firmware, wanted);
	const at = (name: string) => partitionOf(partitions, name);
	const rows: [name: string, offset: number, most: number, bytes: Buffer][] = [
		["bootloader", BOOTLOADER_AT[chip], TABLE_AT - BOOTLOADER_AT[chip], bootloader],
		["partition-table", TABLE_AT, TABLE_BYTES, fileIn(join(folder, "partition-table.bin"))],
		[
			"otadata",
			at("otadata").offset,
			at("otadata").bytes,
			fileIn(join(folder, "ota_data_initial.bin")),
		],
		["ota_0", at("ota_0").offset, at("ota_0").bytes, firmware],
	];
	for (const [name, , most, bytes] of rows)
		if (bytes.length > most) throw new Trouble(text("tooLarge", name, bytes.length, most));
	const places = rows.map(([name, offset, , bytes]) => ({
		name,
		offset,
		bytes,
		isEncrypted: true,
	}));
	const bootKeys = isSigned ? commonKeys(bootloader, firmware) : [];
	return { version, places, digest: digestOf(places), bootKeys };
}

/** An identity as places: `nvs`, and `nvs_keys` where it is encrypted. */
export function identityPlaces(
	partitions: readonly Partition[],
	nvs: Uint8Array,
	keys: Uint8Array | undefined,
): readonly Place[] {
	const place = (name: string, bytes: Uint8Array, isEncrypted: boolean): Place => ({
		name,
		offset: partitionOf(partitions, name).offset,
		bytes,
		isEncrypted,
	});
	const nvsPlace = place("nvs", nvs, false); // by keys of its own
	return keys === undefined ? [nvsPlace] : [nvsPlace, place("nvs_keys", keys, true)];
}

export function digestOf(places: readonly Place[]): string {
	const hash = createHash("sha256");
	for (const { offset, bytes } of places) hash.update(`${offset} ${bytes.length} `).update(bytes);
	return hash.digest("hex");
}

function programIn(path: string, chip: Chip): Buffer {
	const bytes = fileIn(path);
	if (bytes[0] !== IMAGE_MAGIC || bytes.length < CHIP_AT + 2)
		throw new Trouble(text("noImage", path));
	if (bytes.readUInt16LE(CHIP_AT) !== CHIP_NUMBERS[chip])
		throw new Trouble(text("imageOfOther", path, chip));
	return bytes;
}

/** The names in the firmware, which must be those of the batch. */
function namedIn(path: string, firmware: Buffer, { hardware, profile }: Wanted): EspImage {
	const image = readOf(path, firmware);
	if (image.hardware !== hardware)
		throw new Trouble(text("imageOfBoard", path, image.hardware, hardware));
	if (image.profile !== profile)
		throw new Trouble(text("imageOfProfile", path, image.profile, profile));
	return image;
}

function readOf(path: string, firmware: Buffer): EspImage {
	try {
		return readEspImage(firmware);
	} catch (error) {
		throw new Trouble(text("notWhole", path, (error as Error).message));
	}
}

function fileIn(path: string): Buffer {
	try {
		return readFileSync(path);
	} catch {
		throw new Trouble(text("noFile", path));
	}
}

/** Keys that signed both: the ROM judges the boot loader, the boot loader the firmware. */
function commonKeys(bootloader: Buffer, firmware: Buffer): readonly Buffer[] {
	const [of, ours] = [bootloader, firmware].map((image, index) => {
		try {
			return bootKeysOf(image);
		} catch (error) {
			const name = index === 0 ? "bootloader.signed" : "xs_esp32.signed";
			throw new Trouble(text("because", name, (error as Error).message));
		}
	}) as [readonly Buffer[], readonly Buffer[]];
	const both = of.filter((key) => ours.some((other) => other.equals(key)));
	if (both.length === 0) throw new Trouble(text("notSignedAlike"));
	return both;
}
