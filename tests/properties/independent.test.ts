/** Independent: the judge of the nights imports the firmware's types and, to run it, its node; no rule of it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { importsOf } from "../../tools/toolchain/modules.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const MAY = ["../../src/node.js"];

function valuesOf(text: string): string[] {
	return importsOf(text)
		.filter(({ specifier, typeOnly }) => !typeOnly && specifier.includes("/src/"))
		.map(({ specifier }) => specifier)
		.filter((specifier) => !MAY.includes(specifier));
}

test.each(readdirSync(here).filter((name) => name.endsWith(".ts")))("%s", (name) => {
	expect(valuesOf(readFileSync(join(here, name), "utf8"))).toEqual([]);
});

test("a judge that asks the firmware what is right is found out", () => {
	const asks = 'import { dutyOf } from "../../src/lighting/curve.js";';
	expect(valuesOf(asks)).toEqual(["../../src/lighting/curve.js"]);
});
