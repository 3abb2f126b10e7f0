/** Bundles a program of ours (path from the root) and returns the path of the file to run. */
export function bundle(entry: string): Promise<string>;
