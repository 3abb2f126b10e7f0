/**
 * NVS reader: the texts in a partition image, read by ESP-IDF's description of its layout ("NVS
 * Library", Internals; NVS encryption: XTS-AES by entry, its place in the partition as the tweak).
 *
 * Independent of nvs_partition_gen, which wrote the image: every checksum is computed again.
 */
import { createDecipheriv } from "node:crypto";

const PAGE = 4096;
const ENTRY = 32;
const FIRST_ENTRY = 64;
const ENTRIES = 126;
const [ACTIVE, FULL, UNUSED] = [0xffff_fffe, 0xffff_fffc, 0xffff_ffff];
const [NAMESPACE, TEXT] = [0x01, 0x21];
const WRITTEN = 0b10;
const NO_CHUNK = 0xff;
const XTS_KEY = 64;

/** `namespace:key` to text. Throws at the first byte that ESP-IDF would not accept. */
export function textsIn(image: Uint8Array, keys?: Uint8Array): Map<string, string> {
	if (image.length % PAGE !== 0) throw new Error("no whole pages");
	const xts = keys && keyIn(Buffer.from(keys));
	const namespaces = new Map<number, string>();
	const texts = new Map<string, string>();
	let unused = 0;
	for (let page = 0; page < image.length; page += PAGE) {
		const bytes = Buffer.from(image.subarray(page, page + PAGE));
		const state = bytes.readUInt32LE(0);
		if (state === UNUSED) {
			if (bytes.some((byte) => byte !== 0xff)) throw new Error("an unused page is not erased");
			unused += 1;
			continue;
		}
		if (state !== ACTIVE && state !== FULL) throw new Error(`page ${page}: state ${state}`);
		check(bytes.subarray(4, 28), bytes.readUInt32LE(28), "page header");
		const entryAt = (index: number) => {
			const from = FIRST_ENTRY + index * ENTRY;
			const plain = bytes.subarray(from, from + ENTRY);
			return xts ? decrypted(plain, xts, page + from) : plain;
		};
		for (let index = 0; index < ENTRIES; ) {
			const bits = (bytes[32 + (index >> 2)]! >> ((index & 3) * 2)) & 0b11;
			if (bits !== WRITTEN) {
				index += 1;
				continue;
			}
			const entry = entryAt(index);
			check(
				Buffer.concat([entry.subarray(0, 4), entry.subarray(8)]),
				entry.readUInt32LE(4),
				"entry",
			);
			const [space, type, span, chunk] = entry as unknown as [number, number, number, number];
			const key = entry.toString("latin1", 8, 24).replace(/\0.*$/s, "");
			if (chunk !== NO_CHUNK || key.length > 15) throw new Error(`entry ${key}`);
			if (space === 0 && type === NAMESPACE) namespaces.set(entry[24]!, key);
			else if (type === TEXT) {
				const length = entry.readUInt16LE(24);
				const parts = Array.from({ length: span - 1 }, (_none, at) => entryAt(index + 1 + at));
				const data = Buffer.concat(parts).subarray(0, length);
				check(data, entry.readUInt32LE(28), `text ${key}`);
				if (data.at(-1) !== 0) throw new Error(`${key} has no end`);
				texts.set(`${namespaces.get(space)}:${key}`, data.toString("utf8", 0, length - 1));
			} else throw new Error(`type ${type} of ${key}`);
			index += span;
		}
	}
	if (unused === 0) throw new Error("NVS needs an unused page");
	return texts;
}

function check(data: Uint8Array, stored: number, what: string): void {
	if (checksumOf(data) !== stored) throw new Error(`${what}: checksum`);
}

/** CRC-32 of the chip's ROM for a first word of all ones: the register begins with zero. */
function checksumOf(data: Uint8Array): number {
	let register = 0;
	for (const byte of data) {
		register ^= byte;
		for (let bit = 0; bit < 8; bit += 1)
			register = register & 1 ? (register >>> 1) ^ 0xedb8_8320 : register >>> 1;
	}
	return ~register >>> 0;
}

/** The two keys of the partition `nvs_keys`, under their checksum. */
function keyIn(partition: Buffer): Buffer {
	const key = partition.subarray(0, XTS_KEY);
	check(key, partition.readUInt32LE(XTS_KEY), "nvs_keys");
	return key;
}

function decrypted(bytes: Buffer, key: Buffer, at: number): Buffer {
	const tweak = Buffer.alloc(16);
	tweak.writeUInt32LE(at);
	const cipher = createDecipheriv("aes-256-xts", key, tweak);
	return Buffer.concat([cipher.update(bytes), cipher.final()]);
}
