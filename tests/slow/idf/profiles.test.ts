/** The options of each board and profile as ESP-IDF generates them: none of ours without effect, the table of docs/flash.md. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { PROFILES, type Profile } from "../../../lib/profiles.js";
import { boardNames, chipOf } from "../../../tools/toolchain/esp32.js";
import { optionsIn, settingsFor, withoutEffect } from "../../../tools/toolchain/sdkconfig.js";
import { profileRows } from "../../support/profiletable.js";

const { IDF_PATH = "", MODDABLE = "" } = process.env;
const OURS = resolve("hosts/esp32/luminode");
const folder = mkdtempSync(join(tmpdir(), "luminode-kconfig-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of no image here; the SDK's choice of Bluetooth ends kconfgen. */
const LEFT_OUT = ["bt", "openthread"];

/** The emulator's board logs on UART0 under each profile, and is for no pole. */
const BOARDS = boardNames().filter((board) => board !== "emulator");

describe.each(BOARDS.flatMap((board) => PROFILES.map((profile) => [board, profile] as const)))(
	"%s, %s",
	(board, profile) => {
		const chip = chipOf(board);
		const options = generated(board, chip, profile);

		test("ESP-IDF ignores no option of ours", () => {
			expect(withoutEffect(settingsFor(board, profile), options)).toEqual([]);
		});

		test("is as the table says", () => {
			const found = optionsIn(options);
			const rows = profileRows().filter(({ chips }) => chips.includes(chip));
			expect(rows.length).toBeGreaterThan(12);
			for (const { option, values } of rows)
				expect([option, found.get(option) ?? "n"]).toEqual([option, values[profile]]);
		});
	},
);

/** `sdkconfig` by kconfgen, of the SDK's defaults and ours, as the SDK puts them together. */
function generated(board: string, chip: string, profile: Profile): string {
	const at = (name: string) => join(folder, `${board}-${profile}-${name}`);
	const components = readdirSync(join(IDF_PATH, "components")).filter(
		(name) => !LEFT_OUT.includes(name),
	);
	const every = (file: string) =>
		[
			...components.map((name) => join(IDF_PATH, "components", name, file)),
			join(OURS, file),
		].filter((path) => existsSync(path));
	const sources = (name: string, file: string) => {
		writeFileSync(
			at(name),
			every(file)
				.map((path) => `source "${path}"\n`)
				.join(""),
		);
		return at(name);
	};
	const theirs = readFileSync(
		join(MODDABLE, `build/devices/esp32/xsProj-${chip}/sdkconfig.defaults`),
		"utf8",
	);
	// ESP-IDF's own default, which a copy without the drivers of its accelerators turns off
	const idfDefault = "CONFIG_MBEDTLS_HARDWARE_MPI=y\n";
	const bluetooth = /^CONFIG_BT_\w+=.*\n/gm;
	writeFileSync(
		at("defaults"),
		`${theirs}\n${idfDefault}${settingsFor(board, profile)}`.replace(bluetooth, ""),
	);
	const env = {
		...process.env,
		IDF_TARGET: chip,
		IDF_VERSION: "6.0.0",
		IDF_TOOLCHAIN: "gcc",
		IDF_ENV_FPGA: "",
		IDF_INIT_VERSION: "6.0.0",
		IDF_MINIMAL_BUILD: "n",
		COMPONENT_KCONFIGS_SOURCE_FILE: sources("kconfigs", "Kconfig"),
		COMPONENT_KCONFIGS_PROJBUILD_SOURCE_FILE: sources("projbuild", "Kconfig.projbuild"),
		KCONFIG_REPORT_VERBOSITY: "quiet",
	};
	const args = [
		"-m",
		"kconfgen",
		"--kconfig",
		join(IDF_PATH, "Kconfig"),
		"--defaults",
		at("defaults"),
	];
	args.push("--sdkconfig-rename", join(IDF_PATH, "sdkconfig.rename"));
	args.push("--config", at("sdkconfig"), "--output", "config", at("sdkconfig"));
	const { status, stderr, stdout } = spawnSync("python", args, { env, encoding: "utf8" });
	expect([status === 0 ? "" : `${stdout}${stderr}`.slice(-2000), status]).toEqual(["", 0]);
	return readFileSync(at("sdkconfig"), "utf8");
}
