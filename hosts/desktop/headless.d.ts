/**
 * Functions that host.c gives the program: the process around the machine.
 */
declare const headless: {
	/** Words of the command line after the program's name. */
	readonly args: readonly string[];
	/** The next line of standard input without its end; undefined at the end of the input. */
	readLine(): string | undefined;
	/**
	 * Calls `listener` with each line from now on, while the SDK's timers and sockets run; undefined at
	 * the end.
	 */
	onLine(listener: (line: string | undefined) => void): void;
	/** One line to standard output. */
	print(line: string): void;
	/** Fills the buffer from the system's random source. */
	random(into: ArrayBuffer): void;
	/** Bytes free in slots and chunks together. */
	freeBytes(): number;
	/** Live slots and live bytes of chunks after a collection. */
	live(): [slots: number, chunkBytes: number];
	exit(status: number): never;
};
