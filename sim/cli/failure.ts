/**
 * Failure: an exception that no callback caught, as a promise that rejects with it.
 */
export interface Failures {
	/** Rejects with the first exception; never resolves. */
	readonly first: Promise<never>;
	/** From now on Node handles them again. */
	release(): void;
}

/** Watches the process; an unhandled rejection counts as an exception, as in Node. */
export function watchFailures(): Failures {
	let fail: (error: unknown) => void = () => {};
	const first = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	first.catch(() => {}); // a caller that waits still receives the rejection
	process.on("uncaughtException", fail);
	return { first, release: () => process.off("uncaughtException", fail) };
}
