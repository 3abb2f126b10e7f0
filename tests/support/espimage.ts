/**
 * Esp image for tests: a file with the structure of a controller's image, the same for the same words.
 *
 * Header, segments, checksum and digest by ESP-IDF's documentation of the format; contents that no
 * engine runs. `signed` is the file as secure boot 2 leaves it, with a block that no key made.
 */
import { createHash } from "node:crypto";
import { imageOf } from "./images.js";

const CHIPS = { esp32: 0, esp32c3: 5 } as const;
const SECTOR = 4096;
const PAGE = 65_536;

export interface EspWords {
	readonly chip?: keyof typeof CHIPS;
	readonly hardware?: string;
	readonly version?: string;
	readonly profile?: string;
	/** Bytes of the contents of its five segments together. */
	readonly bytes?: number;
	readonly seed?: number;
	/** Without the descriptor of luminode, as any other program for this chip. */
	readonly isStrange?: boolean;
}

/** The plain image, as the linker leaves it. */
export function espImage(options: EspWords = {}): Buffer {
	const { chip = "esp32c3", bytes = 4000, seed = 1 } = options;
	const header = Buffer.alloc(24);
	header.set([0xe9, 5, 0x02, 0x2f]);
	header.writeUInt32LE(0x4038_05c0, 4);
	header.writeUInt16LE(CHIPS[chip], 12);
	header[23] = 1;
	const share = Math.floor(bytes / 5 / 4) * 4;
	const contents = [0, 1, 2, 3, 4].map((index) => imageOf(share, seed + index));
	const ownDescriptor = options.isStrange ? Buffer.alloc(64) : descriptor(options);
	contents[0] = Buffer.concat([appDescriptor(), ownDescriptor, contents[0]!]);
	const segments = contents.map((content, index) => {
		const head = Buffer.alloc(8);
		head.writeUInt32LE(0x3c00_0000 + index * 0x10_0000, 0);
		head.writeUInt32LE(content.length, 4);
		return Buffer.concat([head, content]);
	});
	const body = Buffer.concat([header, ...segments]);
	const padding = Buffer.alloc(16 - (body.length % 16));
	padding[padding.length - 1] = contents.reduce(
		(sum, content) => content.reduce((xor, byte) => xor ^ byte, sum),
		0xef,
	);
	const padded = Buffer.concat([body, padding]);
	return Buffer.concat([padded, createHash("sha256").update(padded).digest()]);
}

/** Filled up to 64 KB and with a sector of signatures. */
export function secured(image: Buffer): Buffer {
	const filling = Buffer.alloc(Math.ceil(image.length / PAGE) * PAGE - image.length, 0xff);
	const block = Buffer.alloc(SECTOR, 0xff);
	block.set([0xe7, 0x02, 0, 0]);
	return Buffer.concat([image, filling, block]);
}

/** `esp_app_desc_t` of ESP-IDF, with a version of its own. */
function appDescriptor(): Buffer {
	const bytes = Buffer.alloc(256);
	bytes.writeUInt32LE(0xabcd_5432, 0);
	bytes.write("bd5a289", 16);
	bytes.write("xs_esp32", 48);
	return bytes;
}

/** As in hosts/esp32/luminode/descriptor.c. */
function descriptor({
	hardware = "esp32-c3/1",
	version = "1.2.0",
	profile = "development",
}: EspWords): Buffer {
	const bytes = Buffer.alloc(64);
	bytes.write("LUMIMG1", 0);
	bytes.write(hardware, 8);
	bytes.write(version, 32);
	bytes.write(profile, 48);
	return bytes;
}
