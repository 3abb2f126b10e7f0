/** Failure: an exception that no callback caught, as a promise that rejects with it. */
export interface Failures {
	/** Rejects with the first exception; never resolves. */
	readonly first: Promise<never>;
	/** From now on they are Node's to deal with again. */
	release(): void;
}

/** Watches the process; an unhandled rejection counts as an exception, as Node has it. */
export function watchFailures(): Failures {
	let fail: (error: unknown) => void = () => {};
	const first = new Promise<never>((_resolve, reject) => {
		fail = reject;
	});
	first.catch(() => {}); // who waits is told all the same
	process.on("uncaughtException", fail);
	return { first, release: () => process.off("uncaughtException", fail) };
}
