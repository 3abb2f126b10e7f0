/** Manifests: those of ours that make an image, in the SDK's form, and the paths of the SDK that they name. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export type Json = Record<string, unknown>;
type Names = string | readonly string[];

export interface Manifest extends Json {
	readonly build?: Readonly<Record<string, string>>;
	readonly include?: Names;
	readonly modules?: Readonly<Record<string, Names>>;
	readonly preload?: Names;
	readonly ffi?: { readonly sources?: Names };
	readonly platforms?: Readonly<Record<string, { readonly include?: Names }>>;
}

/** A manifest that belongs to an image, and the name of its copy. */
export interface Part {
	readonly path: string;
	readonly copy: string;
	readonly json: Manifest;
}

export const listOf = (value: Names = []): readonly string[] =>
	typeof value === "string" ? [value] : value;
export const isOurs = (path: string): boolean => path.startsWith(".");

/** The manifest and those of ours that it includes, itself first. */
function partsFrom(path: string, copy: string): Part[] {
	const json: Manifest = JSON.parse(readFileSync(path, "utf8"));
	const includes = listOf(json.include).filter(isOurs);
	const below = includes.flatMap((include, index) =>
		partsFrom(join(dirname(path), include), copy.replace(/\.json$/, `-${index}.json`)),
	);
	return [{ path, copy, json }, ...below];
}

/** The manifests of an image: the application's, then `own`, that of a board or a program. */
export const partsOf = (manifestFile: string): Part[] => [
	...partsFrom("manifest.json", "app/manifest.json").slice(0, 1),
	...partsFrom(manifestFile, "manifest.json"),
];

/** A path of the SDK as a manifest of ours names it. */
export interface SdkPath {
	readonly path: string;
	/** The module that it becomes, or a pattern; absent: the path is a manifest that is included. */
	readonly key?: string;
}

/** Without those that are named so that they stay outside (`~`). */
export function sdkPathsIn(parts: readonly Part[], platform: string): SdkPath[] {
	return parts.flatMap(({ json: { include, modules = {}, platforms = {} } }) => {
		const included = [...listOf(include), ...listOf(platforms[platform]?.include)];
		const named = Object.entries(modules).flatMap(([key, paths]) =>
			key === "~" ? [] : listOf(paths).map((path) => ({ path, key })),
		);
		return [...included.map((path) => ({ path })), ...named].filter(({ path }) => !isOurs(path));
	});
}
