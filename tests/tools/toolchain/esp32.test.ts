/** What needs no SDK: the lists of the esp32 host are whole, boards make sense, commands say what is missing. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { importsOf } from "../../../tools/toolchain/modules.js";
import { runProgram } from "../../support/program.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const host = join(root, "hosts/esp32");
const json = (path: string) => JSON.parse(readFileSync(join(host, path), "utf8"));
const boards = readdirSync(join(host, "boards")).sort();

/** What stands in for a whole file of data: numbers after a name. */
const pinsOf = (text: string): number[] =>
	[...text.matchAll(/\b(?:pin|data|clock|receive|transmit): (\d+)/g)].map(([, pin]) => Number(pin));

describe("the esp32 host's manifest", () => {
	const files = readdirSync(host)
		.filter((name) => /\.ts$|^port\.c$/.test(name)) // retained.c is named under ffi
		.map((name) => name.replace(/\.\w+$/, ""));
	const { modules, preload } = json("manifest.json") as {
		modules: Record<string, string | string[]>;
		preload: string[];
	};

	test("names every file of the folder but the two that a board chooses from", () => {
		const named = Object.values(modules)
			.flat()
			.filter((path) => path.startsWith("./"))
			.map((path) => path.slice(2));
		expect([...named, "ethernet", "wifi"].sort()).toEqual(files.sort());
	});

	test("takes single modules of the SDK's io, and Wi-Fi or Ethernet as the board has it", () => {
		const whole = JSON.stringify(json("manifest.json"));
		expect(whole).not.toMatch(/manifest_net|modules\/io\/manifest|\(IO\)\/(spi|manifest)/);
		expect(whole).not.toMatch(/io\/(wifi|ethernet)\//);
		for (const board of boards) {
			const { include, modules: own } = json(`boards/${board}/manifest.json`);
			const kind = own["host/joined"].split("/").at(-1);
			expect(include).toEqual([
				"./../../manifest.json",
				`$(MODDABLE)/modules/io/${kind}/manifest.json`,
			]);
		}
	});

	test("names each component of ESP-IDF that a C source of an image calls", () => {
		const { dependency } = json("manifest.json").platforms["esp32/*"];
		const named = dependency.map(({ idf }: { idf: string }) => idf);
		const needed = [
			["modules/io/analog", "esp_adc"],
			["modules/io/i2c", "esp_driver_i2c"],
			["modules/io/serial", "esp_driver_uart"],
			["modules/io/storage", "nvs_flash"],
			["modules/io/update", "app_update"],
			["hosts/tls", "mbedtls"],
			["ffi: esp_netif_dhcpc_start", "esp_netif"],
			["ffi: bootloader_random_enable", "bootloader_support"],
			["modules/io/socket", "lwip"],
		];
		for (const [source, component] of needed)
			expect([source, named.includes(component)]).toEqual([source, true]);
	});

	test("preloads every module but the one that starts, each after what it imports", () => {
		const names = Object.keys(modules).filter((name) => /^(host|native)\//.test(name));
		const ours = preload.filter((name) => !name.startsWith("embedded:"));
		expect([...ours].sort()).toEqual([...names, "host/joined", "host/pins"].sort());
		for (const name of files.filter((file) => preload.includes(`host/${file}`)))
			for (const { specifier, typeOnly } of importsOf(
				readFileSync(join(host, `${name}.ts`), "utf8"),
			)) {
				const target = specifier.replace(/^\.\//, "host/");
				if (typeOnly || !target.startsWith("host/")) continue;
				expect([name, preload.indexOf(target) < preload.indexOf(`host/${name}`)]).toEqual([
					name,
					true,
				]);
			}
	});
});

describe.each(boards)("board %s", (board) => {
	const text = readFileSync(join(host, "boards", board, "pins.ts"), "utf8");
	const manifest = json(`boards/${board}/manifest.json`);
	const isC3 = manifest.build.ESP32_SUBCLASS === "esp32c3";
	const forbidden = isC3
		? [2, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19] // strapping, flash, USB
		: [0, 2, 6, 7, 8, 9, 10, 11, 12]; // strapping that stops a boot, flash

	test("has what the SDK asks of a board", () => {
		for (const file of ["manifest.json", "pins.ts"])
			expect([file, existsSync(join(host, "boards", board, file))]).toEqual([file, true]);
		const sdkconfig = join(host, "boards", board, manifest.build.SDKCONFIGPATH);
		const lines = readFileSync(join(sdkconfig, "sdkconfig.defaults"), "utf8");
		expect(lines).toContain("CONFIG_ESP_TASK_WDT_EN=y");
		expect(lines).toContain("CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE=y");
	});

	test("uses no pin that stops a boot or is the flash's", () => {
		const pins = pinsOf(text);
		expect(pins.length).toBeGreaterThan(5);
		expect(pins.filter((pin) => forbidden.includes(pin))).toEqual([]);
	});

	test("reads no converter where it is the source of chance: beside Ethernet", () => {
		const hasRadio = manifest.modules["host/joined"] === "../../wifi";
		expect(hasRadio || !text.includes('"analog"')).toBe(true);
	});

	test("uses no pin twice but the two of the I2C bus", () => {
		const lines = text.split("\n").filter((line) => !/\b(temperature|clock): {/.test(line)); // share the bus
		const pins = pinsOf(lines.join("\n"));
		expect(new Set(pins).size).toBe(pins.length);
	});

	test("dims at 4 kHz or more with 12 bits or more, at full light without a controller", () => {
		const [, hz, bits] = /hz: (\d+), resolution: (\d+), inverted: true/.exec(text) ?? [];
		expect(Number(hz)).toBeGreaterThanOrEqual(4000);
		expect(Number(bits)).toBeGreaterThanOrEqual(12);
		expect(Number(bits)).toBeLessThanOrEqual(13); // the largest duty is one more, and a C3 counts 14 bits
		expect(Number(hz) * 2 ** Number(bits)).toBeLessThanOrEqual(80_000_000); // LEDC's clock
	});
});

describe.each([
	["partitions.csv", 0x8000],
	["release.csv", 0x10000],
])("the flash by %s", (file, table) => {
	const FLASH = 0x40_0000;
	const rows = readFileSync(join(host, "sdkconfig", file), "utf8")
		.split("\n")
		.filter((line) => line !== "" && !line.startsWith("#"))
		.map((line) => line.split(",").map((word) => word.trim()))
		.map(([name, type, subtype, offset, size, flags]) => {
			return { name, type, subtype, offset: Number(offset), size: Number(size), flags };
		});
	const named = (name: string) => rows.find((row) => row.name === name)!;

	test("is filled from the table on, nothing over another, each on its boundary", () => {
		let end = table + 0x1000;
		for (const { name, type, offset, size } of rows) {
			const boundary = type === "app" ? 0x1_0000 : 0x1000; // ESP-IDF's rule
			expect([name, offset >= end, offset % boundary, size % 0x1000]).toEqual([name, true, 0, 0]);
			end = offset + size;
		}
		expect(end).toBe(FLASH);
	});

	test("has two slots of one size, settings, and the journal of 32 sectors", () => {
		expect(named("ota_0").size).toBe(named("ota_1").size);
		expect([named("nvs").size, named("journal").size]).toEqual([0x10000, 32 * 4096]);
		expect(rows.some(({ subtype }) => subtype === "factory")).toBe(false);
	});

	test("has encrypted keys of NVS where the profile encrypts: without them no boot comes through", () => {
		const isRelease = file === "release.csv";
		const keys = rows.filter(
			({ subtype, flags }) => subtype === "nvs_keys" && flags === "encrypted",
		);
		expect(keys).toHaveLength(isRelease ? 1 : 0);
		const lines = readFileSync(join(host, "sdkconfig/release.defaults"), "utf8");
		expect(lines).toContain("CONFIG_PARTITION_TABLE_OFFSET=0x10000\n");
	});
});

describe("a command", () => {
	const run = (words: string[], more: NodeJS.ProcessEnv = {}) => {
		const { MODDABLE: _sdk, IDF_PATH: _idf, ...bare } = process.env;
		const env = { ...bare, ...more };
		return runProgram(words, env);
	};
	const missing: [words: string[], says: RegExp][] = [
		[["tools/bin/imagecheck.ts"], /^npm run image:check: MODDABLE is not set.*docs\/flash.md/],
		[["tools/bin/buildesp32.ts", "build"], /^npm run build:esp32: MODDABLE is not set/],
		[["tools/bin/buildesp32.ts", "flash", "--port", "/dev/null"], /^npm run flash: MODDABLE/],
		[
			["tools/bin/buildesp32.ts", "flash", "--port", "/dev/null", "--profile", "release"],
			/^npm run flash: an image of release is signed first/,
		],
		[["tools/bin/headless.ts", "--live"], /^npm run headless: MODDABLE is not set/],
		[["tools/bin/mcsim.ts"], /^npm run mcsim: MODDABLE is not set/],
		[
			["tools/bin/imagecheck.ts", "--board", "none"],
			/no board "none": esp32-c3, esp32-devkit, wt32/,
		],
		[
			["tools/bin/imagecheck.ts", "--mbedtls", "hosts/tls"],
			/^npm run image:check: \S*hosts\/tls: no sources of Mbed TLS 3\.6, as apt-get source/,
		],
	];
	test.each(missing)(
		"%j without what it needs says so in one line and ends with 2",
		async (words, says) => {
			const { status, stdout, stderr } = await run(words);
			expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
			expect(stderr).toMatch(says);
		},
	);
});

describe("the image of a board", () => {
	type Json = { modules: Record<string, string>; preload: string[]; include?: string | string[] };
	const folder = join(root, "out/boards/esp32-c3-release");
	const read = (path: string) => readFileSync(join(folder, path), "utf8");
	const copies = (path: string): Json[] => {
		const json: Json = JSON.parse(read(path));
		const includes = [json.include ?? []].flat().filter((include) => include.startsWith("./"));
		return [json, ...includes.flatMap((include) => copies(join(dirname(path), include)))];
	};
	let made: { platform: string; manifest: string };
	let all: Json[];
	beforeAll(async () => {
		const words = ["tests/support/boardimage.ts", "esp32-c3", "release"];
		const { stdout, stderr } = await runProgram(words);
		if (!stdout) throw new Error(stderr);
		made = JSON.parse(stdout);
		all = [...copies("app/manifest.json"), ...copies("manifest.json")];
	});

	test("is a folder of a board beside an application's manifest", () => {
		expect(made.platform).toBe("esp32:./out/boards/esp32-c3-release");
		expect(existsSync(join(root, made.manifest))).toBe(true);
	});

	test("has no TypeScript, and every path of a copy leads to something", () => {
		expect(readdirSync(folder, { recursive: true }).join()).not.toMatch(/\.ts\b/);
		for (const [name, path] of all.flatMap(({ modules }) => Object.entries(modules))) {
			if (typeof path !== "string" || !path.startsWith("./")) continue;
			const there = [".js", ".c"].some((kind) => existsSync(join(folder, path) + kind));
			expect([name, there || path.includes("hosts/desktop")]).toEqual([name, true]);
		}
	});

	test("preloads what the SDK imports by name and the rest as one, and starts main", () => {
		const preloaded = all.flatMap(({ preload }) => preload ?? []);
		const ours = preloaded.filter((name) => existsSync(join(folder, fileOf(name))));
		expect(ours).toContain("luminode/all");
		expect(preloaded).not.toContain("main");
		expect(preloaded.filter((name) => /^(luminode|host)\/(node|pole|units)$/.test(name))).toEqual(
			[],
		);
		expect(read("main.js")).toMatch(/from "luminode\/all"/);
		expect(read("main.js")).not.toMatch(/from "(host|luminode)\/(?!all")/);
		for (const name of ours)
			for (const [, specifier] of read(fileOf(name)).matchAll(
				/ from "((?:host|luminode)\/[^"]+)"/g,
			))
				expect([name, ours.includes(specifier!)]).toEqual([name, true]);
	});

	test("of release has the lines that burn fuses, on its own partitions", () => {
		const { build } = JSON.parse(read("manifest.json"));
		expect(read("sdkconfig/sdkconfig.defaults")).toContain("CONFIG_SECURE_BOOT=y");
		expect(join(folder, build.PARTITIONS_FILE)).toBe(join(host, "sdkconfig/release.csv"));
		expect(build.ESP32_SUBCLASS).toBe("esp32c3");
	});
});

const fileOf = (name: string): string =>
	name === "luminode/all" ? "all.js" : `${name.replaceAll("/", "-")}.js`;
