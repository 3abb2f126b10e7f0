/**
 * Ending: how the program ends early, and with which exit code.
 */
export const WRONG_INPUT = 2;
/** The simulator itself failed. */
export const FAILED = 3;

/** Prints the error in one line. */
export function refuse(why: string): number {
	process.stderr.write(`${why.split("\n")[0]}\n`);
	return WRONG_INPUT;
}

/** The first Ctrl-C ends the run in order; a second one ends it at once. */
export function onInterrupt(stop: () => void): () => void {
	process.once("SIGINT", stop);
	process.once("SIGTERM", stop);
	return () => {
		process.off("SIGINT", stop);
		process.off("SIGTERM", stop);
	};
}
