/** Globals: an XS machine has each name of the list, and those that a platform declares are added. */
import { expect, test } from "@jest/globals";
import { globalsOf, LANGUAGE } from "../../../tools/compression/globals.js";
import { evaluator, imageOf, Street } from "../../support/xsstreet.js";

test("each global of the language is one of XS", async () => {
	const body = `return ${JSON.stringify(LANGUAGE)}.filter((name) => !(name in globalThis));`;
	const creation = { chunkBytes: 65536, slots: 8192, stackSlots: 1024, keys: 512 };
	const street = await Street.of(imageOf(evaluator(body), { creation }));
	expect(street.logsOfBoot()).toEqual(["[]"]);
});

test("a platform's are those that its types declare at their top", () => {
	const types =
		'declare const native: { a(): void };\ndeclare function Native(name: string): void;\ndeclare module "x" {\n\texport const inner: number;\n}\n// declare const none\n';
	const added = [...globalsOf(types)].filter((name) => !globalsOf().has(name));
	expect(added).toEqual(["native", "Native"]);
});
