/** Traces: the same street in Node and in Chromium, for the bytes of its trace. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import type { Image } from "../../../hosts/virtual/fleet/fleet.js";
import type { PackedKit } from "../../../sim/browser/protocol.js";
import { SOURCES } from "../../../sim/cli/words.js";
import { IMAGE_KEYS, IMAGES } from "../../../sim/explore/images.js";
import { stageOf } from "../../../sim/files/stage.js";
import { optionsOf } from "../../../sim/options/options.js";
import type { Values } from "../../../sim/options/values.js";
import { bundleWorker } from "../../../sim/pack/bundle.js";
import { readEngine, readKit } from "../../../sim/pack/kit.js";
import { runOf } from "../../../sim/run/made.js";
import { prepare } from "../../../sim/run/scenario.js";
import { CHROMIUM, QUIET } from "../../../tools/docs/browser.js";

/** Images that an input can offer, and the lamps' keys. */
const SHELF = { images: IMAGES, keys: IMAGE_KEYS };

export interface Traced {
	readonly text: string;
	/** Of the run with its machines, ms of wall clock. */
	readonly ms: number;
}

/** `firmware`: in place of the checkout's. */
export async function traceInNode(values: Values, firmware?: Image): Promise<Traced> {
	const options = optionsOf({ ...values, headless: true }, SOURCES);
	const scenario = prepare(options);
	if (typeof scenario === "string") throw new Error(scenario);
	const begun = performance.now();
	const stage = await stageOf(options, scenario, firmware && { firmware });
	const pieces: string[] = [];
	const { run } = runOf(stage, SHELF, (piece) => pieces.push(piece));
	const why = await run.go();
	await stage.network.close();
	stage.fleet.dispose();
	if (why !== undefined) throw new Error(why);
	return { text: pieces.join(""), ms: performance.now() - begun };
}

/** Chromium with the worker and the kit of this checkout. */
export class BrowserStreet {
	private constructor(
		private readonly browser: Browser,
		private readonly page: Page,
		private readonly folder: string,
	) {}

	static async open(): Promise<BrowserStreet> {
		const folder = mkdtempSync(join(tmpdir(), "luminode-traces-"));
		const file = join(folder, "empty.html");
		writeFileSync(file, "<!doctype html><title>traces</title>");
		const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
		const page = await browser.newPage({ offline: true });
		await page.goto(pathToFileURL(file).href);
		const { script } = await bundleWorker();
		const engine = Buffer.from(await readEngine(() => {})).toString("base64");
		await page.evaluate(
			([text, base64]) => {
				const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
				const made = { script: URL.createObjectURL(new Blob([text!])), engine: bytes };
				Object.assign(globalThis, made);
			},
			[script, engine],
		);
		return new BrowserStreet(browser, page, folder);
	}

	/** Likewise in a worker. */
	async trace(values: Values, firmware?: Image): Promise<Traced> {
		const kit = readKit();
		const images = firmware ? { pwm: firmware, zhaga: firmware } : kit.images;
		const shelf = {
			...SHELF,
			images: IMAGES.map((image) => ({ ...image, bytes: [...image.bytes] })),
		};
		const given = { values, kit: { ...kit, images, shelf } };
		const [text, ms] = await this.page.evaluate(async ({ values, kit }) => {
			const { script, engine } = globalThis as unknown as { script: string; engine: Uint8Array };
			const served = kit.shelf.images.map((image) => ({
				...image,
				bytes: Uint8Array.from(image.bytes),
			}));
			const whole = { ...kit, engine, shelf: { ...kit.shelf, images: served } };
			const begun = performance.now();
			const worker = new Worker(script);
			const message = {
				kind: "make",
				kit: whole as unknown as PackedKit,
				task: { kind: "trace", values },
			};
			worker.postMessage(message);
			const data = await new Promise<{ kind: string; text?: string; why?: string }>((resolve) => {
				worker.onmessage = (event) => resolve(event.data);
				worker.onerror = ({ message: why }) => resolve({ kind: "failed", why });
			});
			worker.terminate();
			return [data.text ?? `failed: ${data.why}`, performance.now() - begun] as const;
		}, given);
		return { text, ms };
	}

	async close(): Promise<void> {
		await this.browser.close();
		rmSync(this.folder, { recursive: true });
	}
}

/** The first line in which two traces differ, of each; undefined: they are equal to the byte. */
export function differenceOf(a: string, b: string): readonly [number, string, string] | undefined {
	if (a === b) return undefined;
	const [left, right] = [a.split("\n"), b.split("\n")];
	const n = left.findIndex((line, index) => line !== right[index]);
	return [n + 1, left[n] ?? "", right[n] ?? ""];
}
