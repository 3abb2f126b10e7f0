/**
 * Esp image: names, chip and bytes, read out of the file of a controller's image.
 *
 * The layout is ESP-IDF's (esp_app_format/include/esp_app_format.h, 6.0): a header of 24 bytes,
 * segments of 8 bytes and their contents, a checksum at the end of 16 bytes, the SHA-256 of all that.
 * esp_app_desc_t is the beginning of the first segment, and the project's own descriptor follows it
 * (hosts/esp32/luminode/descriptor.c). Secure boot 2 fills the file up to 64 KB and appends a sector
 * of signatures.
 */
import { createHash } from "node:crypto";
import { PAGE_BYTES, SIGNATURE_BYTES } from "./fit.js";

const HEADER_BYTES = 24;
const SEGMENT_HEADER_BYTES = 8;
const IMAGE_MAGIC = 0xe9;
/** Bytes of ESP-IDF's own descriptor, and its first four. */
const APP_DESC_BYTES = 256;
const APP_DESC_MAGIC = 0xabcd5432;
const AT = { segments: 1, chip: 12, hasDigest: 23, appDesc: HEADER_BYTES + SEGMENT_HEADER_BYTES };
/** Of the project's descriptor, from its beginning. */
const OWN = { at: AT.appDesc + APP_DESC_BYTES, hardware: 8, version: 32, profile: 48, end: 64 };
const OWN_MAGIC = "LUMIMG1\0";
const CHECKSUM_SEED = 0xef;
const ALIGNMENT = 16;
const DIGEST_BYTES = 32;
/** First bytes of a signature block of secure boot 2. */
const SIGNATURE_MAGIC = Buffer.from([0xe7, 0x02]);

/** ESP-IDF's names of the chips, by the number in the header. */
const CHIPS: Readonly<Record<number, string>> = {
	0: "esp32",
	2: "esp32s2",
	5: "esp32c3",
	9: "esp32s3",
	12: "esp32c2",
	13: "esp32c6",
	16: "esp32h2",
};

export interface EspImage {
	/** ESP-IDF's name of the chip, as `esp32c3`. */
	readonly chip: string;
	readonly hardware: string;
	readonly version: string;
	readonly profile: string;
	/** Bytes of header, segments, checksum and digest. */
	readonly plain: number;
	/** A signature of secure boot follows. */
	readonly isSigned: boolean;
}

/** Whether a file begins as an image of a controller does. */
export const isEspImage = (bytes: Buffer): boolean => bytes[0] === IMAGE_MAGIC;

/** Reads an image. Throws with a sentence that says why a boot loader or a lamp would refuse it. */
export function readEspImage(bytes: Buffer): EspImage {
	const plain = plainBytes(bytes);
	const app = bytes.readUInt32LE(AT.appDesc);
	const descriptor = bytes.subarray(OWN.at, OWN.at + OWN.end);
	if (app !== APP_DESC_MAGIC || descriptor.toString("latin1", 0, OWN.hardware) !== OWN_MAGIC)
		throw new Error("the image contains no descriptor of luminode: build it with luminode build");
	const id = bytes.readUInt16LE(AT.chip);
	return {
		chip: CHIPS[id] ?? `chip ${id}`,
		hardware: textIn(descriptor, OWN.hardware, OWN.version),
		version: textIn(descriptor, OWN.version, OWN.profile),
		profile: textIn(descriptor, OWN.profile, OWN.end),
		plain,
		isSigned: signatureIn(bytes, plain),
	};
}

/** Walks the segments, and compares checksum and digest. */
function plainBytes(bytes: Buffer): number {
	let at = HEADER_BYTES;
	let checksum = CHECKSUM_SEED;
	for (let left = bytes[AT.segments] ?? 0; left > 0; left -= 1) {
		const start = at + SEGMENT_HEADER_BYTES;
		if (start > bytes.length) throw cutAt(bytes);
		at = start + bytes.readUInt32LE(at + 4);
		if (at > bytes.length) throw cutAt(bytes);
		for (const byte of bytes.subarray(start, at)) checksum ^= byte;
	}
	const end = Math.ceil((at + 1) / ALIGNMENT) * ALIGNMENT;
	const plain = end + (bytes[AT.hasDigest] === 1 ? DIGEST_BYTES : 0);
	if (plain > bytes.length || end < OWN.at + OWN.end) throw cutAt(bytes);
	const digest = createHash("sha256").update(bytes.subarray(0, end)).digest();
	const isWhole = plain === end || digest.equals(bytes.subarray(end, plain));
	if (bytes[end - 1] !== checksum || !isWhole)
		throw new Error("the image is damaged: its checksum is another; copy it from the build again");
	return plain;
}

const cutAt = ({ length }: Buffer): Error =>
	new Error(`the image is cut off after ${length} bytes: copy it from the build again`);

/** Whether secure boot's signature follows; throws if something else does. */
function signatureIn(bytes: Buffer, plain: number): boolean {
	if (bytes.length === plain) return false;
	const padded = Math.ceil(plain / PAGE_BYTES) * PAGE_BYTES;
	const isPadding = bytes.subarray(plain, padded).every((byte) => byte === 0xff);
	const block = bytes.subarray(padded);
	if (isPadding && block.length === 0) return false;
	if (isPadding && block.length === SIGNATURE_BYTES && block.indexOf(SIGNATURE_MAGIC) === 0)
		return true;
	throw new Error(
		`${bytes.length - plain} bytes follow the image that are no signature of secure boot: sign what espsecure wrote`,
	);
}

function textIn(bytes: Buffer, start: number, end: number): string {
	const [text = ""] = bytes.toString("latin1", start, end).split("\0");
	return text;
}
