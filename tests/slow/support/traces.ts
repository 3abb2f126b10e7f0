/** Traces: the same street in Node and in a browser, for the bytes of its trace. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Values } from "../../../sim/options/values.js";
import { bundleWorker } from "../../../sim/pack/bundle.js";
import { readEngine, readKit } from "../../../sim/pack/kit.js";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";
import { SHELF, type Traced } from "../../sim/run/trace.js";
import { Firefox } from "./firefox.js";

/** A browser that opens a page and answers with values of expressions. */
export interface Driven {
	goto(url: string): Promise<unknown>;
	value<T>(expression: string): Promise<T>;
	close(): Promise<void>;
}

export async function chromiumDriven(): Promise<Driven> {
	const nobody = "--proxy-server=127.0.0.1:9"; // beyond this machine can be asked
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: [...QUIET, nobody] });
	const page = await browser.newPage();
	return {
		goto: (url) => page.goto(url),
		value: (expression) => page.evaluate(expression),
		close: () => browser.close(),
	};
}

/** In the browser: begins a worker with its task. @returns its trace, and ms */
const RUN = `async ({ values, kit }) => {
	const images = kit.shelf.images.map((image) => ({ ...image, bytes: Uint8Array.from(image.bytes) }));
	const begun = performance.now();
	const worker = new Worker(script);
	worker.postMessage({
		kind: "make",
		kit: { ...kit, engine, shelf: { ...kit.shelf, images } },
		task: { kind: "trace", values },
	});
	const { text, why } = await new Promise((resolve) => {
		worker.onmessage = ({ data }) => resolve(data);
		worker.onerror = ({ message }) => resolve({ why: message });
	});
	worker.terminate();
	return { text: text ?? "failed: " + why, ms: performance.now() - begun };
}`;

/** A browser with the worker and the engine of this checkout. */
export class BrowserStreet {
	private constructor(
		private readonly browser: Driven,
		private readonly folder: string,
	) {}

	static async open(which: "chromium" | "firefox"): Promise<BrowserStreet> {
		const folder = mkdtempSync(join(tmpdir(), "luminode-traces-"));
		const file = join(folder, "empty.html");
		writeFileSync(file, "<!doctype html><title>traces</title>");
		const browser = await (which === "chromium" ? chromiumDriven() : Firefox.open());
		await browser.goto(pathToFileURL(file).href);
		const { script } = await bundleWorker();
		const engine = Buffer.from(await readEngine(() => {})).toString("base64");
		await browser.value(`(() => {
			globalThis.script = URL.createObjectURL(new Blob([${JSON.stringify(script)}]));
			globalThis.engine = Uint8Array.from(atob("${engine}"), (character) => character.charCodeAt(0));
		})()`);
		return new BrowserStreet(browser, folder);
	}

	/** Likewise in a worker. */
	trace(values: Values): Promise<Traced> {
		const served = SHELF.images.map((image) => ({ ...image, bytes: [...image.bytes] }));
		const given = { values, kit: { ...readKit(), shelf: { ...SHELF, images: served } } };
		return this.browser.value(`(${RUN})(${JSON.stringify(given)})`);
	}

	async close(): Promise<void> {
		await this.browser.close();
		rmSync(this.folder, { recursive: true });
	}
}
