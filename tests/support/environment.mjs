/**
 * Environment: Node's, in which the machine code of a WebAssembly module outlives the test file, and
 * nothing of jest's own does.
 *
 * V8 shares the code of equal bytes for as long as one module of them is alive: the first file of a
 * worker that compiles the engine has it compiled outside of its realm, too, where it is kept.
 *
 * jest-circus runs each test in an AsyncLocalStorage of its file and leaves it enabled: each promise of a
 * worker's later files would be given to the storages of all files before, the imports' promises, too.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { TestEnvironment } from "jest-environment-node";

const kept = new Map();

/** Storages that were entered in this file. */
const entered = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function (...given) {
	entered.add(this);
	return run.apply(this, given);
};

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

	async teardown() {
		for (const storage of entered) storage.disable();
		entered.clear();
		await super.teardown();
	}
}
