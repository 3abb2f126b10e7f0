/**
 * Program: the emulator that QEMU_ESP32 names, or the sentence why it cannot be used.
 */
import { spawnSync } from "node:child_process";

const WHERE = "docs/image.md says where it comes from";

/** Why a path is no QEMU with an ESP32-C3; undefined: it is one. */
export function emulatorFault(path: string | undefined): string | undefined {
	if (!path)
		return `QEMU_ESP32 is not set: name qemu-system-riscv32 with the machine esp32c3 (${WHERE})`;
	const { stdout, error } = spawnSync(path, ["-M", "help"], { encoding: "utf8" });
	if (error) return `QEMU_ESP32 is ${path}, which does not start (${error.message}): ${WHERE}`;
	return /^esp32c3\s/m.test(stdout)
		? undefined
		: `QEMU_ESP32 is ${path}, which has no machine esp32c3: Debian's has none; ${WHERE}`;
}

/** The first line of its `--version`. */
export function versionOf(path: string): string {
	const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
	return stdout.split("\n")[0] ?? "";
}

/** Programs that a proof needs beside the emulator, each with its remedy. */
const NEEDS: readonly (readonly [command: string, remedy: string])[] = [
	["/usr/sbin/mosquitto", "sudo apt-get install mosquitto"],
	["mosquitto_sub", "sudo apt-get install mosquitto-clients"],
	["openssl", "sudo apt-get install openssl"],
	["python3", ". $IDF_PATH/export.sh"],
];

/** Why no proof can run, in one sentence; undefined: it can. */
export function proofFault({ IDF_PATH, MODDABLE, ...env }: NodeJS.ProcessEnv): string | undefined {
	if (!IDF_PATH) return "IDF_PATH is not set: install ESP-IDF 6.0 (docs/flash.md)";
	if (!MODDABLE) return "MODDABLE is not set: install the Moddable SDK 8.2 (docs/flash.md)";
	for (const [command, remedy] of NEEDS)
		if (spawnSync(command, ["--help"], { env }).error) return `${command} is missing: ${remedy}`;
	return undefined;
}
