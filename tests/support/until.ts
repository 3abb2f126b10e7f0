/** Until: waits for what another process, or another turn of this one, brings about. */

/** Only ends what hangs, ms: ten times as long as the slowest event takes on a busy machine. */
export const PATIENCE = 600_000;

export const pause = (ms: number): Promise<void> =>
	new Promise((resolve) => setTimeout(resolve, ms));

/** Looks each 10 ms until it is so. Throws, after `PATIENCE`, with the sentence and the text of `more`. */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	more: () => string = () => "",
): Promise<void> {
	for (const end = performance.now() + PATIENCE; !(await isSo()); await pause(10))
		if (performance.now() > end) throw new Error(`waited in vain: ${what}\n${more()}`);
}
