/**
 * Frozen: freezes a table with all its contents, so that it stays in flash and takes no memory.
 *
 * For every object of a preloaded module that is not frozen, the SDK's linker reserves a pointer in
 * each machine, and a copy once the object is written to.
 */

/** Freezes `table` and all it contains; for literals without cycles, made at load. */
export function frozen<const T>(table: T): T {
	if (typeof table === "object" && table !== null)
		for (const value of Object.values(table)) frozen(value);
	return Object.freeze(table);
}
