/** Components: the table is that of today's packages, and its hashes are those of the system's tools. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { hashOfList, packageTable, sdkFilesIn, withBlock } from "../../../tools/docs/components.js";
import { sourcesOf } from "../../../tools/toolchain/modules.js";

test("a package has its licence and its hash", () => {
	expect(packageTable()).toMatch(/^\| suncalc \| [\d.]+ \| "Copyright .*" \| `sha512-/m);
});

test("every package that src imports is in the table", () => {
	const imported = sourcesOf("src").flatMap((file) =>
		[...readFileSync(`src/${file}`, "utf8").matchAll(/ from "([^."][^"]*)"/g)].map(
			([, name]) => name!,
		),
	);
	expect(imported.length).toBeGreaterThan(0);
	for (const name of imported) expect(packageTable()).toContain(`| ${name} |`);
});

test("the hash of a list is that of sha256sum", () => {
	const files = ["LICENSE", "NOTICE", "src/version.ts"];
	const list = execFileSync("sha256sum", files);
	const [hash] = execFileSync("sha256sum", { input: list, encoding: "utf8" }).split(" ");
	expect(hashOfList(".", files)).toBe(hash);
});

describe("a makefile", () => {
	const makefile = `
MODDABLE = /sdk
$(TMP)/serial.o: /sdk/modules/io/serial/serial.c $(XS)/xs.h
$(MODULES)/serial.xsb: /sdk/modules/io/serial/serial.js
$(MODULES)/main.xsb: /home/luminode/hosts/esp32/main.ts
	cp /sdk/modules/io/serial/serial.c /sdk/modules/io/manifest.json /sdk/typings/xs.d.ts
`;
	test("names the files of the SDK once, in order, and neither ours nor manifests", () => {
		expect(sdkFilesIn(makefile, "/sdk")).toEqual([
			"modules/io/serial/serial.c",
			"modules/io/serial/serial.js",
		]);
	});
});

test("a block that is missing or stands twice is refused", () => {
	expect(() => withBlock("", "sdk", "x")).toThrow("no block sdk");
	const twice = "<!-- a --><!-- /a --><!-- a --><!-- /a -->";
	expect(() => withBlock(twice, "a", "x")).toThrow("no block a");
});
