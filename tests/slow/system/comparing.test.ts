/** Comparing: the process of a comparison ends with the simulator, however that ends. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { until } from "../../support/until.js";
import { freePort, type Program, simulator } from "../support/programs.js";

/** Processes whose parent is `pid`. */
function childrenOf(pid: number): number[] {
	return readdirSync("/proc")
		.filter((name) => /^\d+$/.test(name))
		.filter((name) => {
			try {
				const [, rest] = readFileSync(`/proc/${name}/stat`, "utf8").split(/\) . /);
				return Number(rest!.split(" ")[0]) === pid;
			} catch {
				return false; // it has just ended
			}
		})
		.map(Number);
}

function lives(pid: number): boolean {
	try {
		return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
	} catch {
		return false;
	}
}

/** A comparison under way. @returns its process */
async function compare(street: Program, port: number): Promise<number> {
	await street.says(/page: (http:\S+)/);
	const headers = { "Content-Type": "application/json" };
	const body = JSON.stringify({ option: "neighbours" });
	void fetch(`http://127.0.0.1:${port}/compare`, { method: "POST", headers, body }).catch(() => {});
	let children: number[] = [];
	await until("a process", async () => {
		children = childrenOf(street.pid!).filter((pid) =>
			readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("--outcome"),
		);
		return children.length === 1;
	});
	return children[0]!;
}

test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("%s ends both", async (signal) => {
	const port = await freePort();
	const args = ["--lamps", "24", "--start", "2026-11-24T15:00:00+01:00"];
	const street = simulator(...args, "--port", String(port));
	try {
		const child = await compare(street, port);
		expect(lives(child)).toBe(true);
		const code = await street.stop(signal);
		expect(code).toBe(signal === "SIGKILL" ? null : 0);
		await until("the end of its child", async () => !lives(child));
	} finally {
		await street.stop("SIGKILL");
	}
});
