import type { Sources } from "./onemodule.mjs";

/** The short names by the names in the sources. */
export function privateNames(modules: Sources): Readonly<Record<string, string>>;
