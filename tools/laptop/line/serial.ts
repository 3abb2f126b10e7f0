/** Serial: a lamp's serial line as programs see it, on the laptop and in a browser. */

/** Callbacks of a line. */
export interface LineListener {
	onBytes(bytes: Uint8Array): void;
	/** The line ended: unplugged, or closed at the other end. Not called after `close`. */
	onGone(): void;
}

export interface Line {
	write(bytes: string | Uint8Array): void;
	/** Closes the line, once the written bytes have been sent. */
	close(): Promise<void>;
}
