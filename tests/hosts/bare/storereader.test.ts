/** The independent reader of the store, on sectors put together by hand. */

import { gzipSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { storeIn } from "../../slow/support/storereader.js";

const SECTOR = 4096;

/** The checksum of a gzip file is the CRC-32 of its contents (RFC 1952). */
const crcOf = (bytes: Buffer): Buffer => gzipSync(bytes).subarray(-8, -4);

function record(key: string, value?: string): Buffer {
	const text = value ?? "";
	const head = Buffer.from([
		0x5a,
		value === undefined ? 2 : 1,
		key.length,
		0,
		text.length,
		0,
		0,
		0,
	]);
	const body = Buffer.concat([head, Buffer.from(key + text)]);
	const sealed = Buffer.concat([body, crcOf(body)]);
	return Buffer.concat([sealed, Buffer.alloc(-sealed.length & 3, 0xff)]);
}

function sector(sequence: number, ...records: Buffer[]): Buffer {
	const head = Buffer.alloc(12, 0xff);
	head.write("LNS1");
	head.writeUInt32LE(sequence, 4);
	const bytes = Buffer.concat([head, crcOf(head), Buffer.alloc(4, 0xff), ...records]);
	return Buffer.concat([bytes, Buffer.alloc(SECTOR - bytes.length, 0xff)]);
}

const torn = (bytes: Buffer) => Buffer.from(bytes.map((byte, at) => (at === 9 ? byte ^ 4 : byte)));
const blank = Buffer.alloc(SECTOR, 0xff);

test.each([
	["blank flash", [blank], {}],
	["the last record of a key", [sector(1, record("a", "1"), record("a", "22"))], { a: "22" }],
	["an erased key", [sector(1, record("a", "1"), record("b", "2"), record("a"))], { b: "2" }],
	[
		"sectors in their sequence, wherever they lie",
		[sector(2, record("a", "new")), sector(1, record("a", "old"), record("b", "2"))],
		{ a: "new", b: "2" },
	],
	["nothing behind a torn record", [sector(1, torn(record("a", "1")), record("b", "2"))], {}],
	["no sector with a torn head", [torn(sector(1, record("a", "1")))], {}],
])("%s", (_, sectors, expected) => {
	expect(Object.fromEntries(storeIn(Buffer.concat(sectors)))).toEqual(expected);
});
