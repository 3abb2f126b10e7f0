/** What host.c gives the program: the process around the machine. */
declare const headless: {
	/** Words of the command line after the program's name. */
	readonly args: readonly string[];
	/** The next line of standard input without its end, or undefined when there is none. */
	readLine(): string | undefined;
	/** Tells each line from now on, while the SDK's timers and sockets run; undefined at the end. */
	onLine(told: (line: string | undefined) => void): void;
	/** One line to standard output. */
	print(line: string): void;
	/** Fills the buffer from the system's source of chance. */
	random(into: ArrayBuffer): void;
	/** Bytes free in slots and chunks together. */
	freeBytes(): number;
	/** After a collection: slots and bytes of chunks that live. */
	live(): [slots: number, chunkBytes: number];
	exit(status: number): never;
};
