/**
 * Progress: how far a long run is and how long it will take: a bar on a terminal, a line a minute in
 * a log. It reads the run and never affects it.
 */
import { MINUTE } from "../../lib/spans.js";

/** A bar is drawn anew at this interval, ms of wall clock. */
const REDRAWN = 250;
const BAR = 30; // characters
const CLEAR_LINE = "\r\u001b[K";

interface ProgressOptions {
	/** Virtual ms that have happened, and those of the whole run. */
	readonly reached: () => number;
	readonly end: number;
	readonly isTerminal: boolean;
	readonly write: (text: string) => void;
	/** Wall clock, ms. */
	readonly now: () => number;
}

/** The line for a run of which `reached` of `end` took `spent` ms. */
export function progressLine(
	{ reached, end }: { readonly reached: number; readonly end: number },
	spent: number,
): string {
	const share = Math.min(1, Math.max(0, reached / end));
	const percent = `${Math.floor(share * 100)} %`.padStart(5);
	if (share === 0) return `${percent} of ${spanOf(end)}`;
	const left = (spent / share) * (1 - share);
	return `${percent} of ${spanOf(end)}, ${spanOf(spent)} so far, ${spanOf(left)} left`;
}

/** `[=====     ]` */
export function barOf(share: number): string {
	const filled = Math.floor(Math.min(1, Math.max(0, share)) * BAR);
	return `[${"=".repeat(filled)}${" ".repeat(BAR - filled)}]`;
}

/** `1:02:03`, or `2:03` below an hour. */
export function spanOf(ms: number): string {
	const seconds = Math.round(ms / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	const rest = String(seconds % 60).padStart(2, "0");
	return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** Shows the progress until the function that it returns is called. */
export function showProgress(options: ProgressOptions): () => void {
	const { reached, end, isTerminal, write, now } = options;
	const began = now();
	const show = () => {
		const line = progressLine({ reached: reached(), end }, now() - began);
		write(isTerminal ? `${CLEAR_LINE}${barOf(reached() / end)}${line}` : `${line}\n`);
	};
	const timer = setInterval(show, isTerminal ? REDRAWN : MINUTE);
	timer.unref();
	return () => {
		clearInterval(timer);
		if (isTerminal) write(CLEAR_LINE);
	};
}

/** The same on the standard error output; nothing for a run without an end. */
export function showProgressOf(reached: () => number, end: number): () => void {
	if (end === Infinity) return () => {};
	const isTerminal = process.stderr.isTTY === true;
	const write = (text: string) => void process.stderr.write(text);
	return showProgress({ reached, end, isTerminal, write, now: () => performance.now() });
}
