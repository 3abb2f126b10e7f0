/** Report helper: comparisons and decisions in processes of their own, which end with the run, also with one that is killed. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { projectRoot } from "../../lib/root.mjs";
import { wordsOf } from "../options/values.js";
import type { Helper, ReportTask } from "../report/comparisons.js";

/** The task as words of `npx luminode report`. */
function argumentsOf(task: ReportTask): string[] {
	if (task.kind === "outcome") return ["--outcome", "--way", task.option, ...wordsOf(task.values)];
	const given = Object.entries(task.inputs).map(([name, value]) => `--${name}=${value}`);
	return ["--decision", "--linked", "--out", "-", ...given, ...wordsOf(task.values)];
}

export class ReportHelper implements Helper {
	readonly #running = new Set<ChildProcess>();

	make(task: ReportTask): Promise<string> {
		const report = join("sim", "reportmain.ts");
		const child = fork(join("tools", "run.mjs"), [report, ...argumentsOf(task)], {
			cwd: projectRoot(),
			stdio: ["ignore", "pipe", "pipe", "ipc"],
			execArgv: [],
		});
		this.#running.add(child);
		const texts = ["", ""];
		for (const [n, pipe] of [child.stdout!, child.stderr!].entries())
			pipe.setEncoding("utf8").on("data", (text: string) => {
				texts[n] += text;
			});
		return new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("close", (code) => {
				this.#running.delete(child);
				const [made, why] = texts;
				if (code === 0) resolve(made!);
				else reject(new Error(why?.trim() || "ended"));
			});
		});
	}

	stop(): void {
		for (const child of this.#running) child.kill();
	}
}
