/**
 * Member names: what the sources do not show by themselves, by the compiler's types. A name that is
 * read of an index signature may be a message's, so none of those is shortened.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { interfacesOf } from "../../../lib/interfaces.js";
import { sourcesOf } from "../../../tools/toolchain/modules.js";
import { steps } from "../../support/compression/steps.js";

const FOLDERS = ["src", "hosts/esp32", "hosts/moddable", "hosts/tls", "hosts/virtual/lamp"];
async function shortNames(): Promise<string[]> {
	const files = FOLDERS.flatMap((folder) => sourcesOf(folder).map((file) => join(folder, file)));
	const modules = files
		.filter((file) => !file.endsWith(".d.ts"))
		.map((file) => [file, { file, source: readFileSync(file, "utf8") }]);
	const job = { modules: Object.fromEntries(modules), outside: interfacesOf(".") };
	const [result] = await steps("memberNames", [job]);
	return Object.keys(result!.made!);
}

function namesOfIndexSignatures(): string[] {
	const tsc = [
		"node_modules/typescript/bin/tsc",
		"--noEmit",
		"--noPropertyAccessFromIndexSignature",
	];
	const words = [...tsc, "-p", "tools/toolchain/tsconfig.esp32.json"];
	const { stdout } = spawnSync("node", words, { encoding: "utf8" });
	return [...stdout.matchAll(/TS4111: Property '(\w+)'/g)].map(([, name]) => name!);
}

test("no name that is read of an index signature is shortened", async () => {
	const short = await shortNames();
	const read = namesOfIndexSignatures();
	expect(short.length).toBeGreaterThan(500);
	expect(read.length).toBeGreaterThan(20);
	expect(read.filter((name) => short.includes(name))).toEqual([]);
});
