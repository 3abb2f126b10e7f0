import type { Job } from "./onemodule.mjs";

/** The short names by the names in the sources. */
export function memberNames(
	job: Pick<Job, "modules" | "outside" | "fixed">,
): Readonly<Record<string, string>>;
