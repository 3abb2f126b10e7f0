/**
 * Page bench: frames and memory of the simulator's page, and memory of the simulator behind it, while
 * a street runs and is watched.
 */
import { spawn } from "node:child_process";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { refuse, wordsOf } from "../../lib/words.js";
import { CHROMIUM, QUIET } from "../../tools/docs/browser.js";
import { COUNT_FRAMES, FRAMES_OVER, memoryOf, metricsOf, PORT, pageOf } from "./looks.js";
import { fileOfCopies, TOWN_HEAD, watchTown } from "./town.js";

const COMMAND = "npm run bench -- page";
const HELP = `usage: npm run bench -- page [--lamps 12,100,1000] [--minutes 10] [--view show]
       npm run bench -- page --town FILE
       npm run bench -- page --lights 30000,200000

Watches a street of each size in Debian's chromium and prints frames, memory and processor time
(needs /usr/bin/chromium).

  --lamps N,N    sizes of the street (12,100,1000)
  --minutes M    how long each is watched (10)
  --view V       show, prove or break (show)
  --town FILE    the map of a town while its night plays, in place of a street; its nights
                 are simulated first, if they are not beside the file
  --lights N,N   likewise a town of each of these sizes, up to 500000: copies of the made
                 commune side by side, in .cache/bench`;
const STREET = ["--neighbours", "--seed", "7", "--start", "2026-11-24T17:30:00+01:00"];
const SPEED = "10";
const FIRST = 45_000; // until all lamps of a large street are online
const MOST_LAMPS = 5_000;
const MOST_LIGHTS = 500_000;
const MINUTE = 60_000;

const { values } = wordsOf({
	command: COMMAND,
	help: HELP,
	options: {
		lamps: { type: "string", default: "12,100,1000" },
		minutes: { type: "string", default: "10" },
		view: { type: "string", default: "show" },
		town: { type: "string" },
		lights: { type: "string" },
	},
});
const sizes = values.lamps.split(",").map(Number);
const minutes = Number(values.minutes);
if (!sizes.every((size) => Number.isInteger(size) && size >= 1 && size <= MOST_LAMPS))
	refuse(COMMAND, `--lamps ${values.lamps}: not sizes from 1 to ${MOST_LAMPS}, such as 12,100`);
if (!(minutes >= 1 && minutes <= 600))
	refuse(COMMAND, `--minutes ${values.minutes}: not a number from 1 to 600, such as 10`);
const lights = values.lights?.split(",").map(Number) ?? [];
if (!lights.every((light) => Number.isInteger(light) && light >= 1 && light <= MOST_LIGHTS))
	refuse(COMMAND, `--lights ${values.lights}: not sizes from 1 to ${MOST_LIGHTS}, such as 30000`);
if (!["show", "prove", "break"].includes(values.view))
	refuse(COMMAND, `--view ${values.view}: not show, prove or break`);

const print = (line: string) => void process.stdout.write(`${line}\n`);
if (values.town !== undefined || values.lights !== undefined) {
	print(TOWN_HEAD);
	const towns = values.town === undefined ? lights.map(fileOfCopies) : [values.town];
	for (const town of towns) print(await watchTown(town));
} else {
	print("lamps  minute  frames/s  page's thread  page's heap  nodes  simulator");
	for (const lamps of sizes) await watch(lamps);
}

async function watch(lamps: number): Promise<void> {
	const args = [...STREET, "--speed", SPEED, "--lamps", String(lamps), "--port", String(PORT)];
	const street = spawn(process.execPath, ["tools/run.mjs", "sim/main.ts", ...args], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		const url = await pageOf(street);
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.goto(`${url}#view=${values.view}&lang=en`);
		await page.waitForTimeout(FIRST);
		const tools = await page.context().newCDPSession(page);
		await tools.send("Performance.enable");
		for (let minute = 0; minute <= minutes; minute += Math.max(1, Math.floor(minutes / 5))) {
			const began = Date.now();
			print(await sample(lamps, minute, page, tools, street.pid!));
			const next = Math.max(1, Math.floor(minutes / 5)) * MINUTE;
			if (minute < minutes) await page.waitForTimeout(Math.max(0, next - (Date.now() - began)));
		}
	} finally {
		await browser.close();
		street.kill("SIGINT");
		await new Promise((ended) => street.once("exit", ended));
	}
}

async function sample(
	lamps: number,
	minute: number,
	page: Page,
	tools: CDPSession,
	pid: number,
): Promise<string> {
	const busy = async () => (await metricsOf(tools)).get("TaskDuration")!;
	const before = await busy();
	const frames = await page.evaluate<number>(COUNT_FRAMES);
	const share = ((await busy()) - before) / (FRAMES_OVER / 1000);
	await tools.send("HeapProfiler.collectGarbage");
	const metrics = await metricsOf(tools);
	const heap = metrics.get("JSHeapUsedSize")! / 2 ** 20;
	const cells = [
		String(lamps).padStart(5),
		String(minute).padStart(7),
		frames.toFixed(1).padStart(9),
		`${(100 * share).toFixed(0)} %`.padStart(14),
		`${heap.toFixed(1)} MB`.padStart(12),
		String(metrics.get("Nodes")).padStart(6),
		`${(memoryOf(pid).now).toFixed(0)} MB`.padStart(10),
	];
	return cells.join(" ");
}
