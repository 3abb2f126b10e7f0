/** Header: golden bytes, every field refused where it is wrong, and no bytes that make it throw. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { headerBytes } from "../../lib/firmware/imageheader.js";
import { AT, imageId, parseHeader } from "../../src/update/header.js";

const FIELDS = {
	product: "luminode",
	hardware: "esp32-devkit/1",
	version: "1.2.0",
	profile: "release",
	keyId: 0xdeadbeef,
	counter: 7,
	length: 1_400_000,
	digest: Buffer.alloc(32, 0xa5),
};
/** Written by hand from the table in docs/update.md. */
const GOLDEN =
	"4c554d02" +
	"deadbeef" +
	"6c756d696e6f64650000000000000000" +
	"65737033322d6465766b69742f3100000000000000000000" +
	"312e322e300000000000000000000000" +
	"72656c65617365000000000000000000" +
	"00000007" +
	"00155cc0" +
	"a5".repeat(32);
const SIGNATURE = "3006020101020101";
const golden = () => Buffer.from(GOLDEN + SIGNATURE, "hex");

describe("the header of an image", () => {
	test("is read from its golden bytes", () => {
		const { signed, signature, digest, ...fields } = parseHeader(golden())!;
		const { digest: expected, ...others } = FIELDS;
		expect(fields).toEqual(others);
		expect(Buffer.from(digest)).toEqual(expected);
		expect(Buffer.from(signed).toString("hex")).toBe(GOLDEN);
		expect(Buffer.from(signature).toString("hex")).toBe(SIGNATURE);
		expect(imageId({ digest })).toBe("a5a5a5a5a5a5a5a5");
	});
	test("is written to the same bytes", () => {
		expect(headerBytes(FIELDS).toString("hex")).toBe(GOLDEN);
	});

	const spoil = (at: number, value: number) => (bytes: Buffer) => {
		bytes[at] = value;
		return bytes;
	};
	test.each<[why: string, change: (bytes: Buffer) => Buffer]>([
		["another magic", spoil(AT.magic, 0)],
		["the layout without a profile", spoil(AT.magic + 3, 1)],
		["no profile", (bytes) => bytes.fill(0, AT.profile, AT.counter)],
		["no product", (bytes) => bytes.fill(0, AT.product, AT.hardware)],
		["a space in a text", spoil(AT.hardware + 2, 32)],
		["a byte that is no ASCII", spoil(AT.version, 0xe9)],
		["a byte behind the end of a text", spoil(AT.counter - 1, 65)],
		["no image at all", (bytes) => bytes.fill(0, AT.length, AT.digest)],
		["an image over 16 MiB", spoil(AT.length, 2)],
		["no signature", (bytes) => bytes.subarray(0, AT.end)],
		["a signature of 7 bytes", (bytes) => bytes.subarray(0, AT.end + 7)],
		["a signature of 73 bytes", (bytes) => Buffer.concat([bytes, Buffer.alloc(65)])],
		["nothing", () => Buffer.alloc(0)],
	])("%s is none", (_why, change) => {
		expect(parseHeader(golden())).toBeDefined();
		expect(parseHeader(change(golden()))).toBeUndefined();
	});
	test("texts may fill their fields", () => {
		const version = "123456789.123456";
		const bytes = Buffer.concat([headerBytes({ ...FIELDS, version }), Buffer.alloc(72)]);
		expect(parseHeader(bytes)).toMatchObject({ version });
	});
	// security: 5.3-7, 5.3-9, 5.3-10
	test("any bytes are a header or none, and never an exception", () => {
		const change = fc.tuple(fc.nat(golden().length - 1), fc.nat(255));
		fc.assert(
			fc.property(fc.array(change), fc.nat(200), (changes, length) => {
				const bytes = golden();
				for (const [at, value] of changes) bytes[at] = value;
				const header = parseHeader(bytes.subarray(0, length));
				if (header) expect(headerBytes(header).equals(header.signed)).toBe(true);
			}),
		);
	});
});
