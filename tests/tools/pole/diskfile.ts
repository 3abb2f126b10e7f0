/** Disk file: a file as Chromium gives it to a page, with the swap file that it has while it is written. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { FileInPlace } from "../../../tools/pole/client/vaultplace.js";

export type Step = "createWritable" | "getFile" | "write" | "close" | "abort";

export class DiskFile implements FileInPlace {
	readonly name: string;
	/** Acts before each step. */
	before: (step: Step, index: number) => void = () => {};
	permission = "granted";
	readonly steps: Step[] = [];

	constructor(readonly path: string) {
		this.name = basename(path);
	}

	async requestPermission(): Promise<string> {
		return this.permission;
	}

	async getFile(): Promise<{ text(): Promise<string> }> {
		this.#step("getFile");
		const content = readFileSync(this.path, "utf8");
		return { text: async () => content };
	}

	async createWritable(): Promise<{
		write(text: string): Promise<void>;
		close(): Promise<void>;
		abort(): Promise<void>;
	}> {
		this.#step("createWritable");
		if (this.permission !== "granted") throw new DOMException("no", "NotAllowedError");
		const swap = `${this.path}.crswap`;
		if (existsSync(swap)) throw new DOMException("taken", "NoModificationAllowedError");
		writeFileSync(swap, "");
		return {
			write: async (text) => {
				this.#step("write");
				writeFileSync(swap, text);
			},
			close: async () => {
				this.#step("close");
				renameSync(swap, this.path);
			},
			abort: async () => {
				this.#step("abort");
				rmSync(swap);
			},
		};
	}

	#step(step: Step): void {
		this.steps.push(step);
		this.before(step, this.steps.filter((each) => each === step).length);
	}
}
