/**
 * Page bench: frames and memory of the simulator's page, and memory of the simulator behind it, while
 * a street runs and is watched.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { type CDPSession, chromium, type Page } from "playwright-core";
import { refuse, wordsOf } from "../../lib/words.js";
import { CHROMIUM, QUIET } from "../../tools/docs/browser.js";

const COMMAND = "npm run bench -- page";
const HELP = `usage: npm run bench -- page [--lamps 12,100,1000] [--minutes 10] [--view show]
       npm run bench -- page --town FILE

Watches a street of each size in Debian's chromium and prints frames, memory and processor time
(needs /usr/bin/chromium).

  --lamps N,N    sizes of the street (12,100,1000)
  --minutes M    how long each is watched (10)
  --view V       show, prove or break (show)
  --town FILE    the map of a town while its night plays, in place of a street; its nights
                 are simulated first, if they are not beside the file`;
const STREET = ["--neighbours", "--seed", "7", "--start", "2026-11-24T17:30:00+01:00"];
const SPEED = "10";
const PORT = 18_190;
const FIRST = 45_000; // until all lamps of a large street are online
const FRAMES_OVER = 10_000;
/** In the page: frames a second, over that span. */
const COUNT_FRAMES = `new Promise((done) => {
	let count = 0;
	const began = performance.now();
	requestAnimationFrame(function next(now) {
		if (now - began >= ${FRAMES_OVER}) return done((count * 1000) / (now - began));
		count++;
		requestAnimationFrame(next);
	});
})`;
/** Of a town whose nights are simulated first, ms. */
const NIGHTS_WITHIN = 1_800_000;
const MOST_LAMPS = 5_000;
const MINUTE = 60_000;

const { values } = wordsOf({
	command: COMMAND,
	help: HELP,
	options: {
		lamps: { type: "string", default: "12,100,1000" },
		minutes: { type: "string", default: "10" },
		view: { type: "string", default: "show" },
		town: { type: "string" },
	},
});
const sizes = values.lamps.split(",").map(Number);
const minutes = Number(values.minutes);
if (!sizes.every((one) => Number.isInteger(one) && one >= 1 && one <= MOST_LAMPS))
	refuse(COMMAND, `--lamps ${values.lamps}: not sizes from 1 to ${MOST_LAMPS}, such as 12,100`);
if (!(minutes >= 1 && minutes <= 600))
	refuse(COMMAND, `--minutes ${values.minutes}: not a number from 1 to 600, such as 10`);
if (!["show", "prove", "break"].includes(values.view))
	refuse(COMMAND, `--view ${values.view}: not show, prove or break`);

const print = (line: string) => void process.stdout.write(`${line}\n`);
if (values.town !== undefined) {
	print("frames/s  thread, ms a frame  page's heap  simulator");
	await watchTown(values.town);
} else {
	print("lamps  minute  frames/s  page's thread  page's heap  nodes  simulator");
	for (const lamps of sizes) await watch(lamps);
}

async function watch(lamps: number): Promise<void> {
	const words = [...STREET, "--speed", SPEED, "--lamps", String(lamps), "--port", String(PORT)];
	const street = spawn(process.execPath, ["tools/run.mjs", "sim/main.ts", ...words], {
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

/** The map of a town, of which the night plays in twenty seconds, again and again. */
async function watchTown(town: string): Promise<void> {
	const words = ["--town", town, "--port", String(PORT)];
	const street = spawn(process.execPath, ["tools/run.mjs", "sim/main.ts", ...words], {
		stdio: ["ignore", "pipe", "inherit"],
	});
	const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
	try {
		const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
		await page.goto(`${await pageOf(street)}#view=town&lang=en`);
		const play = page.getByRole("button", { name: "Play" });
		await play.waitFor({ timeout: NIGHTS_WITHIN });
		const tools = await page.context().newCDPSession(page);
		await tools.send("Performance.enable");
		const busy = async () => (await metricsOf(tools)).get("TaskDuration")!;
		await play.click();
		const before = await busy();
		const frames = await page.evaluate<number>(COUNT_FRAMES);
		const each = (1000 * ((await busy()) - before)) / ((frames * FRAMES_OVER) / 1000);
		const heap = (await metricsOf(tools)).get("JSHeapUsedSize")! / 2 ** 20;
		const cells = [
			frames.toFixed(1).padStart(8),
			each.toFixed(1).padStart(18),
			`${heap.toFixed(1)} MB`.padStart(12),
			`${(residentOf(street.pid!) / 1024).toFixed(0)} MB`.padStart(10),
		];
		print(cells.join(" "));
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
		`${(residentOf(pid) / 1024).toFixed(0)} MB`.padStart(10),
	];
	return cells.join(" ");
}

async function metricsOf(tools: CDPSession): Promise<Map<string, number>> {
	const { metrics } = await tools.send("Performance.getMetrics");
	return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** Resident memory of a process, KB (Linux). */
function residentOf(pid: number): number {
	return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

/** The page's address, as the simulator prints it. */
function pageOf(street: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		let output = "";
		street.stdout!.on("data", (bytes: Buffer) => {
			output += bytes.toString("utf8");
			const url = /page: (http:\S+)/.exec(output)?.[1];
			if (url !== undefined) resolve(url);
		});
		street.once("exit", (code) => reject(new Error(`the simulator ended with ${code}: ${output}`)));
	});
}
