#!/usr/bin/env node
/**
 * Luminode: `npx luminode VERB [ARGUMENT ...]` runs a verb (docs/verbs.mjs); without one it lists them.
 * The beginning of a verb is sufficient where it is unique.
 */
import { projectRoot } from "../lib/root.mjs";
import { VERBS } from "./docs/verbs.mjs";

const [name = "--help", ...words] = process.argv.slice(2);
const begun = Object.keys(VERBS).filter((known) => known.startsWith(name));
const chosen = Object.hasOwn(VERBS, name) || begun.length !== 1 ? name : begun[0];
const verb = Object.hasOwn(VERBS, chosen) ? VERBS[chosen] : undefined;
if (verb?.inRoot) process.chdir(projectRoot()); // before the bundler, which keeps the folder of its start
const { start } = await import("./start.mjs");
if (verb) await start(verb.entry, [...(verb.first ?? []), ...words]);
else await start("tools/bin/luminode.ts", [name, ...words]);
