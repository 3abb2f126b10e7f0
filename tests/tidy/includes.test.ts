/**
 * Includes: units of C, each a header and the source of its name, need one another in one direction only.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "@jest/globals";

type Texts = ReadonlyMap<string, string>;

const unitOf = (path: string) => path.replace(/\.[ch]$/, "");

/** The file that `name` is to a file that includes it: its neighbour, else any of this name, as with `-I`. */
function included(from: string, name: string, texts: Texts): string | undefined {
	const beside = join(dirname(from), name);
	if (texts.has(beside)) return beside;
	return [...texts.keys()].find((path) => path.endsWith(`/${name}`));
}

/** Units by the unit that needs them. */
function needsOf(texts: Texts): Map<string, Set<string>> {
	const needs = new Map<string, Set<string>>();
	for (const [path, text] of texts) {
		const unit = unitOf(path);
		const all = needs.get(unit) ?? new Set();
		needs.set(unit, all);
		for (const [, name] of text.matchAll(/^#include "([^"]+)"/gm)) {
			const file = included(path, name!, texts);
			if (file !== undefined && unitOf(file) !== unit) all.add(unitOf(file));
		}
	}
	return needs;
}

/** What is left when units that need nothing, or only removed units, are removed one after another. */
function circlesOf(texts: Texts): string[] {
	const needs = needsOf(texts);
	let before: number;
	do {
		before = needs.size;
		for (const [unit, all] of needs)
			if (![...all].some((name) => needs.has(name))) needs.delete(unit);
	} while (needs.size < before);
	return [...needs.keys()].sort();
}

test("no unit of C needs a unit that needs it", () => {
	const paths = (readdirSync("hosts", { recursive: true }) as string[])
		.filter((path) => /\.[ch]$/.test(path))
		.map((path) => join("hosts", path));
	const texts = new Map(paths.map((path) => [path, readFileSync(path, "utf8")]));
	expect(needsOf(texts).get("hosts/virtual/machine/doors")).toContain("hosts/virtual/machine/life");
	expect(circlesOf(texts)).toEqual([]);
});

test("a circle is found in a header, over three units and over two folders", () => {
	const planted = {
		"machine/doors.c": '#include "doors.h"\n#include "life.h"',
		"machine/doors.h": "",
		"machine/life.c": '#include "life.h"\n#include "root.h"',
		"machine/life.h": "",
		"machine/root.c": '#include "root.h"\n#include "doors.h"\n#include "xsAll.h"',
		"machine/root.h": "",
		"machine/flash.h": "",
		"board/flash.c": '#include "flash.h"',
		"board/pins.h": '#include "../tls/port.h"',
		"tls/port.h": '#include "pins.h"',
	};
	expect(circlesOf(new Map(Object.entries(planted)))).toEqual([
		"board/pins",
		"machine/doors",
		"machine/life",
		"machine/root",
		"tls/port",
	]);
});
