/**
 * Emulate: the image of the board `emulator` in QEMU's ESP32-C3, as `idf.py qemu` uses it.
 *
 * `npm run host -- emulate` starts the image; `--prove` runs the steps of tests/slow/emulator and prints
 * their table. The emulator is named by QEMU_ESP32, the image is built by
 * `npx luminode build --board emulator`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { refuse, wordsOf } from "../../lib/words.js";
import { Controller } from "../emulator/controller.js";
import { BOARD, builtImage, type Image, MOVEMENT_PIN } from "../emulator/image.js";
import { emulatorFault, proofFault } from "../emulator/program.js";
import { serveTime } from "../emulator/timeserver.js";

const COMMAND = "npm run host -- emulate";
const PORT = 4020;
const FOLDER = "out/emulator";
const PROOF = "tests/slow/emulator/main.ts";
const HELP = `usage: npm run host -- emulate [--port PORT] [--new] | --prove [STEP ...] [--record]

Starts the image of the board ${BOARD} in QEMU's ESP32-C3 (docs/image.md). Its log is printed, with each duty of
the lamp; lines typed here are commands of QEMU's monitor, such as
  qom-set /machine/gpio in${MOVEMENT_PIN} true    movement at the sensor; false: it ends
  system_reset                       a reset; Ctrl-C ends the emulator, which is a loss of power

  --port    TCP port of the technician's line (${PORT}): npx luminode console --port tcp:127.0.0.1:${PORT}
  --new     flash as the cable leaves it; else that of the run before is used while the image is the same
  --prove   runs the steps of the proof, or those named, and prints their table
  --record  writes the table into docs/image.md and docs/measured.md

QEMU_ESP32 is the path of qemu-system-riscv32 with the machine esp32c3.`;

const { values, positionals } = wordsOf({
	command: COMMAND,
	help: HELP,
	most: 20,
	options: {
		port: { type: "string", default: String(PORT) },
		new: { type: "boolean" },
		prove: { type: "boolean" },
		record: { type: "boolean" },
	},
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535)
	refuse(COMMAND, `${values.port}: no port; a port is a number from 1 to 65535`);
if (values.record && !values.prove) refuse(COMMAND, "--record belongs to --prove");
if (positionals.length > 0 && !values.prove)
	refuse(COMMAND, `${positionals[0]}: one word too many`);
if (positionals.length > 0 && values.record) refuse(COMMAND, "--record is of all steps: name none");

const emulator = process.env.QEMU_ESP32;
const fault = emulatorFault(emulator);
if (fault || !emulator) refuse(COMMAND, fault ?? "");
const image = imageOf(process.cwd());
if (values.prove) {
	const trouble = proofFault(process.env);
	if (trouble) refuse(COMMAND, trouble);
	const args = ["tools/run.mjs", PROOF, ...positionals, ...(values.record ? ["--record"] : [])];
	process.exit(spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1);
}
if (!(await isFree(port)))
	refuse(COMMAND, `port ${port} is in use: end that program, or choose another by --port`);
await runLive(emulator);

function imageOf(root: string): Image {
	try {
		const found = builtImage(root);
		if (found) return found;
	} catch (error) {
		refuse(COMMAND, (error as Error).message);
	}
	return refuse(COMMAND, `no image: npx luminode build --board ${BOARD} (docs/flash.md)`);
}

async function runLive(program: string): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	const flash = join(FOLDER, "flash.bin");
	const isOld = !existsSync(flash) || statSync(flash).mtime < image.builtAt;
	if (values.new || isOld) writeFileSync(flash, image.flash);
	const time = await serveTime();
	const timeText = typeof time === "string" ? `no time server (${time})` : "time server 10.0.2.2";
	const controller = new Controller({
		emulator: program,
		flash,
		port,
		monitor: join(FOLDER, "monitor"),
		onLog: (text) => void process.stdout.write(text),
	});
	process.stdout.write(
		`technician's line: tcp:127.0.0.1:${port}; ${timeText}; this computer is 10.0.2.2 to the lamp\n`,
	);
	await controller.start();
	process.on("SIGINT", () => void controller.cut());
	process.on("SIGTERM", () => void controller.cut());
	process.stdin.setEncoding("utf8").on("data", async (text: string) => {
		for (const line of text.split("\n").filter((each) => each.trim() !== "")) {
			const answer = await controller.command(line).catch(String);
			if (answer !== "") process.stdout.write(`${answer}\n`);
		}
	});
	await controller.ended();
	process.exit(0);
}

function isFree(wanted: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.on("error", () => resolve(false));
		server.listen(wanted, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
