/** CPU account: seconds that programs and their children have used, by name, over kills and restarts. */
import { readFileSync } from "node:fs";
import { processorTimeOf } from "../../../lib/processortime.js";

export class CpuAccount {
	readonly #seconds = new Map<string, Map<number, number>>();

	/** To be called again and again; the last call before its end is what counts. */
	look(name: string, pid: number | undefined): void {
		if (pid === undefined) return;
		const of = this.#seconds.get(name) ?? new Map<number, number>();
		this.#seconds.set(name, of);
		of.set(pid, Math.max(of.get(pid) ?? 0, secondsOf(pid)));
	}

	/** Whole seconds by name. */
	get totals(): Readonly<Record<string, number>> {
		const sum = (of: ReadonlyMap<number, number>) => [...of.values()].reduce((a, b) => a + b, 0);
		return Object.fromEntries([...this.#seconds].map(([name, of]) => [name, Math.round(sum(of))]));
	}
}

/** Of a process, its children that live and those that it has awaited; 0: it has ended. */
function secondsOf(pid: number): number {
	try {
		const { self: own, awaited } = processorTimeOf(pid);
		const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
		return children
			.filter(Boolean)
			.reduce((sum, child) => sum + secondsOf(Number(child)), own + awaited);
	} catch {
		return 0;
	}
}
