/**
 * Frozen: a table and everything it holds, so that it lies in flash and takes no memory of a lamp.
 *
 * The linker of the SDK keeps a pointer in each machine, and a copy when it is written to, for every
 * object of a preloaded module that is not frozen. For tables made at load: literals, without cycles.
 */

export function frozen<const T>(table: T): T {
	if (typeof table === "object" && table !== null)
		for (const value of Object.values(table)) frozen(value);
	return Object.freeze(table);
}
