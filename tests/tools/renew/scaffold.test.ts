/** Scaffold: what a recipe begins with; a name that is taken or not well formed changes nothing. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { Refused, SCAFFOLDS } from "../../../tools/renew/scaffold.js";

const refused: [kind: string, name: string, why: string][] = [
	["check", "floor", "sim/checks/floor.ts is there already; nothing is changed"],
	["check", "Calm", "Calm: write the name like evenFade"],
	["check", "../calm", "../calm: write the name like evenFade"],
	["board", "zhaga", "hosts/esp32/boards/zhaga is there already; nothing is changed"],
	["board", "My Board", "My Board: write the name like esp32-devkit"],
	["verb", "preview", "preview is a verb already; nothing is changed"],
	["verb", "bare", "tools/bin/bare.ts is there already; nothing is changed"],
	["verb", "desk", "desk is a verb already; nothing is changed"],
	["verb", "toString", "toString: write the name in small letters, like preview"],
];
test.each(refused)("%s %s is refused", (kind, name, why) => {
	expect(() => SCAFFOLDS[kind]!(name)).toThrow(new Refused(why));
});

const begun: [kind: string, name: string, written: string[], edited: string[]][] = [
	[
		"check",
		"unheardOf",
		["sim/checks/unheardof.ts", "tests/sim/checks/unheardof.test.ts"],
		["sim/checks/all.ts", "sim/util/checknames.ts"],
	],
	[
		"board",
		"unheard-of",
		["manifest.json", "pins.ts", "sdkconfig.defaults"].map(
			(file) => `hosts/esp32/boards/unheard-of/${file}`,
		),
		[],
	],
	["verb", "unheardof", ["tools/bin/unheardof.ts"], ["tools/docs/verbs.mjs"]],
];
describe.each(begun)("%s %s", (kind, name, written, edited) => {
	const { texts, next } = SCAFFOLDS[kind]!(name);
	test("writes files that are new, and adds to files of the project", () => {
		expect(Object.keys(texts)).toEqual([...written, ...edited]);
		expect(written.filter((path) => existsSync(path))).toEqual([]);
	});
	test("only adds lines to those of the project", () => {
		for (const path of edited) {
			const after = texts[path]!.split("\n");
			const before = readFileSync(path, "utf8").split("\n");
			const kept: string[] = [];
			for (const line of after) if (line === before[kept.length]) kept.push(line);
			expect(kept).toEqual(before);
			expect(after.length).toBeGreaterThan(before.length);
		}
	});
	test("each step that is left begins with a file, of the project or of the scaffold", () => {
		const files = next.map((step) => step.split(":")[0]!);
		expect(files.filter((path) => !existsSync(path) && !Object.hasOwn(texts, path))).toEqual([]);
	});
});

test("a board reports the name of its folder", () => {
	const { texts } = SCAFFOLDS.board!("unheard-of");
	expect(texts["hosts/esp32/boards/unheard-of/pins.ts"]).toContain('hardware: "unheard-of/1"');
});
