/**
 * Flashed: the first run, which builds the root of an image, and the chip that holds it.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Image } from "../virtual/fleet/fleet.js";
import { runBoard, workFolder, writeChip } from "./emulator.js";
import {
	BUILD_RAM_BYTES,
	modulesBytes,
	ROOT_OFFSET,
	rootOf,
	SCRIPT_OFFSET,
	type Script,
	scriptBytes,
} from "./layout.js";
import { cacheDir, type Program } from "./program.js";

/** Of the frozen root, as the build counts it. */
interface RootFigures {
	readonly slots: number;
	readonly chunkBytes: number;
	readonly codeBytes: number;
	/** Of flash, with what the build itself left between. */
	readonly flashBytes: number;
	readonly instructions: number;
	/** Memory of the parser at its peak, which is not in flash. */
	readonly parserBytes: number;
}

export interface Flashed {
	readonly program: Program;
	readonly root: Buffer;
	readonly figures: RootFigures;
}

interface Kept {
	readonly text: string;
	readonly root: Buffer;
}

async function build(program: Program, modules: Buffer): Promise<Kept> {
	const folder = workFolder();
	const chip = join(folder, "chip");
	try {
		writeChip(chip, new Map([[0, program.bytes]]));
		const ram = Buffer.alloc(BUILD_RAM_BYTES);
		const { end, text, ram: after } = await runBoard({ chip, data: modules, ram });
		if (end !== "done") throw new Error(`the root was not built: ${text.trim() || end}`);
		return { text, root: rootOf(after) };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** The root from the cache, or built. */
export async function flash(program: Program, image: Image): Promise<Flashed> {
	const modules = modulesBytes(image);
	const hash = createHash("sha256").update(`${program.hash}\n`).update(modules).digest("hex");
	const file = join(cacheDir(), `${hash.slice(0, 24)}.root`);
	if (!existsSync(file)) {
		const built = await build(program, modules);
		mkdirSync(cacheDir(), { recursive: true });
		writeFileSync(`${file}.text`, built.text);
		writeFileSync(`${file}.${process.pid}`, built.root);
		renameSync(`${file}.${process.pid}`, file);
	}
	const text = readFileSync(`${file}.text`, "utf8");
	const [slots, chunkBytes, codeBytes, flashBytes, instructions, parserBytes] = text
		.replace("root ", "")
		.split(" ")
		.map(Number);
	return {
		program,
		root: readFileSync(file),
		figures: {
			slots: slots!,
			chunkBytes: chunkBytes!,
			codeBytes: codeBytes!,
			flashBytes: flashBytes!,
			instructions: instructions!,
			parserBytes: parserBytes!,
		},
	};
}

/** The first chip of a lamp that lives a script. */
export function chipOf({ program, root }: Flashed, script: Script, file: string): void {
	writeChip(
		file,
		new Map([
			[0, program.bytes],
			[ROOT_OFFSET, root],
			[SCRIPT_OFFSET, scriptBytes(script)],
		]),
	);
}
