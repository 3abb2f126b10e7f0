/**
 * SDK modules: the modules and headers that an image takes of the SDK, by a record, without an SDK.
 *
 * The record (`tools/image/sdkmodules.json`) has, for each path of the SDK that a manifest of ours names,
 * the modules that it provides, the headers in the folders that it brings, and the headers that its C
 * includes from other folders. `npm run host -- image --record` makes it, by the SDK's own mcconfig.
 */
import { readFileSync } from "node:fs";
import { exportsOf, importsOf } from "./imports.js";
import { listOf, type Part, sdkPathsIn } from "./manifests.js";

export const RECORD = "tools/image/sdkmodules.json";

/** All that an image takes by a path of the SDK. */
export interface Provided {
	readonly modules: readonly string[];
	readonly headers: readonly string[];
	/** By a file of C: headers that lie in other folders of the SDK. */
	readonly needs: Readonly<Record<string, readonly string[]>>;
}

/** By platform and path. */
type SdkRecord = Readonly<Record<string, Readonly<Record<string, Provided>>>>;

export const readRecord = (): SdkRecord => JSON.parse(readFileSync(RECORD, "utf8")).platforms;

/** Modules that mcconfig writes itself. */
const GENERATED = ["mc/config", "mc/ffi"];
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*/g;
const DIRECTIVE = /^\s*#\s*(include|if|ifdef|ifndef|endif)\b[ \t]*(.*)/gm;
/** Of a header as a whole. */
const GUARD = /^\s*#\s*ifndef\s+(\w+)\s+#\s*define\s+\1\b/;

/** The headers that a text of C includes under each setting. */
export function includedIn(text: string): string[] {
	const code = text.replace(COMMENT, "");
	const names: string[] = [];
	let depth = GUARD.test(code) ? -1 : 0;
	for (const [, word, rest] of code.matchAll(DIRECTIVE)) {
		const name = /^["<]([^">]+)[">]/.exec(rest!)?.[1];
		if (word === "endif") depth -= 1;
		else if (word !== "include") depth += 1;
		else if (depth === 0 && name !== undefined) names.push(name);
	}
	return names;
}

interface WrittenImage {
	readonly platform: string;
	readonly parts: readonly Part[];
	/** The compiled texts, by module. */
	readonly texts: ReadonlyMap<string, string>;
}

/** Each hole as a sentence: a path without a record, a module or a header that nothing provides. */
export function missingIn(image: WrittenImage, record: SdkRecord): string[] {
	const { parts, platform, texts } = image;
	const known = record[platform] ?? {};
	const paths = sdkPathsIn(parts, platform);
	const unknown = paths.filter(({ path }) => known[path] === undefined);
	if (unknown.length > 0)
		return unknown.map(
			({ path }) => `${path} of ${platform} is not in ${RECORD}: npm run host -- image --record`,
		);
	const modules = paths.flatMap(({ path, key }) => {
		const its = known[path]!.modules;
		return key === undefined || key.includes("*") ? its : its.length > 0 ? [key] : [];
	});
	const isThere = new Set([...texts.keys(), ...modules, ...GENERATED]);
	const exports: Exports = new Map([...texts].map(([name, text]) => [name, exportsOf(text)]));
	return [
		...[...texts].flatMap(([name, text]) => missingImports(name, text, exports, isThere)),
		...parts.flatMap(({ path, json }) =>
			listOf(json.preload)
				.filter((name) => !isThere.has(name) && !isJoined(name))
				.map((name) => `${path} preloads "${name}", which no manifest provides`),
		),
		...missingHeaders(paths.map(({ path }) => known[path]!)),
	];
}

/** Names of modules that are one with others. */
const isJoined = (name: string): boolean => /^(luminode|host)\/|^suncalc$/.test(name);

/** Names that the modules of ours export, as exportsOf has them. */
type Exports = ReadonlyMap<string, readonly string[]>;

function missingImports(
	name: string,
	text: string,
	exports: Exports,
	isThere: ReadonlySet<string>,
): string[] {
	const exported = (specifier: string): string[] =>
		(exports.get(specifier) ?? []).flatMap((each) =>
			each.startsWith("*") ? exported(each.slice(1)) : [each],
		);
	return importsOf(text).flatMap((imported) => {
		const { specifier } = imported;
		if (!isThere.has(specifier))
			return [`${name} imports "${specifier}", which no manifest provides`];
		const isOpen = imported.name === "*" || !exports.has(specifier); // of the SDK, by its own rules
		return isOpen || exported(specifier).includes(imported.name)
			? []
			: [`${name} imports "${imported.name}" of "${specifier}", which does not export it`];
	});
}

function missingHeaders(taken: readonly Provided[]): string[] {
	const provided = new Set(taken.flatMap(({ headers }) => headers));
	return taken.flatMap(({ needs }) =>
		Object.entries(needs).flatMap(([file, names]) =>
			names
				.filter((name) => !provided.has(name))
				.map((name) => `${file} includes ${name}, which no manifest provides`),
		),
	);
}
