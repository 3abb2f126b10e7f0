/** Modules by specifier, the path of each and its text, as they stand in the tree. */
export type Sources = Readonly<Record<string, { readonly file: string; readonly source: string }>>;

export interface Job {
	/** A module whose exports are the result's. */
	readonly entry: string;
	readonly modules: Sources;
	/** Names of modules that stay outside. */
	readonly external?: readonly string[];
	/** Members and variables are called as in the sources, for comparison. */
	readonly keepsNames?: boolean;
}

/** Rejects with a line that names the file. */
export function oneModule(job: Job): Promise<string>;
