/**
 * Licences: the notices and licence texts of all that a page carries, HTML; and the exact sources of its
 * engine.
 *
 * XS is under the LGPL: nothing of it and no text of that licence is in this repository, both come from the
 * npm registry. The libraries are those that the bundles really hold.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { describeCompiler } from "../../hosts/virtual/engine/compilers.js";
import { engineHere, engineJob } from "../../hosts/virtual/engine/engine.js";
import { openPackage } from "../../hosts/virtual/engine/packages.js";
import { projectRoot } from "../../lib/root.mjs";
import { archiveOf } from "./archive.js";

type Print = (line: string) => void;

/** The texts of all licences, under CC0. */
const TEXTS = {
	name: "spdx-license-list",
	version: "6.12.0",
	sha512:
		"sha512-+nUYqm3aZMSHbjsthK+i/HHI2okTElCvqwUd4k8QcSk+FTGgjq+fsdFj2wZOaX6XmR2JdWhf/NeflNnvKOjcnQ==",
};
/** Of XS, which names both. */
const OF_XS = ["LGPL-3.0-or-later", "GPL-3.0-or-later"] as const;

const XS = `The engine in this page (engine.wasm) is XS of the Moddable SDK, Copyright (c) 2016-2025 Moddable Tech, Inc.
and others, compiled to WebAssembly with the files in machine/ of luminode. XS Runtime is free software: you can
redistribute it and modify it under the terms of the GNU Lesser General Public License as published by the Free
Software Foundation, either version 3 of the License, or (at your option) any later version. It comes WITHOUT ANY
WARRANTY. Its exact sources and the command that compiles them are in the archive beside this page. You may compile
a changed engine and run this page with it: below the street, open "luminode ..." and choose your engine.wasm.`;

/** Linked into the engine by the compiler. */
const RUNTIME = `wasi-libc: Copyright (c) 2019-2025 the wasi-libc contributors; Apache-2.0 WITH LLVM-exception, Apache-2.0, MIT; with parts of
musl libc, Copyright (c) 2005-2020 Rich Felker and others, MIT; cloudlibc, Copyright (c) 2015-2017 Nuxi, BSD-2-Clause;
and dlmalloc by Doug Lea, CC0.
compiler-rt: Copyright (c) 2009-2025 the LLVM project's contributors; Apache-2.0 WITH LLVM-exception.
LLVM exception: as an exception, if, as a result of your compiling your source code, portions of this Software are
embedded into an Object form of such source code, you may redistribute such embedded portions in such Object form
without complying with the conditions of Sections 4(a), 4(b) and 4(d) of the License.`;

const DATA = `The example town: Ville de Montpellier, données ouvertes, 2013-2014, Licence Ouverte / Open Licence (Etalab). The
page has no fonts of its own.`;

/** The document. Rejects with a line to print without the registry. */
export async function licencesOf(
	inputs: readonly Metafile["inputs"][],
	print: Print,
): Promise<string> {
	const root = projectRoot();
	const files = await openPackage(TEXTS, join(root, ".cache", "packages"), print);
	const textOf = (name: string) => {
		const json = files.get(`package/licenses/${name}.json`)!.toString("utf8");
		return (JSON.parse(json) as { licenseText: string }).licenseText;
	};
	const sections: (readonly [title: string, text: string])[] = [
		["luminode", readFileSync(join(root, "NOTICE"), "utf8").split("\n\n").slice(0, 2).join("\n\n")],
		["The engine XS", XS],
		["Libraries in the engine", RUNTIME],
		["Data", DATA],
		...packagesIn(inputs).map(
			(name) => [name, noticeOf(join(root, "node_modules", name))] as const,
		),
		...OF_XS.map((name) => [name, textOf(name)] as const),
		["Apache-2.0", readFileSync(join(root, "LICENSE"), "utf8")],
	];
	const html = sections.map(
		([title, text]) => `<h2>${escaped(title)}</h2>\n<pre>${escaped(text)}</pre>`,
	);
	return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>luminode: licences and notices</title></head>
<body><h1>Licences and notices</h1>
${html.join("\n")}
</body></html>
`;
}

/** The exact sources of the engine, as a tar archive. */
export async function sourcesOf(print: Print): Promise<Buffer> {
	const { kind, machine } = engineHere();
	const { files, units, includes } = await engineJob(machine, print);
	const about = `XS 13.3 with the code that embeds it, as engine.wasm of the page beside this archive was compiled.

To compile it, with Debian's clang-19, lld-19, wasi-libc and libclang-rt-19-dev-wasm32, in this folder:
each of the units below with  clang-19 FLAGS ${includes.map((path) => `-I${path}`).join(" ")} -c UNIT
and all objects with          clang-19 FLAGS *.o -o engine.wasm

FLAGS and compiler: ${describeCompiler(kind)}

${units.join("\n")}
`;
	return archiveOf(new Map([["README", Buffer.from(about)], ...files]));
}

/** Names of the npm packages in bundles. */
function packagesIn(inputs: readonly Metafile["inputs"][]): string[] {
	const paths = inputs.flatMap((bundled) => Object.keys(bundled));
	const names = paths.flatMap((path) => {
		const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
		return name === undefined ? [] : [name];
	});
	return [...new Set(names)].sort();
}

function noticeOf(folder: string): string {
	const { license, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const file = existsSync(folder) && readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
	const text = file ? readFileSync(join(folder, file), "utf8") : "";
	return `version ${version}, ${license}\n\n${text}`.trim();
}

const escaped = (text: string): string =>
	text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
