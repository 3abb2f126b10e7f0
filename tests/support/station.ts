/** Station: a process's environment, streams and end, for tests of the city's programs. */
import { PassThrough } from "node:stream";
import type { Station } from "../../city/program.js";

/** Stations of this test file. */
const all = new Set<TestStation>();

export class TestStation implements Station {
	/** Ends the programs that a failed test left, which would connect for ever. */
	static async endAll(): Promise<void> {
		for (const station of all) station.end();
		all.clear();
		await new Promise((resolve) => setTimeout(resolve, 20));
	}

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
		all.add(this);
	}

	now(): number {
		return Date.now();
	}

	/** As Ctrl-C does. */
	end(): void {
		this.#end();
	}
}
