/**
 * Promise: A lamp runs the sources of the checkout as they are now, and only packages whose bytes
 * are known.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "@jest/globals";
import { readImage } from "../../../../hosts/virtual/engine/image.js";
import { openPackage, readTar } from "../../../../hosts/virtual/engine/packages.js";
import { MachineError } from "../../../../hosts/virtual/fleet/fleet.js";
import { Street } from "../../../support/xsstreet.js";

const root = mkdtempSync(join(tmpdir(), "luminode-image-"));
afterAll(() => rmSync(root, { recursive: true }));

function project(manifest: unknown, files: Record<string, string>): string {
	const dir = mkdtempSync(join(root, "p-"));
	for (const [path, text] of Object.entries({
		...files,
		"manifest.json": JSON.stringify(manifest),
	})) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), text);
	}
	return dir;
}

const MANIFEST = {
	modules: { "luminode/*": "./src/*", "luminode/room/*": "./src/room/*", tool: "./lib/tool" },
	preload: ["tool", "luminode/units", "luminode/room/deep"],
	platforms: {
		virtual: {
			modules: { "host/main": "./hosts/virtual/lamp/main" },
			preload: ["host/main"],
			creation: {
				chunk: { initial: 8192 },
				heap: { initial: 500 },
				stack: 300,
				keys: { initial: 40 },
			},
		},
	},
};
const FILES = {
	"lib/tool.js": "export const tool = (n) => n * 2;\n",
	"src/units.ts": "export type Millis = number;\nexport const UNIT: Millis = 21;\n",
	"src/room/deep.ts":
		'import { tool } from "tool";\nimport { UNIT } from "../units.js";\nimport type { Millis } from "../units.js";\nexport const deep = (): Millis => tool(UNIT);\n',
	"hosts/virtual/lamp/native.d.ts": "declare const native: { log(text: string): void };\n",
	"hosts/virtual/lamp/main.ts":
		'import { deep } from "../../../src/room/deep.js";\nexport default function () { native.log("deep " + deep()); return () => {}; }\n',
};

describe("an image", () => {
	test("holds the modules as one and the virtual platform's sizes, and runs", async () => {
		const image = readImage(project(MANIFEST, FILES));
		expect(image.modules.map(({ specifier }) => specifier)).toEqual(["host/main"]);
		expect(image.creation).toEqual({ chunkBytes: 8192, slots: 500, stackSlots: 300, keys: 40 });
		expect(image.modules.map(({ source }) => source).join()).not.toContain("Millis");
		expect((await Street.of(image)).logsOfBoot()).toEqual(["deep 42"]);
	});

	test("is compiled anew when a source changes, and edited where a fault is planted", async () => {
		const dir = project(MANIFEST, FILES);
		readImage(dir);
		writeFileSync(join(dir, "src/units.ts"), "export const UNIT = 4;\n");
		expect((await Street.of(readImage(dir))).logsOfBoot()).toEqual(["deep 8"]);
		const replace = { "luminode/units": (source: string) => source.replace("4", "5 as number") };
		expect((await Street.of(readImage(dir, { replace }))).logsOfBoot()).toEqual(["deep 10"]);
		expect((await Street.of(readImage(dir))).logsOfBoot()).toEqual(["deep 8"]);
	});

	test("takes modules of the caller's after its own", () => {
		const extra = { specifier: "test/extra", source: "export default 1;" };
		expect(readImage(project(MANIFEST, FILES), { extraModules: [extra] }).modules.at(-1)).toBe(
			extra,
		);
	});

	test.each<[string, () => unknown, RegExp]>([
		["no manifest", () => readImage(join(root, "none")), /manifest\.json/],
		[
			"a module without a file",
			() => readImage(project({ ...MANIFEST, preload: ["luminode/none"] }, FILES)),
			/luminode\/none/,
		],
		[
			"a pattern that reaches into folders, as the SDK's does not",
			() =>
				readImage(
					project(
						{ ...MANIFEST, modules: { "luminode/*": "./src/*" }, preload: ["luminode/room/deep"] },
						FILES,
					),
				),
			/luminode\/room\/deep/,
		],
		[
			"a source that does not parse",
			() => readImage(project(MANIFEST, { ...FILES, "src/units.ts": "export const = ;" })),
			/src\/units\.ts/,
		],
		[
			"a fault for a module that is not there",
			() => readImage(project(MANIFEST, FILES), { replace: { "luminode/x": (s) => s } }),
			/luminode\/x/,
		],
	])("%s is refused in words", (_what, read, text) => {
		expect(read).toThrow(text);
		expect(read).toThrow(MachineError);
	});
});

describe("packages", () => {
	/** A header of POSIX ustar, written independently of the reader. */
	function entry(name: string, data: string, type = "0", prefix = ""): Buffer {
		const header = Buffer.alloc(512);
		header.write(name, 0);
		header.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
		header.write(type, 156);
		header.write("ustar\x0000", 257);
		header.write(prefix, 345);
		return Buffer.concat([
			header,
			Buffer.from(data),
			Buffer.alloc((512 - (data.length % 512)) % 512),
		]);
	}

	test("an archive is read with long names, folders and empty files", () => {
		const long = "d/".repeat(80);
		const tar = Buffer.concat([
			entry("a.txt", "A".repeat(512)),
			entry("dir/", "", "5"),
			entry("b.txt", "", "0", "pre/fix"),
			entry("././@LongLink", `${long}c\0`, "L"),
			entry("short", "C"),
			entry("x", `18 path=pax/d.txt\n`, "x"),
			entry("short", "D"),
			Buffer.alloc(1024),
		]);
		const files = [...readTar(tar)].map(([name, bytes]) => [name, bytes.length]);
		expect(files).toEqual([
			["a.txt", 512],
			["pre/fix/b.txt", 0],
			[`${long}c`, 1],
			["pax/d.txt", 1],
		]);
	});

	test("other bytes than the known ones are refused and not kept", async () => {
		const known = { name: "thing", version: "1.0.0", sha512: "sha512-other" };
		writeFileSync(join(root, "thing-1.0.0.tgz"), "not the package");
		await expect(openPackage(known, root, () => {})).rejects.toThrow(/not the bytes/);
	});
});
