/** Job: the modules of an image that are to be joined. */

/** Modules by specifier, the path of each and its text, as they stand in the tree. */
export type Sources = Readonly<Record<string, { readonly file: string; readonly source: string }>>;

export interface Job {
	/** A module whose exports are the result's. */
	readonly entry: string;
	readonly modules: Sources;
	/** Names of modules that stay outside. */
	readonly external?: readonly string[];
	/** The types of the platform, whose globals the modules may use. */
	readonly outside?: string;
	/** Joined and not compressed, for comparison. */
	readonly isAsWritten?: boolean;
}
