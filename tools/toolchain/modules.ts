/**
 * Modules: the modules of `src/` and the imports of each.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

const IMPORT = /^(?:import|export)( type)?\s[^;]*?from "([^"]+)"/gm;

export interface Import {
	readonly specifier: string;
	readonly typeOnly: boolean;
}

/** All `.ts` and `.tsx` files below `src`, as paths from it with forward slashes, in order of name. */
export function sourcesOf(src: string): string[] {
	return (readdirSync(src, { recursive: true }) as string[])
		.map((name) => name.replaceAll("\\", "/"))
		.filter((name) => /\.tsx?$/.test(name))
		.sort();
}

/** The imports of a source, comments left out. */
export function importsOf(text: string): Import[] {
	const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, "");
	return [...code.matchAll(IMPORT)].map(([, type, specifier]) => ({
		specifier: specifier!,
		typeOnly: type !== undefined,
	}));
}

/** The file of `src` for a relative specifier. */
export function targetOf(from: string, specifier: string): string {
	return posix.normalize(posix.join(dirname(from), specifier)).replace(/\.js$/, ".ts");
}

/** Names of all modules, `suncalc` first, each after all that it imports as a value. */
export function preloadOrder(src: string): string[] {
	const order: string[] = [];
	const visit = (file: string): void => {
		const name = `luminode/${file.replace(/\.ts$/, "")}`;
		if (order.includes(name)) return;
		for (const { specifier, typeOnly } of importsOf(readFileSync(join(src, file), "utf8")))
			if (!typeOnly && specifier.startsWith(".")) visit(targetOf(file, specifier));
		if (!order.includes(name)) order.push(name);
	};
	for (const file of sourcesOf(src)) visit(file);
	return ["suncalc", ...order];
}
