/** Archive: what is packed is read back by a reader of tar that is not its own. */
import { describe, expect, test } from "@jest/globals";
import { readTar } from "../../../hosts/virtual/engine/packages.js";
import { archiveOf } from "../../../sim/pack/archive.js";

const LONG = `${"folder/".repeat(20)}file.c`;

describe("an archive", () => {
	test.each<[string, Readonly<Record<string, string>>]>([
		["of nothing", {}],
		["of an empty file", { "a.c": "" }],
		["of a block, and of one byte more", { "a.c": "x".repeat(512), "b/c.h": "y".repeat(513) }],
		["with a name that needs its folder's field", { [LONG]: "long" }],
	])("%s", (_what, files) => {
		const given = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]));
		expect(readTar(archiveOf(given))).toEqual(given);
	});
	test("refuses a name that no field holds", () => {
		const files = new Map([["x".repeat(101), Buffer.from("")]]);
		expect(() => archiveOf(files)).toThrow("too long a name");
	});
	test("is the same for the same files", () => {
		const files = new Map([["a", Buffer.from("b")]]);
		expect(archiveOf(files).equals(archiveOf(files))).toBe(true);
	});
});
