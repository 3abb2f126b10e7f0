/** Looks: what Chromium and Linux state about a page and the simulator behind it. */
import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { CDPSession } from "playwright-core";

export const PORT = 18_190;
export const FRAMES_OVER = 10_000;
/** In the page: frames a second, over that span. */
export const COUNT_FRAMES = `new Promise((done) => {
	let count = 0;
	const began = performance.now();
	requestAnimationFrame(function next(now) {
		if (now - began >= ${FRAMES_OVER}) return done((count * 1000) / (now - began));
		count++;
		requestAnimationFrame(next);
	});
})`;

export async function metricsOf(tools: CDPSession): Promise<Map<string, number>> {
	const { metrics } = await tools.send("Performance.getMetrics");
	return new Map(metrics.map(({ name, value }) => [name, value]));
}

/** Resident memory of a process, now and at its most, MB (Linux). */
export function memoryOf(pid: number): { readonly now: number; readonly most: number } {
	const status = readFileSync(`/proc/${pid}/status`, "utf8");
	const of = (name: string) =>
		Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1]) / 1024;
	return { now: of("VmRSS"), most: of("VmHWM") };
}

/** The page's address, as the simulator prints it. */
export function pageOf(street: ChildProcess): Promise<string> {
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
