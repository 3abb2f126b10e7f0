/** Images of controllers: what is read out of a file, and every file that is not signed. */
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeBase64 } from "../../../src/base64.js";
import { HEADER_BYTES_MAX, parseHeader } from "../../../src/update/header.js";
import { readEspImage } from "../../../tools/image/espimage.js";
import { signing } from "../../../tools/image/signing.js";
import { type EspWords, espImage, secured } from "../../support/espimage.js";
import { imageOf } from "../../support/images.js";

const dir = mkdtempSync(join(tmpdir(), "esp-"));
const file = join(dir, "xs_esp32.bin");
const sign = (image: Uint8Array, args = "") => {
	rmSync(`${file}.header`, { force: true });
	writeFileSync(file, image);
	const rest = `--key ${join(dir, "city.key")} --counter 7 ${args}`.trim();
	return signing(["image", file, ...rest.split(" ")]);
};
const header = () =>
	parseHeader(decodeBase64(readFileSync(`${file}.header`, "utf8").trim(), HEADER_BYTES_MAX)!)!;

beforeAll(() => void signing(["keys", dir, "--name", "city"]));
afterAll(() => rmSync(dir, { recursive: true }));

describe("an image of a controller", () => {
	/** One bit turned, and the digest made anew: the checksum alone is wrong. */
	const miscounted = () => {
		const image = espImage();
		image[1000]! ^= 1;
		const end = image.length - 32;
		createHash("sha256").update(image.subarray(0, end)).digest().copy(image, end);
		return image;
	};
	const RELEASE = { profile: "release" };
	test.each<[what: string, image: Buffer, isSigned: boolean, words: EspWords]>([
		["of development", espImage(), false, {}],
		["of release, signed by secure boot", secured(espImage(RELEASE)), true, RELEASE],
		["of bring-up", espImage({ profile: "bring-up" }), false, { profile: "bring-up" }],
		["of an ESP32", espImage({ chip: "esp32" }), false, { chip: "esp32" }],
		["of 1.7 MB", espImage({ bytes: 1_700_000 }), false, { bytes: 1_700_000 }],
	])("%s gives its names, chip and bytes", (_what, image, isSigned, options) => {
		const { chip = "esp32c3", profile = "development" } = options;
		expect(readEspImage(image)).toEqual({
			chip,
			profile,
			hardware: "esp32-c3/1",
			version: "1.2.0",
			isSigned,
			plain: espImage(options).length,
		});
	});
	test("is signed as what it is, without a word about it", () => {
		const image = secured(espImage(RELEASE));
		const { status, text } = sign(image);
		expect([status, text]).toEqual([0, expect.stringContaining("1.2.0 for esp32-c3/1, release")]);
		expect(text).toContain("65536 padded, 69632 signed; this file 69632, signed by secure boot");
		expect(header()).toMatchObject({
			hardware: "esp32-c3/1",
			version: "1.2.0",
			profile: "release",
			counter: 7,
			length: image.length,
		});
	});
	test("is signed with words that agree", () => {
		const args = "--hardware esp32-c3/1 --version 1.2.0 --profile development";
		expect(sign(espImage(), args).status).toBe(0);
	});

	const cut = (image: Buffer, less: number) => image.subarray(0, image.length - less);
	const flipped = (image: Buffer, at: number) => {
		image[at]! ^= 1;
		return image;
	};
	test.each<[why: string, image: () => Buffer, words: string, says: RegExp]>([
		[
			"another board",
			() => espImage(),
			"--hardware wt32-eth01/1",
			/--hardware wt32-eth01\/1.*esp32-c3\/1/,
		],
		["another version", () => espImage(), "--version 9.9.9", /--version 9\.9\.9.*1\.2\.0/],
		["another profile", () => espImage(), "--profile release", /--profile release.*development/],
		["the simulator's name", () => espImage(), "--hardware virtual/1", /--hardware virtual\/1/],
		[
			"another chip",
			() => espImage({ chip: "esp32" }),
			"",
			/chip esp32, .*esp32-c3\/1 has an esp32c3/,
		],
		["no secure boot, of release", () => espImage(RELEASE), "", /espsecure sign-data/],
		["its last byte missing", () => cut(espImage(), 1), "", /cut off/],
		["its half missing", () => cut(espImage(), 2000), "", /cut off/],
		[
			"its signature cut",
			() => cut(secured(espImage(RELEASE)), 1),
			"",
			/no signature of secure boot/,
		],
		["a flipped bit", () => flipped(espImage(), 1000), "", /damaged/],
		[
			"a flipped bit in its digest",
			() => flipped(espImage(), espImage().length - 1),
			"",
			/damaged/,
		],
		["a wrong checksum", miscounted, "", /damaged/],
		["bytes behind it", () => Buffer.concat([espImage(), imageOf(100)]), "", /100 bytes follow/],
		["no descriptor", () => espImage({ isStrange: true }), "", /no descriptor/],
		["more than a slot takes", () => espImage({ bytes: 1_836_000 }), "", /1835008 fit/],
		["nothing of it", () => imageOf(4000), "--hardware esp32-c3/1", /begins with 0xe9/],
		["a header alone", () => espImage().subarray(0, 24), "", /cut off/],
	])("with %s is not signed", (_why, image, args, says) => {
		const { status, text } = sign(image(), args);
		expect([status, text]).toEqual([2, expect.stringMatching(says)]);
		expect(existsSync(`${file}.header`)).toBe(false);
	});
	test("is cut at any byte, or changed in one: never read, and never an exception of Node's", () => {
		const sound = espImage({ bytes: 600 });
		const sentence = /^the image is (cut off|damaged)/;
		fc.assert(
			fc.property(fc.integer({ min: 1, max: sound.length - 1 }), (length) => {
				expect(() => readEspImage(sound.subarray(0, length))).toThrow(sentence);
			}),
		);
		fc.assert(
			fc.property(
				fc.integer({ min: 32, max: sound.length - 1 }),
				fc.integer({ min: 1, max: 255 }),
				(at, by) => {
					const bytes = Buffer.from(sound);
					bytes[at]! ^= by;
					expect(() => readEspImage(bytes)).toThrow(/^the image|^\d+ bytes follow/);
				},
			),
		);
	});
});
