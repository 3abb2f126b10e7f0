/**
 * Flashed image: the modules of a board's image as they are flashed, with the SDK's modules on a
 * virtual machine, as an image for a fleet.
 */
import { createHash } from "node:crypto";
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { COMPUTRON_BUDGET } from "../../../hosts/virtual/engine/image.js";
import type { Image, ImageModule } from "../../../hosts/virtual/fleet/fleet.js";
import { runProgram } from "../program.js";

export { BOARDS } from "./boards.js";

/** Exports of sdk.ts by the module of the SDK for which they stand. */
const DEFAULTS: Readonly<Record<string, string>> = {
	timer: "Timer",
	time: "Time",
	"mc/ffi": "FFI",
	"embedded:io/digital": "Digital",
	"embedded:io/pwm": "PWM",
	"embedded:io/i2c": "I2C",
	"embedded:io/analog": "Analog",
	"embedded:io/serial": "Serial",
	"embedded:io/socket/tcp": "TCP",
	"embedded:io/socket/udp": "UDP",
	"embedded:network/interface/wifi": "Interface",
	"embedded:network/interface/ethernet": "Interface",
	"embedded:storage/key-value": "keyValue",
	"embedded:storage/flash": "flash",
	"embedded:update": "Update",
};
const NATIVE = `export { Link, OPEN, REFUSED_ENDED, CERTIFICATE_STATES, KEY_STATES, sha256,
	hmacSha256, running, ecdsaVerify, certificateState, keyState, isPair } from "sdk";`;
/** As the SDK starts `main`; then the street's inputs reach the modules of sdk.ts. */
const START = `import main from "main";
import { board } from "luminode/all";
import { begin, deliver } from "sdk";
export default function () {
	begin(board);
	main();
	deliver(0, 0, 0, 0);
	return deliver;
}`;

export interface FlashedOptions {
	/** Names and functions stay those of the sources, for comparison. */
	readonly isAsWritten?: boolean;
	/** Edits the text of a module: `luminode/all`, `main` or `sdk`. */
	readonly edit?: (text: string, specifier: string) => string;
}

interface Creation {
	readonly chunk: { readonly initial: number };
	readonly heap: { readonly initial: number };
	readonly stack: number;
	readonly keys: { readonly initial: number };
}

/** The files of a TypeScript module, as JavaScript. */
function scriptOf(file: string): string {
	const source = readFileSync(join("tests/support/flashed", file), "utf8");
	const { code } = transformSync(source, { loader: "ts", target: "es2022" });
	return code.replace(/"[^"]*\/(protocol|carrier)\.js"/g, '"$1"');
}

const ts = (path: string): string =>
	transformSync(readFileSync(path, "utf8"), { loader: "ts", target: "es2022" }).code;

type Texts = Readonly<Record<string, string>>;

/** Folders that no image is made of; all others count, the build's own programs among them. */
const APART = [
	".cache",
	".git",
	"bench",
	"coverage",
	"docs",
	"node_modules",
	"out",
	"sim",
	"tests",
	"town",
];
const BUILD = "tests/support/flashed/build.ts";
const FILES = ["manifest.json", "package-lock.json", BUILD, "tests/support/flashed/boards.ts"];

/** Of everything of which an image can be made. */
function digestOfSources(): string {
	const folders = readdirSync(".", { withFileTypes: true })
		.filter((entry) => entry.isDirectory() && !APART.includes(entry.name))
		.flatMap(({ name }) =>
			(readdirSync(name, { recursive: true }) as string[]).map((path) => join(name, path)),
		);
	const hash = createHash("sha256");
	for (const path of [...FILES, ...folders].sort())
		if (statSync(path).isFile()) hash.update(`${path}\n`).update(readFileSync(path));
	return hash.digest("hex").slice(0, 24);
}

type AllTexts = Readonly<Record<string, Texts>>;

let all: Promise<AllTexts> | undefined;

/** The texts that are flashed, by module; all boards are built together, once for the same sources. */
async function textsOf(board: string, isAsWritten: boolean): Promise<Texts> {
	all ??= keptOrBuilt();
	return (await all)[`${board} ${isAsWritten ? "written" : "compressed"}`]!;
}

async function keptOrBuilt(): Promise<AllTexts> {
	const folder = ".cache/flashed";
	const path = join(folder, `${digestOfSources()}.json`);
	if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8"));
	const { status, stdout, stderr } = await runProgram([BUILD]);
	if (status !== 0) throw new Error(stderr);
	mkdirSync(folder, { recursive: true });
	writeFileSync(`${path}.${process.pid}`, stdout);
	renameSync(`${path}.${process.pid}`, path);
	return JSON.parse(stdout);
}

/** A board's image as for its flash. */
export async function flashedImage(
	board: string,
	{ isAsWritten = false, edit = (text) => text }: FlashedOptions = {},
): Promise<Image> {
	const texts = Object.entries(await textsOf(board, isAsWritten));
	const sourceModules = texts.map(
		([specifier, text]): ImageModule => ({ specifier, source: edit(text, specifier) }),
	);
	const { platforms } = JSON.parse(readFileSync("manifest.json", "utf8"));
	const creation: Creation = platforms.esp32.creation;
	const stubs = Object.entries(DEFAULTS).map(([specifier, name]) => {
		return { specifier, source: `export { ${name} as default } from "sdk";` };
	});
	return {
		modules: [
			{ specifier: "globals", source: scriptOf("globals.ts") },
			{ specifier: "protocol", source: ts("hosts/virtual/protocol.ts") },
			{ specifier: "carrier", source: ts("hosts/moddable/carrier.ts") },
			{ specifier: "sdk", source: edit(scriptOf("sdk.ts"), "sdk") },
			...stubs,
			{ specifier: "native/tls", source: NATIVE },
			{ specifier: "native/names", source: 'export { lookUp } from "sdk";' },
			...sourceModules,
			{ specifier: "start", source: START },
		],
		main: "start",
		creation: {
			chunkBytes: creation.chunk.initial,
			slots: creation.heap.initial,
			stackSlots: creation.stack,
			keys: creation.keys.initial,
		},
		computronBudget: COMPUTRON_BUDGET,
	};
}
