/** Street: each test that `npm run test:street` runs, and `npm test` does not, names the promise that it holds. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { projectRoot } from "../../lib/root.mjs";
import { sourcesOf } from "../../tools/toolchain/modules.js";

const tests = join(projectRoot(), "tests");
const files = sourcesOf(tests).filter((name) => name.endsWith(".street.test.ts"));

test.each(files)("%s begins with its promise", (name) => {
	const [comment] = /^\/\*\*[\s\S]*?\*\//.exec(readFileSync(join(tests, name), "utf8")) ?? [""];
	expect(comment).toMatch(/^ \* Promise: [A-Z]/m);
});
