/**
 * What needs no SDK: the lists of the esp32 host are whole, boards make sense, commands say what is
 * missing.
 *
 * Promise: Whoever builds an image without the SDK, or for a board that cannot work, is told what
 * is missing.
 */
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { PROFILES } from "../../../lib/profiles.js";
import { SW_VERSION } from "../../../src/version.js";
import { importsOf } from "../../../tools/toolchain/modules.js";
import { optionsIn, settingsFor, withoutEffect } from "../../../tools/toolchain/sdkconfig.js";
import { profileRows } from "../../support/profiletable.js";
import { runProgram } from "../../support/program.js";
import { scaled } from "../../support/scale.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const host = join(root, "hosts/esp32");
const json = (path: string) => JSON.parse(readFileSync(join(host, path), "utf8"));
const boards = readdirSync(join(host, "boards")).sort();

/** Without the compilers that this machine may have. */
const PLAIN_PATH = `${dirname(process.execPath)}:/usr/bin:/bin`;

/** What stands in for a whole file of data: numbers after a name. */
const hasBus = (board: string): boolean =>
	readFileSync(join(host, "boards", board, "pins.ts"), "utf8").includes("BusBoard");
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

	// security: 5.6-6
	test("names every file of the folder, with those that a board chooses from", () => {
		const chosen = ["pwm", "bus"].map((kind) => Object.values(json(`${kind}.json`).modules));
		const named = [...Object.values(modules), ...chosen.flat()]
			.flat()
			.map(String)
			.filter((path) => path.startsWith("./"))
			.map((path) => path.slice(2));
		expect([...new Set([...named, "ethernet", "wifi"])].sort()).toEqual(files.sort());
	});

	test("takes single modules of the SDK's io, and Wi-Fi or Ethernet as the board has it", () => {
		const manifest = JSON.stringify(json("manifest.json"));
		expect(manifest).not.toMatch(/manifest_net|modules\/io\/manifest|\(IO\)\/(spi|manifest)/);
		expect(manifest).not.toMatch(/io\/(wifi|ethernet)\//);
		for (const kind of ["wifi", "ethernet"]) {
			const { include, modules: kindModules } = json(`${kind}.json`);
			expect([include, kindModules["host/joined"]]).toEqual([
				`$(MODDABLE)/modules/io/${kind}/manifest.json`,
				`./${kind}`,
			]);
		}
		for (const board of boards) {
			const { include } = json(`boards/${board}/manifest.json`);
			const kind = /eth|emulator/.test(board) ? "ethernet" : "wifi";
			const dims = hasBus(board) ? "bus" : "pwm";
			const files = ["manifest", dims, kind].map((name) => `./../../${name}.json`);
			expect(include).toEqual(files);
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

	// security: preload lists
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
	});

	test("uses no pin that stops a boot or is the flash's", () => {
		const pins = pinsOf(text);
		expect(pins.length).toBeGreaterThan(5);
		expect(pins.filter((pin) => forbidden.includes(pin))).toEqual([]);
	});

	test("reads no converter where it is the source of chance: beside Ethernet", () => {
		const hasRadio = manifest.include.includes("./../../wifi.json");
		expect(hasRadio || !text.includes('"analog"')).toBe(true);
	});

	test("uses no pin twice but the two of the I2C bus", () => {
		const lines = text.split("\n").filter((line) => !/\b(temperature|clock): {/.test(line)); // share the bus
		const pins = pinsOf(lines.join("\n"));
		expect(new Set(pins).size).toBe(pins.length);
	});

	test("dims at 1 kHz, behind its optocoupler, with 12 bits or more, at full light without a controller", () => {
		if (hasBus(board)) return expect(text).not.toContain("lamp: {"); // its driver does, by itself
		const [, hz, bits] = /hz: (\d+), resolution: (\d+), inverted: true/.exec(text) ?? [];
		expect(Number(hz)).toBe(1000);
		expect(Number(bits)).toBeGreaterThanOrEqual(12);
		expect(Number(bits)).toBeLessThanOrEqual(13); // the largest duty is one more, and a C3 counts 14 bits
		expect(Number(hz) * 2 ** Number(bits)).toBeLessThanOrEqual(80_000_000); // LEDC's clock
	});
});

describe("the flash", () => {
	const FLASH = 0x40_0000;
	const TABLE = 0x1_0000;
	const rows = readFileSync(join(host, "sdkconfig/partitions.csv"), "utf8")
		.split("\n")
		.filter((line) => line !== "" && !line.startsWith("#"))
		.map((line) => line.split(",").map((word) => word.trim()))
		.map(([name, type, subtype, offset, size, flags]) => {
			return { name, type, subtype, offset: Number(offset), size: Number(size), flags };
		});
	const named = (name: string) => rows.find((row) => row.name === name)!;

	test("is filled from the table on, nothing over another, each on its boundary", () => {
		let end = TABLE + 0x1000;
		for (const { name, type, offset, size } of rows) {
			const boundary = type === "app" ? 0x1_0000 : 0x1000; // ESP-IDF's rule
			expect([name, offset >= end, offset % boundary, size % 0x1000]).toEqual([name, true, 0, 0]);
			end = offset + size;
		}
		expect(end).toBe(FLASH);
	});

	test("is laid out for good: a lamp in the field keeps its table", () => {
		expect(rows.map(({ name, offset, size }) => [name, offset, size])).toEqual([
			["nvs", 0x1_1000, 0x1_0000],
			["otadata", 0x2_1000, 0x2000],
			["nvs_keys", 0x2_3000, 0x1000],
			["coredump", 0x2_4000, 0xc000],
			["ota_0", 0x3_0000, 29 * 0x1_0000],
			["ota_1", 0x20_0000, 29 * 0x1_0000],
			["recorder", 0x3d_0000, 0x1_0000],
			["journal", 0x3e_0000, 32 * 4096],
		]);
		expect(rows.some(({ subtype }) => subtype === "factory")).toBe(false);
	});

	// security: NVS that is encrypted
	test("has encrypted keys of NVS: without them no boot of release comes through", () => {
		expect([named("nvs_keys").subtype, named("nvs_keys").flags]).toEqual(["nvs_keys", "encrypted"]);
	});
});

describe.each(boards.flatMap((board) => PROFILES.map((profile) => [board, profile] as const)))(
	"ESP-IDF's options for %s, %s",
	(board, profile) => {
		const options = optionsIn(settingsFor(board, profile));
		const { build, include } = json(`boards/${board}/manifest.json`);
		const [isC3, hasWifi] = [build.ESP32_SUBCLASS === "esp32c3", include[2].includes("wifi")];

		test("hold what the lamp relies on", () => {
			for (const [name, value] of [
				["ESP_INT_WDT", "y"],
				["ESP_TASK_WDT_PANIC", "y"],
				["ESP_TASK_WDT_TIMEOUT_S", "5"],
				["BOOTLOADER_WDT_ENABLE", "y"],
				[`ESP_BROWNOUT_DET_LVL_SEL_${isC3 ? 4 : 7}`, "y"],
				["BOOTLOADER_APP_ROLLBACK_ENABLE", "y"],
				["PARTITION_TABLE_OFFSET", "0x10000"],
				["MBEDTLS_SSL_KEEP_PEER_CERTIFICATE", "y"],
				["MBEDTLS_SSL_PROTO_TLS1_3", "y"],
				["ESP_COREDUMP_ENABLE_TO_UART", "n"],
				profile === "release"
					? ["ESP_COREDUMP_ENABLE_TO_NONE", "y"]
					: ["ESP_COREDUMP_ENABLE_TO_FLASH", "y"],
			])
				expect([name, options.get(`CONFIG_${name}`)]).toEqual([name, value]);
		});

		test("are stated once each", () => {
			const text = settingsFor(board, profile);
			const lines = [...text.matchAll(/^CONFIG_\w+/gm)].map(([name]) => name);
			if (board === "emulator") return; // its own log is that of bringing up
			expect(lines.filter((name, index) => lines.indexOf(name) !== index)).toEqual([]);
			expect(lines).toHaveLength(options.size);
		});

		test("name board, version and profile for the image's descriptor", () => {
			const names = ["HARDWARE", "VERSION", "PROFILE"].map((name) =>
				options.get(`CONFIG_LUMINODE_${name}`),
			);
			const pins = readFileSync(join(host, "boards", board, "pins.ts"), "utf8");
			const [, hardware] = /hardware: "([\w-]+\/1)"/.exec(pins)!;
			expect(names).toEqual([`"${hardware}"`, `"${SW_VERSION}"`, `"${profile}"`]);
		});

		test("are those of the table, where ours state them", () => {
			const rows = profileRows().filter(({ chips }) => chips.includes(build.ESP32_SUBCLASS));
			const stated = rows.filter(({ option }) => options.has(option));
			expect(stated.length).toBeGreaterThan(3);
			if (board === "emulator") return;
			for (const { option, values } of stated)
				expect([option, options.get(option)]).toEqual([option, values[profile]]);
		});

		test("limit the radio where there is one, and nothing where there is none", () => {
			const power = Number(options.get("CONFIG_ESP_PHY_MAX_WIFI_TX_POWER") ?? Number.NaN);
			expect(power > 0 && power <= 20).toBe(hasWifi);
			expect(options.has("CONFIG_ETH_USE_ESP32_EMAC")).toBe(!hasWifi && !isC3);
			expect(options.has("CONFIG_ETH_USE_OPENETH")).toBe(board === "emulator");
		});
	},
);

describe("options without effect", () => {
	const generated = 'CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_C=5\nCONFIG_D="x"\n';
	test.each<[why: string, ours: string, ignored: string[]]>([
		["all are as ours", 'CONFIG_A=y\nCONFIG_B=n\nCONFIG_C=5\nCONFIG_D="x"\n', []],
		["one is on and not ours", "# CONFIG_A is on\n", []],
		["a later line has another value", "CONFIG_C=4\nCONFIG_C=5\n", []],
		["ESP-IDF has no such option", "CONFIG_E=y\n", ["CONFIG_E=y"]],
		["nor one that is to be off", "CONFIG_E=n\n", ["CONFIG_E=n"]],
		["one that is to be on is off", "CONFIG_B=y\n", ["CONFIG_B=y"]],
		["one that is to be off is on", "CONFIG_A=n\n", ["CONFIG_A=n"]],
		["a number differs", "CONFIG_C=50\n", ["CONFIG_C=50"]],
	])("where %s", (_why, ours, ignored) => {
		expect(withoutEffect(ours, generated)).toEqual(ignored);
	});
});

describe("the build of our C", () => {
	const text = readFileSync(join(host, "build.mk"), "utf8");
	test("has the configuration of Mbed TLS that ESP-IDF's library has, and compares both", () => {
		expect(text).toContain(`MBEDTLS_CONFIG = '"mbedtls/esp_config.h"'`);
		for (const name of ["MBEDTLS_CONFIG_FILE", "TF_PSA_CRYPTO_USER_CONFIG_FILE"])
			expect(text).toContain(`-D${name}=$(MBEDTLS_CONFIG)`);
		expect(text).toMatch(/^\tcmp .*layout\.ours .*layout\.idf/m);
		const component = readFileSync(join(host, "luminode/CMakeLists.txt"), "utf8");
		expect(component).toContain("tls/layout.c");
	});
	test("stops at a warning, and at a step of ESP-IDF that fails", () => {
		expect(text).toContain("-Wall -Wextra -Werror");
		expect(text).not.toMatch(/^\t-(cd|cp|cmp|ninja)/m); // make would go on
	});
	test("opens the store in the place of the SDK's main, which aborts", () => {
		const component = readFileSync(join(host, "luminode/CMakeLists.txt"), "utf8");
		expect(component).toContain("--wrap=nvs_flash_init");
		expect(readFileSync(join(host, "luminode/store.c"), "utf8")).toContain("return ESP_OK;");
	});
	test("keeps the addresses of a crash", () => {
		const component = readFileSync(join(host, "luminode/CMakeLists.txt"), "utf8");
		expect(component).toContain("--wrap=esp_panic_handler");
		expect(component).toContain('"panic.c"');
	});
	test("logs duties, and mends the UART, for the emulator alone", () => {
		const component = readFileSync(join(host, "luminode/CMakeLists.txt"), "utf8");
		const [always] = component.split("if(CONFIG_ETH_USE_OPENETH)");
		for (const part of ["dutylog.c", "uartreset.c", "luminode_ledc"])
			expect([part, component.includes(part), always!.includes(part)]).toEqual([part, true, false]);
	});
	test("has a queue of the machine that is bounded in length and in waiting", () => {
		const { queueLength, queueWait } = json("manifest.json").defines.task;
		expect(queueLength).toBeGreaterThanOrEqual(32);
		expect([queueWait > 0, queueWait <= 100]).toEqual([true, true]); // ms, at 1000 ticks a second
	});
});

describe("a command", () => {
	const run = (args: string[], more: NodeJS.ProcessEnv = {}) => {
		const { MODDABLE: _sdk, IDF_PATH: _idf, ...bare } = process.env;
		const env = { ...bare, ...more };
		return runProgram(args, env);
	};
	const missing: [words: string[], says: RegExp][] = [
		[["tools/bin/imagecheck.ts"], /^npm run host -- image: MODDABLE is not set.*docs\/flash.md/],
		[["tools/bin/buildesp32.ts", "build"], /^luminode build: MODDABLE is not set/],
		[["tools/bin/buildesp32.ts", "flash", "--port", "/dev/null"], /^luminode flash: MODDABLE/],
		[
			["tools/bin/buildesp32.ts", "flash", "--port", "/dev/null", "--profile", "release"],
			/^luminode flash: an image of release is signed first/,
		],
		[
			["tools/bin/buildesp32.ts", "build", "--record"],
			/^luminode build: --record is for --profile release/,
		],
		[
			["tools/bin/headless.ts", "--prove"],
			/^npm run host -- headless: MODDABLE is not set.*docs\/flash.md/,
		],
		[["tools/bin/mcsim.ts"], /^npm run host -- mcsim: MODDABLE is not set/],
		[["tools/bin/imagecheck.ts", "--board", "none"], /no board "none": .*\besp32-c3\b/],
	];
	test.each(
		scaled(
			missing.filter((_, index) => index % 3 === 0),
			missing,
		),
	)("%j without what it needs says so in one line and ends with 2", async (args, says) => {
		const { status, stdout, stderr } = await run(args);
		expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
		expect(stderr).toMatch(says);
	});
});

describe("a build or a flash", () => {
	const folder = mkdtempSync(join(tmpdir(), "luminode-sdk-"));
	const put = (path: string, text: string, mode = 0o644): string => {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text, { mode });
		return join(folder, path.split("/")[0]!);
	};
	const sdk = (version: string, name: string) => {
		put(`${name}/build/bin/lin/release/mcconfig`, "#!/bin/sh\nexit 9\n", 0o755);
		return put(`${name}/tools/VERSION`, `${version}\n`);
	};
	const cmake = (version: string) =>
		version
			.split(".")
			.map((part, index) => `set(IDF_VERSION_${["MAJOR", "MINOR"][index]} ${part})\n`)
			.join("");
	const idf = (version: string, name: string, tools: string[] = []) => {
		put(`${name}/export.sh`, `PATH=${folder}/${name}/bin:$PATH\n`);
		for (const tool of tools) put(`${name}/bin/${tool}`, "#!/bin/sh\nexit 9\n", 0o755);
		return put(`${name}/tools/cmake/version.cmake`, cmake(version));
	};
	const [good, old] = [sdk("8.2.3", "sdk"), sdk("7.1.0", "oldsdk")];
	const goodIdf = idf("6.0", "idf", ["idf.py", "riscv32-esp-elf-gcc"]);
	const kept = join(root, "out/kept-by-refused-builds");
	afterAll(() => {
		rmSync(folder, { recursive: true });
		rmSync(kept, { force: true });
	});

	type Row = [why: string, words: string[], MODDABLE: string, IDF_PATH: string, says: RegExp];
	const rows: Row[] = [
		["another SDK", [], old, goodIdf, /MODDABLE is the SDK 7\.1\.0, not 8\.2: check its tag/],
		["no ESP-IDF", [], good, "", /IDF_PATH is not set: install ESP-IDF 6\.0/],
		["a folder of something else", [], good, folder, /which has no ESP-IDF: name the folder/],
		[
			"another ESP-IDF",
			[],
			good,
			idf("5.5", "old"),
			/is ESP-IDF 5\.5, not 6\.0: check its tag v6\.0/,
		],
		["no tools of it", [], good, idf("6.0", "bare"), /idf\.py is missing: .*install\.sh esp32c3/],
		[
			"no compiler",
			[],
			good,
			idf("6.0", "half", ["idf.py"]),
			/riscv32-esp-elf-gcc is missing: .*install/,
		],
		[
			"no such port",
			["--port", "/dev/none"],
			good,
			goodIdf,
			/\/dev\/none: there is no such port: plug/,
		],
		[
			"a port that is none",
			["--port", "/dev/null"],
			good,
			goodIdf,
			/\/dev\/null: no serial port: name/,
		],
	];
	const part = rows.filter((_, index) => index % 3 === 0);
	test.each(scaled(part, rows))(
		"with %s ends with 2 and a remedy, and leaves what is there",
		async (_why, args, ...rest) => {
			const [MODDABLE, IDF_PATH, says] = rest;
			mkdirSync(dirname(kept), { recursive: true });
			writeFileSync(kept, "");
			const verb = args.length > 0 ? "flash" : "build";
			const { IDF_PATH: _idf, ...env } = process.env;
			const { status, stdout, stderr } = await runProgram(
				["tools/bin/buildesp32.ts", verb, "--board", "esp32-c3", ...args],
				{ ...env, MODDABLE, ...(IDF_PATH ? { IDF_PATH } : {}), PATH: PLAIN_PATH },
			);
			expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
			expect(stderr).toMatch(says);
			expect(existsSync(kept)).toBe(true);
		},
	);

	test("empties its own folders of out/ before a build, and leaves all else", async () => {
		const name = "esp32-c3-bring-up";
		const old = ["tmp/esp32", "bin/esp32", "boards"].map((path) => `out/${path}/${name}/of-before`);
		for (const path of [...old, "out/kept-by-refused-builds"]) {
			mkdirSync(dirname(join(root, path)), { recursive: true });
			writeFileSync(join(root, path), "");
		}
		const args = ["build", "--board", "esp32-c3", "--profile", "bring-up"];
		const env = { ...process.env, MODDABLE: good, IDF_PATH: goodIdf, PATH: PLAIN_PATH };
		const { status } = await runProgram(["tools/bin/buildesp32.ts", ...args], env);
		expect(status).toBe(9); // of the SDK's mcconfig, which comes after
		expect(old.filter((path) => existsSync(join(root, path)))).toEqual([]);
		expect(existsSync(kept)).toBe(true);
	});
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
		const args = ["tests/support/boardimage.ts", "esp32-c3", "release"];
		const { stdout, stderr } = await runProgram(args);
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
		expect(join(folder, build.PARTITIONS_FILE)).toBe(join(host, "sdkconfig/partitions.csv"));
		expect(build.ESP32_SUBCLASS).toBe("esp32c3");
	});
});

const fileOf = (name: string): string =>
	name === "luminode/all" ? "all.js" : `${name.replaceAll("/", "-")}.js`;
