/**
 * Build esp32: an image for a pole controller, and its flashing.
 *
 * `npx luminode build [--board NAME]` builds in emptied folders, so that an image to be signed is
 * made of this tree alone; `npx luminode flash --port PATH [--board NAME]`
 * builds and flashes; `--profile release` builds an image that burns fuses, `bring-up` one that logs
 * (docs/security.md).
 * Needs the Moddable SDK and ESP-IDF 6.0 (docs/flash.md).
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isProfile, PROFILES } from "../../lib/profiles.js";
import { refuse, wordsOf } from "../../lib/words.js";
import { fitOf, slotBytes } from "../image/fit.js";
import { contentsOf } from "../image/heap.js";
import { faultsIn } from "../image/inram.js";
import { HEADER_BYTES, record } from "../image/linked.js";
import { partsIn } from "../image/linkmap.js";
import { withoutMemory } from "../toolchain/contents.js";
import {
	boardOf,
	chipOf,
	DEFAULT_BOARD,
	emptyImage,
	imageOf,
	nameOf,
	PARTITIONS,
} from "../toolchain/esp32.js";
import { COMPILERS, checkPort, IDF, idfEnvironment } from "../toolchain/idf.js";
import { runTool, sdkEnvironment } from "../toolchain/sdk.js";
import { settingsFor, withoutEffect } from "../toolchain/sdkconfig.js";

const [, , verb] = process.argv;
const flashes = verb === "flash";
const command = flashes ? "luminode flash" : "luminode build";
const help = `usage: luminode build [--board NAME] [--profile PROFILE] [--record]
       luminode flash --port PATH [--board NAME] [--profile PROFILE]

Builds an image for a pole controller, in folders of out/ that it empties first; flash builds on what is there, and writes
it to the controller. Needs MODDABLE and ESP-IDF 6.0 (docs/flash.md).

  --board NAME       a folder of hosts/esp32/boards (${DEFAULT_BOARD})
  --profile PROFILE  bring-up, development (the default), or release, whose image burns fuses (docs/security.md)
  --port PATH        of the controller, e.g. /dev/ttyUSB0
  --record           with --profile release: writes the sizes to tools/image/linked.json (docs/image.md)`;
const { values } = wordsOf({
	command,
	help,
	most: 1, // the verb, given by package.json
	options: {
		board: { type: "string" },
		port: { type: "string" },
		profile: { type: "string", default: "development" },
		record: { type: "boolean" },
	},
});
const { port, profile } = values;
if (flashes && !port) refuse(command, "where is the controller? --port PATH, e.g. /dev/ttyUSB0");
if (!isProfile(profile))
	refuse(command, `--profile is one of ${PROFILES.join(", ")} (docs/security.md)`);
if (flashes && profile === "release")
	refuse(command, "an image of release is signed first, then written by hand (docs/security.md)");
if (values.record && profile !== "release")
	refuse(command, "--record is for --profile release, which is the larger");
const board = boardOf(command, values.board);
const chip = chipOf(board);
const env = idfEnvironment(command, sdkEnvironment(command), chip);
if (port) checkPort(command, port);

const out = join(process.cwd(), "out");
const name = nameOf(board, profile);
const made = join(out, "tmp/esp32", name, "release/luminode");
const bin = join(out, "bin/esp32", name, "release/luminode");
if (!flashes) emptyImage(out, name);
rmSync(bin, { recursive: true, force: true }); // after a failure no older image is there
mkdirSync(out, { recursive: true });
const { platform, manifest } = await imageOf(board, profile).catch((error: Error) =>
	refuse(command, error.message),
);
runTool("mcconfig", ["-p", platform, "-o", out, manifest], env);
make("options");
const ignored = withoutEffect(
	settingsFor(board, profile),
	readFileSync(join(made, `xsProj-${chip}/sdkconfig`), "utf8"),
);
for (const line of ignored) process.stderr.write(`${line}: ESP-IDF ignores this option\n`);
if (ignored.length > 0) process.exit(1);
make("contents");
const contents = join(made, "mc.xs.c");
writeFileSync(contents, withoutMemory(readFileSync(contents, "utf8")));
make("image");
const map = readFileSync(join(bin, "xs_esp32.map"), "latin1");
const faults = faultsIn(map);
for (const fault of faults)
	process.stderr.write(`${fault}: the light would stand while the flash is written\n`);
if (faults.length > 0) {
	rmSync(bin, { recursive: true });
	process.exit(1);
}
if (flashes) make("flash");
else weigh();
process.stdout.write(`${bin}\n`);

/** Prints what the image takes by part, and whether it fits, padded and signed; if not, exit code 1. */
function weigh(): void {
	const parts = partsIn(map);
	const bytes = [...parts.values()].reduce((sum, each) => sum + each, HEADER_BYTES);
	for (const [part, count] of parts) row(part, count);
	row("together, with headers", bytes);
	const { most, room, signed } = fitOf(bytes, slotBytes(readFileSync(PARTITIONS, "utf8")));
	row("padded and signed", signed);
	row(`left of ${most}`, room);
	if (room < 0) process.exitCode = 1;
	if (!values.record) return;
	const kept = contentsOf(readFileSync(contents, "utf8"));
	record(board, {
		bytes,
		contents: kept,
		parts: Object.fromEntries(parts),
		conditions: conditions(),
	});
}

function row(what: string, bytes: number): void {
	process.stdout.write(`  ${what.padEnd(48)} ${bytes.toLocaleString("en").padStart(10)}\n`);
}

/** The version of ESP-IDF and of the compiler. */
function conditions(): string {
	const { stdout } = spawnSync(COMPILERS[chip]!, ["--version"], { env, encoding: "utf8" });
	return `ESP-IDF v${IDF}, ${stdout.split("\n")[0]}`;
}

/** A target of hosts/esp32/build.mk; a failure ends the program. */
function make(target: string): void {
	const args = ["-f", "hosts/esp32/build.mk", `SDK_MAKEFILE=${join(made, "makefile")}`];
	args.push(`IDF_VERSION=v${IDF}`, `UPLOAD_PORT=${port ?? ""}`, target);
	const { status } = spawnSync("make", args, { env, stdio: "inherit" });
	if (status === 0) return;
	rmSync(bin, { recursive: true, force: true });
	process.exit(status ?? 1);
}
