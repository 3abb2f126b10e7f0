/**
 * Member names: what the sources do not show by themselves, by the compiler's types. A name that is
 * read of an index signature may be a message's, so none of those is shortened.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { interfacesOf } from "../../../tools/toolchain/interfaces.js";
import { sourcesOf } from "../../../tools/toolchain/modules.js";

const FOLDERS = ["src", "hosts/esp32", "hosts/moddable", "hosts/tls", "hosts/virtual/lamp"];
const RUN = `
import { memberNames } from "./tools/toolchain/membernames.mjs";
let text = "";
for await (const part of process.stdin) text += part;
process.stdout.write(JSON.stringify(memberNames(JSON.parse(text))));`;

function shortNames(): string[] {
	const files = FOLDERS.flatMap((folder) => sourcesOf(folder).map((file) => join(folder, file)));
	const modules = files
		.filter((file) => !file.endsWith(".d.ts"))
		.map((file) => [file, { file, source: readFileSync(file, "utf8") }]);
	const job = { modules: Object.fromEntries(modules), outside: interfacesOf(".") };
	const options = { input: JSON.stringify(job), encoding: "utf8", maxBuffer: 1 << 26 } as const;
	const { stdout } = spawnSync("node", ["--input-type=module", "--eval", RUN], options);
	return Object.keys(JSON.parse(stdout));
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

test("no name that is read of an index signature is shortened", () => {
	const short = shortNames();
	const read = namesOfIndexSignatures();
	expect(short.length).toBeGreaterThan(500);
	expect(read.length).toBeGreaterThan(20);
	expect(read.filter((name) => short.includes(name))).toEqual([]);
});
