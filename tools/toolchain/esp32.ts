/**
 * Esp32: boards, and an image for one, built by the SDK as far as it goes without ESP-IDF.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Profile } from "../../lib/profiles.js";
import { projectRoot } from "../../lib/root.mjs";
import { refuse } from "../../lib/words.js";
import { type BoardImage, makeBoardImage } from "./boardimage.js";
import { runTool, sdkEnvironment } from "./sdk.js";
import { settingsFor } from "./sdkconfig.js";

const BOARDS = "hosts/esp32/boards";
/** The table of partitions of every board. */
export const PARTITIONS = "hosts/esp32/sdkconfig/partitions.csv";
/** Without `--board`. */
export const DEFAULT_BOARD = "esp32-devkit";

/** All boards, sorted. */
export const boardNames = (): string[] => readdirSync(join(projectRoot(), BOARDS)).sort();

/** The board of `--board NAME`; ends the program for an unknown one. */
export function boardOf(command: string, board: string = DEFAULT_BOARD): string {
	const known = boardNames();
	return known.includes(board)
		? board
		: refuse(command, `no board "${board}": ${known.join(", ")}`);
}

/** ESP-IDF's name for the chip of a board. */
export const chipOf = (board: string): string => JSON.parse(manifestOf(board)).build.ESP32_SUBCLASS;

/** Whether the network of a board is Wi-Fi. */
export const hasWifi = (board: string): boolean => manifestOf(board).includes("wifi");

const manifestOf = (board: string): string =>
	readFileSync(join(projectRoot(), BOARDS, board, "manifest.json"), "utf8");

/** The board of the tree in mcconfig's form; a relative path, because mcconfig converts it to lower case. */
const platformOf = (board: string): string => `esp32:./${BOARDS}/${board}`;

/** The image of a board under a profile, as copies in `out/boards`; release is a board of its own. */
export function imageOf(board: string, profile: Profile, isJoined = true): Promise<BoardImage> {
	const change = withSettings(board, profile);
	return makeBoardImage(join(BOARDS, board), nameOf(board, profile), { isJoined, change });
}

/** The name of an image's folders in `out/`. */
export const nameOf = (board: string, profile: Profile): string =>
	profile === "development" ? board : `${board}-${profile}`;

/**
 * Removes all that a build writes for an image in `out`, so that one to be signed is of this tree
 * alone. All else stays: by default a city's database is there.
 */
export function emptyImage(out: string, name: string): void {
	const folders = ["tmp/esp32", "bin/esp32", "boards"];
	for (const folder of folders) rmSync(join(out, folder, name), { recursive: true, force: true });
}

/** The manifest of a board with its options of ESP-IDF, which are written beside it. */
const withSettings =
	(board: string, profile: Profile) =>
	(manifest: Record<string, unknown>, folder: string): Record<string, unknown> => {
		mkdirSync(join(folder, "sdkconfig"), { recursive: true });
		writeFileSync(join(folder, "sdkconfig/sdkconfig.defaults"), settingsFor(board, profile));
		const buildValues = {
			SDKCONFIGPATH: "./sdkconfig",
			PARTITIONS_FILE: `./${relative(folder, PARTITIONS)}`,
		};
		return { ...manifest, build: { ...(manifest.build as object), ...buildValues } };
	};

interface Linked {
	/** Text of `mc.xs.c`: the contents of flash. */
	readonly source: string;
	readonly warnings: readonly string[];
}

/** The path of the makefile that the SDK writes for a board; it names every file of an image. */
export function makefileFor(board: string): string {
	const out = join(process.cwd(), "out");
	mkdirSync(out, { recursive: true });
	const env = sdkEnvironment("npm run host -- image");
	runTool("mcconfig", ["-p", platformOf(board), "-o", out], env);
	return join(out, "tmp/esp32", board, "release/luminode/makefile");
}

/**
 * Compiles and links for a board: TypeScript, XS byte code, `mc.xs.c`. Its makefile uses ESP-IDF
 * only to print a version and to create sdkconfig.h, which none of these steps read.
 */
export async function linkFor(board: string, isJoined = true): Promise<Linked> {
	const env = sdkEnvironment("npm run host -- image");
	const out = join(process.cwd(), "out");
	const { platform, manifest } = await imageOf(board, "development", isJoined);
	const made = join(out, "tmp/esp32", board, "release/luminode");
	rmSync(made, { recursive: true, force: true }); // names of an earlier build would stay in flash
	runTool("mcconfig", ["-p", platform, "-o", out, manifest], env);
	for (const name of readdirSync(made))
		if (name.startsWith("xsProj-")) touch(join(made, name, "build/config"), "sdkconfig.h");
	const source = join(made, "mc.xs.c");
	const args = ["-f", join(made, "makefile"), "IDF_PATH=/none", "IDF_VERSION=none", source];
	const { status, stdout, stderr } = spawnSync("make", args, { env, encoding: "utf8" });
	const output = `${stdout}${stderr}`;
	if (status !== 0) {
		const lines = output.split("\n").filter((line) => /error|Error|failure/.test(line));
		process.stderr.write(`${lines.join("\n")}\nmake: exit ${status}\n`);
		process.exit(status ?? 1);
	}
	return {
		source: readFileSync(source, "utf8"),
		warnings: output.split("\n").filter((line) => line.startsWith("### warning")),
	};
}

function touch(folder: string, name: string): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, name), "");
}
