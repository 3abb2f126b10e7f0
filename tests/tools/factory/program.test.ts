/** `npx luminode factory` at a simulated bench: arguments, a batch from a list, labels, the question, the list. */
import { constants, createHash, createSign, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Vault } from "../../../lib/vault/vault.js";
import { factoryArguments } from "../../../tools/factory/arguments.js";
import type { ChipFacts } from "../../../tools/factory/bench.js";
import { factsIn } from "../../../tools/factory/esptool.js";
import { factory, type Generator } from "../../../tools/factory/factory.js";
import { imageIn } from "../../../tools/factory/image.js";
import { Tools } from "../../../tools/factory/tools.js";
import { partitionsIn } from "../../../tools/toolchain/partitions.js";
import { type EspWords, espImage } from "../../support/espimage.js";
import { UPDATE_KEYS } from "../../support/factory.js";
import { FakeBench, FakeChip, spacedHex } from "../../support/fakebench.js";
import { TestSeat } from "../laptop/lampline.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const partitions = partitionsIn(readFileSync("hosts/esp32/sdkconfig/partitions.csv", "utf8"));

/** In the place of ESP-IDF's: the form that the simulated chip reads. */
const generator: Generator = {
	image: (values) =>
		Buffer.from(`nvs ${JSON.stringify({ ...values, secret: secretOf(values.serial!) })}`),
	keys: () => Buffer.alloc(4096, 7),
};
let folder: string;
let vaultPath: string;
const file = (name: string) => join(folder, name);
const vault = () => Vault.open(vaultPath, PHRASE);
const secretOf = (serial: string) =>
	vault()
		.read()
		.lamps.find((lamp) => lamp.serial === serial)!.secret;

const boot = generateKeyPairSync("rsa", { modulusLength: 3072 });
/** A boot loader for a chip, as the simulated one reads it. */
function loaderFor(chip: number): Buffer {
	const text = "loader for tests";
	const head = Buffer.alloc(4096 - text.length, 0xff);
	head[0] = 0xe9;
	head.writeUInt16LE(chip, 12);
	return Buffer.concat([head, Buffer.from(text)]);
}
const padded = (image: Buffer): Buffer =>
	Buffer.concat([image, Buffer.alloc(-image.length & 0xffff, 0xff)]);
/** Signed as espsecure does (its own signatures: tests/slow/system/fuses.test.ts). */
function signed(image: Buffer, key = boot): Buffer {
	const { n, e } = key.publicKey.export({ format: "jwk" });
	const turned = (text: string | Buffer, bytes: number) =>
		Buffer.concat([
			Buffer.from(text as string, "base64url").reverse(),
			Buffer.alloc(bytes),
		]).subarray(0, bytes);
	const sector = Buffer.alloc(4096, 0xff);
	const signature = createSign("sha256").update(image).sign({
		key: key.privateKey,
		padding: constants.RSA_PKCS1_PSS_PADDING,
		saltLength: 32,
	});
	sector.set([0xe7, 2, 0, 0]);
	sector.set(createHash("sha256").update(image).digest(), 4);
	sector.set(turned(n!, 384), 36);
	sector.set(turned(e!, 4), 420);
	sector.set(Buffer.from(signature).reverse(), 812);
	return Buffer.concat([image, sector]);
}

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "luminode-factory-"));
	vaultPath = file("city.vault");
	UPDATE_KEYS.forEach((key, index) => void writeFileSync(file(`city${index}.public`), key));
	for (const [chip, number, hardware] of [
		["esp32", 0, "esp32-devkit/1"],
		["esp32c3", 5, "esp32-c3/1"],
	] as const) {
		mkdirSync(file(chip));
		const put = (path: string, bytes: Buffer) => writeFileSync(join(folder, chip, path), bytes);
		const loader = loaderFor(number);
		put("bootloader.bin", loader);
		put("xs_esp32.bin", espImage({ chip, hardware, profile: "bring-up" }));
		put("bootloader.signed", signed(loader));
		put("xs_esp32.signed", signed(padded(espImage({ chip, hardware, profile: "release" }))));
		put("partition-table.bin", Buffer.alloc(0xc00, 1));
		put("ota_data_initial.bin", Buffer.alloc(0x2000, 0xff));
	}
	writeFileSync(file("serials.txt"), "L-0001\r\nL-0002\n\n");
	writeFileSync(file("bench.txt"), "lampResponse 60\nwifiName bench net\n");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
	rmSync(vaultPath, { force: true });
	Vault.open(vaultPath, PHRASE, CHEAP).update((content) => ({
		...content,
		shared: { siteKey: "the key of the whole site" },
	}));
});

const C3_RELEASE = { chip: "esp32c3", hardware: "esp32-c3/1", profile: "release" } as const;
function damaged(): Buffer {
	const image = espImage();
	image[3000]! ^= 1;
	return image;
}

const STATION = ["--port", "/dev/rom", "--console", "/dev/line", "--board", "esp32-c3"];
const paths = () => ["--vault", vaultPath, "--image", file("esp32c3")];

/** Keys are pressed one after the other as questions come. */
async function run(
	args: readonly string[],
	chips: readonly FakeChip[] = [],
	keys = "",
	lang = "en",
) {
	const seat = new TestSeat();
	const waiting = [...chips];
	const bench = new FakeBench();
	bench.chip = waiting.shift();
	const pressed = [...keys];
	const { stdin, stdout, stderr } = seat;
	const show = stderr.write.bind(stderr) as (text: string) => boolean;
	stderr.write = ((text: string) => {
		if (/\[[yo]\/n\] $/.test(text))
			setImmediate(() => {
				if (/next|suivant/.test(text)) bench.chip = waiting.shift();
				seat.keys.write(pressed.shift() ?? "n");
			});
		return show(text);
	}) as typeof stderr.write;
	const environment = { LUMINODE_PASSPHRASE: PHRASE };
	const asking = {
		stdin,
		stdout,
		stderr,
		environment,
		now: () => new Date("2026-11-24T10:00:00Z"),
	};
	const code = await factory([...args, "--lang", lang], {
		seat: asking,
		benchOf: () => bench,
		generator,
	});
	return { code, out: stdout.text, said: stderr.text, bench };
}

/** A chip that reads the sector of signatures. */
function chipOf(index: number): FakeChip {
	const chip = new FakeChip("esp32c3", index);
	chip.signerOf = (loader) => {
		const block = loader.subarray(-4096);
		return spacedHex(createHash("sha256").update(block.subarray(36, 812)).digest());
	};
	return chip;
}

describe("the command line", () => {
	const wrong: [words: string[], why: RegExp][] = [
		[[], /--vault is missing/],
		[["--vault", "v"], /give make, seal, identity or list/],
		[["paint", "--vault", "v"], /give make, seal/],
		[["make", "twice", "--vault", "v"], /"twice" is not an option/],
		[["make", "--vault", "v"], /--port is missing, for example --port \/dev\/ttyUSB0/],
		[["make", "--vault", "v", "--port", "p"], /--console is missing/],
		[
			["make", "--vault", "v", ...STATION.slice(0, 4), "--board", "none"],
			/--board none: is not one of/,
		],
		[
			["make", "--vault", "v", ...STATION, "--profile", "release"],
			/--profile release: not for make/,
		],
		[["seal", "--vault", "v", ...STATION, "--profile", "development"], /not for seal/],
		[["seal", "--vault", "v", ...STATION], /could never be updated/],
		[
			["make", "--vault", "v", ...STATION, "--image", "/none"],
			/\/none\/bootloader.bin: no such file/,
		],
		[["identity", "--vault", "v", "--to", "d"], /--lamp is missing/],
		[
			["identity", "--vault", "v", "--lamp", "L-1", "--to", "d", "--profile", "mine"],
			/--profile mine/,
		],
		[["list", "--vault", "/none/v"], /\/none\/v: no such file/],
	];
	test.each(wrong)("%j ends with 2 in one line, in both languages", async (args, why) => {
		const english = await run(args);
		expect([english.code, english.out]).toEqual([2, ""]);
		expect(english.said).toMatch(new RegExp(`^factory: .*(?:${why.source}).*\\n$`));
		const french = await run(args, [], "", "fr");
		expect(french.said).toMatch(/^factory : .+\n$/);
		expect(french.said.slice(10)).not.toBe(english.said.slice(9));
	});

	test("a bench's file has settings, and names what is none", () => {
		const args = [
			"make",
			...STATION,
			"--vault",
			"v",
			"--bench",
			file("bench.txt"),
			"--tests",
			"lamp,pir",
		];
		expect(factoryArguments(args)).toMatchObject({
			settings: [
				["lampResponse", "60"],
				["wifiName", "bench net"],
			],
			tests: ["lamp", "pir"],
			chip: "esp32c3",
			common: { profile: "bring-up" },
			image: "out/bin/esp32/esp32-c3-bring-up/release/luminode",
		});
		const bad = [...args.slice(0, -3), file("serials.txt")];
		expect(() => factoryArguments(bad)).toThrow(/"L-0001" is not a setting/);
	});

	test.each(["en", "fr"])("--help in %s", async (lang) => {
		const { code, out } = await run(["--help"], [], "", lang);
		expect([code, out.split("\n").every((line) => line.length <= 105)]).toEqual([0, true]);
		for (const word of ["--update-key", "--serials", "seal", "ESPTOOL"])
			expect(out).toContain(word);
	});
});

describe("a batch", () => {
	test("is made from a list, with labels; a board that comes again is not made again", async () => {
		const args = [
			"make",
			...STATION,
			...paths(),
			"--serials",
			file("serials.txt"),
			"--label",
			folder,
		];
		const fakeChip = chipOf(1);
		const { code, out, said } = await run(args, [fakeChip, chipOf(2), fakeChip, chipOf(3)], "yyyn");
		expect(said.match(/plug in the next controller/g)).toHaveLength(4);
		expect(code).toBe(1); // the list had two
		expect(out.match(/^DONE .*|^FAILED.*/gm)).toEqual([
			"DONE L-0001",
			"DONE L-0002",
			"DONE L-0001, before already",
			"FAILED: no serial number is left",
		]);
		expect(out).toMatch(/L-0001: self-test by the console\nL-0001: label/);
		expect(readFileSync(file("controller-L-0002.svg"), "utf8")).toContain("<title>L-0002</title>");
		const listed = await run(["list", "--vault", vaultPath]);
		expect(listed.out).toMatch(/^L-0001 {2}24:0a:.* {2}made, tested {2}2026-11-24T10/m);
	});

	test("without a list is named by its chips, in French", async () => {
		const { code, out } = await run(["make", ...STATION, ...paths()], [chipOf(1)], "n", "fr");
		expect([code, out.split("\n").at(-2)]).toEqual([0, "FAIT esp32-240ac4000001"]);
		expect(out).toContain("esp32-240ac4000001 : effacer la mémoire flash");
	});

	const update = () => ["--update-key", file("city0.public"), "--update-key", file("city1.public")];
	test("is sealed one by one, each with a question; no is no", async () => {
		const [fakeChip, two] = [chipOf(1), chipOf(2)];
		await run(
			["make", ...STATION, ...paths(), "--serials", file("serials.txt")],
			[fakeChip, two],
			"yn",
		);
		const asked = await run(["seal", ...STATION, ...paths(), ...update()], [fakeChip, two], "nyyn");
		expect(asked.said).toMatch(
			/burn the fuses of L-0001 \(24:0a:c4:00:00:01, esp32c3\)\? For good/,
		);
		expect(asked.out.match(/^DONE .*|^FAILED.*/gm)).toEqual([
			"FAILED: L-0001: no fuse was burnt",
			"DONE L-0002",
		]);
		expect(asked.bench.done.filter((action) => action.startsWith("burn")).length).toBeGreaterThan(
			0,
		);
		expect([fakeChip.isSecure, two.isClosed]).toEqual([false, true]);
		const { factory: record } = vault().read().lamps[1]!;
		expect(Buffer.from(record!.keys!.flash, "base64").length).toBe(32);
	});

	test("an image that another key signed, or for another chip, is refused before the vault", async () => {
		const other = generateKeyPairSync("rsa", { modulusLength: 3072 });
		const firmware = padded(espImage(C3_RELEASE));
		const good = readFileSync(file("esp32c3/xs_esp32.signed"));
		const put = (bytes: Buffer) => writeFileSync(file("esp32c3/xs_esp32.signed"), bytes);
		const seal = ["seal", ...STATION, ...paths(), ...update()];
		try {
			put(signed(firmware, other));
			expect((await run(seal)).said).toMatch(/not signed by one boot key/);
			const version = padded(espImage({ ...C3_RELEASE, version: "9.9.9" }));
			put(Buffer.concat([version, good.subarray(-4096)]));
			expect((await run(seal)).said).toMatch(/xs_esp32.signed: the signature is of another image/);
			put(firmware);
			expect((await run(seal)).said).toMatch(/not signed by one boot key/);
			put(signed(padded(espImage({ ...C3_RELEASE, bytes: 0x1c_f000 }))));
			expect((await run(seal)).said).toMatch(
				/ota_0: 1904640 bytes, of which its place takes 1900544/,
			);
		} finally {
			put(good);
		}
		const c3 = { chip: "esp32c3", hardware: "esp32-c3/1", profile: "bring-up" } as const;
		expect(() => imageIn(file("esp32"), c3, partitions)).toThrow(
			/is for another chip than esp32c3/,
		);
		const devkit = { chip: "esp32", hardware: "esp32-devkit/1", profile: "release" } as const;
		expect(() => imageIn(folder, devkit, partitions)).toThrow(/no such file/);
		const { places, version } = imageIn(file("esp32"), devkit, partitions);
		expect([version, places.map(({ name, offset }) => [name, offset])]).toEqual([
			"1.2.0",
			[
				["bootloader", 0x1000],
				["partition-table", 0x10000],
				["otadata", 0x21000],
				["ota_0", 0x30000],
			],
		]);
	});

	const OTHERS: [what: string, words: EspWords | Buffer, why: RegExp][] = [
		["of another board", { hardware: "esp32-c3/2" }, /for the board esp32-c3\/2, not esp32-c3\/1/],
		["of another profile", { profile: "development" }, /of the profile development, and this step/],
		["of no profile", { profile: "" }, /of the profile , and this step/],
		[
			"without a record",
			{ isStrange: true },
			/is not an image of luminode: .* contains no descriptor/,
		],
		["that is cut", espImage().subarray(0, 3000), /is not an image of luminode: .* cut off after/],
		["of its head alone", espImage().subarray(0, 24), /is not an image of luminode: .* cut off/],
		[
			"that ends in its head",
			espImage().subarray(0, 5),
			/xs_esp32.\w+: is (not an image|for another chip)/,
		],
		["with a bit changed", damaged(), /is not an image of luminode: .* damaged/],
	];
	describe.each(["make", "seal"] as const)("%s", (verb) => {
		test.each(OTHERS)(
			"an image %s stops in one sentence before a chip",
			async (_what, image, why) => {
				const [ending, profile] = verb === "seal" ? ["signed", "release"] : ["bin", "bring-up"];
				const path = file(`esp32c3/xs_esp32.${ending}`);
				const good = readFileSync(path);
				const bytes = Buffer.isBuffer(image)
					? image
					: espImage({ ...C3_RELEASE, profile, ...image });
				writeFileSync(path, verb === "seal" ? signed(padded(bytes)) : bytes);
				try {
					for (const lang of ["en", "fr"]) {
						const { code, said, bench } = await run(
							[verb, ...STATION, ...paths(), ...update()],
							[chipOf(1)],
							"",
							lang,
						);
						expect([code, bench.done, said.split("\n").length]).toEqual([2, [], 2]);
						if (lang === "en") expect(said).toMatch(why);
					}
				} finally {
					writeFileSync(path, good);
				}
			},
		);
	});

	test("an identity is written as files for a lamp of the vault, its owner's alone", async () => {
		await run(["make", ...STATION, ...paths(), "--serials", file("serials.txt")], [chipOf(1)], "n");
		const args = ["identity", "--vault", vaultPath, "--lamp", "L-0001", "--to", file("identity")];
		const { code, out } = await run([...args, "--profile", "release", ...update()]);
		expect([code, out.match(/nvs\S*\.bin: delete it/g)]).toEqual([
			0,
			["nvs.bin: delete it", "nvs_keys.bin: delete it"],
		]);
		expect(readFileSync(file("identity/nvs.bin"), "utf8")).toContain('"serial":"L-0001"');
		expect((await run([...args.slice(0, 4), "L-9999", ...args.slice(5)])).said).toMatch(
			/L-9999: is not in/,
		);
		expect(existsSync(file("identity/nvs_keys.bin"))).toBe(true);
	});
});

describe("esptool", () => {
	const facts: [what: string, said: string, found: ChipFacts][] = [
		[
			"4.7 at a C3",
			"esptool.py v4.7.0\nSerial port /dev/ttyUSB0\nConnecting....\nDetecting chip type... ESP32-C3\nChip is ESP32-C3 (QFN32) (revision v0.4)\nFeatures: WiFi, BLE, Embedded Flash 4MB (XMC)\nCrystal is 40MHz\nMAC: 84:F7:03:01:02:03\nUploading stub...\nManufacturer: 20\nDevice: 4016\nDetected flash size: 4MB\n",
			{
				chip: "esp32c3",
				name: "ESP32-C3",
				revision: "v0.4",
				mac: "84:f7:03:01:02:03",
				flashBytes: 1 << 22,
			},
		],
		[
			"5.2 at an ESP32",
			"esptool v5.2.0\nConnected to ESP32 on /dev/ttyUSB0:\nChip type:          ESP32-D0WD-V3 (revision v3.1)\nFeatures:           Wi-Fi, BT\nMAC:                24:0a:c4:01:02:03\n\nFlash Memory Information:\nManufacturer: 68\nDetected flash size: 4MB\n",
			{
				chip: "esp32",
				name: "ESP32",
				revision: "v3.1",
				mac: "24:0a:c4:01:02:03",
				flashBytes: 1 << 22,
			},
		],
		[
			"5.2 at a chip of others, of unknown flash",
			"Connected to ESP32-S3 on /dev/ttyACM0:\nChip type:          ESP32-S3 (QFN56) (revision v0.2)\nMAC:                24:0a:c4:01:02:03\n",
			{
				chip: undefined,
				name: "ESP32-S3",
				revision: "v0.2",
				mac: "24:0a:c4:01:02:03",
				flashBytes: 0,
			},
		],
	];
	test.each(facts)("%s is read", (_what, printed, found) =>
		expect(factsIn(printed)).toEqual(found),
	);

	test("without a chip's name is trouble", () => {
		expect(() => factsIn("MAC: 24:0a:c4:01:02:03")).toThrow(/^esptool: MAC/);
	});

	const programOf = (name: string, text: string) => {
		const path = file(name);
		writeFileSync(path, `#!/bin/sh\n${text}\n`, { mode: 0o755 });
		return path;
	};
	test("spells its words as its version does, and reports a tool's last words", async () => {
		const old = Tools.found({
			...process.env,
			ESPTOOL: programOf("esptool.py", "echo esptool.py v4.7.0; echo 4.7.0"),
		});
		const young = Tools.found({
			...process.env,
			ESPTOOL: programOf("esptool", "echo esptool v5.2.0"),
		});
		for (const [word, underscored] of [
			["write-flash", "write_flash"],
			["--flash-mode", "--flash_mode"],
			["summary", "summary"],
		] as const)
			expect([old.word(word), young.word(word)]).toEqual([underscored, word]);
		programOf(
			"espefuse.py",
			"echo connecting; printf 'A fatal error occurred: no chip\\nthere' >&2; exit 2",
		);
		await expect(old.run("espefuse", [])).rejects.toThrow(
			"espefuse: A fatal error occurred: no chip there",
		);
		await expect(young.run("espsecure", [])).rejects.toThrow(/espsecure: .*ENOENT/);
	});

	test.each([
		["none", "/none/esptool"],
		["an older one", "old"],
		["another program", "other"],
	])("%s: the remedy in one line", (_what, name) => {
		programOf("old", "echo esptool.py v3.3");
		programOf("other", "echo hello");
		const ESPTOOL = name.startsWith("/") ? name : file(name);
		expect(() => Tools.found({ ...process.env, ESPTOOL })).toThrow(
			/is not esptool 4.7 or newer: .*apt-get install/,
		);
	});
});
