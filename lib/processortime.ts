/** Processor time of a process (Linux, proc(5)). */
import { readFileSync } from "node:fs";

/** Of a second: sysconf(_SC_CLK_TCK). */
const TICKS = 100;
/** Places in /proc/PID/stat behind the name: utime and stime, cutime and cstime. */
const OWN = [11, 12] as const;
const AWAITED = [13, 14] as const;

/**
 * Seconds so far, of the process itself and of the children that it has awaited. Throws if there is
 * no such process.
 */
export function processorTimeOf(pid: number): { readonly self: number; readonly awaited: number } {
	const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const sum = (places: readonly number[]) =>
		places.reduce((all, place) => all + Number(fields[place]) / TICKS, 0);
	return { self: sum(OWN), awaited: sum(AWAITED) };
}
