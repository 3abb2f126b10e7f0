/**
 * Emulator: one run of the board in qemu-system-riscv32, exact to the instruction.
 *
 * With -icount the emulator's clock counts instructions, so that equal flash and RAM give equal
 * runs. Chips and RAM are files. The file of the second chip, when the emulator has ended, is the
 * lamp's flash after a loss of power.
 */
import { spawn } from "node:child_process";
import {
	closeSync,
	ftruncateSync,
	mkdirSync,
	mkdtempSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
	writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHIP_BYTES, DATA_BYTES, RAM_BYTES } from "./layout.js";
import { EMULATOR } from "./programs.js";

/** The controller's instructions and no more; a build also needs addresses to be translated. */
const LAMP_CPU = "rv32i,m=on,c=on,zicsr=on,pmp=on";
const BUILD_CPU = `${LAMP_CPU},zifencei=on,mmu=on,s=on,u=on,sv32=on`;
/** 128 ns an instruction: more than a tick of the timer, which can so cut at each one. */
const CLOCK = "shift=7,sleep=off";
const PATIENCE = 300_000;

export type End = "done" | "cut" | "trap" | "failed";
const ENDS: ReadonlyMap<number, End> = new Map([
	[0, "done"],
	[10, "cut"],
	[11, "trap"],
	[12, "failed"],
]);

export interface Outcome {
	readonly end: End;
	/** Lines of the UART; after a cut, the last one may be a part. */
	readonly text: string;
	/** The second chip, as far as the lamp uses it. */
	readonly data: Buffer;
	readonly ram: Buffer;
}

interface Board {
	/** A file with the contents of the first chip. */
	readonly chip: string;
	/** Contents of the second chip. */
	readonly data: Buffer;
	readonly ram: Buffer;
}

/** A file of a chip's size, with parts at their offsets. */
export function writeChip(file: string, parts: ReadonlyMap<number, Buffer>): void {
	const chip = openSync(file, "w");
	try {
		ftruncateSync(chip, CHIP_BYTES);
		for (const [offset, bytes] of parts) writeSync(chip, bytes, 0, bytes.length, offset);
	} finally {
		closeSync(chip);
	}
}

function readStart(file: string, count: number): Buffer {
	const bytes = Buffer.alloc(count);
	const opened = openSync(file, "r");
	try {
		readSync(opened, bytes, 0, count, 0);
	} finally {
		closeSync(opened);
	}
	return bytes;
}

function emulate(args: readonly string[]): Promise<number> {
	return new Promise((resolve, reject) => {
		const child = spawn(EMULATOR, args, { stdio: ["ignore", "ignore", "pipe"] });
		let errors = "";
		child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
		const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
		child.on("error", reject);
		child.on("close", (code) => {
			clearTimeout(timer);
			if (code !== null && ENDS.has(code)) resolve(code);
			else reject(new Error(`${EMULATOR}: ${errors || `no end within ${PATIENCE / 1000} s`}`));
		});
	});
}

/** A folder for files of runs; the caller deletes it. */
export function workFolder(): string {
	return mkdtempSync(join(tmpdir(), "luminode-bare-"));
}

/** Runs the board until its script, its power or its program ends. */
export async function runBoard({ chip, data, ram }: Board): Promise<Outcome> {
	const work = workFolder();
	const at = (name: string) => join(work, name);
	const isBuild = ram.length > RAM_BYTES;
	try {
		mkdirSync(work, { recursive: true });
		writeChip(at("data"), new Map([[0, data]]));
		const memory = openSync(at("ram"), "w");
		writeSync(memory, ram);
		closeSync(memory);
		const code = await emulate([
			"-M",
			"virt,memory-backend=ram",
			"-m",
			`${ram.length / 1024}K`,
			"-object",
			`memory-backend-file,id=ram,mem-path=${at("ram")},share=on,size=${ram.length / 1024}K`,
			"-cpu",
			isBuild ? BUILD_CPU : LAMP_CPU,
			"-icount",
			CLOCK,
			"-bios",
			"none",
			"-display",
			"none",
			"-monitor",
			"none",
			"-serial",
			`file:${at("uart")}`,
			"-drive",
			`if=pflash,unit=0,format=raw,readonly=on,file=${chip}`,
			"-drive",
			`if=pflash,unit=1,format=raw,cache=unsafe,file=${at("data")}`,
		]);
		return {
			end: ENDS.get(code)!,
			text: readFileSync(at("uart"), "utf8"),
			data: readStart(at("data"), DATA_BYTES),
			ram: isBuild ? readFileSync(at("ram")) : Buffer.alloc(0),
		};
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}
