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

/** Empty once it has ended. */
function commandOf(pid: number): string {
	try {
		return readFileSync(`/proc/${pid}/cmdline`, "utf8");
	} catch {
		return "";
	}
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
	let answer: string | undefined = "none";
	const ask = async () => {
		answer = undefined; // under way
		const asked = fetch(`http://127.0.0.1:${port}/compare`, { method: "POST", headers, body });
		answer = await asked.then((response) => response.text()).catch(String);
	};
	let found: number | undefined;
	const isFound = () => {
		if (answer !== undefined) void ask(); // the one before was refused, or is over unseen
		found = childrenOf(street.pid!).find((pid) => commandOf(pid).includes("--outcome"));
		return found !== undefined;
	};
	await until("a process", isFound, () => `${answer}\n${street.output}`);
	return found!;
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
