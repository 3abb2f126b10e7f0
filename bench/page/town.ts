/**
 * Town: frames, memory and start of the map of a town, of which the night plays in twenty seconds,
 * again and again.
 */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { processorTimeOf } from "../../lib/processortime.js";
import { projectRoot } from "../../lib/root.mjs";
import { CHROMIUM, QUIET } from "../../tools/docs/browser.js";
import { copiesOf } from "./copies.js";
import { COUNT_FRAMES, FRAMES_OVER, memoryOf, metricsOf, PORT, pageOf } from "./looks.js";

/** Of a town whose nights are simulated first, ms. */
const NIGHTS_WITHIN = 3_600_000;
const FOLDER = join(projectRoot(), ".cache", "bench");

export const TOWN_HEAD =
	"frames/s  thread, ms a frame  page, MB  start, s CPU  simulator, MB  at most";

/** A file of as many lights. */
export function fileOfCopies(lights: number): string {
	mkdirSync(FOLDER, { recursive: true });
	const file = join(FOLDER, `lights-${lights}.csv`);
	writeFileSync(file, copiesOf(lights));
	return file;
}

/** @returns a line under TOWN_HEAD */
export async function watchTown(town: string): Promise<string> {
	const args = ["--town", town, "--port", String(PORT)];
	const street = spawn(process.execPath, ["tools/run.mjs", "sim/main.ts", ...args], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		const url = await pageOf(street);
		const start = processorTimeOf(street.pid!).self;
		await page.goto(`${url}#view=town&lang=en`);
		const play = page.getByRole("button", { name: "Play" });
		await play.waitFor({ timeout: NIGHTS_WITHIN });
		const tools = await page.context().newCDPSession(page);
		await tools.send("Performance.enable", { timeDomain: "threadTicks" });
		const busy = async () => (await metricsOf(tools)).get("TaskDuration")!;
		await play.click();
		const before = await busy();
		const frames = await page.evaluate<number>(COUNT_FRAMES);
		const each = (1000 * ((await busy()) - before)) / ((frames * FRAMES_OVER) / 1000);
		const heap = (await metricsOf(tools)).get("JSHeapUsedSize")! / 2 ** 20;
		const { now, most } = memoryOf(street.pid!);
		const cells: readonly (readonly [value: number, decimals: number, width: number])[] = [
			[frames, 1, 8],
			[each, 1, 19],
			[heap, 1, 9],
			[start, 1, 13],
			[now, 0, 14],
			[most, 0, 8],
		];
		return cells
			.map(([value, decimals, width]) => value.toFixed(decimals).padStart(width))
			.join(" ");
	} finally {
		await browser.close();
		street.kill("SIGINT");
		await new Promise((ended) => street.once("exit", ended));
	}
}
