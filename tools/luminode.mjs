#!/usr/bin/env node
/**
 * Luminode: `npx luminode VERB [ARGUMENT ...]` runs a verb (docs/verbs.mjs); without one it lists them.
 * The beginning of a verb is sufficient where it is unique, among the verbs of *Maintain* first: they
 * are typed at a pole.
 */
import { projectRoot } from "../lib/root.mjs";
import { verbOf } from "./docs/verbs.mjs";

const [name = "--help", ...words] = process.argv.slice(2);
const verb = verbOf(name);
if (verb?.inRoot) process.chdir(projectRoot()); // before the bundler, which keeps the folder of its start
const { start } = await import("./start.mjs");
if (verb) await start(verb.entry, [...(verb.first ?? []), ...words]);
else await start("tools/bin/luminode.ts", [name, ...words]);
