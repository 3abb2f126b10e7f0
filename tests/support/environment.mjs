/**
 * Environment: Node's, in which the machine code of a WebAssembly module outlives the test file.
 *
 * V8 shares the code of equal bytes for as long as one module of them is alive: the first file of a
 * worker that compiles the engine has it compiled outside of its realm, too, where it is kept.
 */
import { createHash } from "node:crypto";
import { TestEnvironment } from "jest-environment-node";

const kept = new Map();

export default class extends TestEnvironment {
	async setup() {
		await super.setup();
		const inner = this.global.WebAssembly;
		const { compile } = inner;
		inner.compile = async (bytes) => {
			const hash = createHash("sha256").update(bytes).digest("hex");
			const module = await compile(bytes);
			if (!kept.has(hash)) kept.set(hash, await WebAssembly.compile(bytes));
			return module;
		};
	}
}
