/**
 * A run that fails: it says why in one line, and the process ends.
 *
 * Promise: A run that cannot go on ends with one line that says why.
 */
import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { bundle } from "../../../lib/bundle.mjs";
import { PATIENCE } from "../../support/until.js";
import { simulate } from "../run/program.js";

const FAILED = 3;

test("a full disk under the trace: exit code 3, when it was, and why", async () => {
	const { code, output } = await simulate("--headless", "--lamps", "2", "--trace", "/dev/full");
	expect(output).toMatch(/^the run failed at 2026-\d\d-\d\dT[\d:.]+Z: ENOSPC: no space left/m);
	expect(code).toBe(FAILED);
});

// security: a run that has failed looks alive
test("with a page and ports open likewise: the process ends", async () => {
	const args = "--lamps 2 --speed max --port 43300 --serial 1 --trace /dev/full".split(" ");
	const { code, output } = await simulate(...args);
	expect(output).toMatch(/^page: /m);
	expect(output).toMatch(/^the run failed at /m);
	expect(code).toBe(FAILED);
});

test.each([
	["thrown in a timer's callback", `setTimeout(() => { throw new Error("lost"); })`],
	["a promise's, that nobody waits for", `Promise.reject(new Error("lost"))`],
	[
		"the second of two",
		`setTimeout(() => { throw new Error("lost"); }); setTimeout(() => { throw new Error("more"); })`,
	],
])("an exception %s is reported as the run's failure", async (_what, trouble) => {
	const program = await bundle("sim/cli/failure.ts");
	const script = `
		import { watchFailures } from ${JSON.stringify(program)};
		const { first } = watchFailures();
		${trouble};
		setTimeout(() => process.exit(5), ${PATIENCE});
		first.catch((error) => setTimeout(() => { console.log(error.message); process.exit(4); }, 50));`;
	const args = ["--input-type=module", "-e", script];
	const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
	expect([status, stdout]).toEqual([4, "lost\n"]);
});
