/** Job: the modules of an image that are to be joined, and the names that are read from outside. */

/** Modules by specifier, the path of each and its text, as they stand in the tree. */
export type Sources = Readonly<Record<string, { readonly file: string; readonly source: string }>>;

export interface Job {
	/** A module whose exports are the result's. */
	readonly entry: string;
	readonly modules: Sources;
	/** Names of modules that stay outside. */
	readonly external?: readonly string[];
	/** Text with all names by which something outside of the modules may read their objects. */
	readonly outside?: string;
	/** Names of modules whose members are used from outside. */
	readonly fixed?: readonly string[];
	/** Joined and not compressed, for comparison. */
	readonly isAsWritten?: boolean;
}
