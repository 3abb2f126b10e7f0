/**
 * Idf: an installed ESP-IDF, called through IDF_PATH, and the port of a controller. Each trouble is
 * one sentence with its remedy, before anything is written.
 */
import { spawnSync } from "node:child_process";
import { accessSync, closeSync, constants, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isatty } from "node:tty";
import { refuse } from "../../lib/words.js";

/** The SDK refuses every other version of ESP-IDF. */
export const IDF = "6.0";
const SDK = "8.2";
/** Xtensa for the ESP32, RISC-V for the C3. */
export const COMPILERS: Readonly<Record<string, string>> = {
	esp32: "xtensa-esp32-elf-gcc",
	esp32c3: "riscv32-esp-elf-gcc",
};

/** The environment of ESP-IDF's tools for a chip, added to that of the SDK; ends the program without. */
export function idfEnvironment(
	command: string,
	env: NodeJS.ProcessEnv,
	chip: string,
): NodeJS.ProcessEnv {
	const trouble = versionTrouble(env);
	if (trouble) refuse(command, trouble);
	const toolEnv = isOnPath("idf.py", env) ? env : exported(env);
	const compiler = COMPILERS[chip] ?? chip;
	for (const tool of ["idf.py", compiler, "make"])
		if (!isOnPath(tool, toolEnv))
			refuse(
				command,
				tool === "make"
					? "make is missing: sudo apt-get install make"
					: `${tool} is missing: ${env.IDF_PATH}/install.sh ${chip}`,
			);
	return toolEnv;
}

/** Why the SDK and ESP-IDF found are not those that this tree is built with. */
function versionTrouble({ MODDABLE, IDF_PATH }: NodeJS.ProcessEnv): string | undefined {
	const sdk = textOf(join(MODDABLE ?? "", "tools/VERSION"))?.trim();
	if (!sdk?.startsWith(SDK))
		return `MODDABLE is the SDK ${sdk ?? "of no version"}, not ${SDK}: check its tag ${SDK}.3 out (docs/flash.md)`;
	if (!IDF_PATH) return `IDF_PATH is not set: install ESP-IDF ${IDF} (docs/flash.md)`;
	const cmake = textOf(join(IDF_PATH, "tools/cmake/version.cmake"));
	if (cmake === undefined)
		return `IDF_PATH is ${IDF_PATH}, which has no ESP-IDF: name the folder of ESP-IDF ${IDF} (docs/flash.md)`;
	const [major, minor] = ["MAJOR", "MINOR"].map(
		(part) => new RegExp(`IDF_VERSION_${part} (\\d+)`).exec(cmake)?.[1],
	);
	const found = `${major}.${minor}`;
	return found === IDF
		? undefined
		: `IDF_PATH is ESP-IDF ${found}, not ${IDF}: check its tag v${IDF} out (docs/flash.md)`;
}

function textOf(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

/** As `. $IDF_PATH/export.sh` sets it. */
function exported(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	const script = '. "$IDF_PATH/export.sh" >/dev/null 2>&1; env -0';
	const { stdout } = spawnSync("bash", ["-c", script], { env, encoding: "utf8" });
	const lines = (stdout ?? "").split("\0").filter((line) => line.includes("="));
	return Object.fromEntries(
		lines.map((line) => [line.split("=", 1)[0], line.slice(line.indexOf("=") + 1)]),
	);
}

const isOnPath = (tool: string, { PATH = "" }: NodeJS.ProcessEnv): boolean =>
	PATH.split(":").some((folder) => canRun(join(folder, tool)));

function canRun(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

const PORT_TROUBLES: Readonly<Record<string, string>> = {
	ENOENT:
		"there is no such port: plug the controller in; npx luminode console --list shows the ports",
	EACCES: "this user may not open it: sudo usermod -aG dialout $USER, then log in again",
	EBUSY: "another program uses it: end that program, a console for instance",
};

/** Ends the program unless a serial port can be opened at `path`: ESP-IDF would try every other. */
export function checkPort(command: string, path: string): void {
	try {
		const port = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
		const isSerial = isatty(port);
		closeSync(port);
		if (!isSerial) refuse(command, `${path}: no serial port: name one, such as /dev/ttyUSB0`);
	} catch (error) {
		const { code = "", message } = error as NodeJS.ErrnoException;
		refuse(command, `${path}: ${PORT_TROUBLES[code] ?? message}`);
	}
}
