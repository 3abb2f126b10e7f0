/**
 * Esp32: boards, and an image for one, built by the SDK as far as it goes without ESP-IDF.
 */
import { spawnSync } from "node:child_process";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { refuse } from "../words.js";
import { runTool, sdkEnvironment } from "./sdk.js";

const BOARDS = "hosts/esp32/boards";
const RELEASE = "hosts/esp32/sdkconfig/release.defaults";
const RELEASE_PARTITIONS = "hosts/esp32/sdkconfig/release.csv";
const DEFAULT_BOARD = "esp32-devkit";

/** The board of `--board NAME`; ends the program for an unknown one. */
export function boardOf(command: string, board: string = DEFAULT_BOARD): string {
	const known = readdirSync(BOARDS).sort();
	return known.includes(board)
		? board
		: refuse(command, `no board "${board}": ${known.join(", ")}`);
}

/** The platform in mcconfig's form; a relative path, because mcconfig converts it to lower case. */
export const platformOf = (board: string): string => `esp32:./${BOARDS}/${board}`;

/**
 * The same board under the release profile: a board of its own in `out/`, whose sdkconfig is the
 * board's with the lines that burn fuses, on partitions of its own. The SDK supports one profile
 * only.
 */
export function releaseOf(board: string): string {
	const folder = `out/boards/${board}-release`;
	const from = join(BOARDS, board);
	const text = readFileSync(join(from, "manifest.json"), "utf8");
	const { build } = JSON.parse(text);
	const manifest = JSON.parse(text.replace(/"(?=\.\.?\/)/g, `"./../../../${from}/`));
	manifest.build.SDKCONFIGPATH = "./sdkconfig";
	manifest.build.PARTITIONS_FILE = `./../../../${RELEASE_PARTITIONS}`;
	const lines = [join(from, build.SDKCONFIGPATH, "sdkconfig.defaults"), RELEASE];
	const write = (path: string, text: string): void => {
		mkdirSync(join(folder, path, ".."), { recursive: true });
		writeFileSync(join(folder, path), text);
	};
	write("sdkconfig/sdkconfig.defaults", lines.map((path) => readFileSync(path, "utf8")).join(""));
	write("host/provider.ts", readFileSync(join(from, "host/provider.ts"), "utf8"));
	write("manifest.json", JSON.stringify(manifest, null, "\t"));
	return `esp32:./${folder}`;
}

export interface Linked {
	/** Text of `mc.xs.c`: the contents of flash. */
	readonly source: string;
	readonly warnings: readonly string[];
	/** Bytes of byte code by module, as compiled. */
	readonly code: ReadonlyMap<string, number>;
}

/** The path of the makefile that the SDK writes for a board; it names every file of an image. */
export function makefileFor(board: string): string {
	const out = join(process.cwd(), "out");
	mkdirSync(out, { recursive: true });
	const env = sdkEnvironment("npm run image:check");
	runTool("mcconfig", ["-p", platformOf(board), "-o", out], env);
	return join(out, "tmp/esp32", board, "release/luminode/makefile");
}

/**
 * Compiles and links for a board: TypeScript, XS byte code, `mc.xs.c`. Its makefile uses ESP-IDF
 * only to print a version and to create sdkconfig.h, which none of these steps read.
 */
export function linkFor(board: string): Linked {
	const env = sdkEnvironment("npm run image:check");
	const made = dirname(makefileFor(board));
	for (const name of readdirSync(made))
		if (name.startsWith("xsProj-")) touch(join(made, name, "build/config"), "sdkconfig.h");
	const source = join(made, "mc.xs.c");
	touchIfThere(join(made, "modules/main.xsb")); // so that it is linked again, and warns
	const words = ["-f", join(made, "makefile"), "IDF_PATH=/none", "IDF_VERSION=none", source];
	const { status, stdout, stderr } = spawnSync("make", words, { env, encoding: "utf8" });
	const said = `${stdout}${stderr}`;
	if (status !== 0) {
		const lines = said.split("\n").filter((line) => /error|Error|failure/.test(line));
		process.stderr.write(`${lines.join("\n")}\nmake: exit ${status}\n`);
		process.exit(status ?? 1);
	}
	return {
		source: readFileSync(source, "utf8"),
		warnings: said.split("\n").filter((line) => line.startsWith("### warning")),
		code: codeOf(join(made, "modules")),
	};
}

function touch(folder: string, name: string): void {
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, name), "");
}

function touchIfThere(path: string): void {
	if (existsSync(path)) utimesSync(path, new Date(), new Date());
}

function codeOf(modules: string): Map<string, number> {
	const code = new Map<string, number>();
	for (const name of readdirSync(modules, { recursive: true }) as string[])
		if (name.endsWith(".xsb"))
			code.set(name.replace(/\.xsb$/, ""), codeBytes(readFileSync(join(modules, name))));
	return code;
}

/** The atom CODE of a compiled module; atoms are a length (its own 8 bytes counted) and a name. */
function codeBytes(xsb: Buffer): number {
	for (let at = 8; at + 8 <= xsb.length; at += Math.max(8, xsb.readUInt32BE(at)))
		if (xsb.toString("latin1", at + 4, at + 8) === "CODE") return xsb.readUInt32BE(at) - 8;
	return 0;
}
