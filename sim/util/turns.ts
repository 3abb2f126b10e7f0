/** Turns of the event loop, by which broker and clock let other work happen. */
export interface Turns {
	/** Calls back in a later turn, after all microtasks of this one. */
	soon(act: () => void): void;
	/** Whether any such call is still to come. */
	areWaiting(): boolean;
}
