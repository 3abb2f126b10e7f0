/** Station: a process's environment, streams and end, for tests of the city's programs. */
import { PassThrough } from "node:stream";
import type { Station } from "../../tools/city/program.js";

export class TestStation implements Station {
	out = "";
	err = "";
	readonly stdin = new PassThrough();
	readonly stdout = { write: (text: string) => void (this.out += text) };
	readonly stderr = { write: (text: string) => void (this.err += text) };
	readonly ended: Promise<void>;
	#end: () => void = () => {};

	constructor(readonly environment: Readonly<Record<string, string | undefined>> = {}) {
		this.ended = new Promise((resolve) => {
			this.#end = resolve;
		});
	}

	now(): number {
		return Date.now();
	}

	/** As Ctrl-C does. */
	end(): void {
		this.#end();
	}
}
