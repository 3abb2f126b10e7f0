/**
 * Images without holes: each module, export and header that an image takes is provided, by a
 * record.
 *
 * Promise: An image takes no module, export or header that nothing provides.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { exportsOf, importsOf } from "../../../tools/toolchain/imports.js";
import {
	type Manifest,
	type Part,
	partsOf,
	sdkPathsIn,
} from "../../../tools/toolchain/manifests.js";
import { IMAGES } from "../../../tools/toolchain/recordsdk.js";
import { includedIn, missingIn, RECORD, readRecord } from "../../../tools/toolchain/sdkmodules.js";
import { equalsGolden } from "../../support/golden.js";
import { bundleOf } from "../../support/program.js";
import { scaled } from "../../support/scale.js";

const record = readRecord();
const C3 = "hosts/esp32/boards/esp32-c3/manifest.json";

describe("the record", () => {
	test.each(IMAGES.map(([platform, manifest]) => [manifest, platform] as const))(
		"has each path of the SDK that %s names",
		(manifest, platform) => {
			const paths = sdkPathsIn(partsOf(manifest), platform).map(({ path }) => path);
			expect(paths.length).toBeGreaterThan(1);
			const missing = paths.filter((path) => !record[platform]?.[path]);
			equalsGolden(missing, [], RECORD, "npm run host -- image --record");
		},
	);

	test("has modules and headers that the hosts are known to take", () => {
		const all = Object.values(record.esp32!);
		const modules = all.flatMap((each) => each.modules);
		expect(modules).toEqual(
			expect.arrayContaining(["timer", "time", "embedded:io/pwm", "embedded:storage/flash"]),
		);
		expect(all.flatMap(({ headers }) => headers)).toContain("builtinCommon.h");
	});
});

/** What is missing in a C3's image whose texts are these, on manifests of which one is edited. */
function missing(
	texts: Readonly<Record<string, string>>,
	edit: (json: Manifest) => Manifest = (json) => json,
): string[] {
	const parts = partsOf(C3).map(
		(part): Part =>
			part.path === "hosts/esp32/manifest.json" ? { ...part, json: edit(part.json) } : part,
	);
	const all = { "luminode/all": 'import "timer";\nexport { a as board, b as default };', ...texts };
	const native = { "native/tls": "export { Link };", "native/names": "export { lookUp };" };
	const image = { platform: "esp32", parts, texts: new Map(Object.entries({ ...native, ...all })) };
	return missingIn(image, record);
}
const including = (path: string) => (json: Manifest) => ({
	...json,
	include: [...(json.include ?? []), path],
});

describe("an image", () => {
	const completeTexts: [what: string, text: string][] = [
		["modules of the SDK", 'import Timer from "timer";\nimport PWM, { x } from "embedded:io/pwm";'],
		["what mcconfig writes", 'import FFI from "mc/ffi";\nimport config from "mc/config";'],
		["exports of a module of ours", 'import b, { board } from "luminode/all";'],
		["all exports of one", 'import * as all from "luminode/all";\nexport * from "luminode/all";'],
	];
	test("is whole with a name that a module passes on", () => {
		const texts = {
			main: 'import { Link } from "host/x";',
			"host/x": 'export * from "native/tls";',
		};
		expect(missing(texts)).toEqual([]);
	});
	test.each(completeTexts)("is whole with %s", (_what, main) =>
		expect(missing({ main })).toEqual([]),
	);

	const planted: [what: string, found: () => string[], says: string][] = [
		[
			"a module that no manifest provides",
			() => missing({ main: 'import SPI from "embedded:io/spi";' }),
			'main imports "embedded:io/spi", which no manifest provides',
		],
		[
			"one that is exported again",
			() => missing({ main: 'export { default } from "crypt";' }),
			'main imports "crypt", which no manifest provides',
		],
		[
			"a name that a module of ours does not export",
			() => missing({ main: 'import { board, random } from "luminode/all";' }),
			'main imports "random" of "luminode/all", which does not export it',
		],
		[
			"a default that it does not export",
			() => missing({ main: 'import tls from "native/tls";' }),
			'main imports "default" of "native/tls", which does not export it',
		],
		[
			"a name of a module that passes on another",
			() =>
				missing({ main: 'import { c } from "host/x";', "host/x": 'export * from "native/tls";' }),
			'main imports "c" of "host/x", which does not export it',
		],
		[
			"a module that is preloaded and absent",
			() => missing({}, (json) => ({ ...json, preload: ["embedded:io/none"] })),
			'hosts/esp32/manifest.json preloads "embedded:io/none", which no manifest provides',
		],
		[
			"all of io, whose C includes a header of pins",
			() => missing({}, including("$(MODDABLE)/modules/io/manifest.json")),
			"$(MODDABLE)/modules/io/spi/esp32/spi.c includes modGPIO.h, which no manifest provides",
		],
		[
			"a path without a record",
			() => missing({}, including("$(MODDABLE)/modules/none/manifest.json")),
			"$(MODDABLE)/modules/none/manifest.json of esp32 is not in tools/image/sdkmodules.json: npm run host -- image --record",
		],
	];
	test.each(planted)("with %s has a hole", (_what, found, says) => expect(found()).toEqual([says]));
});

test.each<[text: string, names: readonly string[]]>([
	['#include "a.h"\n#  include <b/c.h> // why\n/* #include "d.h" */', ["a.h", "b/c.h"]],
	['#ifdef X\n#include "a.h"\n#else\n#include "b.h"\n#endif\n#include "c.h"', ["c.h"]],
	[
		'/* text */\n#ifndef X_H\n#define X_H\n#include "a.h"\n#if Y\n#include "b.h"\n#endif\n#endif',
		["a.h"],
	],
	['#ifndef X\n#include "a.h"\n#endif\n#ifndef Y\n#define Y\n#endif\n#include "b.h"', ["b.h"]],
])("%j includes %j under each setting", (text, names) => expect(includedIn(text)).toEqual(names));

test("imports and exports of a text", () => {
	const text =
		'import a, { b as c, d } from "x";\nimport * as e from "y";\nimport "z";\nexport { a as default, c, f as g };\nexport { h as i } from "w";\nexport * from "v";\nexport default 1;';
	expect(importsOf(text).map(({ specifier, name }) => `${specifier} ${name}`)).toEqual([
		"x default",
		"x b",
		"x d",
		"y *",
		"z *",
		"w h",
		"v *",
	]);
	expect(exportsOf(text)).toEqual(["default", "c", "g", "i", "*v", "default"]);
});

describe("the build of a board's image ends at", () => {
	const root = mkdtempSync(join(tmpdir(), "luminode-holes-"));
	afterAll(() => rmSync(root, { recursive: true }));

	/** The last line of a build whose tree has one file edited. */
	async function build(file: string, from: string, to: string): Promise<string> {
		const tree = mkdtempSync(join(root, "tree-"));
		const parts = ["src", "hosts", "manifest.json", "tools/image/sdkmodules.json"];
		for (const part of [...parts, "node_modules/suncalc"]) {
			mkdirSync(dirname(join(tree, part)), { recursive: true });
			cpSync(part, join(tree, part), { recursive: true });
		}
		const text = readFileSync(file, "utf8");
		expect(text).toContain(from);
		writeFileSync(join(tree, file), text.replace(from, to));
		const args = [await bundleOf("tests/support/boardimage.ts"), "esp32-c3", "development"];
		const { status, stderr } = spawnSync(process.execPath, args, { cwd: tree, encoding: "utf8" });
		expect(status).not.toBe(0);
		return stderr.split("\n").find((line) => /^Error: /.test(line)) ?? stderr;
	}

	const plants: [what: string, file: string, from: string, to: string, says: RegExp][] = [
		[
			"a function that is gone and used as a shorthand",
			"hosts/esp32/pole.ts",
			"isResetBySoftware, random, ",
			"isResetBySoftware, ",
			/hosts\/esp32\/pole\.ts: "random" is used, and nothing declares it$/,
		],
		[
			"an export that is gone",
			"hosts/esp32/machine.ts",
			"export function random",
			"function random",
			/hosts\/esp32\/(pole|timeserver)\.ts:\d+: No matching export .*"random"$/,
		],
		[
			"a module that its manifest does not include any more",
			"hosts/esp32/manifest.json",
			'"$(IO)/pwm/manifest.json",',
			"",
			/: luminode\/all imports "embedded:io\/pwm", which no manifest provides$/,
		],
	];
	/** Names and imports that are missing are tested by themselves; here that a build ends at one. */
	test.each(scaled(plants.slice(0, 1), plants))("%s", async (_what, file, from, to, says) => {
		expect(await build(file, from, to)).toMatch(says);
	});
});
