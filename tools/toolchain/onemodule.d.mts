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
	/** Names and functions stay those of the sources, for comparison. */
	readonly isAsWritten?: boolean;
}

/** Rejects with a line that names the file. */
export function oneModule(job: Job): Promise<string>;
