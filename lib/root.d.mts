/** Root: the folder of package.json above this file, or above the bundle that holds it. */
export function projectRoot(): string;
